/** When a rule's slots, and a board's hours, let something be seen. */
import type { BoardHours, QuietHours } from "../config/types.ts";
import type { Instant, Window } from "../message/types.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import { partsOf } from "../time/days.ts";
import { instantOf, utcOffsetMin } from "../time/zone.ts";
import { matchesDay } from "./cron.ts";
import { planOf, type RulePlan, refusalOf } from "./plan.ts";
import type { Rule } from "./types.ts";
import { merged } from "./windows.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Slots that touch the civil day, merged. Throws `UnknownYear`, but only where the answer depends on it. */
export function slotWindows(rule: Rule, dayNumber: number, zone: string, calendar: WorkCalendar): Window[] {
  const plan = planOf(rule);
  const within = { from: instantOf(zone, dayNumber, 0), until: instantOf(zone, dayNumber + 1, 0) };
  // A civil day that the zone skipped is over when it begins.
  if (within.from >= within.until) return [];
  const windows: Window[] = [];
  for (let day = dayNumber; lastEnd(plan, day, zone) > within.from; day--) {
    const touching = slotsOf(plan, day, zone, within);
    if (touching.length > 0 && refusalOf(plan, day, calendar) === null) windows.push(...touching);
  }
  return merged(windows);
}

/** No slot of this day ends later. */
function lastEnd(plan: RulePlan, day: number, zone: string): Instant {
  if (plan.hours) return instantOf(zone, day, plan.hours.until);
  return plan.minutes === null ? instantOf(zone, day + 1, 0) : slotEnd(zone, day, 1440, plan.lengthMs);
}

/** Of a slot that begins at a civil minute: when its length has elapsed and the clock on the wall is past its end. */
function slotEnd(zone: string, day: number, minute: number, lengthMs: number): Instant {
  const start = instantOf(zone, day, minute);
  const elapsed = start + lengthMs;
  // Nobody moved the clock meanwhile.
  if (utcOffsetMin(zone, start) === utcOffsetMin(zone, elapsed)) return elapsed;
  return Math.max(elapsed, instantOf(zone, day, minute + lengthMs / minuteMs));
}

/** The hours of a rule on a day, or the day; empty where the zone skips them. */
export function hoursOf({ hours }: RulePlan, day: number, zone: string): Window {
  return { from: instantOf(zone, day, hours?.from ?? 0), until: instantOf(zone, day, hours?.until ?? 1440) };
}

/** The slots that belong to `day`, whether it plays or not, where they touch `within`; joined where they touch each other. */
function slotsOf(plan: RulePlan, day: number, zone: string, within: Window): Window[] {
  const hours = hoursOf(plan, day, zone);
  const cut = plan.hours ? hours : { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const seen = { from: Math.max(cut.from, within.from), until: Math.min(cut.until, within.until) };
  const out: { from: Instant; until: Instant }[] = [];
  if (plan.minutes === null) {
    if (Math.max(hours.from, within.from) < Math.min(hours.until, within.until)) out.push(hours);
    return out;
  }
  if (seen.from >= seen.until) return out;
  for (const starts of startsOf(plan, day, zone)) {
    for (let index = starts.on(seen.from); index < starts.end; index++) {
      const start = starts.at(index);
      if (start >= seen.until) break;
      const from = Math.max(start, cut.from);
      const until = Math.min(starts.endAt(index), cut.until);
      const last = out[out.length - 1];
      if (last && from <= last.until) last.until = Math.max(last.until, until);
      else if (from < until) out.push({ from, until });
    }
  }
  return out;
}

/** The starts that belong to `day`: of its own minutes, and of the early ones of the next. */
export function startsOf(plan: RulePlan, day: number, zone: string): Starts[] {
  const { fields, minutes, early } = plan;
  if (fields === null || minutes === null) return [];
  const found: Starts[] = [];
  const split = early === 0 ? 0 : indexAfter(minutes, early - 1);
  if (matchesDay(fields, partsOf(day))) found.push(new Starts(plan, minutes, split, minutes.length, day, zone));
  if (split > 0 && matchesDay(fields, partsOf(day + 1))) found.push(new Starts(plan, minutes, 0, split, day + 1, zone));
  return found;
}

/** Some of the starts of one civil day, by index, in the order of time. */
export class Starts {
  readonly end: number;
  private readonly minutes: readonly number[];
  private readonly first: number;
  private readonly lengthMs: number;
  private readonly day: number;
  private readonly zone: string;
  private readonly midnight: Instant;
  /** How far the zone moves its clocks at this midnight, or while these slots are on, ms; 0: a minute is where arithmetic says. */
  private readonly moved: number;

  constructor(
    { lengthMs }: RulePlan,
    minutes: readonly number[],
    first: number,
    end: number,
    day: number,
    zone: string,
  ) {
    this.minutes = minutes;
    this.first = first;
    this.end = end;
    this.lengthMs = lengthMs;
    this.day = day;
    this.zone = zone;
    this.midnight = instantOf(zone, day, 0);
    const offset = utcOffsetMin(zone, this.midnight);
    const later = utcOffsetMin(zone, this.midnight + dayMs + lengthMs);
    this.moved = Math.abs(this.midnight + offset * minuteMs - day * dayMs) + Math.abs(later - offset) * minuteMs;
  }

  at(index: number): Instant {
    const minute = this.minutes[index] as number;
    return this.moved === 0 ? this.midnight + minute * minuteMs : instantOf(this.zone, this.day, minute);
  }

  /** The end of its slot. */
  endAt(index: number): Instant {
    const minute = this.minutes[index] as number;
    return this.moved === 0
      ? this.midnight + minute * minuteMs + this.lengthMs
      : slotEnd(this.zone, this.day, minute, this.lengthMs);
  }

  /** The first that is later than `instant`. */
  after(instant: Instant): number {
    let index = this.near(instant);
    while (index < this.end && this.at(index) <= instant) index++;
    return index;
  }

  /** The first whose slot ends later than `instant`. */
  on(instant: Instant): number {
    let index = this.near(instant - this.lengthMs);
    while (index < this.end && this.endAt(index) <= instant) index++;
    return index;
  }

  /** None before it is later than `instant`. */
  private near(instant: Instant): number {
    const index = indexAfter(this.minutes, (instant - this.midnight - this.moved) / minuteMs);
    return Math.max(this.first, Math.min(this.end, index));
  }
}

/** The index of the first of sorted `minutes` beyond `bound`. */
function indexAfter(minutes: readonly number[], bound: number): number {
  let low = 0;
  let high = minutes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((minutes[middle] as number) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * 开放时段 of one civil day. Hours that cross midnight are two windows (early morning, evening). In a year that the
 * calendar does not know, hours of working or rest days count as open: a dark board serves nobody, and the fault
 * `calendar/unknown` says that nobody knows.
 */
export function openWindows(hours: BoardHours, dayNumber: number, zone: string, calendar: WorkCalendar): Window[] {
  return hoursWindows(hours, dayNumber, zone, (day) => onDay(hours.days, day, calendar, true));
}

/**
 * 静屏时段 of one civil day that keep a priority off the board: a warning (0) by none, the default picture (10) only by
 * those that show nothing. In a year that the calendar does not know, those of working or rest days do not count.
 */
export function quietWindows(
  quiet: readonly QuietHours[] | undefined,
  priority: number,
  dayNumber: number,
  zone: string,
  calendar: WorkCalendar,
): Window[] {
  if (quiet === undefined || priority === 0) return [];
  const windows = quiet
    .filter(({ shows }) => priority !== 10 || shows === "nothing")
    .flatMap((hours) => hoursWindows(hours, dayNumber, zone, (day) => onDay(hours.days, day, calendar, false)));
  return merged(windows);
}

function onDay(days: BoardHours["days"], day: number, calendar: WorkCalendar, unknown: boolean): boolean {
  if (days === "everyday") return true;
  return calendar.covers(partsOf(day).year) ? calendar.kind(day) === days : unknown;
}

/** Hours that cross midnight belong to the day on which they begin. */
function hoursWindows(hours: BoardHours, dayNumber: number, zone: string, counts: (day: number) => boolean): Window[] {
  const part = (day: number, from: number, until: number): Window[] => {
    const window = { from: instantOf(zone, dayNumber, from), until: instantOf(zone, dayNumber, until) };
    // Hours that the zone skips are none.
    return window.from < window.until && counts(day) ? [window] : [];
  };
  if (hours.fromMinute < hours.untilMinute) return part(dayNumber, hours.fromMinute, hours.untilMinute);
  return merged([...part(dayNumber - 1, 0, hours.untilMinute), ...part(dayNumber, hours.fromMinute, 1440)]);
}
