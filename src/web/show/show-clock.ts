/**
 * The daemon's clock, followed on a computer whose own is nobody's business. Without a line the monotonic clock carries on;
 * a computer that slept meanwhile has a monotonic clock that stood still, and then nothing is known: black until the daemon
 * is heard again, never what may be over by now.
 */
import type { Instant } from "../../message/types.ts";
import { BoardClock, type RoundTrip } from "../player/clock.ts";

export interface ShowClockParts {
  /** ms, never going back: `performance.now`. */
  readonly monotonic: () => number;
  /** The computer's own: only how far it moved beside the monotonic one is looked at. */
  readonly wall: () => number;
}

/** More than two quartzes drift apart while a programme lasts, less than a computer sleeps. ms */
const sleptMs = 5000;

export class ShowClock {
  readonly #parts: ShowClockParts;
  readonly #clock: BoardClock;
  /** Wall minus monotonic, when the daemon was heard last. */
  #gap = 0;
  #roundTripMs = Infinity;

  constructor(parts: ShowClockParts) {
    this.#parts = parts;
    this.#clock = new BoardClock({ monotonic: parts.monotonic });
  }

  hint(now: Instant, clockId: string): void {
    // What was known before the sleep is worth nothing.
    if (this.#slept) this.#clock.forget();
    this.#clock.hint(now, clockId);
    this.#heard();
  }

  sample(trip: RoundTrip): void {
    if (this.#slept) this.#clock.forget();
    this.#roundTripMs = Math.min(2 * this.#clock.uncertaintyMs, trip.heardAt - trip.askedAt);
    this.#clock.sample(trip);
    this.#heard();
  }

  /** null: not known. */
  now(): Instant | null {
    if (this.#clock.clockId === null || this.#slept) return null;
    return this.#clock.now();
  }

  /** Of the best round trip lately, ms. */
  get roundTripMs(): number {
    return Math.min(Math.ceil(this.#roundTripMs), 10_000);
  }

  get #slept(): boolean {
    return this.#clock.clockId !== null && this.#gapNow() - this.#gap > sleptMs;
  }

  #heard(): void {
    this.#gap = this.#gapNow();
  }

  #gapNow(): number {
    return this.#parts.wall() - this.#parts.monotonic();
  }
}
