/** What review asks of whatever keeps it. */
import type { PeopleVerbs } from "../../people/store.ts";
import type { NoticeVerbs, PackedBytes, SettingStore } from "../store.ts";
import type { PostingVerbs } from "../posting.ts";
import type { TakedownVerbs } from "../takedown.ts";
import type { NoticeId } from "../types.ts";
import type { ChangeOf, LedgerRow } from "../../ledger/types.ts";
import type { CaseId, Draft, Look, ReviewCase } from "./types.ts";

/** Working papers: outside the register until they are handed in, so each verb is a transaction of its own. */
export interface DraftStore {
  /** The next number of a civil year's drafts, from 1. */
  next(numbers: string): Promise<number>;
  get(notice: NoticeId): Promise<Draft | null>;
  list(): Promise<readonly Draft[]>;
  /** false: there is a draft of that notice, or, without `edits`, a notice of that name. */
  add(draft: Draft): Promise<boolean>;
  /** In the place of the version before; false if that is not the one there. */
  put(draft: Draft): Promise<boolean>;
  drop(notice: NoticeId, version: number): Promise<boolean>;
}

/** Not in the register either: the signature's row says what was looked at. */
export interface LookStore {
  looked(look: Look): Promise<void>;
  looks(id: CaseId): Promise<readonly Look[]>;
}

export interface CaseReads {
  get(id: CaseId): Promise<ReviewCase | null>;
  /** A notice's cases, oldest first. */
  of(notice: NoticeId): Promise<readonly ReviewCase[]>;
  /** Those that wait for somebody. */
  open(): Promise<readonly ReviewCase[]>;
  /** Those with this hash in them, of a message or a scanned page. */
  naming(hash: string): Promise<readonly ReviewCase[]>;
  /** Sent back or taken back, of texts with personal information that were never signed. */
  personalLeftOver(): Promise<readonly ReviewCase[]>;
  /** Pictures that no draft, revision or case names, by their SHA-256; at most `limits.picturesSwept`. */
  unnamedPictures(): Promise<readonly string[]>;
  /** The newest first, `before` this one; at most `limits.casesAtOnce`. */
  list(before?: CaseId): Promise<readonly ReviewCase[]>;
}

export interface CaseStore extends CaseReads, LookStore {}

/** In a transaction; the caller records what they mean. */
export interface CaseVerbs extends CaseReads {
  looks(id: CaseId): Promise<readonly Look[]>;
  /** What the register says of a notice: all its rows, in order. */
  registered(notice: NoticeId): Promise<readonly LedgerRow[]>;
  /** The next number of a civil year's row of numbers, from 1. */
  next(numbers: string): Promise<number>;
  /** With the messages that were typeset for it. Throws if the notice has an open case. */
  add(opened: ReviewCase, messages: readonly PackedBytes[]): Promise<void>;
  addPictures(pictures: readonly PackedBytes[]): Promise<void>;
  /** How many were there. Whether anybody names them is for the caller to ask, in the same change. */
  dropPictures(sha256: readonly string[]): Promise<number>;
  /** In the place of the version before; false if that is not the one there. */
  put(changed: ReviewCase): Promise<boolean>;
  /**
   * Takes messages and pictures out of the store that no revision but `of` names, sealed or on its way, and no draft.
   * How many were there.
   */
  erase(
    of: readonly { readonly notice: NoticeId; readonly number: number }[],
    hashes: { readonly messages: readonly string[]; readonly pictures: readonly string[] },
  ): Promise<number>;
  draft(notice: NoticeId): Promise<Draft | null>;
  addDraft(draft: Draft): Promise<boolean>;
  putDraft(draft: Draft): Promise<boolean>;
  dropDraft(notice: NoticeId, version: number): Promise<boolean>;
}

export interface ReviewVerbs {
  readonly notices: NoticeVerbs;
  /** As they are inside the change: who may do a step is judged there. */
  readonly people: Pick<PeopleVerbs, "account" | "deputies">;
  readonly cases: CaseVerbs;
  readonly takedowns: TakedownVerbs;
  readonly postings: PostingVerbs;
  /** The catalogue, whose next number a first signature gives; what is on carried cards. */
  readonly settings: SettingStore;
}
export type ReviewChange = ChangeOf<ReviewVerbs>;
