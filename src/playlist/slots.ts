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
  const windows: Window[] = [];
  for (let day = dayNumber - Math.ceil(rule.slotMinutes / 1440); day <= dayNumber; day++) {
    if (!matchesDay(parsed.fields, partsOf(day)) || !dayAllowed(rule.calendar, day, calendar)) continue;
    for (const minute of minutesOf(parsed.fields)) {
      if ((dayNumber - day) * 1440 >= minute + rule.slotMinutes + 180) continue;
      const from = instantOf(zone, day, minute);
      windows.push({ from, until: from + lengthMs });
    }
  }
  return merged(windows);
}

/** 开屏时段 of one civil day, at most one window. Hours that cross midnight are two windows (evening, early morning). */
export function openWindows(hours: BoardHours, dayNumber: number, zone: string, calendar: WorkCalendar): Window[] {
  const part = (day: number, from: number, until: number): Window[] =>
    from < until && dayAllowed(hours.days, day, calendar)
      ? [{ from: instantOf(zone, day, from), until: instantOf(zone, day, until) }]
      : [];
  if (hours.fromMinute < hours.untilMinute) return part(dayNumber, hours.fromMinute, hours.untilMinute);
  const yesterdays =
    hours.untilMinute > 0 && dayAllowed(hours.days, dayNumber - 1, calendar)
      ? [{ from: instantOf(zone, dayNumber, 0), until: instantOf(zone, dayNumber, hours.untilMinute) }]
      : [];
  return merged([...yesterdays, ...part(dayNumber, hours.fromMinute, 1440)]);
}
