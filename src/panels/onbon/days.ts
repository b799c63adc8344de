/** The card's own calendar and clock. */
import { civil, type Instant } from "../../message/index.ts";

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function dayOf(at: Instant, utcOffsetMin: number): CivilDate {
  const { Y, m, d } = civil(at, utcOffsetMin);
  return { year: Y, month: m, day: d };
}

/** When its clock was set, and to the time of which offset from UTC. */
export interface ClockSet {
  readonly at: Instant;
  readonly utcOffsetMin: number;
}

/** Set again so often; cards drift by seconds a day. */
const everyMs = 6 * 3_600_000;

/** Where summer time begins or ends it is set at once: brightness and the days of what is in flash go by it. */
export function clockDue(set: ClockSet | null, now: Instant, utcOffsetMin: number): boolean {
  return set === null || set.utcOffsetMin !== utcOffsetMin || Math.abs(now - set.at) >= everyMs;
}

/** As it was set, of what a question was asked for. */
export const clockSet = (now: Instant, utcOffsetMin: number | undefined): ClockSet | null =>
  utcOffsetMin === undefined ? null : { at: now, utcOffsetMin };
