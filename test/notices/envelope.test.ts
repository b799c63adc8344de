/** Operators move a notice inside its envelope; whatever its row says, nothing reaches out of it, and nothing else suffers. */
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Book } from "../../src/daemon/book.ts";
import type { SigningKey } from "../../src/notices/seal.ts";
import type { Schedule } from "../../src/notices/types.ts";
import type { Store } from "../../src/store/index.ts";
import { openStore } from "../../src/store/index.ts";
import { at, importRecords, keyIn, record, scratch } from "../store/small-office.ts";

const { folder, remove } = scratch();
let store: Store;
let key: SigningKey;
let signed: Schedule;
beforeAll(async () => {
  store = await openStore(folder);
  key = keyIn(folder);
  await importRecords(store, key, [record("a")]);
  signed = (await store.notices.get("a"))?.schedule as Schedule;
});
afterAll(async () => {
  await store.close();
  remove();
});

async function candidates(schedule: Schedule, board: string) {
  const vandal = new DatabaseSync(join(folder, "boardcast.db"));
  vandal.prepare("UPDATE revision SET schedule = ?").run(JSON.stringify(schedule));
  vandal.close();
  const book = new Book(store.notices, key.publicKey);
  await book.reload();
  return book
    .candidates(board)
    .map(({ window, priority, blocked, message }) => ({ window, priority, blocked, lit: message !== null }));
}

describe("signed for 08:00–10:00 on B1 at priority 5", () => {
  const [from, until] = [at("2017-11-06T08:00"), at("2017-11-06T10:00")];
  const hour = 3_600_000;

  test.each<[string, Partial<Schedule>, string, object]>([
    ["as signed", {}, "B1", { window: { from, until }, priority: 5, blocked: null, lit: true }],
    ["moved inside", { from: from + hour }, "B1", { window: { from: from + hour, until }, blocked: null }],
    ["from earlier on: cut", { from: from - hour }, "B1", { window: { from, until }, blocked: null }],
    ["for longer: cut", { until: until + hour }, "B1", { window: { from, until }, blocked: null }],
    ["less urgent: as wished", { priority: 9 }, "B1", { priority: 9, blocked: null }],
    ["more urgent: not more than signed", { priority: 0 }, "B1", { priority: 5, blocked: null }],
    ["on another board: not there", { boards: ["B1", "B2"] }, "B2", { blocked: "other-board", lit: false }],
  ])("%s", async (_what, change, board, wanted) => {
    expect(await candidates({ ...signed, ...change }, board)).toMatchObject([wanted]);
  });

  test("on no board that it was not moved to", async () => {
    expect(await candidates({ ...signed, boards: ["B2"] }, "B1")).toEqual([]);
  });
});
