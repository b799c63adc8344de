/** The nouns of stage 2, "when and where". */
import type { Instant, MessageHash, Programme, Window } from "../message/types.ts";
import type { Schedule } from "../notices/types.ts";

/**
 * When within its period a notice plays. A slot belongs to a civil day: that on which it begins or, where `hours` cross
 * midnight and it begins in their early part, the day before. Its day decides by the last exception that holds it, else
 * by weekday and calendar; it is cut to that day's hours. `cron` null: one slot a day, its hours or the whole of it.
 */
export type Rule = Pick<Schedule, "cron" | "slotMinutes" | "calendar" | "hours" | "weekdays" | "exceptions">;

/** One notice on one board: what may be shown, when, and as what. Already verified (seal) by who makes it, or carries `blocked`. */
export interface Candidate {
  readonly notice: string;
  readonly title: string;
  readonly window: Window;
  readonly signedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly supersededAt: Instant | null;
  /** `withdrawnAt` is of this board alone. */
  readonly takenOff?: true;
  readonly rule: Rule;
  /** 0–9, 10 = default picture. */
  readonly priority: number;
  /** Goes before those of its priority that are not. */
  readonly pinned?: true;
  readonly weight: number;
  /** null when blocked. */
  readonly message: MessageHash | null;
  readonly durationMs: number;
  /** Why it can never be shown as it stands; null if it can. */
  readonly blocked: BlockReason | null;
}
export type BlockReason =
  | "draft"
  | "seal-broken"
  | "revision-altered"
  | "not-public"
  | "screening"
  | "unknown-notice"
  | "other-board"
  | "no-pixels"
  /** The board shows neither its track nor its category. */
  | "category";

/** Why a notice is shown, or not, on a board at an instant. Sentences (zh, en) are made from it in `reasons.ts`. */
export type Reason =
  | ({ readonly code: "shown"; readonly with: number } & Ends)
  | { readonly code: "blocked"; readonly why: BlockReason }
  | { readonly code: "before"; readonly from: Instant }
  | { readonly code: "after"; readonly until: Instant }
  /** `here`: off this board alone. */
  | { readonly code: "withdrawn"; readonly at: Instant; readonly here?: true }
  | { readonly code: "superseded"; readonly at: Instant }
  | { readonly code: "not-signed-yet"; readonly at: Instant }
  | { readonly code: "closed"; readonly opens: Instant | null }
  /** 静屏时段: its slot, on an open board, that shows its default picture or nothing */
  | ({ readonly code: "quiet"; readonly shows: "default" | "nothing" } & Ends)
  | ({ readonly code: "between-slots" } & Next)
  | ({ readonly code: "outside-hours"; readonly fromMinute: number; readonly untilMinute: number } & Next)
  | ({ readonly code: "wrong-weekday"; readonly weekdays: readonly number[] } & Next)
  | ({ readonly code: "wrong-day"; readonly needs: "workday" | "restday" } & Next)
  /** an exception of its own says that it does not play: "春节" */
  | ({ readonly code: "exception"; readonly name: string } & Next)
  /** eligible, but something more urgent is on */
  | ({ readonly code: "outranked"; readonly by: string; readonly priority: number; readonly pinned?: true } & Ends)
  | { readonly code: "calendar-unknown"; readonly year: number };

export interface Ends {
  readonly until: Instant;
  /** It goes on beyond `until`, which is as far as was looked. */
  readonly atLeast?: true;
}

export interface Next {
  /** When it is eligible next, if so in its life and in the coming 400 days. */
  readonly next: Instant | null;
  /** The year without a calendar where the search for `next` ended. */
  readonly unknownYear?: number;
}

/** Maximal, half-open, in order, without gaps over the day. `notices` empty: blank (closed, or nothing at all). */
export interface PlaylistInterval {
  readonly start: Instant;
  readonly end: Instant;
  readonly priority: number | null;
  /** Those of this priority that are pinned. */
  readonly pinned?: true;
  /** Ids, in ring order. */
  readonly notices: readonly string[];
}
export interface PlaylistDay {
  readonly dayNumber: number;
  readonly start: Instant;
  readonly end: Instant;
  readonly intervals: readonly PlaylistInterval[];
}

/** A programme and who is behind each turn: `owners[span][turn]` is the notice whose seal covers it. */
export interface PlannedProgramme {
  readonly programme: Programme;
  readonly owners: readonly (readonly string[])[];
}
