/** What dragging makes of a schedule, in the office's civil time; how much of it was signed; where things stand on a line. */
import type { Instant, Window } from "../message/types.ts";
import type { Envelope, Schedule } from "../notices/types.ts";
import { dayNumberAt, instantOf, minuteOfDayAt } from "../time/zone.ts";

const minuteMs = 60_000;

export type Scale = "day" | "week" | "month";
export type Grip = "whole" | "from" | "until";
export const scales: readonly Scale[] = ["day", "week", "month"];
/** What a drag, and an arrow key, moves by. Months are moved by whole days, so that hours on the wall stay. */
const snapMinutes: Readonly<Record<Scale, number>> = { day: 15, week: 60, month: 1440 };

export const snapOf = (scale: Scale) => snapMinutes[scale];

/**
 * So many snaps later, or earlier. Whole days keep the time on the clock, also over a change of clocks; the rest is civil
 * minutes of the day. What is stretched stays at least a snap long.
 */
export function dragged(window: Window, grip: Grip, count: number, scale: Scale, zone: string): Window {
  const minutes = count * snapMinutes[scale];
  const from = grip === "until" ? window.from : shifted(zone, window.from, minutes);
  const until = grip === "from" ? window.until : shifted(zone, window.until, minutes);
  if (from < until) return { from, until };
  const least = snapMinutes[scale];
  return grip === "from"
    ? { from: Math.max(window.from, shifted(zone, window.until, -least)), until }
    : { from, until: Math.min(window.until, shifted(zone, window.from, least)) };
}

/** The instant whose clock shows so many civil minutes more; within a minute the seconds stay. */
export function shifted(zone: string, at: Instant, minutes: number): Instant {
  const rest = ((at % minuteMs) + minuteMs) % minuteMs;
  const total = minuteOfDayAt(zone, at) + minutes;
  const days = Math.floor(total / 1440);
  return instantOf(zone, dayNumberAt(zone, at) + days, total - days * 1440) + rest;
}

/** The days that a scale shows around `at`: weeks begin on Monday. */
export function spanOf(scale: Scale, at: Instant, zone: string): Window {
  const day = dayNumberAt(zone, at);
  // 1970-01-01 was a Thursday.
  const first =
    scale === "day" ? day : scale === "week" ? day - ((((day + 3) % 7) + 7) % 7) : day - dayOfMonth(day) + 1;
  const last = scale === "day" ? first + 1 : scale === "week" ? first + 7 : firstOfNextMonth(first);
  return { from: instantOf(zone, first, 0), until: instantOf(zone, last, 0) };
}

const civil = (day: number) => new Date(day * 86_400_000);
const dayOfMonth = (day: number) => civil(day).getUTCDate();
function firstOfNextMonth(first: number): number {
  const date = civil(first);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000;
}

export type Outside = "boards" | "from" | "until" | "priority";

/** What of a schedule was not signed. The daemon decides; this says it before it is asked. */
export function outsideOf(schedule: Schedule, { boards, from, until, bestPriority }: Envelope): readonly Outside[] {
  const found: Outside[] = [];
  if (schedule.boards.some((board) => !boards.includes(board))) found.push("boards");
  if (schedule.from < from) found.push("from");
  if (schedule.until > until) found.push("until");
  if (schedule.priority < bestPriority) found.push("priority");
  return found;
}

/** Left edge and width, in hundredths of the span; null: not within it. */
export function placeOf(window: Window, span: Window): { readonly left: number; readonly width: number } | null {
  const from = Math.max(window.from, span.from);
  const until = Math.min(window.until, span.until);
  if (from >= until) return null;
  const whole = span.until - span.from;
  return { left: ((from - span.from) / whole) * 100, width: ((until - from) / whole) * 100 };
}

export interface Interval {
  readonly from: Instant;
  readonly until: Instant;
  readonly priority: number | null;
  readonly notices: readonly string[];
  readonly suspended: "dark" | "maintenance" | null;
}
/** Lit or not, suspended or not: what differs in this is never drawn as one. */
const isAlike = (parts: readonly Interval[], { priority, suspended }: Interval) =>
  parts.every((one) => (one.priority === null) === (priority === null) && one.suspended === suspended);

export interface Segment extends Window {
  /** In the order in which they come. */
  readonly notices: readonly string[];
  readonly priority: number | null;
  readonly suspended: Interval["suspended"];
  /** So many intervals in one, too narrow to be drawn each. */
  readonly count: number;
}

/**
 * A row's pieces: what follows each other in less than `leastMs` each is drawn as one, so that a month of five-minute slots
 * has no more pieces than can be seen. The most urgent priority stands for them.
 */
export function segmentsOf(intervals: readonly Interval[], leastMs: number): Segment[] {
  const out: Segment[] = [];
  let open: { from: Instant; until: Instant; parts: Interval[] } | null = null;
  const close = () => {
    if (open === null) return;
    const { from, until, parts } = open;
    const notices = [...new Set(parts.flatMap((one) => one.notices))];
    const priorities = parts.flatMap(({ priority }) => (priority === null ? [] : [priority]));
    const suspended = parts.find((one) => one.suspended !== null)?.suspended ?? null;
    const priority = priorities.length > 0 ? Math.min(...priorities) : null;
    out.push({ from, until, notices, priority, suspended, count: parts.length });
    open = null;
  };
  for (const one of intervals) {
    if (one.until - one.from >= leastMs) {
      close();
      out.push({ ...one, count: 1 });
      continue;
    }
    if (open !== null && (one.from - open.from >= leastMs || open.until !== one.from || !isAlike(open.parts, one)))
      close();
    open ??= { from: one.from, until: one.from, parts: [] };
    open.parts.push(one);
    open.until = one.until;
  }
  close();
  return out;
}
