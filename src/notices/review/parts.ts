/** What review is made from; the daemon hands it in. */
import type { Place, CalendarConfig } from "../../config/types.ts";
import { FaultError, type Fault, type Sentence } from "../../fault.ts";
import type { MessageStore } from "../../message/store.ts";
import type { MessageHash } from "../../message/types.ts";
import type { Account, AccountId } from "../../people/types.ts";
import type { WorkCalendar } from "../../time/calendar.ts";
import type { Clock } from "../../time/clock.ts";
import type { RuleSet } from "../disclosure.ts";
import type { Typesetting } from "../importer.ts";
import type { PictureTaking } from "../pictures.ts";
import type { Hit, ScreeningRules } from "../screening/index.ts";
import type { SigningKey } from "../seal.ts";
import type { OnPanels } from "../takedown.ts";
import type { NoticeStore, PictureStore, SettingStore } from "../store.ts";
import type { Content } from "../types.ts";
import type { CaseStore, DraftStore, ReviewChange } from "./store.ts";
import type { PasswordReset, ReviewRules } from "./types.ts";

/** Accounts, as review needs them. */
export interface ReviewPeople {
  account(id: AccountId): Promise<Account | null>;
  accounts(): Promise<readonly Account[]>;
  /** Whether it is the account's; rejects while too many wrong ones came from this address. */
  verifyPassword(id: AccountId, password: string, address: string): Promise<boolean>;
  /** By whom the account's password was set anew in these days, if its owner has not changed it since. Absent: nobody asks. */
  resetOf?(id: AccountId): Promise<PasswordReset | null>;
}

export interface ReviewStore {
  readonly notices: NoticeStore;
  readonly messages: MessageStore;
  readonly pictures: PictureStore;
  readonly settings: SettingStore;
  readonly drafts: DraftStore;
  readonly cases: CaseStore;
  readonly change: ReviewChange;
}

export interface ReviewParts {
  readonly store: ReviewStore;
  readonly people: ReviewPeople;
  readonly rules: ReviewRules;
  /** In practice a signature is a click. */
  readonly practice: boolean;
  readonly typesetting: Typesetting;
  readonly taking: PictureTaking;
  readonly key: SigningKey;
  readonly boards: readonly Place[];
  readonly zone: string;
  /** Who signs off what nobody else does; absent: whoever put it up. */
  readonly office?: string;
  readonly calendar: WorkCalendar;
  /** The same as the typesetter takes it. */
  readonly calendarConfig: CalendarConfig;
  /** How soon this office has promised to disclose; absent: the law alone counts. */
  readonly promises?: readonly RuleSet[];
  readonly charactersPerSecond?: number;
  /** The board clock. */
  readonly clock: Clock;
  screeningRules(): Promise<ScreeningRules>;
  /** Characters that these boards' cards lack. */
  glyphsMissing?(content: Content, boards: readonly Place[]): readonly Hit[];
  /** Null if the expression is good (`playlist/` owns cron). */
  checkCron(expression: string): Sentence | null;
  /** These messages are erased, or may be: whoever has them in memory lets go of them. */
  erased?(messages: readonly MessageHash[]): void;
  /** What panels show; absent: none are driven. */
  readonly onPanels?: OnPanels;
  /** Something that boards show was changed: the book is read again before this resolves. */
  changed(): Promise<void>;
}

export function refuse(fault: Fault): never {
  throw new FaultError(fault);
}
