/** What people and doors ask of whatever keeps them. Hashes are 64 hex digits of `secrets.ts`; times are the wall clock's, but for deputies' dates. */
import type { LedgerData } from "../ledger/types.ts";
import type { Instant } from "../time/clock.ts";
import type { Account, AccountId, Deputy, Scope } from "./types.ts";

export interface AccountRecord extends Account {
  /** argon2id's own text; null: none was set yet. */
  readonly password: string | null;
}

export interface SessionRecord {
  /** Names it where its secret is not to be seen. */
  readonly id: string;
  readonly hash: string;
  readonly account: AccountId;
  readonly openedAt: Instant;
  /** To the minute. */
  readonly seenAt: Instant;
  readonly address: string;
  /** As the browser calls itself. */
  readonly agent: string;
}

export interface TokenRecord {
  readonly id: string;
  readonly hash: string;
  readonly account: AccountId;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** One-time: to set the first administrator up (`account` null), or to set an account's password. */
export interface LinkRecord {
  readonly hash: string;
  readonly account: AccountId | null;
  readonly expiresAt: Instant;
}

export interface PeopleStore {
  /** Whether there is an account, or ever was by the register: who takes the rows away sets nothing up anew. */
  any(): Promise<boolean>;
  /** By login. */
  accounts(): Promise<readonly AccountRecord[]>;
  /** Rejects with FaultError `people/altered` where the row is not as the register has it. */
  account(id: AccountId): Promise<AccountRecord | null>;
  /**
   * When the account's password was last taken away by somebody else, and by whom: by the register, wall clock. `changed`:
   * its owner has changed it since. Setting one by the link does not count: who took it away had the link first.
   */
  resetOf(id: AccountId): Promise<{ readonly by: string; readonly at: Instant; readonly changed: boolean } | null>;
  /** `login` as `normalLogin` gives it. */
  accountByLogin(login: string): Promise<AccountRecord | null>;
  session(hash: string): Promise<SessionRecord | null>;
  sessionsOf(account: AccountId): Promise<readonly SessionRecord[]>;
  /** All that are not ended, past ones too; a row that is not as the register has it is left out. */
  deputies(): Promise<readonly Deputy[]>;
  token(hash: string): Promise<TokenRecord | null>;
  /** The oldest first; null: everybody's. */
  tokensOf(account: AccountId | null): Promise<readonly TokenRecord[]>;
  link(hash: string): Promise<LinkRecord | null>;
  /** Whether the account has signed in from this browser before. */
  knows(account: AccountId, device: string): Promise<boolean>;
  /** No change of record: that a session is in use. */
  seen(hash: string, at: Instant): Promise<void>;
}

export type AccountAction =
  | "account/added"
  | "account/changed"
  | "account/disabled"
  | "account/enabled"
  | "account/password";

/** In a transaction. What says so puts its own row into the register; for the others their caller does. */
export interface PeopleVerbs extends Omit<PeopleStore, "seen"> {
  /** Adds or replaces, with its row; `data` beside what the account is now. */
  putAccount(record: AccountRecord, action: AccountAction, data: LedgerData): Promise<void>;
  putSession(record: SessionRecord): Promise<void>;
  /** Those given, of an account or by hash. Returns how many there were. */
  endSessions(
    of: { readonly account: AccountId } | { readonly hash: string } | { readonly id: string },
  ): Promise<number>;
  /** Those not seen since, or opened before. */
  dropSessions(before: { readonly seenAt: Instant; readonly openedAt: Instant }): Promise<void>;
  /** The account's oldest beyond `most` are forgotten. */
  knowDevice(account: AccountId, device: string, at: Instant, most: number): Promise<void>;
  forgetDevices(account: AccountId): Promise<void>;
  /** With its row. */
  putDeputy(deputy: Deputy, names: LedgerData): Promise<void>;
  /** With its row; false: there is none. */
  endDeputy(id: string, names: LedgerData): Promise<boolean>;
  putToken(record: TokenRecord): Promise<void>;
  /** All of an account, or one. Returns how many there were. */
  dropTokens(account: AccountId, id?: string): Promise<number>;
  /** In the place of the account's earlier ones. */
  putLink(record: LinkRecord): Promise<void>;
  /** false: it is gone already. */
  takeLink(hash: string): Promise<boolean>;
}
