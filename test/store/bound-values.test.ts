/** What questions are asked with, and that it does not stay with those that are kept. */
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, expect, test, vi } from "vitest";
import { openDatabase } from "../../src/store/sqlite/database.ts";
import { scratch } from "./small-office.ts";
import type { Asked } from "./watched-sqlite.ts";

const asked: Asked = vi.hoisted(() => ({ prepared: [], texts: [], rows: 0 }));
vi.mock("@photostructure/sqlite", async (original) =>
  (await import("./watched-sqlite.ts")).watched(await original(), asked),
);

const { folder, remove } = scratch();
afterAll(remove);

test("what they were asked with is not kept with them, whether they were answered or refused; and none is asked twice", async () => {
  const db = await openDatabase(join(folder, "asked.db"));
  await sql`CREATE TABLE person (name TEXT UNIQUE CHECK (name IS NOT NULL), photo BLOB)`.execute(db);
  const [name, photo] = ["身份证 11010519491231002X", Buffer.from("photo of 身份证")];
  const add = (one: string) => sql`INSERT INTO person (name, photo) VALUES (${one}, ${photo})`.execute(db);
  expect(await add(name)).toMatchObject({ numAffectedRows: 1n });
  await expect(add(name)).rejects.toThrow("UNIQUE");
  const found = await sql<object>`SELECT name FROM person WHERE name = ${name} AND photo = ${photo}`.execute(db);
  expect(found.rows).toEqual([{ name }]);
  const doubled = sql<object>`INSERT INTO person (name) VALUES (${`${name} 2`}) RETURNING name`;
  expect((await doubled.execute(db)).rows).toEqual([{ name: `${name} 2` }]);
  expect((await sql`SELECT count(*) AS count FROM person`.execute(db)).rows).toEqual([{ count: 2 }]);
  // As SQLite would ask it next.
  const kept = asked.prepared.map(({ expandedSQL = "" }) => expandedSQL);
  expect(kept.filter((text) => /person/.test(text)).length).toBeGreaterThan(3);
  const secrets = [name, photo.toString("hex")];
  expect(kept.filter((text) => secrets.some((one) => text.toLowerCase().includes(one.toLowerCase())))).toEqual([]);
  await db.destroy();
});
