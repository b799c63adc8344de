/** Plays boards on canvases: one loop for all, drawing only the panels that changed. */
import { emptyFrame, frameAt, lookup } from "../../message/index.ts";
import type { Frame, Instant, MessageHash, Shape } from "../../message/types.ts";
import type { BoardProgramme } from "../../preview/types.ts";
import { messagesBetween } from "./ahead.ts";
import type { PanelLook } from "./dots.ts";
import type { MessageCache, NotGiven } from "./message-cache.ts";
import type { Moved } from "./moved.ts";
import { PanelCanvas } from "./panel-canvas.ts";
import { movedBetween, type Pose, poseAt, samePose } from "./pose.ts";
import type { ProgrammeBook } from "./programme-book.ts";
import { stillUntil } from "./still.ts";
import type { Timeline } from "./timeline.ts";

/** One board may draw for at most this share of the time; a panel that is slow to draw moves in larger steps. */
const drawShare = 0.2;
/** Out of sight one board at a time is drawn, so often: none is old when it comes into sight, and many cost no more. ms */
const outOfSightMs = 1000;
/** More boards than this, and those out of sight are not drawn at all: they give back what drawing takes, up to 50 MB a screen. */
const drawnUnseenMost = 24;
/** Nothing is foreseen for longer: the clock may be set. ms */
const napMost = 500;
/** What comes sooner than this is waited for frame by frame. ms */
const napLeast = 30;
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

/** What was drawn of a board since its canvas came onto the page. */
export interface DrawnCount {
  readonly frames: number;
  /** Of the canvas. */
  readonly pixels: number;
}

class Screen {
  readonly board: string;
  readonly canvas: PanelCanvas;
  readonly shape: Shape;
  /** What is drawn into: made when it is first drawn, given back with what the canvas takes. */
  frame: Frame | null = null;
  /** Until it is said to be in sight it is not. */
  visible = false;
  pose: Pose | null = null;
  /** There is a picture on the canvas, whether or not its frame is still here. */
  isPainted = false;
  at: Instant = 0;
  restUntil = 0;
  frames = 0;
  pixels = 0;

  constructor(board: string, canvas: HTMLCanvasElement, shape: Shape, look: PanelLook) {
    this.board = board;
    this.canvas = new PanelCanvas(canvas, shape, look);
    this.shape = shape;
  }

  release(): void {
    this.canvas.release();
    this.frame = null;
    this.pose = null;
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
  #nap: ReturnType<typeof setTimeout> | null = null;
  #aheadAt = 0;
  #unseenAt = 0;
  #unseenNext = 0;

  constructor(timeline: Timeline, book: ProgrammeBook, cache: MessageCache) {
    this.#timeline = timeline;
    this.#book = book;
    this.#cache = cache;
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#sleep();
      else this.#turn(performance.now());
    });
  }

  attach(board: string, canvas: HTMLCanvasElement, shape: Shape, look: PanelLook): Attached {
    const screen = new Screen(board, canvas, shape, look);
    this.#screens.add(screen);
    this.wake();
    return {
      resize: (width, height, pixelRatio) => {
        screen.canvas.resize(width, height, pixelRatio, screen.pose ? screen.frame : null);
        this.wake();
      },
      setVisible: (visible) => {
        screen.visible = visible;
        screen.restUntil = 0;
        if (visible) this.wake();
        else if (this.#screens.size > drawnUnseenMost) screen.release();
      },
      detach: () => {
        this.#screens.delete(screen);
        if (this.#screens.size === 0) this.#sleep();
      },
    };
  }

  /** Something may be another than was foreseen: the timeline, a programme, a message that has come. */
  wake(): void {
    if (this.#screens.size === 0 || document.visibilityState === "hidden") return;
    if (this.#nap !== null) clearTimeout(this.#nap);
    this.#nap = null;
    this.#loop ??= requestAnimationFrame((time) => this.#turn(time));
  }

  /** What the board plays at an instant of the timeline; undefined: not known (yet). */
  programmeAt(board: string, at: Instant): BoardProgramme | undefined {
    return this.#timeline.mode === "now" ? this.#book.live(board) : this.#book.day(board, at);
  }

  /** Is a message due that has not arrived, or is not given? */
  missing(board: string, at: Instant): "coming" | NotGiven | null {
    const found = this.programmeAt(board, at);
    if (!found) return "coming";
    const { message } = lookup(found.programme, at);
    if (message === null || this.#cache.get(message) !== undefined) return null;
    return this.#cache.refused(message) ?? "coming";
  }

  /** What the board's canvas shows; null: none, or nothing drawn yet. */
  frameOf(board: string): ShownFrame | null {
    for (const { board: id, pose, at, frame } of this.#screens)
      if (id === board && pose && frame)
        return { at, message: pose.message?.hash ?? null, pixels: base64(frame.pixels) };
    return null;
  }

  /** null: the board has no canvas here. */
  drawn(board: string): DrawnCount | null {
    for (const { board: id, frames, pixels } of this.#screens) if (id === board) return { frames, pixels };
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

  #sleep(): void {
    if (this.#loop !== null) cancelAnimationFrame(this.#loop);
    if (this.#nap !== null) clearTimeout(this.#nap);
    this.#loop = null;
    this.#nap = null;
  }

  #turn(time: number): void {
    this.#sleep();
    const at = this.#timeline.at();
    for (const screen of this.#screens) if (screen.visible && time >= screen.restUntil) this.#play(screen, at);
    this.#playUnseen(time, at);
    if (time >= this.#aheadAt) {
      this.#aheadAt = time + 1000;
      for (const { board } of this.#screens) this.#lookAhead(board, at);
    }
    // An animation frame costs even where nothing is drawn: while all pictures stand, none is asked for.
    const napMs = this.#stillMs(time, at);
    if (napMs < napLeast) this.wake();
    else this.#nap = setTimeout(() => this.wake(), napMs);
  }

  /** ms until the next picture of those in sight. */
  #stillMs(time: number, at: Instant): number {
    let ms = napMost;
    const messages = (hash: MessageHash) => this.#cache.get(hash);
    for (const { visible, board, at: drawnAt, restUntil } of this.#screens) {
      if (!visible) continue;
      if (drawnAt !== at) ms = Math.min(ms, restUntil - time);
      else if (this.#timeline.mode !== "standing") {
        const found = this.programmeAt(board, at);
        if (found) ms = Math.min(ms, stillUntil(found.programme, messages, at) - at);
      }
    }
    return ms;
  }

  #playUnseen(time: number, at: Instant): void {
    const { size } = this.#screens;
    if (time < this.#unseenAt || size > drawnUnseenMost) return;
    this.#unseenAt = time + outOfSightMs;
    const screens = [...this.#screens];
    for (let step = 1; step <= size; step++) {
      const next = (this.#unseenNext + step) % size;
      const screen = screens[next];
      if (!screen || screen.visible) continue;
      this.#unseenNext = next;
      this.#play(screen, at);
      return;
    }
  }

  #play(screen: Screen, at: Instant): void {
    const found = this.programmeAt(screen.board, at);
    screen.at = at;
    if (!found) {
      // What is not known is not drawn, least of all another instant's picture.
      if (screen.isPainted) this.#draw(screen, emptyFrame(screen.shape));
      screen.isPainted = false;
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
    screen.frame = frameAt(found.programme, messages, at, screen.frame ?? emptyFrame(screen.shape));
    this.#draw(screen, screen.frame, movedBetween(screen.pose, pose));
    screen.pose = pose;
    screen.isPainted = true;
    const ended = performance.now();
    // Where dots are smaller than what is seen, a step of one is none.
    const share = drawShare * Math.min(1, screen.canvas.scale);
    screen.restUntil = ended + (ended - begun) * (1 / share - 1);
  }

  #draw(screen: Screen, frame: Frame, moved?: Moved): void {
    screen.frames++;
    screen.pixels += screen.canvas.draw(frame, moved);
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
