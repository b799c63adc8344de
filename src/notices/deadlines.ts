/** 公开期限 (R01): how long after it was formed a piece of 政府信息 must be seen. */
import type { WorkCalendar } from "../time/calendar.ts";
import { dateOf, dayNumberOf } from "../time/days.ts";
import { nthWorkingDayAfter } from "../time/working-days.ts";
import type { CivilDate, Content } from "./types.ts";

/** This office's own promise (annual report 2017, 一.2(1)); the national limit is 20. */
export const officeWorkingDays = 15;

/** The last day on which it is in time; null for what has no deadline (other tracks, fillers, what is not to be disclosed). */
export function dueOn(content: Content, calendar: WorkCalendar, workingDays = officeWorkingDays): CivilDate | null {
  if (content.track !== "政府信息" || content.openness !== "主动公开" || content.formedOn === null) return null;
  const formed = dayNumberOf(content.formedOn);
  return formed === null ? null : dateOf(nthWorkingDayAfter(formed, workingDays, calendar));
}

/** `firstShown`: the first civil day that it is, or is to be, on any board. */
export function isLate(due: CivilDate | null, firstShown: CivilDate | null): boolean | null {
  return due === null || firstShown === null ? null : firstShown > due;
}
