/** All that is kept: each stage declares what it asks, this is the whole. */
import type { PlayStore, PlayVerbs } from "../ledger/play-store.ts";
import type { GuardedStore } from "../ledger/guarded.ts";
import type { ChangeOf, LedgerStore, LedgerVerbs } from "../ledger/types.ts";
import type { MessageStore } from "../message/store.ts";
import type { CaseStore, CaseVerbs, DraftStore } from "../notices/review/store.ts";
import type { IndexStore, IndexVerbs } from "../notices/index-number.ts";
import type { IssueStore, IssueVerbs } from "../notices/issues.ts";
import type { PostingStore, PostingVerbs } from "../notices/posting.ts";
import type { PublicityStore, PublicityVerbs } from "../notices/publicity.ts";
import type { ReceivedReads, ReceivedVerbs } from "../notices/cap/store.ts";
import type { NoticeStore, NoticeVerbs, PictureStore, SettingStore } from "../notices/store.ts";
import type { BoardStateStore, BoardStateVerbs } from "../panels/board-state.ts";
import type { TakedownStore, TakedownVerbs } from "../notices/takedown.ts";
import type { PeopleStore, PeopleVerbs } from "../people/store.ts";

/** What may be done inside one change. */
export interface Verbs {
  readonly notices: NoticeVerbs;
  readonly settings: SettingStore;
  readonly play: PlayVerbs;
  readonly cases: CaseVerbs;
  readonly ledger: LedgerVerbs;
  readonly people: PeopleVerbs;
  readonly publicity: PublicityVerbs;
  readonly postings: PostingVerbs;
  readonly boards: BoardStateVerbs;
  readonly takedowns: TakedownVerbs;
  readonly indices: IndexVerbs;
  readonly issues: IssueVerbs;
  readonly received: ReceivedVerbs;
}

export interface Store {
  readonly notices: NoticeStore;
  readonly messages: MessageStore;
  readonly pictures: PictureStore;
  readonly settings: SettingStore;
  readonly drafts: DraftStore;
  readonly cases: CaseStore;
  readonly ledger: LedgerStore;
  readonly play: PlayStore;
  readonly people: PeopleStore;
  readonly publicity: PublicityStore;
  readonly postings: PostingStore;
  readonly boards: BoardStateStore;
  readonly takedowns: TakedownStore;
  readonly indices: IndexStore;
  readonly issues: IssueStore;
  readonly received: ReceivedReads;
  /** For `verify`. */
  readonly guarded: GuardedStore;
  readonly change: ChangeOf<Verbs>;
  /** Changes when another process has written. */
  version(): Promise<number>;
  close(): Promise<void>;
}
