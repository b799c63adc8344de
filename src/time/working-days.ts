/** Counting working days. Days are day numbers; the day that something was formed on does not count (R01). */
import type { WorkCalendar } from "./calendar.ts";

/** The `count`th working day after `day`. */
export function nthWorkingDayAfter(day: number, count: number, calendar: WorkCalendar): number {
  let at = day;
  for (let left = count; left > 0; ) if (calendar.kind(++at) === "workday") left--;
  return at;
}

/** Working days in (`from`, `until`]: 1 if `until` is the first working day after `from`. */
export function workingDaysAfter(from: number, until: number, calendar: WorkCalendar): number {
  let count = 0;
  for (let at = from + 1; at <= until; at++) if (calendar.kind(at) === "workday") count++;
  return count;
}

/** How long something hung, first and last day included (R08). */
export function postingLength(first: number, last: number, unit: "workday" | "day", calendar: WorkCalendar): number {
  return unit === "day" ? last - first + 1 : workingDaysAfter(first - 1, last, calendar);
}
