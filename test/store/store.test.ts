/** What the store promises: kept when acknowledged, all or nothing, for several processes at once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SigningKey } from "../../src/notices/seal.ts";
import type { Store } from "../../src/store/index.ts";
import { openStore } from "../../src/store/index.ts";
import { ownProcess } from "../built.ts";
import { tablesInCode } from "./tables-in-code.ts";
import { openDatabase, setPragmas } from "../../src/store/sqlite/database.ts";
import { importRecords, keyIn, pixelsOf, practice, record, scratch } from "./small-office.ts";

let place: ReturnType<typeof scratch>;
beforeEach(() => {
  place = scratch();
});
afterEach(() => place.remove());
const file = () => join(place.folder, "boardcast.db");

function withReader<T>(use: (reader: InstanceType<typeof DatabaseSync>) => T): T {
  const reader = new DatabaseSync(file());
  try {
    return use(reader);
  } finally {
    reader.close();
  }
}

describe("each open asserts that what is acknowledged is on disk", () => {
  test("WAL, synchronous=FULL, foreign keys: set, and read back", async () => {
    const store = await openStore(place.folder);
    await store.close();
    withReader((connection) => {
      connection.exec("PRAGMA synchronous=OFF");
      setPragmas(connection, "db");
      const read = (name: string) => Object.values(connection.prepare(`PRAGMA ${name}`).get() as object)[0];
      expect([read("journal_mode"), read("synchronous"), read("foreign_keys")]).toEqual(["wal", 2, 1]);
    });
  });

  test.each(["journal_mode", "synchronous", "foreign_keys"])(
    "a database that does not obey about %s is not used",
    (name) => {
      withReader((connection) => {
        const deaf = {
          exec: (sql: string) => (sql.includes(name) ? undefined : connection.exec(sql)),
          prepare: (sql: string) => connection.prepare(sql),
        } as unknown as InstanceType<typeof DatabaseSync>;
        connection.exec("PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=OFF");
        expect(() => setPragmas(deaf, "db")).toThrow(new RegExp(`PRAGMA ${name} 应为 .* / PRAGMA ${name} should be`));
      });
    },
  );
});

describe("migrations", () => {
  const shape = () =>
    withReader(
      (reader) =>
        reader.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").all() as {
          name: string;
          sql: string;
        }[],
    );

  test("from no file to the tables; once more changes nothing", async () => {
    await (await openStore(place.folder)).close();
    const first = shape();
    const done = withReader((reader) => reader.prepare("SELECT * FROM kysely_migration").all());
    await (await openStore(place.folder)).close();
    expect(shape()).toEqual(first);
    expect(withReader((reader) => reader.prepare("SELECT * FROM kysely_migration").all())).toEqual(done);
  });

  test("the tables are those that the code knows, column for column", async () => {
    await (await openStore(place.folder)).close();
    const known = withReader((reader) =>
      shape()
        .filter(({ name }) => !/^(kysely|sqlite)_/.test(name))
        .map(({ name }) => {
          const columns = reader.prepare(`SELECT name FROM pragma_table_info('${name}')`).all() as { name: string }[];
          return [name, columns.map((column) => column.name).sort()];
        }),
    );
    expect(known).toEqual(tablesInCode());
  });

  test("every table of ours is STRICT and has `site` in its key", async () => {
    await (await openStore(place.folder)).close();
    withReader((reader) => {
      const tables = reader
        .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        .all() as { name: string; strict: number }[];
      for (const { name, strict } of tables.filter((table) => !/^(kysely|sqlite)_/.test(table.name))) {
        const key = reader.prepare(`SELECT name FROM pragma_table_info('${name}') WHERE pk > 0`).all() as {
          name: string;
        }[];
        expect([name, strict, key.map((column) => column.name).includes("site")]).toEqual([name, 1, true]);
      }
    });
  });

  test("one that fails half-way leaves no tables behind, and the next open makes them all", async () => {
    withReader((vandal) => vandal.exec("CREATE TABLE message (somebody TEXT)"));
    await expect(openStore(place.folder)).rejects.toThrow(/数据库升级失败.* \/ the database could not be migrated/);
    expect(
      shape()
        .map(({ name }) => name)
        .filter((name) => !/^(kysely|sqlite)_/.test(name)),
    ).toEqual(["message"]);
    withReader((vandal) => vandal.exec("DROP TABLE message"));
    await (await openStore(place.folder)).close();
    expect(shape().map(({ name }) => name)).toContain("seal");
  });

  test("a file that is no database is refused, not emptied", async () => {
    const { writeFileSync, readFileSync } = await import("node:fs");
    writeFileSync(file(), "not a database, but somebody's file".repeat(100));
    await expect(openStore(place.folder)).rejects.toThrow(/not a database/);
    expect(readFileSync(file(), "utf8")).toContain("somebody's file");
  });
});

describe("a transaction is all or nothing", () => {
  const rows = () =>
    withReader((reader) =>
      Object.fromEntries(
        ["notice", "revision", "seal", "message"].map((table) => [
          table,
          reader.prepare(`SELECT * FROM ${table}`).all(),
        ]),
      ),
    );

  test("failing at each statement in turn, a save leaves nothing behind", async () => {
    const key = keyIn(place.folder);
    const store = await openStore(place.folder);
    await importRecords(store, key, [record("kept")]);
    const before = rows();
    let failures = 0;
    for (const table of ["notice", "revision", "seal", "message"]) {
      for (const moment of ["BEFORE", "AFTER"]) {
        withReader((vandal) =>
          vandal.exec(`CREATE TRIGGER fail ${moment} INSERT ON ${table} BEGIN SELECT RAISE(FAIL, 'disk'); END`),
        );
        const changed = [
          record("new", {
            body: "新",
            boards: ["B1", "B2"],
            review: { state: "approved", signedAt: "2017-11-06T08:00" },
          }),
        ];
        await expect(importRecords(store, key, changed), `${moment} ${table}`).rejects.toThrow(/disk/);
        failures++;
        withReader((vandal) => vandal.exec("DROP TRIGGER fail"));
        expect(rows(), `${moment} ${table}`).toEqual(before);
      }
    }
    expect(failures).toBe(8);
    await importRecords(store, key, [record("new", { body: "新", boards: ["B1", "B2"] })]);
    expect(rows()).not.toEqual(before);
    await store.close();
  });

  test("one notice that fails takes none of the others with it", async () => {
    const key = keyIn(place.folder);
    const store = await openStore(place.folder);
    withReader((vandal) =>
      vandal.exec(
        "CREATE TRIGGER fail AFTER INSERT ON revision WHEN new.notice = 'b' BEGIN SELECT RAISE(FAIL, 'disk'); END",
      ),
    );
    await expect(importRecords(store, key, [record("a"), record("b"), record("c")])).rejects.toThrow(/disk/);
    expect((await store.notices.list()).records.map(({ id }) => id)).toEqual(["a"]);
    await store.close();
  });
});

describe("what the store keeps", () => {
  let store: Store;
  let key: SigningKey;
  beforeEach(async () => {
    store = await openStore(place.folder);
    key = keyIn(place.folder);
  });
  afterEach(() => store.close());

  test("is there after it was opened anew", async () => {
    await importRecords(store, key, [record("a", { boards: ["B1", "B2"] })]);
    const before = await store.notices.get("a");
    await store.settings.set("k", "v");
    await store.close();
    store = await openStore(place.folder);
    expect(await store.notices.get("a")).toEqual(before);
    expect(await store.settings.get("k")).toBe("v");
    expect(await store.settings.get("other")).toBeNull();
  });

  test("messages come back by their hash, letter for letter, or not at all", async () => {
    await importRecords(store, key, [record("a")]);
    const { hash, bytes } = pixelsOf("a\n字", { width: 16, height: 8, colour: "mono" });
    expect(Buffer.from((await store.messages.get(hash)) ?? [])).toEqual(Buffer.from(bytes));
    for (const odd of ["", "00".repeat(32), "../x", hash.toUpperCase()])
      expect(await store.messages.get(odd), odd).toBeNull();
    withReader((vandal) => vandal.exec("UPDATE message SET deflated = substr(deflated, 1, length(deflated) - 1)"));
    expect([await store.messages.get(hash), await store.messages.getDeflated(hash)]).toEqual([null, null]);
  });

  test("other bytes under a message's name are not that message", async () => {
    await importRecords(store, key, [record("a")]);
    const { hash, bytes } = pixelsOf("a\n字", { width: 16, height: 8, colour: "mono" });
    const altered = Uint8Array.from(bytes, (byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));
    withReader((vandal) => vandal.prepare("UPDATE message SET deflated = ?").run(deflateSync(altered)));
    expect([await store.messages.get(hash), await store.messages.getDeflated(hash)]).toEqual([null, null]);
  });

  test("damaged pixels are mended when the same message is signed again", async () => {
    await importRecords(store, key, [record("a")]);
    withReader((vandal) => vandal.exec("UPDATE message SET deflated = x'00'"));
    await importRecords(store, key, [record("a", { until: "2017-11-06T09:30" })]);
    const { hash, bytes } = pixelsOf("a\n字", { width: 16, height: 8, colour: "mono" });
    expect(Buffer.from((await store.messages.get(hash)) ?? [])).toEqual(Buffer.from(bytes));
  });

  test("what inflates without end is not inflated", async () => {
    await importRecords(store, key, [record("a")]);
    const bomb = deflateSync(new Uint8Array(80 * 1024 * 1024), { level: 1 });
    withReader((vandal) => vandal.prepare("UPDATE message SET deflated = ?").run(bomb));
    expect(await store.messages.get(pixelsOf("a\n字", { width: 16, height: 8, colour: "mono" }).hash)).toBeNull();
  });

  test("withdrawing and superseding stamp the notice that there is, and say so", async () => {
    await importRecords(store, key, [record("a")]);
    expect([await store.notices.withdraw("a", 5), await store.notices.supersede("a", 6)]).toEqual([true, true]);
    expect(await store.notices.get("a")).toMatchObject({ withdrawnAt: 5, supersededAt: 6 });
    expect([
      await store.notices.withdraw("b", 5),
      await store.notices.supersede("b", 6),
      await store.notices.get("b"),
    ]).toEqual([false, false, null]);
  });

  test("a signed revision that cannot be read takes what it replaced with it; a draft does not", async () => {
    await importRecords(store, key, [record("a")]);
    await importRecords(store, key, [record("a", { body: "新" })], practice);
    await importRecords(store, key, [record("a", { body: "稿" })], null);
    const spoil = (number: number, content: string) =>
      withReader((vandal) => vandal.prepare("UPDATE revision SET content = ? WHERE number = ?").run(content, number));
    spoil(3, "{");
    expect(await store.notices.list()).toMatchObject({
      records: [{ revisionNumber: 2 }],
      earlier: [{ revisionNumber: 1 }],
      unreadable: [{ id: "a" }],
    });
    spoil(2, "{");
    expect(await store.notices.list()).toMatchObject({
      records: [],
      earlier: [],
      unreadable: [{ id: "a" }, { id: "a" }],
    });
  });

  test("another process's writing shows in the version; one's own does not", async () => {
    const before = await store.version();
    await store.settings.set("own", "1");
    expect(await store.version()).toBe(before);
    const other = await openStore(place.folder);
    await other.settings.set("other", "1");
    await other.close();
    expect(await store.version()).not.toBe(before);
  });
});

test("two processes starting in an empty folder and writing at once lose nothing", { timeout: 60_000 }, async () => {
  const writer = await ownProcess("store/writer");
  const children = ["left", "right"].map((name) =>
    spawn(process.execPath, [writer, place.folder, name, "40"], {
      stdio: ["ignore", "ignore", "pipe"],
    }),
  );
  const said = children.map((child) => {
    const words: string[] = [];
    child.stderr.on("data", (data) => words.push(String(data)));
    return words;
  });
  const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
  expect(codes, said.flat().join("")).toEqual([0, 0]);
  const store = await openStore(place.folder);
  const { records, unreadable } = await store.notices.list();
  expect([records.length, unreadable.length]).toEqual([80, 0]);
  expect(records.every(({ seal }) => seal !== null)).toBe(true);
  await store.close();
});

test("a database is closed again if it cannot be opened", async () => {
  await expect(openDatabase(join(place.folder, "missing", "x.db"))).rejects.toThrow();
});
