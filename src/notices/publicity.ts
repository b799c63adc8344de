/** 公示期 and 征求意见 (R08, R09): how long something hung, when that was over, and what came of it. */
import { type WorkCalendar, UnknownYear } from "../time/calendar.ts";
import type { Instant } from "../time/clock.ts";
import { postingLength } from "../time/working-days.ts";
import { dayNumberAt } from "../time/zone.ts";
import type { CivilDate, NoticeId } from "./types.ts";

export type PublicityKind = "公示" | "征求意见";

/** What was promised. */
export interface Promised {
  readonly kind: PublicityKind;
  readonly required: number;
  readonly unit: "workday" | "day";
}

/** As notices and schedules have it now: [from, until), from the first board that has it to the last. */
export interface Period extends Promised {
  readonly notice: NoticeId;
  readonly title: string;
  /** The revision that is signed last. */
  readonly number: number;
  readonly from: Instant;
  readonly until: Instant;
  /** 中止: everybody's boards were rid of it before the end that was signed. */
  readonly stopped: boolean;
}

/** Days on which no board is known to have shown it. */
export interface Interruptions {
  /** Nothing is known of the days before: the play log begins here. null: of none. */
  readonly watchedFrom: CivilDate | null;
  /** At most `limits.publicityDays`; null: none of its boards can be read back, or the play log began later. */
  readonly days: readonly CivilDate[] | null;
}

/** Over, and on record. One a notice: an end that was moved, or a newer revision, takes its place when it is over too. */
export interface EndedPeriod extends Period {
  /** null: of a year that the calendar did not know. */
  readonly actual: number | null;
  readonly interruptions: Interruptions;
  /** By the board clock. */
  readonly recordedAt: Instant;
  readonly result: PeriodResult | null;
}

/** What a person says came of it. */
export interface PeriodResult {
  readonly note: string;
  /** The notice that tells everybody. */
  readonly notice: NoticeId | null;
  readonly by: string;
  readonly name: string;
  readonly at: Instant;
}

export interface PublicityStore {
  get(notice: NoticeId): Promise<EndedPeriod | null>;
  /** By notice. */
  list(): Promise<readonly EndedPeriod[]>;
}

/** In a transaction; the caller records what they mean. */
export interface PublicityVerbs {
  get(notice: NoticeId): Promise<EndedPeriod | null>;
  put(ended: EndedPeriod): Promise<void>;
}

/** Days of a period, first and last included, in its unit; null where a year is not known. */
export function lengthOf(
  { from, until, unit }: Pick<Period, "from" | "until" | "unit">,
  zone: string,
  calendar: WorkCalendar,
): number | null {
  if (until <= from) return 0;
  try {
    return postingLength(dayNumberAt(zone, from), dayNumberAt(zone, until - 1), unit, calendar);
  } catch (error) {
    if (error instanceof UnknownYear) return null;
    throw error;
  }
}

/**
 * `planned`: not begun; `running`; `short`: begun or not, its end comes too early; `awaiting-result`: over, and nobody has
 * said what came of it; `closed`: somebody has. `ending`: over, and not on record yet.
 */
export type PeriodState = "planned" | "running" | "short" | "ending" | "awaiting-result" | "closed";

export function stateOf(period: Period, ended: EndedPeriod | null, length: number | null, now: Instant): PeriodState {
  if (ended !== null && isSame(ended, period)) return ended.result === null ? "awaiting-result" : "closed";
  if (period.until <= now) return "ending";
  if (length !== null && length < period.required) return "short";
  return now < period.from ? "planned" : "running";
}

/** Whether what is on record is about this very period: else it was moved, or signed anew. */
export const isSame = (ended: EndedPeriod, { number, until }: Pick<Period, "number" | "until">): boolean =>
  ended.number === number && ended.until === until;
