/** The board clock of the daemon, as well as a browser can know it over a network. */
import type { Instant } from "../../message/types.ts";

/** One question for the time and its answer. `askedAt` and `heardAt` by our own monotonic clock, ms. */
export interface RoundTrip {
  readonly askedAt: number;
  readonly heardAt: number;
  /** What the daemon's clock said in between. */
  readonly now: Instant;
  readonly clockId: string;
}

export interface ClockOptions {
  /** Ours, ms, never going back: `performance.now`. */
  readonly monotonic: () => number;
  /** Called when the clock jumped: what was drawn is no longer a moment ago. */
  readonly onStep?: () => void;
}

/** Errors up to this are slewed, larger ones stepped. ms */
const stepMs = 400;
/** While slewing, the clock runs at most this much faster or slower: no frame is shown twice, none goes back. */
const slewRate = 0.05;
/** A sample's worth falls with its age: two cheap quartzes drift apart by this much. */
const driftRate = 100e-6;
const samplesKept = 8;

interface Sample {
  readonly offsetMs: number;
  readonly roundTripMs: number;
  readonly heardAt: number;
}

/**
 * Takes the best of the last round trips (the shortest, with an allowance for age) and moves towards it. Another
 * `clockId` is another clock: everything known of the old one is forgotten.
 */
export class BoardClock {
  readonly #monotonic: () => number;
  readonly #onStep: () => void;
  #samples: Sample[] = [];
  #clockId: string | null = null;
  /** Board time minus our time, as used until now; slews towards `#wantedMs`. */
  #offsetMs = 0;
  #offsetAt = 0;
  #wantedMs = 0;

  constructor(options: ClockOptions) {
    this.#monotonic = options.monotonic;
    this.#onStep = options.onStep ?? (() => {});
  }

  /** null: nobody has told us the time yet. */
  get clockId(): string | null {
    return this.#clockId;
  }

  /** Half the best round trip: how far off we may be, ms. */
  get uncertaintyMs(): number {
    const best = this.#best(this.#monotonic());
    return best ? best.roundTripMs / 2 : Infinity;
  }

  /** The computer slept: round trips of before tell nothing of now. */
  forget(): void {
    this.#samples = [];
  }

  /** A whole number of milliseconds. */
  now(): Instant {
    const at = this.#monotonic();
    return Math.floor(at + this.#offset(at));
  }

  /** A round trip came home. */
  sample(trip: RoundTrip): void {
    const roundTripMs = Math.max(0, trip.heardAt - trip.askedAt);
    this.#take(trip.clockId, {
      offsetMs: trip.now + roundTripMs / 2 - trip.heardAt,
      roundTripMs,
      heardAt: trip.heardAt,
    });
  }

  /** A state arrived, with the time in it, having travelled for who knows how long: good until a round trip is home. */
  hint(now: Instant, clockId: string): void {
    if (clockId === this.#clockId && this.#samples.length > 0) return;
    const heardAt = this.#monotonic();
    this.#take(clockId, { offsetMs: now - heardAt, roundTripMs: 2000, heardAt });
  }

  #take(clockId: string, sample: Sample): void {
    const other = clockId !== this.#clockId;
    if (other) {
      this.#samples = [];
      this.#clockId = clockId;
    }
    this.#samples = [...this.#samples, sample].slice(-samplesKept);
    const at = this.#monotonic();
    const best = this.#best(at) ?? sample;
    // A short round trip that contradicts the others can only mean that one of the clocks was set.
    const contradicts =
      Math.abs(best.offsetMs - sample.offsetMs) > (best.roundTripMs + sample.roundTripMs) / 2 + stepMs;
    if (contradicts) this.#samples = [sample];
    const wantedMs = contradicts ? sample.offsetMs : best.offsetMs;
    const offsetMs = this.#offset(at);
    this.#wantedMs = wantedMs;
    this.#offsetAt = at;
    if (other || Math.abs(wantedMs - offsetMs) > stepMs) {
      this.#offsetMs = wantedMs;
      this.#onStep();
    } else {
      this.#offsetMs = offsetMs;
    }
  }

  #offset(at: number): number {
    const reach = Math.max(0, at - this.#offsetAt) * slewRate;
    const error = this.#wantedMs - this.#offsetMs;
    return this.#offsetMs + Math.max(-reach, Math.min(reach, error));
  }

  #best(at: number): Sample | undefined {
    const worth = (sample: Sample) => sample.roundTripMs / 2 + (at - sample.heardAt) * driftRate;
    let best = this.#samples[0];
    for (const sample of this.#samples) if (best && worth(sample) < worth(best)) best = sample;
    return best;
  }
}
