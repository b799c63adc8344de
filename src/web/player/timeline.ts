/** The instant that the page looks at: the board clock's now, or another one, standing or running. */
import type { Instant } from "../../message/types.ts";
import type { BoardClock } from "./clock.ts";

export type TimelineMode = "now" | "standing" | "running";

export class Timeline {
  readonly #clock: BoardClock;
  readonly #monotonic: () => number;
  #mode: TimelineMode = "now";
  #at: Instant = 0;
  #since = 0;

  constructor(clock: BoardClock, monotonic: () => number) {
    this.#clock = clock;
    this.#monotonic = monotonic;
  }

  get mode(): TimelineMode {
    return this.#mode;
  }

  at(): Instant {
    if (this.#mode === "now") return this.#clock.now();
    if (this.#mode === "standing") return this.#at;
    return this.#at + Math.floor(this.#monotonic() - this.#since);
  }

  goToNow(): void {
    this.#mode = "now";
  }

  standAt(at: Instant): void {
    this.#mode = "standing";
    this.#at = Math.floor(at);
  }

  runFrom(at: Instant): void {
    this.#mode = "running";
    this.#at = Math.floor(at);
    this.#since = this.#monotonic();
  }
}
