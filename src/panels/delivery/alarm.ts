import { monotonicMs } from "../../time/clock.ts";

/** One timer for whatever is due next: it is set anew only for something earlier, and may ring too early. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #ringsMs = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    this.#ring = () => {
      this.#ringsMs = Number.POSITIVE_INFINITY;
      ring();
    };
  }

  /** At `ms`, monotonic, at the latest, and then once. */
  by(ms: number): void {
    if (this.#ringsMs <= ms) return;
    clearTimeout(this.#timer);
    this.#ringsMs = ms;
    this.#timer = setTimeout(this.#ring, Math.max(1, Math.ceil(ms - monotonicMs())));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
