/** The clocks. Nothing else in the program reads the time of day; see design.md "Clocks". */

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number. */
export type Instant = number;

export interface Clock {
  now(): Instant;
}

/** This computer's clock: sessions, limits, logs. In real mode it is the board clock too. */
export const wallClock: Clock = { now: () => Date.now() };

/** Runs with `base`, shifted: practice mode's board clock. */
export function offsetClock(base: Clock, offsetMs: number): Clock {
  return { now: () => base.now() + offsetMs };
}

/** Milliseconds from an arbitrary start that no clock change moves: time-outs, pacing. Not whole. */
export function monotonicMs(): number {
  return performance.now();
}
