/** 公开期限 (R01, R02): how long after it was formed, or changed, a piece of 政府信息 must be seen. */
import type { WorkCalendar } from "../time/calendar.ts";
import { dateOf, dayNumberOf } from "../time/days.ts";
import { nthWorkingDayAfter, workingDaysAfter } from "../time/working-days.ts";
import { disclosureRule, type RuleSet } from "./disclosure.ts";
import type { CivilDate, Content } from "./types.ts";

/** From when its time counts; null: it has no deadline (other tracks, fillers, what is not to be disclosed). */
export function countsFrom(content: Pick<Content, "track" | "openness" | "formedOn" | "changedOn">): CivilDate | null {
  if (content.track !== "政府信息" || content.openness !== "主动公开" || content.formedOn === null) return null;
  return content.changedOn ?? content.formedOn;
}

/** The last day on which it is in time, by the rule of the day on which it was formed or changed. Throws `UnknownYear`. */
export function dueOn(
  content: Pick<Content, "track" | "openness" | "formedOn" | "changedOn">,
  calendar: WorkCalendar,
  promises: readonly RuleSet[],
): CivilDate | null {
  const from = countsFrom(content);
  const formed = from === null ? null : dayNumberOf(from);
  if (from === null || formed === null) return null;
  return dateOf(nthWorkingDayAfter(formed, disclosureRule(from, promises).workingDays, calendar));
}

/** `firstShown`: the first civil day that it is, or is to be, on any board. */
export function isLate(due: CivilDate | null, firstShown: CivilDate | null): boolean | null {
  return due === null || firstShown === null ? null : firstShown > due;
}

/** `met`: shown in time. Of what is not shown yet: more than 5 working days left, at most 5, none. */
export type DueColour = "met" | "ample" | "near" | "late";

export interface Deadline {
  readonly dueOn: CivilDate;
  readonly rule: RuleSet;
  /** Working days after today to the day it is due, that one included; behind it negative, or 0 on days off; null: it is shown. */
  readonly daysLeft: number | null;
  readonly colour: DueColour;
  /** Working days from formed to first shown; null: not shown yet. */
  readonly lagDays: number | null;
}

const nearDays = 5;

/** `firstShown` after `today` is a plan. null: no deadline. Throws `UnknownYear`. */
export function deadlineOf(
  content: Pick<Content, "track" | "openness" | "formedOn" | "changedOn">,
  firstShown: CivilDate | null,
  today: CivilDate,
  calendar: WorkCalendar,
  promises: readonly RuleSet[],
): Deadline | null {
  const from = countsFrom(content);
  const due = dueOn(content, calendar, promises);
  if (from === null || due === null) return null;
  const [formed, now, end] = [from, today, due].map((date) => dayNumberOf(date) ?? 0) as [number, number, number];
  const rule = disclosureRule(from, promises);
  if (firstShown !== null && firstShown <= today) {
    const lagDays = workingDaysAfter(formed, dayNumberOf(firstShown) ?? formed, calendar);
    return { dueOn: due, rule, daysLeft: null, colour: firstShown > due ? "late" : "met", lagDays };
  }
  // By working days: of nine days before a holiday's end only one may be of use.
  const daysLeft = now <= end ? workingDaysAfter(now, end, calendar) : 0 - workingDaysAfter(end, now, calendar);
  const colour = end < now ? "late" : daysLeft <= nearDays ? "near" : "ample";
  return { dueOn: due, rule, daysLeft, colour, lagDays: null };
}
