/** Instants as people read them, in the office's zone. */
import type { Instant } from "../message/types.ts";
import { partsOf } from "../time/days.ts";
import { dayNumberAt, formatCivil, instantOf, offsetIfTwice } from "../time/zone.ts";

/** "2017-12-05 09:00:00" */
export function dateAndTime(zone: string, at: Instant): string {
  return formatCivil(zone, at).replace("T", " ");
}

/** "09:00:00" */
export function timeOfDay(zone: string, at: Instant): string {
  return formatCivil(zone, at).slice(11);
}

/** "2017-12-05" */
export function dateOnly(zone: string, at: Instant): string {
  return formatCivil(zone, at).slice(0, 10);
}

/** "09:00", or with the date in front when it is not the day of `today`; with its offset to UTC where it comes twice. */
export function shortTime(zone: string, at: Instant, today: Instant): string {
  const text = formatCivil(zone, at);
  const time = `${text.endsWith(":00") ? text.slice(11, 16) : text.slice(11)}${offsetIfTwice(zone, at)}`;
  return dayNumberAt(zone, at) === dayNumberAt(zone, today) ? time : `${text.slice(5, 10)} ${time}`;
}

/** For words that have a day and a time: "11", "6", "09:10"; the year, with a space behind it, where it is not that of `today`. */
export function dayAndTime(zone: string, at: Instant, today: Instant) {
  const [year = "", month = "", day = ""] = dateOnly(zone, at).split("-");
  const isThisYear = year === dateOnly(zone, today).slice(0, 4);
  const time = formatCivil(zone, at).slice(11, 16);
  return { year: isThisYear ? "" : `${year} `, month: Number(month), day: Number(day), time };
}

/** 0 = Sunday. */
export function weekdayOf(zone: string, at: Instant): number {
  return partsOf(dayNumberAt(zone, at)).weekday;
}

/** The civil day that holds `at`, half-open. */
export function dayOf(zone: string, at: Instant): { readonly from: Instant; readonly until: Instant } {
  const day = dayNumberAt(zone, at);
  return { from: instantOf(zone, day, 0), until: instantOf(zone, day + 1, 0) };
}
