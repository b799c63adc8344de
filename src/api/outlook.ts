/** What the API may ask of days to come, and of why something is or was shown. The daemon implements it; routes only translate. */
import type { Fault, Sentence } from "../fault.ts";
import type { Instant, Window } from "../message/types.ts";
import type { Caller } from "../people/types.ts";
import type { Effect, Finding, PlaylistInterval } from "../playlist/index.ts";
import type { ScheduleOffice } from "./schedule.ts";

export interface OutlookOffice extends ScheduleOffice {
  /** null: no such notice, or none that this caller may know of. */
  why(board: string, notice: string, at: Instant, caller: Caller): Promise<WhyView | null>;
  /** FaultError `review/unknown` and `review/field` where what is asked about is not there, or is not right. */
  whatIf(asked: WhatIfAsked): Promise<WhatIfView>;
  /** From now on. `unsigned`: also what is about notices that are not signed. */
  outlook(days: number, unsigned: boolean): Promise<OutlookView>;
  /** Board after board, so that none of them holds up the others' answers. */
  timeline(from: Instant, until: Instant): AsyncIterable<BoardTimeline>;
}

/** What stands above a board's schedule: 紧急关屏, 维护 with its test picture, or a card that goes round what a person put in. */
export interface Suspension {
  readonly kind: "dark" | "maintenance" | "card";
  readonly from: Instant;
  /** null: until a person resumes it. */
  readonly until: Instant | null;
  /** As that person was called. */
  readonly by: string;
  readonly reason: string;
  readonly sentence: Sentence;
}

export interface WhyView {
  readonly board: string;
  readonly notice: string;
  readonly title: string;
  readonly at: Instant;
  /** `past`: from the play log, what was shown; `future`: by the rules as they stand. */
  readonly tense: "past" | "future";
  /** null: nobody can say any more. */
  readonly shown: boolean | null;
  /** A reason's code (`playlist`), or of the past: on, not-its-turn, not-told, dark, no-record. */
  readonly code: string;
  /** When the board had been told what it showed then. */
  readonly told: Instant | null;
  readonly confirmed: {
    readonly state: "yes" | "no" | "unknown";
    readonly from: Instant | null;
    readonly to: Instant | null;
  } | null;
  /** Its own turn: the one at `at`, else the next of that programme. */
  readonly turn: { readonly from: Instant; readonly until: Instant } | null;
  readonly sentence: Sentence;
}

/** Of these, what is about: a submitted case, a notice or draft; else a schedule alone, with `seconds`. */
export interface WhatIfAsked {
  readonly case?: string | undefined;
  readonly notice?: string | undefined;
  /** What differs from the schedule that it has. */
  readonly schedule?: unknown;
  /** How long a showing lasts; left out: as its message does. */
  readonly seconds?: number | undefined;
}

export interface WhatIfView {
  readonly notice: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly boards: readonly {
    readonly board: string;
    readonly name: string;
    /** null: it cannot be set on this board; `faults` say why. */
    readonly effect: Effect | null;
    readonly faults: readonly Fault[];
    readonly sentence: Sentence;
  }[];
}

export interface OutlookView {
  readonly from: Instant;
  readonly until: Instant;
  readonly boards: readonly {
    readonly board: string;
    readonly name: string;
    /** What stands above its schedule, before all that its schedule holds. */
    readonly suspensions: readonly Suspension[];
    readonly findings: readonly { readonly finding: Finding; readonly sentence: Sentence }[];
  }[];
}

export interface BoardTimeline {
  readonly board: string;
  readonly suspensions: readonly Suspension[];
  /** `suspended`: these notices are what its schedule has, and not what is lit. */
  readonly intervals: readonly (Pick<PlaylistInterval, "start" | "end" | "priority" | "notices"> & {
    readonly suspended: Suspension["kind"] | null;
  })[];
  /** What the card of a sign goes round that a person carries a stick to, by people's words. Absent: any other board. */
  readonly card?: readonly (Window & { readonly loaded: Instant | null; readonly notices: readonly string[] })[];
}
