/**
 * Somebody who can write to the database: every column of every table is either held against the register, and a change of it is
 * named by `verify`, or it stands below with the reason why it need not be. A new table or column without a decision fails.
 */
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyStore } from "../../src/daemon/verify.ts";
import { remedy, sentence } from "../../src/fault.ts";
import { guarded } from "../../src/store/sqlite/guarded.ts";
import { fullOffice } from "./full-office.ts";
import { tablesInCode } from "./tables-in-code.ts";

type Value = string | number | bigint | Uint8Array | null;

/** Whole tables, or columns of one, that nothing depends on when somebody else writes them. */
const unguarded: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {
  session: "acts as an account but signs nothing: signing asks for the password, which the register holds",
  token: "as a session, with less: what is done by it stands in the register under its account",
  device: "only spares somebody the wait after wrong passwords",
  link: "sets a password, which is a row of the register by itself and ends the account's sessions",
  draft: "nobody has let it through: it is looked at, screened and hashed when it is handed in",
  review_look: "what a signer has looked at on a screen; the seal is over the dots, looked at or not",
  running_number: "a number given twice is refused by the key of the table that it is for",
  picture: "bytes that are not what their name says are not given out, and revisions name them by their hash",
  programme: { told_at: "how long its bytes are kept at least; that they are there is looked at" },
  setting: "values that are read back as far as they make sense; the catalogue's are held against the register",
};

let office: Awaited<ReturnType<typeof fullOffice>>;
let vandal: InstanceType<typeof DatabaseSync>;

beforeAll(async () => {
  office = await fullOffice();
  vandal = new DatabaseSync(join(office.folder, "boardcast.db"));
  vandal.exec("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=5000");
});
afterAll(async () => {
  vandal?.close();
  await office?.close();
});

async function said(): Promise<readonly string[]> {
  const { faults } = await verifyStore(office.store, office.key, { good: [], faults: [] });
  for (const fault of faults) expect(remedy(fault).zh).not.toBe("");
  return faults.map((fault) => sentence(fault).en);
}

/** Something else of the same kind. */
function another(value: Value): Value {
  if (typeof value === "string") return `${value}~`;
  if (value instanceof Uint8Array) return Uint8Array.from(value, (byte, index) => (index === 0 ? byte ^ 1 : byte));
  return value === null ? 1 : Number(value) + 1_000_000;
}

const decided = (table: string, column: string): string | undefined => {
  const of = unguarded[table];
  return typeof of === "string" ? of : of?.[column];
};
const tables = tablesInCode();
const tried = tables.flatMap(([table, columns]) =>
  columns.filter((column) => decided(table, column) === undefined).map((column) => [table, column] as const),
);

/** Which column it is, is said as well. */
const naming = new Set<string>(
  Object.values(guarded).flatMap(({ table, beside }) => (beside ? [table, beside.table] : [table])),
);

test("what nobody touched is whole; every reason is about something that there is", async () => {
  expect(await said()).toEqual([]);
  for (const [table, reasons] of Object.entries(unguarded))
    for (const column of typeof reasons === "string" ? [] : Object.keys(reasons))
      expect(tables.find(([name]) => name === table)?.[1], table).toContain(column);
  expect(tables.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(unguarded)));
});

describe("held against the register", () => {
  test.each(tried)("%s.%s", async (table, column) => {
    // Of the ledger not the play log's end: only a checkpoint tells that of it rows are gone.
    const which = table === "ledger" ? "WHERE chain = 'register'" : "";
    const found = vandal.prepare(`SELECT rowid AS _row, ${column} AS value FROM ${table} ${which}`).all();
    expect(found.length, `${table} needs a row in full-office.ts`).toBeGreaterThan(0);
    const { _row: row, value } = found[0] as { _row: number; value: Value };
    const set = (to: Value) => {
      // Of text columns NULL becomes text.
      try {
        vandal.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(to, row);
      } catch {
        vandal.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(String(to), row);
      }
    };
    set(another(value));
    const faults = await said();
    set(value);
    expect(faults, `${String(value)} \u2192 ${String(another(value))}`).not.toEqual([]);
    if (naming.has(table) && !keyOf(table).includes(column))
      expect(faults.join("\n")).toContain(`: ${table === "received_reference" ? table : column} is not as`);
  });

  test.each(tables.filter(([table]) => tried.some(([name]) => name === table)).map(([table]) => table))(
    "a row of %s deleted",
    async (table) => {
      vandal.exec(`CREATE TABLE kept AS SELECT * FROM ${table}; DELETE FROM ${table}`);
      const faults = await said();
      vandal.exec(`INSERT INTO ${table} SELECT * FROM kept; DROP TABLE kept`);
      expect(faults).not.toEqual([]);
    },
  );

  test("put back as it was, it is whole again", async () => {
    expect(await said()).toEqual([]);
  });
});

function keyOf(table: string): readonly string[] {
  const rows = vandal.prepare(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0`).all();
  return table === "received_reference" ? ["site", "number"] : rows.map((row) => (row as { name: string }).name);
}
