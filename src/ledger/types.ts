/** 台账: what happened, in rows that are only ever added, each chained to the one before it by its hash. */
import type { Instant } from "../time/clock.ts";

/** 登记台账: who did what; kept for ever. 播放记录: what each board was told to show and confirmed; kept at least a year. */
export type Chain = "register" | "play";

/** Both clocks: in practice the board's may be years away from the wall's. */
export interface Stamp {
  readonly boardAt: Instant;
  readonly wallAt: Instant;
}

/**
 * What a row tells: "notice/saved", "review/signed", "account/added", "calendar/imported" … `data` names what changed,
 * with the old and the new hash or value where there are such; never a password, a token or a personal number.
 */
export interface Entry {
  readonly action: `${string}/${string}`;
  /** Whose: a notice, an account, a board, "office". At most `limits.ledgerSubjectChars`. */
  readonly subject: string;
  /** JSON of strings, whole numbers, booleans, null, lists and groups; at most `limits.ledgerDataBytes`. */
  readonly data: LedgerData;
}

export type LedgerData = { readonly [key: string]: LedgerValue };
export type LedgerValue = string | number | boolean | null | readonly LedgerValue[] | LedgerData;

export interface LedgerRow extends Stamp, Entry {
  readonly chain: Chain;
  /** From 1, without gaps. */
  readonly seq: number;
  /** An account, or "system", "console", "import: NAME". */
  readonly by: string;
  /** 64 hex digits: SHA-256 over the hash before (32 bytes; noughts for the first) and the row's canonical JSON. */
  readonly hash: string;
}

/** The end of a chain at some time: what a checkpoint signs. `seq` 0: no rows yet. */
export interface Head {
  readonly chain: Chain;
  readonly seq: number;
  readonly hash: string;
}

/** Part of every change: what it did goes into the same transaction. A change that wrote and recorded nothing is rolled back. */
export interface Recorder {
  record(entry: Entry, chain?: Chain): Promise<LedgerRow>;
}

/**
 * One transaction. `by`: an account's id, or "system", "console". In `work` nothing may be awaited but the verbs of `tx`;
 * if it throws, nothing of it happened. An answer means that it is on disk.
 */
export type ChangeOf<Verbs> = <T>(by: string, work: (tx: Verbs & Recorder) => Promise<T>) => Promise<T>;

/** A row as it lies there, nothing parsed: whoever altered it may have put anything into any column. */
export interface StoredRow {
  readonly seq: unknown;
  readonly boardAt: unknown;
  readonly wallAt: unknown;
  readonly by: unknown;
  readonly action: unknown;
  readonly subject: unknown;
  /** Text: canonical JSON, as it was written. */
  readonly data: unknown;
  /** Lower-case hex, however long. */
  readonly hash: string;
}

/** In a change. */
export interface LedgerVerbs {
  /** Takes away the play log's rows up to `seq`, that one included; `retention.ts` decides and records. The register has no such verb. */
  cutPlay(seq: number): Promise<void>;
}

/** What rows are looked for; each that is said must hold. */
export interface LedgerWanted {
  /** In lower case: stands in the subject or in what the row says, is the row's number, or is what it did or who did it by `actions` and `accounts`. */
  readonly words?: string;
  /** Actions that are called so, and accounts: for `words`. */
  readonly actions?: readonly string[];
  readonly accounts?: readonly string[];
  /** Accounts one of which wrote it. */
  readonly by?: readonly string[];
  /** Named by its subject or by what it says. */
  readonly board?: string;
  /** By the board clock: `from` <= boardAt < `until`. */
  readonly from?: Instant;
  readonly until?: Instant;
}

/** Rows, the newest first. */
export interface LedgerFound {
  readonly rows: readonly LedgerRow[];
  /** Rows before this one were not looked at yet; null: there are none. */
  readonly before: number | null;
}

/** Reading. */
export interface LedgerStore {
  /** Rows before `before` (null: all), the newest first, at most `most`; looks at no more than `limits.ledgerRowsSearched`. */
  search(chain: Chain, wanted: LedgerWanted, before: number | null, most: number): Promise<LedgerFound>;
  /** Rows `after` < seq, in order, at most `limits.ledgerRowsAtOnce` and `most`. A row that cannot be read back comes with hash "". */
  rows(chain: Chain, after: number, most?: number): Promise<readonly LedgerRow[]>;
  /** A subject's rows, in order, at most `limits.ledgerRowsAtOnce`; `after` < seq. */
  about(chain: Chain, subject: string, after?: number): Promise<readonly LedgerRow[]>;
  head(chain: Chain): Promise<Head>;
  /** For `verify`: rows `after` < seq, in order, at most `most`; from the first row there is when `after` is null. */
  stored(chain: Chain, after: number | null, most: number): Promise<readonly StoredRow[]>;
  /** The last of those of a chain's first rows, at most `most`, that were all written before `wallAt`; null: none was. */
  lastBefore(chain: Chain, wallAt: Instant, most: number): Promise<Head | null>;
}
