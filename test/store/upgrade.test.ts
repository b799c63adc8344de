/** A database of the version before is opened by this one: every row is kept, and what nobody touched is whole. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson } from "../../src/canonical-json.ts";
import { verifyStore } from "../../src/daemon/verify.ts";
import { sentence } from "../../src/fault.ts";
import { noHash, rowHash } from "../../src/ledger/index.ts";
import type { LedgerData, LedgerRow } from "../../src/ledger/types.ts";
import { openStore } from "../../src/store/index.ts";
import { openDatabase } from "../../src/store/sqlite/database.ts";
import { migrations } from "../../src/store/sqlite/migrations.ts";
import { fullOffice } from "./full-office.ts";
import { keyIn, scratch } from "./small-office.ts";

type Connection = InstanceType<typeof DatabaseSync>;
type Row = Record<string, string | number | Uint8Array | null>;

let before: readonly string[];
let office: Awaited<ReturnType<typeof fullOffice>>;
const place = scratch();
const file = join(place.folder, "boardcast.db");
beforeAll(async () => {
  office = await fullOffice();
  const later = Object.entries(migrations).filter(([name]) => name >= "0013");
  for (const [name] of later) delete migrations[name];
  await (await openDatabase(file)).destroy();
  Object.assign(migrations, Object.fromEntries(later));
  copyFileSync(join(office.folder, "signing.key"), join(place.folder, "signing.key"));
  const old = new DatabaseSync(file);
  old.exec("PRAGMA foreign_keys=OFF");
  const now = new DatabaseSync(join(office.folder, "boardcast.db"), { readOnly: true });
  before = tablesOf(old);
  for (const table of before) {
    const columns = columnsOf(old, table);
    const put = old.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => "?")})`);
    for (const row of asBefore(table, rowsOf(now, table))) put.run(...columns.map((column) => row[column] ?? null));
  }
  for (const one of [old, now]) one.close();
});
afterAll(async () => {
  await office?.close();
  place.remove();
});

const tablesOf = (db: Connection) =>
  (db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => !/^(kysely|sqlite)_/.test(name));
const columnsOf = (db: Connection, table: string) =>
  (db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]).map(({ name }) => name);
const rowsOf = (db: Connection, table: string) => db.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all() as Row[];

/** As the version before wrote them: the hash of a warning in its body, and nothing in the register of what tables hold. */
function asBefore(table: string, rows: readonly Row[]): readonly Row[] {
  if (table === "received_warning")
    return rows.map(({ digest, body, ...row }) => {
      const rest = JSON.parse(String(body)) as object;
      return { ...row, body: JSON.stringify({ digest: Buffer.from(digest as Uint8Array).toString("hex"), ...rest }) };
    });
  return table === "ledger" ? chained(rows) : rows;
}

function chained(rows: readonly Row[]): readonly Row[] {
  const ends = new Map<string, string>();
  return rows.map((row) => {
    const { holds: _, origin: _origin, ...data } = JSON.parse(String(row.data)) as LedgerData;
    const { chain, seq, by, action, subject, board_at: boardAt, wall_at: wallAt } = row;
    const words = { chain, seq, boardAt, wallAt, by, action, subject, data } as unknown as Omit<LedgerRow, "hash">;
    const hash = rowHash(ends.get(String(chain)) ?? noHash, words);
    ends.set(String(chain), hash);
    return { ...row, data: canonicalJson(data), hash: Uint8Array.from(Buffer.from(hash, "hex")) };
  });
}

test("rows are kept, columns are filled, and small tables go into the register as they were found", async () => {
  const store = await openStore(place.folder);
  const { faults } = await verifyStore(store, keyIn(place.folder), { good: [], faults: [] });
  expect(faults.map((fault) => sentence(fault).en)).toEqual([]);
  expect(await store.notices.list()).toEqual(await office.store.notices.list());
  expect(await store.received.list()).toEqual(await office.store.received.list());
  await store.close();
  const upgraded = new DatabaseSync(file);
  const now = new DatabaseSync(join(office.folder, "boardcast.db"), { readOnly: true });
  for (const table of before.filter((name) => name !== "ledger"))
    expect(rowsOf(upgraded, table), table).toEqual(rowsOf(now, table));
  const [was, is] = [rowsOf(now, "ledger"), rowsOf(upgraded, "ledger")];
  const actions = (rows: readonly Row[]) => rows.map(({ action }) => String(action));
  expect(actions(is).slice(0, was.length)).toEqual(actions(was));
  expect(new Set(actions(is).slice(was.length))).toEqual(new Set(["ledger/taken-over"]));

  // From now on these are held against the register.
  for (const one of [upgraded, now]) one.exec("PRAGMA foreign_keys=OFF");
  upgraded.exec("UPDATE board_dark SET reason = ''; UPDATE revision SET until = 1");
  upgraded.close();
  now.close();
  const again = await openStore(place.folder);
  const found = await verifyStore(again, keyIn(place.folder), { good: [], faults: [] });
  expect(found.faults.map((fault) => sentence(fault).en)).toEqual([
    `Notice ${office.notice}, revision 1, does not have the schedule that was registered`,
    "The dark switch of B1: reason is not as the register has it",
  ]);
  await again.close();
});
