/** What screening finds (R14, R15), in one shape for all rules. */
import type { NoticePart, Sentence } from "../../fault.ts";
import type { WorkCalendar } from "../../time/calendar.ts";
import type { Instant } from "../../time/clock.ts";
import type { Content } from "../types.ts";
import type { ScreeningRules } from "./rules.ts";

export const ruleIds = [
  /** 公民身份号码, 18 characters with their check character (GB 11643). */
  "id18",
  /** Its old form of 15 digits. */
  "id15",
  "mobile",
  "bankcard",
  /** Called an identity or card number, but its check digit says otherwise: mistyped, and as personal. */
  "labelled",
  /** A home, down to the door. */
  "address",
  /** A column that no benefit list shows. */
  "column",
  /** A full name where this category masks them. */
  "name",
  /** A wrong official term. */
  "term",
  "glyph",
  "sign-off",
  "sign-off-date",
  "formed-on",
  "publicity-period",
  "publicity-short",
  "consultation-short",
  "objection-phone",
  "five-open",
  "openness-reason",
  "undecided",
] as const;
export type RuleId = (typeof ruleIds)[number];

/** `record`: what is said of the notice and not lit. */
export type Part = NoticePart | "record";

export interface Hit {
  readonly rule: RuleId;
  /** Must be mended before anyone may sign; or may stay, with an explanation. */
  readonly severity: "must-fix" | "explain";
  readonly part: Part;
  /** Of a caption: which picture's, from 0. */
  readonly picture?: number;
  /** Where `found` begins, UTF-16 units in that part; 0 where something is missing. */
  readonly index: number;
  /** As it stands there; of what is missing or too short, what there is instead. Of a column, its heading. */
  readonly found: string;
  /** What a click puts in its place (of a column: "" takes the whole column out); null: nobody but the author can mend it. */
  readonly proposal: string | null;
  readonly why: Sentence;
}

/** What else than the content the rules look at. Without `planned` and a calendar no period is counted. */
export interface ScreeningContext {
  readonly rules: ScreeningRules;
  readonly zone: string;
  readonly calendar: WorkCalendar;
  /** When it is to hang: `from` inclusive, `until` exclusive. */
  readonly planned?: { readonly from: Instant; readonly until: Instant };
  /** 待定 (R05): whether it may be disclosed is not settled. */
  readonly undecided?: boolean;
  /** Characters that the boards' fonts lack; `glyphHit` makes such hits. Asked again of the mended text. */
  glyphsMissing?(content: Content): readonly Hit[];
}
