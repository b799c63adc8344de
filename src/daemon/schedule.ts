/** 播放安排 from the book: whole days of some boards, the notices that live in them, and when a rule begins to play. */
import type { DayView, ScheduledNotice, ScheduleOffice, StartsView } from "../api/schedule.ts";
import type { BoardTimeline } from "../api/outlook.ts";
import type { BoardConfig, Site } from "../config/types.ts";
import { limits } from "../limits.ts";
import type { Instant, Window } from "../message/types.ts";
import { daysOf, defaultPriority, nextStart, ruleSentence, spanOf } from "../playlist/index.ts";
import { matchesDay } from "../playlist/cron.ts";
import { planOf, refusalOf } from "../playlist/plan.ts";
import { openWindows, quietWindows } from "../playlist/slots.ts";
import type { Rule } from "../playlist/types.ts";
import { festivalOf, UnknownYear, type WorkCalendar } from "../time/calendar.ts";
import { dateOf, partsOf } from "../time/days.ts";
import { Pieces } from "../time/pieces.ts";
import { dayNumberAt } from "../time/zone.ts";
import type { Desk } from "./desk.ts";
import { scheduleFrom } from "./what-if.ts";

type ScheduleParts = Pick<Desk, "site" | "book" | "calendar">;

export function scheduleOffice(
  parts: ScheduleParts,
  timeline: (board: BoardConfig, span: Window) => Promise<BoardTimeline>,
): ScheduleOffice {
  const { site, calendar, book } = parts;
  return {
    async schedule(ids, from, until) {
      const span = { from, until };
      const days = daysOf(site.zone, span);
      const whole = spanOf(site.zone, days);
      const living = await book.during(whole);
      const pieces = new Pieces();
      const notices = new Map<string, ScheduledNotice>();
      const boards = [];
      for (const id of ids) {
        const board = site.boards.find((one) => one.id === id);
        if (board === undefined) continue;
        const here = new Set<string>();
        for (const { notice, priority } of living.alive(id, whole)) {
          if (priority === defaultPriority || here.has(notice)) continue;
          const made = notices.get(notice) ?? noticeOf(living, notice);
          if (made === null || made.schedule.from >= until || made.schedule.until <= from) continue;
          notices.set(notice, made);
          here.add(notice);
        }
        const hours = hoursOf(board, days.firstDay, days.lastDay, site, calendar);
        boards.push({ ...(await timeline(board, span)), name: board.name, ...hours, notices: [...here] });
        await pieces.rest();
      }
      const view = { boards, notices: [...notices.values()] };
      return { ...span, days: daysBetween(days.firstDay, days.lastDay, site, calendar), ...view };
    },
    async nextStarts(asked, after, count) {
      const schedule = scheduleFrom({}, asked, "next-starts");
      const said = ruleSentence(schedule, schedule.priority);
      return { ...startsOf(schedule, Math.max(after, schedule.from - 1), count, schedule.until, parts), said };
    },
  };
}

function noticeOf(living: Awaited<ReturnType<Desk["book"]["during"]>>, id: string): ScheduledNotice | null {
  const [record, judged] = [living.record(id), living.verdict(id)];
  if (record === undefined || !judged.ok) return null;
  const { content } = record;
  const { from, until } = record.schedule;
  // What was withdrawn is over then, whatever its window said.
  const over = judged.withdrawnAt === null ? until : Math.max(from, Math.min(until, judged.withdrawnAt));
  const schedule = { ...record.schedule, until: over };
  return {
    ...{ notice: id, title: content.title, track: content.track, category: content.category },
    ...{ schedule, envelope: judged.envelope, said: ruleSentence(schedule, schedule.priority) },
  };
}

/** 5: of what rotates; warnings go on in quiet hours. */
const rotating = 5;

function hoursOf(
  { hours, quiet }: BoardConfig,
  first: number,
  last: number,
  { zone }: Site,
  calendar: WorkCalendar,
): { open: Window[]; quiet: Window[] } {
  const made: { open: Window[]; quiet: Window[] } = { open: [], quiet: [] };
  for (let day = first; day <= last; day++) {
    made.open.push(...openWindows(hours, day, zone, calendar));
    made.quiet.push(...quietWindows(quiet, rotating, day, zone, calendar));
  }
  return { open: touching(made.open), quiet: touching(made.quiet) };
}

/** Windows in order; those that touch become one. */
function touching(windows: readonly Window[]): Window[] {
  const out: Window[] = [];
  for (const one of windows) {
    const last = out.at(-1);
    if (last && last.until >= one.from) out[out.length - 1] = { from: last.from, until: one.until };
    else out.push(one);
  }
  return out;
}

function daysBetween(first: number, last: number, site: Site, calendar: WorkCalendar): DayView[] {
  return Array.from({ length: last - first + 1 }, (_, index) => dayView(first + index, site, calendar));
}

function dayView(day: number, site: Site, calendar: WorkCalendar): DayView {
  const { year, weekday } = partsOf(day);
  const kind = calendar.covers(year) ? calendar.kind(day) : null;
  const isWeekend = weekday === 0 || weekday === 6;
  const counts = site.calendar.kind !== "none" && kind !== null;
  const special = !counts || (kind === "restday") === isWeekend ? null : isWeekend ? "make-up" : "off";
  // An imported year may have moved the day off elsewhere: the name goes with days that are otherwise than usual.
  const name = counts && (special !== null || kind === "restday") ? festivalOf(day) : null;
  return { date: dateOf(day), kind, special, name };
}

function startsOf(
  rule: Rule,
  after: Instant,
  count: number,
  until: Instant,
  { site, calendar }: ScheduleParts,
): Omit<StartsView, "said"> {
  const starts: Instant[] = [];
  let unknownYear: number | null = null;
  try {
    for (let at = after; starts.length < count; ) {
      const next = nextStart(rule, at, site.zone, calendar, until);
      if (next === null) break;
      starts.push(next);
      at = next;
    }
  } catch (error) {
    if (!(error instanceof UnknownYear)) throw error;
    unknownYear = error.year;
  }
  const last = starts.at(-1);
  const skipped = last === undefined ? [] : skippedBetween(rule, after, last, site, calendar);
  return { starts, skipped, unknownYear };
}

function skippedBetween(rule: Rule, after: Instant, last: Instant, site: Site, calendar: WorkCalendar) {
  const plan = planOf(rule);
  const found: (DayView & { readonly exception: string | null })[] = [];
  const end = dayNumberAt(site.zone, last);
  for (let day = dayNumberAt(site.zone, after); day < end && found.length < limits.skippedDaysTold; day++) {
    if (plan.fields !== null && !matchesDay(plan.fields, partsOf(day))) continue;
    const refusal = refusalOf(plan, day, calendar);
    if (refusal === null || refusal.why === "weekday") continue;
    const view = dayView(day, site, calendar);
    const exception = refusal.why === "exception" ? refusal.name : null;
    // That it does not play on an ordinary weekend nobody need be told.
    if (exception !== null || view.special !== null || view.name !== null) found.push({ ...view, exception });
  }
  return found;
}
