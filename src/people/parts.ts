/** What all of this stage is given. */
import { FaultError, type Sentence } from "../fault.ts";
import type { ChangeOf, Recorder } from "../ledger/types.ts";
import type { Clock } from "../time/clock.ts";
import type { Passwords } from "./passwords.ts";
import type { Keeper } from "./secrets.ts";
import type { AccountRecord, PeopleStore, PeopleVerbs } from "./store.ts";
import type { Account, AccountId, Role } from "./types.ts";

/** `alone`: `review: none`, the person at this computer acts without an account. */
export type Mode = "real" | "practice" | "alone";

export interface PeopleParts {
  readonly store: PeopleStore;
  readonly change: ChangeOf<{ readonly people: PeopleVerbs }>;
  readonly mode: Mode;
  /** Deputies' dates. */
  readonly board: Clock;
  /** Sessions, links, tokens, waiting. */
  readonly wall: Clock;
  /** Ids of the site's boards. */
  readonly boards: readonly string[];
  readonly keeper: Keeper;
  readonly passwords: Passwords;
  /** Told after sessions were ended, tokens revoked or roles changed: who listens looks again at who is connected. */
  ended(): void;
}

/** In a change. */
export type Tx = { readonly people: PeopleVerbs } & Recorder;

export const allRoles: readonly Role[] = [
  "contributor",
  "maker",
  "reviewer",
  "signer",
  "operator",
  "auditor",
  "administrator",
];

/** An account as others may see it. */
export function publicAccount({ password, ...account }: AccountRecord): Account & { readonly hasPassword: boolean } {
  return { ...account, hasPassword: password !== null };
}

export async function knownAccount(tx: Pick<PeopleStore, "account">, id: AccountId): Promise<AccountRecord> {
  const found = await tx.account(id);
  if (found === null) throw unknown({ zh: "这个账号", en: "account" });
  return found;
}

export const unknown = (what: Sentence) => new FaultError({ code: "people/unknown", what });
