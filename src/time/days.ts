/** Civil days as numbers: days since 1970-01-01, in whatever zone the caller means. */

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;

/** "2017-11-06" → 17476; null if it is not a date of the calendar. */
export function dayNumberOf(date: string): number | null {
  const match = pattern.exec(date);
  if (!match) return null;
  const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / dayMs;
  return dateOf(day) === date ? day : null;
}

/** 17476 → "2017-11-06". */
export function dateOf(dayNumber: number): string {
  return new Date(dayNumber * dayMs).toISOString().slice(0, 10);
}

export interface DayParts {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  /** 1–31 */
  readonly day: number;
  /** 0 = Sunday */
  readonly weekday: number;
}

export function partsOf(dayNumber: number): DayParts {
  const date = new Date(dayNumber * dayMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}
