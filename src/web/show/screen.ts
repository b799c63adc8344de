/** One board on one screen: draws what is due, says what really stands there, shows the line of trouble. */
import { frameAt } from "../../message/frame-at.ts";
import { emptyFrame } from "../../message/index.ts";
import type { Frame, Instant, Message, MessageHash } from "../../message/types.ts";
import type { ShowReport, ShowState } from "../../preview/show-types.ts";
import { type Pose, poseAt, samePose } from "../player/pose.ts";
import { BoardCanvas } from "./board-canvas.ts";
import { placeOf, type Turn } from "./place.ts";
import type { Stage } from "./stage.ts";

export interface ScreenParts {
  readonly canvas: HTMLCanvasElement;
  readonly board: ShowState["board"];
  readonly stage: Stage;
  readonly turn: Turn;
  readonly now: () => Instant | null;
  readonly roundTripMs: () => number;
  readonly messages: (hash: MessageHash) => Message | undefined;
  readonly report: (report: ShowReport["report"]) => void;
}

/** One read-back at a time, and not more often. ms */
const reportGapMs = 500;
const reportEveryMs = 5000;

export class Screen {
  readonly #parts: ScreenParts;
  readonly #canvas: BoardCanvas;
  readonly #frame: Frame;
  /** null: black, by whatever reason. */
  #pose: Pose | null = null;
  #said = "";
  #reportedAt = -Infinity;
  #reporting = false;

  constructor(parts: ScreenParts) {
    const { canvas, board } = parts;
    this.#parts = parts;
    this.#frame = emptyFrame(board.shape);
    this.#canvas = new BoardCanvas(canvas, board.shape, board.ledColour);
    this.stand();
  }

  stand(): void {
    const { board, turn } = this.#parts;
    this.#canvas.stand(placeOf(board.shape, innerWidth, innerHeight, devicePixelRatio, turn), turn);
  }

  /** Draws what is due now, if it is another picture than stands there. Returns the instant that it drew for. */
  draw(): Instant | null {
    const { stage, now, messages } = this.#parts;
    const at = now();
    const { programme, message } = stage.due(at);
    // A message that has not arrived is black, never the one before.
    if (at === null || programme === null || message === null || messages(message) === undefined) {
      if (this.#pose !== null) this.#canvas.black();
      this.#pose = null;
      return at;
    }
    const pose = poseAt(programme, messages, at);
    if (samePose(this.#pose, pose)) return at;
    frameAt(programme, messages, at, this.#frame);
    this.#canvas.draw(this.#frame);
    this.#pose = pose;
    return at;
  }

  /** Every few seconds, and when it plays something else than it said last. `time`: monotonic, ms. */
  reportIfDue(time: number): void {
    const { stage, now } = this.#parts;
    const { why, message } = stage.due(now());
    const says = `${why} ${message ?? ""} ${stage.plays?.id ?? ""} ${document.hidden}`;
    const waited = time - this.#reportedAt;
    if (this.#reporting || waited < reportGapMs || (says === this.#said && waited < reportEveryMs)) return;
    this.#said = says;
    this.#reportedAt = time;
    void this.#report();
  }

  async #report(): Promise<void> {
    this.#reporting = true;
    try {
      const { stage, now, roundTripMs, report } = this.#parts;
      // What is read back is of this very instant.
      const at = this.draw();
      if (at === null) return;
      const { why, message } = stage.due(at);
      const programme = stage.plays?.id ?? null;
      const frameCrc = await this.#canvas.readBack();
      const sentAt = now();
      if (sentAt === null) return;
      const hidden = document.hidden;
      report({ at, sentAt, roundTripMs: roundTripMs(), programme, message, why, frameCrc, hidden });
    } finally {
      this.#reporting = false;
    }
  }
}
