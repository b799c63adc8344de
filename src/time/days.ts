/** Civil days as numbers: days since 1970-01-01, in whatever zone the caller means. */

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;
/** From 0000-03-01 to 1970-01-01, days. */
const toMarchOfYear0 = 719_468;

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

/**
 * By arithmetic, since schedules ask for millions: years that begin in March have their leap day last, and 400 of them
 * are 146,097 days (H. Hinnant, "chrono-compatible low-level date algorithms").
 */
export function partsOf(dayNumber: number): DayParts {
  const shifted = dayNumber + toMarchOfYear0;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    // 1970-01-01 was a Thursday.
    weekday: (((dayNumber + 4) % 7) + 7) % 7,
  };
}

/** The day number of a month's first day; `month` may run past 12 into the years that follow. */
export function firstOfMonth(year: number, month: number): number {
  const months = year * 12 + month - 3;
  const marchYear = Math.floor(months / 12);
  const fromMarch = months - marchYear * 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + Math.floor((153 * fromMarch + 2) / 5) - toMarchOfYear0;
}
