/** What stage 1 asks of whatever keeps it. All verbs are transactions; an answer means that it is on disk. */
import type { Instant, MessageHash } from "../message/types.ts";
import type { MessageStore } from "../message/store.ts";
import type { KeptBytes } from "./pictures.ts";
import type { Content, NoticeId, NoticeRecord, RevisionHash, Schedule, Seal } from "./types.ts";

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
}

export interface NoticeList {
  /** A notice's newest sealed revision, or its newest if none is. */
  readonly records: readonly NoticeRecord[];
  /** Sealed revisions that newer sealed ones replaced, a notice's own oldest first: what was shown in the past. */
  readonly earlier: readonly NoticeRecord[];
  /** Rows that could not be read back: damaged or altered. They light nothing, and bring nothing back that they replaced. */
  readonly unreadable: readonly { readonly id: NoticeId; readonly what: string }[];
}

export interface NoticeStore {
  list(): Promise<NoticeList>;
  get(id: NoticeId): Promise<NoticeRecord | null>;
  /** Adds a revision, or a seal to the one that is there. `stored` null: nothing was new. */
  save(entry: NoticeEntry): Promise<"added" | "revised" | "sealed" | "unchanged">;
  /** From `at` on it is not shown; false if there is no such notice. */
  supersede(id: NoticeId, at: Instant): Promise<boolean>;
  withdraw(id: NoticeId, at: Instant): Promise<boolean>;
}

export interface PictureStore {
  /** A picture as kept; null if it is not there, or not what its name says. */
  get(sha256: string): Promise<Uint8Array | null>;
}

export interface SettingStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}

export interface Store {
  readonly notices: NoticeStore;
  readonly messages: MessageStore;
  readonly pictures: PictureStore;
  readonly settings: SettingStore;
  /** Changes when another process has written. */
  version(): Promise<number>;
  close(): Promise<void>;
}
