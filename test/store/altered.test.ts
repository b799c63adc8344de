/**
 * Promise 1, against whoever can write to the database: every byte of every row altered in turn, and more. Whatever would
 * be sent is compared with what was signed: board, dots and time.
 */
import { describe, expect, test, vi } from "vitest";
import { practiceClock } from "../../src/daemon/practice-clock.ts";
import { openStore } from "../../src/store/index.ts";
import { isLong, someOf } from "../some.ts";
import { at, zone } from "./small-office.ts";
import {
  alter,
  answers,
  type Cell,
  cells,
  folder,
  newTally,
  now,
  store,
  rows,
  type Value,
  vandal,
  verified,
  wouldLight,
  write,
} from "./vandal.ts";

const [third] = someOf("which third of the bytes", [0, 1, 2], isLong ? 3 : 1);

// Thousands of offices opened: patience, not a measure.
vi.setConfig({ testTimeout: 300_000 });

/** Of ten seals all but one are as before, each time. */
vi.mock("node:crypto", async (original) => (await import("../asked-once.ts")).askedOnce(await original()));

const bytesOf = (value: Value) => (typeof value === "string" ? Buffer.from(value) : Buffer.from(value as Uint8Array));

describe("whatever is done to the database, nothing lights that was not signed", () => {
  test("untouched, it lights what was signed and nothing else, each of its rows doing its part", async () => {
    const { lit, unsigned, revived } = await wouldLight();
    expect({ lit: lit.size, unsigned, revived }).toEqual({ lit: 7, unsigned: [], revived: [] });
    expect((await store.notices.list()).unreadable).toEqual([]);
  });

  test("every byte of every text and blob altered in turn; in an ordinary run, each of a third of them", async () => {
    const tally = newTally();
    let bytes = 0;
    let seen = 0;
    // Of the ledger's rows one is enough here: test/ledger alters every column of them.
    const some = rows().filter(({ table, columns }) => table !== "ledger" || columns.action === "notice/withdrawn");
    for (const cell of cells(some)) {
      if (cell.value === null || typeof cell.value === "number" || typeof cell.value === "bigint") continue;
      const original = bytesOf(cell.value);
      for (let index = 0; index < original.length; index++) {
        if (!isLong && seen++ % 3 !== third) continue;
        const changed = Uint8Array.from(original);
        const byte = original[index] as number;
        // A digit becomes the next one, any other character its neighbour: what reads on is worse than what does not.
        changed[index] = byte >= 0x30 && byte <= 0x39 ? 0x30 + ((byte - 0x2f) % 10) : byte ^ 1;
        await alter(cell, changed, tally);
        bytes++;
      }
    }
    expect(bytes).toBeGreaterThan(isLong ? 4000 : 1300);
    expect(tally.altered + tally.refused).toBe(bytes);
    expect([...tally.revived.keys()]).toEqual([]);
  });

  test("every number set to others, every value that may be missing taken away", async () => {
    const tally = newTally();
    for (const cell of cells()) {
      if (cell.value !== null && typeof cell.value !== "number" && typeof cell.value !== "bigint") {
        await alter(cell, null, tally, true);
        continue;
      }
      const near = [-1, 1].map((away) => Number(cell.value ?? 0) + away);
      const far = [0, 1, -1, now, 2 ** 31, 2 ** 53 - 1, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)];
      for (const value of [null, ...near, ...far]) await alter(cell, value, tally, true);
    }
    expect(tally.altered).toBeGreaterThan(150);
    expect([...tally.revived.keys()]).toEqual([]);
  });

  test("every two values of a column exchanged, and every value put in place of every other", async () => {
    const tally = newTally();
    const all = cells();
    for (const cell of all)
      for (const other of all)
        if (other.table === cell.table && other.column === cell.column && other.value !== cell.value)
          await alter(cell, other.value, tally);
    for (const [one, other] of pairs(all)) {
      if (!write(one, other.value, typeof other.value === "string")) continue;
      if (write(other, one.value, typeof one.value === "string")) {
        expect(
          (await wouldLight(one.table)).unsigned,
          `${one.table}.${one.column} ${one.rowid} ↔ ${other.rowid}`,
        ).toEqual([]);
        tally.altered++;
      }
      for (const cell of [one, other]) write(cell, cell.value, typeof cell.value === "string");
    }
    expect(tally.altered).toBeGreaterThan(300);
  });

  test("every row deleted", async () => {
    let deleted = 0;
    for (const { table, rowid, columns } of rows()) {
      vandal.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(rowid);
      const { unsigned, revived } = await wouldLight();
      await answers();
      expect({ unsigned, revived }, `${table} ${rowid}`).toEqual({ unsigned: [], revived: [] });
      if (table === "revision" || table === "seal") expect(await verified(), `${table} ${rowid}`).not.toEqual([]);
      const names = ["rowid", ...Object.keys(columns)];
      const marks = names.map(() => "?").join(", ");
      vandal
        .prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${marks})`)
        .run(rowid, ...Object.values(columns));
      deleted++;
    }
    expect(deleted).toBeGreaterThan(25);
    expect((await wouldLight()).lit.size).toBe(7);
  });

  test("a withdrawal taken out of the table and out of the register lights it again, and that shows", async () => {
    expect(await verified()).toEqual([]);
    const [row] = rows().filter(({ columns }) => columns.action === "notice/withdrawn");
    const action = { table: "ledger", column: "action", rowid: row?.rowid ?? 0, value: "notice/withdrawn" };
    vandal.exec("UPDATE revision SET withdrawn_at = NULL WHERE notice = 'gone'");
    expect((await wouldLight()).revived).toEqual([]);
    expect(await verified()).toEqual(["Notice gone, revision 1, was not taken down when the register says"]);
    write(action, Buffer.from("notice/noted"), true);
    expect((await wouldLight()).revived).toEqual(["gone"]);
    expect(await verified()).toEqual([
      `Row ${row?.columns.seq} of the register was altered, or does not follow on the row before`,
    ]);
    write(action, Buffer.from(action.value), true);
    vandal.exec(`UPDATE revision SET withdrawn_at = ${at("2017-11-06T08:10")} WHERE notice = 'gone'`);
    expect(await verified()).toEqual([]);
  });

  test("the office's own settings: the clock runs on, whatever they say", async () => {
    const setting = cells().filter(({ table, column }) => table === "setting" && column === "value");
    expect(setting.length).toBe(1);
    for (const cell of setting) {
      for (const value of ["", "NaN", "x", "1e999", "9".repeat(30), "-", "0x10", "12.5"]) {
        write(cell, Buffer.from(value), true);
        expect(Number.isSafeInteger((await practiceClock(store.settings, zone, null)).now()), value).toBe(true);
        write(cell, Buffer.from(String(cell.value)), true);
      }
    }
  });
});

function pairs(all: readonly Cell[]): [Cell, Cell][] {
  return all.flatMap((one) =>
    all
      .filter((other) => other.table === one.table && other.column === one.column && other.rowid > one.rowid)
      .filter((other) => other.value !== one.value)
      .map((other): [Cell, Cell] => [one, other]),
  );
}

describe("the list of migrations altered", () => {
  test("a byte of its rows: the store opens or says in both languages why not", async () => {
    await store.settings.get("any");
    for (const table of ["kysely_migration", "kysely_migration_lock"]) {
      const rows = vandal.prepare(`SELECT rowid AS _row, * FROM ${table}`).all() as Record<string, Value>[];
      expect(rows.length).toBeGreaterThan(0);
      for (const { _row, ...columns } of rows)
        for (const [column, value] of Object.entries(columns)) {
          const cell = { table, column, rowid: Number(_row), value: value as Value };
          const text = typeof value === "string";
          const tries: Value[] = text
            ? [...value].map((_, index) => `${value.slice(0, index)}~${value.slice(index + 1)}`)
            : [null, 0, 1, -1, 99];
          for (const other of tries) {
            if (!write(cell, text ? Buffer.from(String(other)) : other, text)) continue;
            const opened = await openStore(folder).then(
              (again) => again.close().then(() => "opened"),
              (error: Error) => error.message,
            );
            expect(opened).toMatch(/^opened$|数据库升级失败.* \/ the database could not be migrated/s);
            write(cell, text ? Buffer.from(value) : value, text);
          }
        }
    }
  });
});
