/** What the play log asks of whatever keeps it, beside the chained rows themselves. */
import type { Instant } from "../time/clock.ts";
import type { LedgerRow } from "./types.ts";
import type { ProgrammeHash } from "./play.ts";

export type PlayAction =
  | "play/started"
  | "play/told"
  | "play/ended"
  | "play/dark"
  | "play/lit"
  | "play/confirmed"
  | "play/unconfirmed";

/** Packed before the change: deflating takes time. */
export interface PackedProgramme {
  /** SHA-256. */
  readonly hash: Uint8Array;
  /** zlib. */
  readonly deflated: Uint8Array;
}

export interface PlayVerbs {
  /** Keeps programmes under their own names; `told`: by the wall clock, for the day on which they are thrown away. */
  keep(programmes: readonly PackedProgramme[], told: Instant): Promise<void>;
  /** Throws away the programmes that were last told before `wallAt`: their rows are gone. Answers how many. */
  drop(wallAt: Instant): Promise<number>;
}

export interface PlayStore {
  prepare(
    programmes: readonly { readonly hash: ProgrammeHash; readonly bytes: Uint8Array }[],
  ): Promise<readonly PackedProgramme[]>;
  /** Canonical bytes, or null: not here, or no longer what the name says. */
  programme(hash: ProgrammeHash): Promise<Uint8Array | null>;
  /** A board's rows of `action` that were written by `boardAt` (board clock), the latest first, at most `limits.ledgerRowsAtOnce`. */
  before(board: string, action: PlayAction, boardAt: Instant, most: number): Promise<readonly LedgerRow[]>;
  /** A board's rows with `after` < seq < `until`, in order, at most `limits.ledgerRowsAtOnce`. */
  within(board: string, after: number, until: number, most: number): Promise<readonly LedgerRow[]>;
  /** Rows of `action` of a board written in [from, until) by the board clock, in that order; `after`: the last one that is there already. */
  during(
    board: string,
    action: PlayAction,
    window: { readonly from: Instant; readonly until: Instant },
    after: { readonly boardAt: Instant; readonly seq: number } | null,
  ): Promise<readonly LedgerRow[]>;
  /** A board's row of one of these actions that was written last. */
  latest(board: string, actions: readonly PlayAction[]): Promise<LedgerRow | null>;
  /** The oldest row that is kept; null: none yet. */
  first(): Promise<LedgerRow | null>;
  last(): Promise<LedgerRow | null>;
}
