/** 播放安排 as the API asks for it: what the boards show when, by whose rules, and when a rule begins to play next. */
import type { Sentence } from "../fault.ts";
import type { Instant, Window } from "../message/types.ts";
import type { Envelope, Schedule } from "../notices/types.ts";
import type { BoardTimeline } from "./outlook.ts";

export interface ScheduleOffice {
  /** Of boards that there are, in the order asked for. */
  schedule(boards: readonly string[], from: Instant, until: Instant): Promise<ScheduleView>;
  /** FaultError `review/field` where the schedule is not right. */
  nextStarts(schedule: unknown, after: Instant, count: number): Promise<StartsView>;
}

/** A civil day of the office, as its calendar has it. */
export interface DayView {
  /** YYYY-MM-DD */
  readonly date: string;
  /** null: nobody has said how that year is. */
  readonly kind: "workday" | "restday" | null;
  /** Otherwise than its day of the week is: a weekday off, a weekend worked. */
  readonly special: "off" | "make-up" | null;
  /** "国庆节" */
  readonly name: Sentence | null;
}

export interface ScheduledNotice {
  readonly notice: string;
  readonly title: string;
  readonly track: string;
  readonly category: string;
  readonly schedule: Schedule;
  /** What was signed for: operators move it inside. */
  readonly envelope: Envelope;
  /** Its rule in words. */
  readonly said: Sentence;
}

export interface BoardSchedule extends BoardTimeline {
  readonly name: string;
  /** 开放时段 */
  readonly open: readonly Window[];
  /** 静屏时段 */
  readonly quiet: readonly Window[];
  /** Signed ones whose own time touches the span, whether or not they are on. */
  readonly notices: readonly string[];
}

export interface ScheduleView extends Window {
  readonly days: readonly DayView[];
  readonly boards: readonly BoardSchedule[];
  readonly notices: readonly ScheduledNotice[];
}

export interface StartsView {
  readonly starts: readonly Instant[];
  /** Days before the last of them on which its cron begins something, and that a holiday or an exception takes out. */
  readonly skipped: readonly (DayView & { readonly exception: string | null })[];
  /** Where the search ended for want of a calendar. */
  readonly unknownYear: number | null;
  readonly said: Sentence;
}
