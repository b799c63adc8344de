/** When a rule begins to play next: found by days and minutes that can match, not by walking. */
import type { Instant } from "../message/types.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import { firstOfMonth, partsOf } from "../time/days.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import type { CronFields } from "./cron.ts";
import { planOf, type RulePlan, refusalOf } from "./plan.ts";
import { hoursOf, startsOf } from "./slots.ts";
import type { Rule } from "./types.ts";

/** A 29 February on a given day of the week may be forty years away; what does not come by then does not come. */
const searchDays = 41 * 366;

/**
 * The first instant after `after`, and before `until`, at which a slot begins: as cut to its hours, and whether or not
 * another one is still on. Without a cron each day begins one. Null: none. Throws `UnknownYear`.
 */
export function nextStart(
  rule: Rule,
  after: Instant,
  zone: string,
  calendar: WorkCalendar,
  until: Instant,
): Instant | null {
  const plan = planOf(rule);
  if (plan.minutes !== null && (plan.minutes.length === 0 || plan.lengthMs === 0)) return null;
  const today = dayNumberAt(zone, after);
  // Hours across midnight that are on belong to yesterday.
  for (let day = today - (plan.early > 0 ? 1 : 0); day <= today + searchDays; day++) {
    day = nextDay(plan, day);
    if (instantOf(zone, day, 0) >= until) return null;
    const start = startOn(plan, day, zone, after);
    if (start === null || start >= until || refusalOf(plan, day, calendar) !== null) continue;
    return start;
  }
  return null;
}

/** The next `count` of them, fewer if there are no more. */
export function nextStarts(
  rule: Rule,
  after: Instant,
  count: number,
  zone: string,
  calendar: WorkCalendar,
  until: Instant,
): Instant[] {
  const found: Instant[] = [];
  for (let at = after; found.length < count; ) {
    const next = nextStart(rule, at, zone, calendar, until);
    if (next === null) break;
    found.push(next);
    at = next;
  }
  return found;
}

/** The first start after `after` of those that belong to `day`. */
function startOn(plan: RulePlan, day: number, zone: string, after: Instant): Instant | null {
  if (plan.minutes === null || plan.hours !== null) {
    const hours = hoursOf(plan, day, zone);
    if (hours.from >= hours.until || hours.until <= after) return null;
    if (plan.minutes === null) return after < hours.from ? hours.from : null;
    // A slot that began before its hours begins with them.
    for (const starts of startsOf(plan, day, zone)) {
      const index = after < hours.from ? starts.on(hours.from) : starts.after(after);
      if (index === starts.end) continue;
      const start = starts.at(index);
      return start < hours.until ? Math.max(start, hours.from) : null;
    }
    return null;
  }
  for (const starts of startsOf(plan, day, zone)) {
    const index = starts.after(after);
    if (index < starts.end) return starts.at(index);
  }
  return null;
}

/** The first day from `day` on that the cron's own day fields give slots to. */
function nextDay({ fields, early }: RulePlan, day: number): number {
  if (fields === null) return day;
  const match = nextMatch(fields, day);
  // Its early minutes belong to the day before it.
  return early > 0 ? Math.max(day, match - 1) : match;
}

/** The first day from `day` on that month, day of month and day of week let through; some later day if there is none. */
function nextMatch({ months, days, weekdays, monthDays }: CronFields, day: number): number {
  const from = partsOf(day);
  for (let month = from.month, count = 0; count <= searchDays / 28; month++, count++) {
    if (!months.has(((month - 1) % 12) + 1)) continue;
    if (count === 0 && days.has(from.day) && weekdays.has(from.weekday)) return day;
    const first = firstOfMonth(from.year, month);
    const length = firstOfMonth(from.year, month + 1) - first;
    for (const date of monthDays) {
      const found = first + date - 1;
      // 1970-01-01 was a Thursday.
      if (date <= length && found >= day && weekdays.has((((found + 4) % 7) + 7) % 7)) return found;
    }
  }
  return day + searchDays;
}
