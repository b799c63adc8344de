/** The stage as a whole: what the doors and the API's routes are given. */
import type { Clock } from "../time/clock.ts";
import { type Accounts, createAccounts } from "./accounts.ts";
import { callerFor } from "./callers.ts";
import { createDeputies, type Deputies } from "./deputies.ts";
import { createOwnPasswords, type OwnPasswords } from "./own-password.ts";
import type { Mode, PeopleParts } from "./parts.ts";
import { createPasswords, type Passwords } from "./passwords.ts";
import { createKeeper, type Keeper } from "./secrets.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import type { AccountRecord, PeopleStore } from "./store.ts";
import type { Caller } from "./types.ts";
import { createTokens, type Tokens } from "./tokens.ts";

export interface People {
  readonly mode: Mode;
  readonly store: PeopleStore;
  readonly keeper: Keeper;
  readonly board: Clock;
  readonly wall: Clock;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: OwnPasswords;
  readonly deputies: Deputies;
  readonly tokens: Tokens;
  /** Of somebody who has just signed in. */
  callerOf(account: AccountRecord): Promise<Caller>;
  /** Whether nobody can sign in yet. */
  empty(): Promise<boolean>;
  /** After sessions were ended or rights changed. Returns its unsubscribe. */
  onEnded(listener: () => void): () => void;
}

/** `key`: 32 bytes kept outside the database. `passwords`: tests hand in cheaper ones. */
export function createPeople(
  given: Omit<PeopleParts, "keeper" | "passwords" | "ended"> & {
    readonly key: Uint8Array;
    readonly passwords?: Passwords;
  },
): People {
  const listeners = new Set<() => void>();
  const { key, passwords = createPasswords(), ...rest } = given;
  const parts: PeopleParts = {
    ...rest,
    passwords,
    keeper: createKeeper(key),
    ended() {
      for (const listener of listeners) listener();
    },
  };
  const { mode, store, keeper, board, wall } = parts;
  return {
    mode,
    store,
    keeper,
    board,
    wall,
    accounts: createAccounts(parts),
    sessions: createSessions(parts),
    passwords: createOwnPasswords(parts),
    deputies: createDeputies(parts),
    tokens: createTokens(parts),
    callerOf: (account) => callerFor(store, account, "session", board.now()),
    empty: async () => !(await store.any()),
    onEnded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
