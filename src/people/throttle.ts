/**
 * Guessing is made slow without shutting anybody out: whoever fails waits, whoever asks from elsewhere, or from a
 * computer that the account has used before, does not. By the wall clock, in bounded memory.
 */
import { limits } from "../limits.ts";
import type { Clock, Instant } from "../time/clock.ts";

/** The keys that were used last, at most `max`. */
class Remembered<T> {
  readonly #max: number;
  readonly #map = new Map<string, T>();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: string): T | undefined {
    return this.#map.get(key);
  }

  set(key: string, value: T): void {
    this.#map.delete(key);
    this.#map.set(key, value);
    for (const oldest of this.#map.keys()) {
      if (this.#map.size <= this.#max) break;
      this.#map.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#map.delete(key);
  }
}

interface Failures {
  readonly count: number;
  readonly last: Instant;
  /** Until then no further try is looked at. */
  readonly until: Instant;
}

const firstWaitMs = 1000;
const longestWaitMs = 15 * 60_000;
/** Without a failure for so long, a key is as good as new. */
const forgivenMs = 60 * 60_000;

/** Failures by key: `free` cost nothing, then each wait is twice the one before, up to 15 minutes. */
export class Failing {
  readonly #clock: Clock;
  readonly #free: number;
  readonly #known: Remembered<Failures>;

  constructor(clock: Clock, free: number, max: number = limits.guessersRemembered) {
    this.#clock = clock;
    this.#free = free;
    this.#known = new Remembered(max);
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#known.size;
  }

  /** ms; 0: now. */
  waitMs(key: string): number {
    const wait = (this.#current(key)?.until ?? 0) - this.#clock.now();
    // Further away than any wait: the clock was set back since.
    return wait > longestWaitMs ? 0 : Math.max(0, wait);
  }

  /** Counted before the password is looked at, so that many tries at once are many. Returns how many it makes. */
  count(key: string): number {
    const now = this.#clock.now();
    const count = (this.#current(key)?.count ?? 0) + 1;
    const beyond = count - this.#free;
    const wait = beyond < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(beyond, 30));
    this.#known.set(key, { count, last: now, until: now + wait });
    return count;
  }

  /** It was none: takes one back. */
  forgive(key: string): void {
    const entry = this.#current(key);
    if (entry === undefined) return;
    if (entry.count <= 1) this.#known.delete(key);
    else this.#known.set(key, { ...entry, count: entry.count - 1, until: this.#clock.now() });
  }

  forget(key: string): void {
    this.#known.delete(key);
  }

  #current(key: string): Failures | undefined {
    const entry = this.#known.get(key);
    return entry === undefined || this.#clock.now() - entry.last > forgivenMs ? undefined : entry;
  }
}

interface Bucket {
  readonly level: number;
  readonly at: Instant;
}

/** A token bucket by key: `size` at once, then one each `everyMs`. */
export class Buckets {
  readonly #clock: Clock;
  readonly #size: number;
  readonly #everyMs: number;
  readonly #known: Remembered<Bucket>;

  constructor(clock: Clock, size: number, everyMs: number, max: number = limits.guessersRemembered) {
    this.#clock = clock;
    this.#size = size;
    this.#everyMs = everyMs;
    this.#known = new Remembered(max);
  }

  /** 0: taken; else ms until there is one. */
  take(key: string): number {
    const now = this.#clock.now();
    const before = this.#known.get(key) ?? { level: this.#size, at: now };
    const level = Math.min(this.#size, before.level + Math.max(0, now - before.at) / this.#everyMs);
    this.#known.set(key, { level: level >= 1 ? level - 1 : level, at: now });
    return level >= 1 ? 0 : Math.ceil((1 - level) * this.#everyMs);
  }
}
