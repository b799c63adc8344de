/**
 * The board clock on an LCD's computer. While it runs, the monotonic clock carries on from the daemon's last word, whatever
 * becomes of the computer's own; after a start without a network the computer's own clock has to do, and is believed only if
 * it has not gone back since. Where it cannot be believed, nobody knows the time: black.
 */
import type { Instant } from "../../message/types.ts";

/** The daemon's time and this computer's at one moment; ms. */
export interface KeptClock {
  readonly board: Instant;
  readonly wall: number;
}

export interface HostClockParts {
  readonly wall: () => number;
  readonly monotonic: () => number;
}

/** A computer that sleeps stops its monotonic clock: beyond this its own clock says how long. ms */
const sleptMs = 5000;
/** What is a correction of the clock and no jump. ms */
const backMs = 2000;
const samplesKept = 8;

interface Anchor extends KeptClock {
  readonly monotonic: number;
}

export class HostClock {
  readonly #parts: HostClockParts;
  readonly #kept: KeptClock | null;
  #anchor: Anchor | null = null;
  #highest = -Infinity;
  #samples: { readonly offsetMs: number; readonly roundTripMs: number }[] = [];

  /** `kept`: as written down before the start; null: never heard of. */
  constructor(parts: HostClockParts, kept: KeptClock | null) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** A round trip came home: the best of the last few counts. Times monotonic, ms. */
  heard(now: Instant, askedAt: number, heardAt: number): void {
    const roundTripMs = Math.max(0, heardAt - askedAt);
    const sample = { offsetMs: now + roundTripMs / 2 - heardAt, roundTripMs };
    const best = this.#samples.reduce((one, other) => (other.roundTripMs < one.roundTripMs ? other : one), sample);
    const contradicts = Math.abs(best.offsetMs - sample.offsetMs) > (best.roundTripMs + roundTripMs) / 2 + 200;
    this.#samples = contradicts ? [sample] : [...this.#samples, sample].slice(-samplesKept);
    const { offsetMs } = contradicts ? sample : best;
    const monotonic = this.#parts.monotonic();
    const board = Math.round(offsetMs + monotonic);
    this.#anchor = { board, monotonic, wall: this.#parts.wall() };
    // The daemon is right, also where it says that it is earlier.
    this.#highest = board;
  }

  /** Half of what the best round trip took may be the error; ms. */
  get roundTripMs(): number {
    return Math.min(...this.#samples.map(({ roundTripMs }) => roundTripMs), 10_000);
  }

  /** null: not known, or not to be believed. A whole number. */
  now(): Instant | null {
    const wall = this.#parts.wall();
    const monotonic = this.#parts.monotonic();
    if (this.#anchor === null && this.#kept !== null && wall >= this.#kept.wall)
      this.#anchor = { board: this.#kept.board + (wall - this.#kept.wall), monotonic, wall };
    if (this.#anchor === null) return null;
    const passed = monotonic - this.#anchor.monotonic;
    const passedByWall = wall - this.#anchor.wall;
    const now = Math.floor(this.#anchor.board + (passedByWall - passed > sleptMs ? passedByWall : passed));
    if (now < this.#highest - backMs) return null;
    this.#highest = Math.max(this.#highest, now);
    return now;
  }

  /** To be written down; null: nothing to be believed. */
  keep(): KeptClock | null {
    const now = this.now();
    return now === null ? null : { board: now, wall: this.#parts.wall() };
  }
}
