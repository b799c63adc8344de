/** Office hours on working days: for how long something has waited (R16). */
import type { WorkCalendar } from "../../time/calendar.ts";
import type { Instant } from "../../time/clock.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";

/** Minutes after civil midnight: eight hours a day, as offices have them. */
const officeHours = [
  [8 * 60, 12 * 60],
  [14 * 60, 18 * 60],
] as const;

const minuteMs = 60_000;

/** Whole minutes of office hours within [from, until). Throws `UnknownYear`. */
export function workingMinutes(
  from: Instant,
  until: Instant,
  { zone, calendar }: { readonly zone: string; readonly calendar: WorkCalendar },
): number {
  let ms = 0;
  for (let day = dayNumberAt(zone, from); day <= dayNumberAt(zone, until); day++) {
    if (calendar.kind(day) !== "workday") continue;
    for (const [begins, ends] of officeHours) {
      const start = Math.max(from, instantOf(zone, day, begins));
      ms += Math.max(0, Math.min(until, instantOf(zone, day, ends)) - start);
    }
  }
  return Math.floor(ms / minuteMs);
}
