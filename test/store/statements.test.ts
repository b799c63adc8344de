/** Questions whose meaning is kept, asked again. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { openDatabase } from "../../src/store/sqlite/database.ts";
import { scratch } from "./small-office.ts";

const { folder, remove } = scratch();
afterAll(remove);

test("each is answered whole, also when the same one was left half answered, and however many others there were", async () => {
  const db = await openDatabase(join(folder, "kept.db"));
  const numbers = Array.from({ length: 400 }, (_, index) => index);
  const all = db
    .selectFrom(sql<{ value: number }>`json_each(${JSON.stringify(numbers)})`.as("each"))
    .select("each.value");
  const seen: number[] = [];
  for await (const { value } of all.stream()) {
    if (value === 300) break;
    seen.push(value);
  }
  expect(seen).toEqual(numbers.slice(0, 300));
  for (let time = 0; time < 3; time++) expect(await all.execute()).toEqual(numbers.map((value) => ({ value })));
  for (const n of [...numbers, 0, 399])
    expect((await sql.raw<{ found: number }>(`SELECT ${n} AS found`).execute(db)).rows).toEqual([{ found: n }]);
  expect(numbers.length).toBeGreaterThan(limits.statementsKept);
  await db.destroy();
});

test("closed, the file is let go of, whoever still has the database in hand", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const file = join(folder, "closed.db");
  const db = await openDatabase(file);
  await db.selectFrom("notice").select("id").execute();
  expect(existsSync(`${file}-wal`)).toBe(true);
  await db.destroy();
  await expect
    .poll(
      () => {
        collectGarbage();
        return existsSync(`${file}-wal`);
      },
      { timeout: 5000 },
    )
    .toBe(false);
  expect(() => db.selectFrom("notice")).not.toThrow();
});
