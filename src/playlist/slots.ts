/** When a rule's slots, and a board's hours, let something be seen. */
import type { BoardHours } from "../config/types.ts";
import type { Window } from "../message/types.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import { partsOf } from "../time/days.ts";
import { instantOf } from "../time/zone.ts";
import { matchesDay, minutesOf, parseCron } from "./cron.ts";
import type { Rule } from "./types.ts";
import { merged } from "./windows.ts";

type Days = "everyday" | "workday" | "restday";

/** Whether the office's calendar lets a rule speak on this day. Throws `UnknownYear`, but only where the answer depends on it. */
export function dayAllowed(days: Days, dayNumber: number, calendar: WorkCalendar): boolean {
  return days === "everyday" || calendar.kind(dayNumber) === days;
}

/**
 * Slots that touch the civil day, merged; the calendar is asked about the day that a slot begins on, so a slot across
 * midnight belongs to the evening. A null cron is the whole day.
 */
export function slotWindows(rule: Rule, dayNumber: number, zone: string, calendar: WorkCalendar): Window[] {
  if (rule.cron === null)
    return dayAllowed(rule.calendar, dayNumber, calendar)
      ? [{ from: instantOf(zone, dayNumber, 0), until: instantOf(zone, dayNumber + 1, 0) }]
      : [];
  const parsed = parseCron(rule.cron);
  if (!parsed.ok) return [];
  const lengthMs = rule.slotMinutes * 60_000;
  const start = instantOf(zone, dayNumber, 0);
  const end = instantOf(zone, dayNumber + 1, 0);
  const windows: Window[] = [];
  // Zone changes may stretch the day before: slots that ended within hours of midnight are looked at by the instant.
  const slackMin = 180;
  for (let day = dayNumber - Math.ceil((rule.slotMinutes + slackMin) / 1440); day <= dayNumber; day++) {
    if (!matchesDay(parsed.fields, partsOf(day))) continue;
    const touching: Window[] = [];
    for (const minute of minutesOf(parsed.fields)) {
      if ((dayNumber - day) * 1440 >= minute + rule.slotMinutes + slackMin) continue;
      const from = instantOf(zone, day, minute);
      if (from < end && from + lengthMs > start) touching.push({ from, until: from + lengthMs });
    }
    if (touching.length > 0 && dayAllowed(rule.calendar, day, calendar)) windows.push(...touching);
  }
  return merged(windows);
}

/**
 * 开屏时段 of one civil day. Hours that cross midnight are two windows (early morning, evening). In a year that the
 * calendar does not know, hours of working or rest days count as open: a dark board serves nobody, and the fault
 * `calendar/unknown` says that nobody knows.
 */
export function openWindows(hours: BoardHours, dayNumber: number, zone: string, calendar: WorkCalendar): Window[] {
  const open = (day: number) => !calendar.covers(partsOf(day).year) || dayAllowed(hours.days, day, calendar);
  const part = (day: number, from: number, until: number): Window[] =>
    from < until && open(day)
      ? [{ from: instantOf(zone, dayNumber, from), until: instantOf(zone, dayNumber, until) }]
      : [];
  if (hours.fromMinute < hours.untilMinute) return part(dayNumber, hours.fromMinute, hours.untilMinute);
  return merged([...part(dayNumber - 1, 0, hours.untilMinute), ...part(dayNumber, hours.fromMinute, 1440)]);
}
