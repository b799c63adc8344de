/** Whether the calendar will be asked about a year that it lacks: told while there is time to import it. */
import type { BoardConfig } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import { dayNumberOf, partsOf } from "../time/days.ts";

/** How long before the first day that something asks about. */
export const warnDays = 45;

/** Civil days, both included, of which somebody asks whether they are worked. */
export interface Asked {
  readonly first: number;
  readonly last: number;
}

/** Board hours that go by the calendar ask about every day from now on. */
export const hoursAsk = ({ hours }: Pick<BoardConfig, "hours">, today: number): readonly Asked[] =>
  hours.days === "everyday" ? [] : [{ first: today, last: today + warnDays }];

/**
 * Years from today's on that are asked about within `warnDays` and not known: `calendar/unknown` once the first such day is
 * there, `calendar/ending` before. A year that is past is no fault any more.
 */
export function calendarFaults(asked: readonly Asked[], today: number, calendar: WorkCalendar): readonly Fault[] {
  const first = new Map<number, number>();
  for (const one of asked) {
    const last = Math.min(one.last, today + warnDays);
    for (let day = Math.max(one.first, today); day <= last; day = nextYear(day)) {
      const { year } = partsOf(day);
      if (!calendar.covers(year)) first.set(year, Math.min(day, first.get(year) ?? day));
    }
  }
  return [...first]
    .sort(([one], [other]) => one - other)
    .map(([year, day]): Fault => {
      const days = day - today;
      return days <= 0 ? { code: "calendar/unknown", year } : { code: "calendar/ending", year, days };
    });
}

const nextYear = (day: number): number =>
  dayNumberOf(`${String(partsOf(day).year + 1).padStart(4, "0")}-01-01`) ?? Number.POSITIVE_INFINITY;
