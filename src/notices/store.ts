/** What stage 1 asks of whatever keeps it. All verbs are transactions; an answer means that it is on disk. */
import type { Instant, MessageHash, Window } from "../message/types.ts";
import type { KeptBytes } from "./pictures.ts";
import type { IndexPlace } from "./index-number.ts";
import type { BoardId, Content, NoticeId, NoticeRecord, RevisionHash, Schedule, Seal } from "./types.ts";

/** One revision with all that belongs to it: goes in whole or not at all. */
export interface NoticeEntry {
  readonly id: NoticeId;
  readonly content: Content;
  readonly revision: RevisionHash;
  readonly schedule: Schedule;
  readonly makerId: string | null;
  readonly importedAt: Instant;
  readonly seal: Seal | null;
  /** The messages that the seal names. */
  readonly messages: readonly { readonly hash: MessageHash; readonly bytes: Uint8Array }[];
  /** The pictures that the content names. */
  readonly pictures?: readonly KeptBytes[];
  /** Where its index number is taken from, if it is sealed and has none yet. Absent: it gets none. */
  readonly place?: IndexPlace;
  /** A revision of its own even where the newest reads the same: what is submitted once more is signed once more. */
  readonly anew?: true;
}

export interface NoticeList {
  /** A notice's newest sealed revision, or its newest if none is. */
  readonly records: readonly NoticeRecord[];
  /** Sealed revisions that newer sealed ones replaced, a notice's own oldest first: what was shown in the past. */
  readonly earlier: readonly NoticeRecord[];
  /** Rows that could not be read back: damaged or altered. They light nothing, and bring nothing back that they replaced. */
  readonly unreadable: readonly { readonly id: NoticeId; readonly what: string }[];
}

export interface EndedRevision {
  readonly until: Instant;
  readonly notice: NoticeId;
  readonly number: number;
}

/** An entry whose bytes are packed: that takes time, and in a transaction nothing else may be waited for. */
export interface PreparedEntry {
  readonly entry: NoticeEntry;
  readonly messages: readonly PackedBytes[];
  readonly pictures: readonly PackedBytes[];
}
export interface PackedBytes {
  /** SHA-256. */
  readonly hash: Uint8Array;
  /** zlib. */
  readonly deflated: Uint8Array;
}

export interface Saved {
  readonly outcome: "added" | "revised" | "sealed" | "unchanged";
  /** The revision's number. */
  readonly number: number;
}

/** A revision as it lies there, nothing parsed, for `verify`. Numbers are `unknown`: somebody may have put anything there. */
export interface StoredRevision {
  readonly id: NoticeId;
  readonly number: unknown;
  /** Hex. */
  readonly hash: string;
  readonly content: string;
  readonly schedule: string;
  readonly maker: unknown;
  readonly importedAt: unknown;
  /** The end of its schedule, as notices are found by it. */
  readonly until: unknown;
  readonly withdrawnAt: unknown;
  readonly supersededAt: unknown;
  /** JSON of [board, at], by board. */
  readonly takenOff: string;
  /** The seal's; null: it has none. */
  readonly body: string | null;
  readonly signature: string | null;
  /** How many revisions its notice says that it has; null: there is no such notice. */
  readonly count: unknown;
}

/** In a transaction; each puts its row into the register. */
export interface NoticeVerbs {
  get(id: NoticeId): Promise<NoticeRecord | null>;
  /** One revision, as it was written; null if there is none, or it cannot be read back. */
  revision(id: NoticeId, number: number): Promise<NoticeRecord | null>;
  /** Notices whose newest signed text, or newest text, is the warning of that CAP identifier. */
  warnings(identifier: string): Promise<readonly NoticeRecord[]>;
  /** Adds a revision, or a seal to the newest if that is the same. */
  save(prepared: PreparedEntry): Promise<Saved>;
  /** Seals a revision whose messages are stored; `place`: as in `NoticeEntry`. Throws if there is no such revision, or it is sealed. */
  seal(id: NoticeId, number: number, seal: Seal, place?: IndexPlace | null): Promise<void>;
  /** From `at` on it is not shown; false if there is no such notice. `why`: for the register. */
  supersede(id: NoticeId, at: Instant, why?: string): Promise<boolean>;
  /** The earliest counts: what was taken down is not put up again by a later word. */
  withdraw(id: NoticeId, at: Instant, why?: string): Promise<boolean>;
  /** Off single boards, the signed revisions that there are; as `withdraw`. false if none is signed. */
  takeOff(id: NoticeId, boards: readonly BoardId[], at: Instant, why?: string): Promise<boolean>;
  /** Operators' own: when inside its envelope it plays. false if there is no such revision. `why`: for the register. */
  reschedule(id: NoticeId, number: number, schedule: Schedule, why?: string): Promise<boolean>;
}

/** Each verb a transaction of its own, by "system". */
export interface NoticeStore extends Pick<NoticeVerbs, "get" | "revision" | "supersede" | "withdraw"> {
  /** `after`: only notices of which any revision reaches beyond it, as scheduled and not taken down by then; all that there is of them. */
  list(after?: Instant): Promise<NoticeList>;
  /** All that there is of these. */
  about(ids: readonly NoticeId[]): Promise<NoticeList>;
  /** By id, at most `most`; those behind `after`. `down`: the last ids first. */
  ids(after: NoticeId | null, most: number, down?: boolean): Promise<readonly NoticeId[]>;
  /** Of which any revision's schedule has an instant of `window` (half-open). */
  reaching(window: Window): Promise<readonly NoticeId[]>;
  /** Revisions whose schedules name a board, the last to end first, at most `most`; those behind `before`. */
  endedLast(board: BoardId, before: EndedRevision, most: number): Promise<readonly EndedRevision[]>;
  /** Of which any revision's content, as JSON, has this text; `message`: and whose seal names it. */
  mentioning(json: string, message?: MessageHash): Promise<readonly NoticeId[]>;
  /** Every revision, by id and number, at most `most`; those behind `after`. */
  stored(after: Pick<StoredRevision, "id" | "number"> | null, most: number): Promise<readonly StoredRevision[]>;
  prepare(entry: NoticeEntry): Promise<PreparedEntry>;
  save(entry: NoticeEntry): Promise<Saved["outcome"]>;
}

export interface PictureStore {
  /** A picture as kept; null if it is not there, or not what its name says. */
  get(sha256: string): Promise<Uint8Array | null>;
}

export interface SettingStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}
