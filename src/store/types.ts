/** All that is kept: each stage declares what it asks, this is the whole. */
import type { ChangeOf, LedgerStore } from "../ledger/types.ts";
import type { MessageStore } from "../message/store.ts";
import type { NoticeStore, NoticeVerbs, PictureStore, SettingStore } from "../notices/store.ts";

/** What may be done inside one change. */
export interface Verbs {
  readonly notices: NoticeVerbs;
  readonly settings: SettingStore;
}

export interface Store {
  readonly notices: NoticeStore;
  readonly messages: MessageStore;
  readonly pictures: PictureStore;
  readonly settings: SettingStore;
  readonly ledger: LedgerStore;
  readonly change: ChangeOf<Verbs>;
  /** Changes when another process has written. */
  version(): Promise<number>;
  close(): Promise<void>;
}
