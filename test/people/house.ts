/** The stage over a real database in a passing folder, with clocks that tests move and passwords that cost nothing. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import type { Account, Role } from "../../src/people/index.ts";
import { createPasswords, createPeople, type Mode, type People, type Visit } from "../../src/people/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";

export const start = Date.parse("2026-11-20T09:00:00+08:00");
export const minute = 60_000;
export const hour = 60 * minute;
export const good = "plum tree by the east gate";
export const cheap = { memoryKiB: 8, passes: 1 };

export interface House {
  readonly people: People;
  readonly store: Store;
  readonly folder: string;
  /** Both clocks. */
  readonly time: { wall: number; board: number };
  /** How often it was told that sessions ended. */
  readonly ends: { count: number };
  /** An account that can sign in: its login is its role. */
  settle(login: string, roles: readonly Role[], wish?: { boards?: readonly string[]; unit?: string }): Promise<Account>;
  /** Rows of the register, the oldest first. */
  rows(): ReturnType<Store["ledger"]["rows"]>;
  /** What somebody with the file alone does to it. */
  edit(statement: string, ...values: readonly unknown[]): void;
  close(): Promise<void>;
}

export const visit = (given: Partial<Visit> = {}): Visit => ({
  address: "192.0.2.7",
  agent: "test",
  session: null,
  device: null,
  ...given,
});

export async function openHouse(mode: Mode = "real", passwords = createPasswords(cheap)): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "boardcast-people-"));
  const time = { wall: start, board: Date.parse("2017-11-06T09:00:00+08:00") };
  const store = await openStore(folder, () => ({ boardAt: time.board, wallAt: time.wall }));
  const people = createPeople({
    store: store.people,
    change: store.change,
    mode,
    board: { now: () => time.board },
    wall: { now: () => time.wall },
    boards: ["B1", "B2"],
    key: new Uint8Array(32).fill(7),
    passwords,
  });
  const ends = { count: 0 };
  people.onEnded(() => ends.count++);
  return {
    people,
    store,
    folder,
    time,
    ends,
    async settle(
      login,
      roles,
      { boards = null, unit = "" }: { boards?: readonly string[] | null; unit?: string } = {},
    ) {
      const wish = { name: `${login}(虚构)`, unit, roles, boards };
      const { account, link } = await people.accounts.add("system", login, wish);
      await people.passwords.byLink(secretOf(link.path), good, "192.0.2.1");
      return account;
    },
    rows: () => store.ledger.rows("register", 0),
    edit(statement, ...values) {
      const file = new DatabaseSync(join(folder, "boardcast.db"));
      file.prepare(statement).run(...(values as string[]));
      file.close();
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const secretOf = (path: string): string => path.split("/").at(-1) ?? "";

/** The fault's code that a promise rejects with, or what else happens. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "done";
  } catch (error) {
    return (error as { fault?: { code: string } }).fault?.code ?? String(error);
  }
}
