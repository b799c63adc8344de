/** Of a large office only what boards can still show is read first; that reads each notice as reading all would. */
import { DatabaseSync } from "@photostructure/sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Book } from "../../src/daemon/book.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { at, importRecords, keyIn, record, scratch } from "./small-office.ts";

let place: ReturnType<typeof scratch>;
let store: Store;
beforeEach(async () => {
  place = scratch();
  store = await openStore(place.folder);
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const until = (id: string, civil: string) => record(id, { from: "2017-11-01T08:00", until: civil });
const noon = at("2017-11-06T12:00");

test("what is over is left out; what reaches beyond comes with all its revisions, and what was taken down stays so", async () => {
  const key = keyIn(place.folder);
  await importRecords(store, key, [until("OVER", "2017-11-06T12:00"), until("ON", "2017-11-06T12:01")]);
  await importRecords(store, key, [until("MOVED", "2017-11-09T12:00"), until("GONE", "2017-11-09T12:00")]);
  await importRecords(store, key, [until("GOING", "2017-11-09T12:00"), until("OLD", "2017-11-09T12:00")]);
  // Signed anew with an earlier end: what reaches beyond is the revision that it replaced.
  await importRecords(store, key, [{ ...until("MOVED", "2017-11-02T12:00"), body: "改过的字" }]);
  await store.notices.withdraw("GONE", noon, "写错了");
  await store.notices.supersede("OLD", noon - 1, "有新的");
  await store.notices.withdraw("GOING", noon + 1, "写错了");
  const all = await store.notices.list();
  const living = await store.notices.list(noon);
  expect(living.records.map(({ id }) => id)).toEqual(["GOING", "MOVED", "ON"]);
  const isLiving = ({ id }: { readonly id: string }) => !["OVER", "GONE", "OLD"].includes(id);
  expect(living.records).toEqual(all.records.filter(isLiving));
  expect(living.earlier).toEqual(all.earlier.filter(isLiving));

  const two = 2 * 86_400_000;
  const book = new Book(store.notices, key.publicKey, "practice", [], { now: () => noon + two });
  await book.reload();
  expect(book.record("OVER")).toBeUndefined();
  const alive = book.alive("B1", { from: noon, until: noon + 1 });
  const whole = new Book(store.notices, key.publicKey);
  await whole.reload();
  expect(whole.record("OVER")).toBeDefined();
  expect(whole.alive("B1", { from: noon, until: noon + 1 })).toEqual(alive);
  expect(alive.map(({ notice }) => notice)).toEqual(["GOING", "ON"]);
});

test("a schedule that somebody has spoilt is not taken for one that is over", async () => {
  const key = keyIn(place.folder);
  await importRecords(store, key, [until("A", "2017-11-09T12:00"), until("B", "2017-11-09T12:00")]);
  const vandal = new DatabaseSync(join(place.folder, "boardcast.db"));
  vandal.exec("UPDATE revision SET schedule = '{' WHERE notice = 'A'");
  vandal.exec("UPDATE revision SET schedule = json_remove(schedule, '$.until') WHERE notice = 'B'");
  vandal.close();
  const { unreadable } = await store.notices.list(noon);
  expect(unreadable.map(({ id }) => id)).toEqual(["A", "B"]);
});
