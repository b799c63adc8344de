/** What one person has to do now. The daemon implements it; routes only translate. */
import type { Fault, Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import type { Caller } from "../people/types.ts";

/** In the order in which they are to be done. */
export const todayGroups = [
  "warnings",
  "late",
  "trouble",
  "begin",
  "sign",
  "review",
  "submit",
  "post",
  "take-down",
  "reminders",
] as const;
export type TodayGroup = (typeof todayGroups)[number];

/**
 * What is to be done with it: one thing each. `received`: a warning of others is to be confirmed or refused; `overdue`: a
 * deadline of disclosure has passed; `held`: what was held undecided was to be decided by now, `decision`: by some day to
 * come; `result`: a publicity is over and nobody has said what came of it; `dark`: boards wait for somebody to resume them;
 * `takedown`: some board has not said that it has gone; `handed-in`: a contributor's draft is with the makers;
 * `carry`: a stick is to be carried to a sign; `calendar`: a year's working days are to be imported; `people`: nobody holds a
 * role without which nothing is signed; `first-board`: there is none yet.
 */
export const todayKinds = [
  "received",
  "countersignature",
  "overdue",
  "held",
  "result",
  "dark",
  "takedown",
  "fault",
  "report",
  "signature",
  "office-review",
  "returned",
  "handed-in",
  "decision",
  "draft",
  "post",
  "take-down",
  "carry",
  "reminder",
  "calendar",
  "people",
  "first-board",
] as const;
export type TodayKind = (typeof todayKinds)[number];

export interface TodayItem {
  readonly kind: TodayKind;
  /** What it is about, as people call it; "": a draft without a title. */
  readonly title: string;
  readonly notice: string | null;
  readonly case: string | null;
  /** Whether that notice is a draft now. */
  readonly draft: boolean;
  readonly boards: readonly string[];
  /** Of the fault that it tells of; absent: of none. */
  readonly code?: Fault["code"];
  /** Of a received warning, of a report, of a takedown. */
  readonly number: string | null;
  readonly since: Instant | null;
  /** By when. */
  readonly until: Instant | null;
  readonly late: boolean;
  /** Who else may do it, by name. */
  readonly people: readonly string[];
  /** What happened, why it came back: where there is more to say than the kind. */
  readonly says: Sentence | null;
  readonly remedy: Sentence | null;
}

export interface TodayView {
  /** Board clock. */
  readonly at: Instant;
  /** Only those with something in them; at most `limits.todayItems` each. */
  readonly groups: readonly {
    readonly group: TodayGroup;
    readonly items: readonly TodayItem[];
    /** How many there are beyond these. */
    readonly more: number;
  }[];
}

export interface TodayOffice {
  today(caller: Caller): Promise<TodayView>;
}
