/** Plays boards on canvases: one loop for all, drawing only the panels that changed. */
import { emptyFrame, frameAt, lookup } from "../../message/index.ts";
import type { Frame, Instant, MessageHash, Shape } from "../../message/types.ts";
import type { BoardProgramme } from "../../preview/types.ts";
import { messagesBetween } from "./ahead.ts";
import type { PanelLook } from "./dots.ts";
import type { MessageCache } from "./message-cache.ts";
import { PanelCanvas } from "./panel-canvas.ts";
import { type Pose, poseAt, samePose } from "./pose.ts";
import type { ProgrammeBook } from "./programme-book.ts";
import type { Timeline } from "./timeline.ts";

/** One board may draw for at most this share of the time; a panel that is slow to draw moves in larger steps. */
const drawShare = 0.2;
/** A panel that is scrolled out of sight is drawn again after so long at the earliest: right when it comes back. ms */
const outOfSightMs = 1000;
/** Messages are fetched so long before they are due, ms. */
const aheadMs = 10_000;
/** On the live programme so long: as long as a panel, too, usually plays on by itself when the daemon is lost. */
const holdMs = 2 * 3_600_000;

export interface ShownFrame {
  readonly at: Instant;
  readonly message: MessageHash | null;
  /** The frame's own packing (`PixelFormat`), base64. */
  readonly pixels: string;
}

class Screen {
  readonly board: string;
  readonly canvas: PanelCanvas;
  readonly frame: Frame;
  visible = true;
  pose: Pose | null = null;
  at: Instant = 0;
  restUntil = 0;

  constructor(board: string, canvas: HTMLCanvasElement, shape: Shape, look: PanelLook) {
    this.board = board;
    this.canvas = new PanelCanvas(canvas, shape, look);
    this.frame = emptyFrame(shape);
  }
}

/** A board's place on the page. */
export interface Attached {
  /** Room in CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void;
  setVisible(visible: boolean): void;
  detach(): void;
}

export class Player {
  readonly #timeline: Timeline;
  readonly #book: ProgrammeBook;
  readonly #cache: MessageCache;
  readonly #screens = new Set<Screen>();
  #loop: number | null = null;
  #aheadAt = 0;

  constructor(timeline: Timeline, book: ProgrammeBook, cache: MessageCache) {
    this.#timeline = timeline;
    this.#book = book;
    this.#cache = cache;
  }

  attach(board: string, canvas: HTMLCanvasElement, shape: Shape, look: PanelLook): Attached {
    const screen = new Screen(board, canvas, shape, look);
    this.#screens.add(screen);
    // A hidden page gets no animation frames: nothing is drawn while nobody looks.
    this.#loop ??= requestAnimationFrame((time) => this.#turn(time));
    return {
      resize: (width, height, pixelRatio) =>
        screen.canvas.resize(width, height, pixelRatio, screen.pose ? screen.frame : null),
      setVisible: (visible) => {
        screen.visible = visible;
        if (visible) screen.restUntil = 0;
      },
      detach: () => {
        this.#screens.delete(screen);
        if (this.#screens.size > 0 || this.#loop === null) return;
        cancelAnimationFrame(this.#loop);
        this.#loop = null;
      },
    };
  }

  /** What the board plays at an instant of the timeline; undefined: not known (yet). */
  programmeAt(board: string, at: Instant): BoardProgramme | undefined {
    return this.#timeline.mode === "now" ? this.#book.live(board) : this.#book.day(board, at);
  }

  /** Is a message due that has not arrived? */
  isWaiting(board: string, at: Instant): boolean {
    const found = this.programmeAt(board, at);
    if (!found) return true;
    const { message } = lookup(found.programme, at);
    return message !== null && this.#cache.get(message) === undefined;
  }

  /** What the board's canvas shows; null: none, or nothing drawn yet. */
  frameOf(board: string): ShownFrame | null {
    for (const { board: id, pose, at, frame } of this.#screens)
      if (id === board && pose) return { at, message: pose.message?.hash ?? null, pixels: base64(frame.pixels) };
    return null;
  }

  /** What it would show at `at`, once the programme and the message are here. */
  async frameOfAt(board: string, at: Instant): Promise<ShownFrame> {
    const { programme } = await this.#book.holding(board, at);
    const { message: hash } = lookup(programme, at);
    const message = hash === null ? null : await this.#cache.load(hash);
    const frame = frameAt(programme, () => message ?? undefined, at);
    return { at, message: message?.hash ?? null, pixels: base64(frame.pixels) };
  }

  #turn(time: number): void {
    this.#loop = requestAnimationFrame((next) => this.#turn(next));
    const at = this.#timeline.at();
    for (const screen of this.#screens) if (time >= screen.restUntil) this.#play(screen, at);
    if (time < this.#aheadAt) return;
    this.#aheadAt = time + 1000;
    for (const { board } of this.#screens) this.#lookAhead(board, at);
  }

  #play(screen: Screen, at: Instant): void {
    const found = this.programmeAt(screen.board, at);
    screen.at = at;
    if (!found) {
      // What is not known is not drawn, least of all another instant's picture.
      if (screen.pose) screen.canvas.draw(emptyFrame(screen.frame.shape));
      screen.pose = null;
      return;
    }
    const messages = (hash: MessageHash) => this.#cache.get(hash);
    const pose = poseAt(found.programme, messages, at);
    if (samePose(screen.pose, pose)) {
      screen.pose = pose;
      return;
    }
    const begun = performance.now();
    frameAt(found.programme, messages, at, screen.frame);
    screen.canvas.draw(screen.frame);
    screen.pose = pose;
    const ended = performance.now();
    screen.restUntil = ended + (screen.visible ? (ended - begun) * (1 / drawShare - 1) : outOfSightMs);
  }

  #lookAhead(board: string, at: Instant): void {
    const { mode } = this.#timeline;
    if (mode === "standing") return;
    const found = this.programmeAt(board, at);
    if (!found) return;
    for (const hash of messagesBetween(found.programme, at, at + aheadMs)) void this.#cache.load(hash);
    if (mode === "running") return;
    // What is due comes first; what is only likely takes at most half of the room.
    for (const hash of messagesBetween(found.programme, at, at + holdMs)) {
      if (!this.#cache.isRoomy) return;
      void this.#cache.load(hash);
    }
  }
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
