/** Days of the card's own calendar. */
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
