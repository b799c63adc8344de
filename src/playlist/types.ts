/** The nouns of stage 2, "when and where". */
import type { Instant, MessageHash, Programme, Window } from "../message/types.ts";

export interface Rule {
  /** Five fields, minute hour day month weekday; null = all the time. */
  readonly cron: string | null;
  readonly slotMinutes: number;
  readonly calendar: "everyday" | "workday" | "restday";
}

/** One notice on one board: what may be shown, when, and as what. Already verified (seal) by who makes it, or carries `blocked`. */
export interface Candidate {
  readonly notice: string;
  readonly title: string;
  readonly window: Window;
  readonly signedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly supersededAt: Instant | null;
  readonly rule: Rule;
  /** 0–9, 10 = default picture. */
  readonly priority: number;
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
  | "no-pixels";

/** Why a notice is shown, or not, on a board at an instant. Sentences (zh, en) are made from it in `reasons.ts`. */
export type Reason =
  | { readonly code: "shown"; readonly until: Instant; readonly with: number }
  | { readonly code: "blocked"; readonly why: BlockReason }
  | { readonly code: "before"; readonly from: Instant }
  | { readonly code: "after"; readonly until: Instant }
  | { readonly code: "withdrawn"; readonly at: Instant }
  | { readonly code: "superseded"; readonly at: Instant }
  | { readonly code: "not-signed-yet"; readonly at: Instant }
  | { readonly code: "closed"; readonly opens: Instant | null }
  /** between slots; next start within the window, if any in the coming 400 days */
  | { readonly code: "between-slots"; readonly next: Instant | null }
  | { readonly code: "wrong-day"; readonly needs: "workday" | "restday"; readonly next: Instant | null }
  /** eligible, but something more urgent is on */
  | { readonly code: "outranked"; readonly by: string; readonly priority: number; readonly until: Instant }
  | { readonly code: "calendar-unknown"; readonly year: number };

/** Maximal, half-open, in order, without gaps over the day. `notices` empty: blank (closed, or nothing at all). */
export interface PlaylistInterval {
  readonly start: Instant;
  readonly end: Instant;
  readonly priority: number | null;
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
