/** The play log is cut at a signed place; the register is not. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { signingOf } from "../../src/daemon/verify.ts";
import { cutPlay, latestCut } from "../../src/ledger/index.ts";
import { limits } from "../../src/limits.ts";
import { clock, note, type Office, openOffice, rawRows } from "./chain.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const parts = () => ({ ...office.store, signing: signingOf(office.key) });
const playAt = async (wallAt: number) => {
  clock.wallAt = wallAt;
  await note(office.store, wallAt, "play");
};
const seqs = () => rawRows(office, "play").map(({ seq }) => seq);

test("rows older than asked go, a signed word stays, and all is whole", async () => {
  for (const at of [10, 20, 30, 40, 50]) await playAt(at);
  const kept = await office.checkpoint("play");
  expect(await cutPlay(parts(), 10, 99)).toBe(null);
  expect(await cutPlay(parts(), 35, 99)).toMatchObject({ seq: 3 });
  expect(seqs()).toEqual([4, 5]);
  expect(await office.verified([kept])).toEqual([]);
  await playAt(60);
  expect(await cutPlay(parts(), 35, 99)).toBe(null);
  // The clock went back: what stands behind a young row stays with it.
  await playAt(1);
  expect(await cutPlay(parts(), 45, 99)).toMatchObject({ seq: 4 });
  expect([seqs(), await office.verified([kept])]).toEqual([[5, 6, 7], []]);
  expect(await latestCut(office.store.ledger, signingOf(office.key))).toMatchObject({ seq: 4 });
});

test("the newest row stays, however old: the chain goes on from it", async () => {
  for (const at of [10, 20, 30]) await playAt(at);
  expect(await cutPlay(parts(), 1000, 1001)).toMatchObject({ seq: 2 });
  expect(await cutPlay(parts(), 1000, 1001)).toBe(null);
  await playAt(40);
  expect([seqs(), await office.verified()]).toEqual([[3, 4], []]);
});

test("at most so many at once, and nothing of an empty log", async () => {
  expect(await cutPlay(parts(), 1000, 1001)).toBe(null);
  clock.wallAt = 1;
  await office.store.change("system", async (tx) => {
    for (let index = 0; index < limits.ledgerRowsAtOnce + 5; index++)
      await tx.record({ action: "test/noted", subject: "s", data: {} }, "play");
  });
  expect(await cutPlay(parts(), 1000, 1001)).toMatchObject({ seq: limits.ledgerRowsAtOnce });
  expect(await cutPlay(parts(), 1000, 1001)).toMatchObject({ seq: limits.ledgerRowsAtOnce + 4 });
  expect(await office.verified()).toEqual([]);
});

test("whoever deletes more, or forges a word about it, is found out", async () => {
  for (const at of [10, 20, 30, 40, 50]) await playAt(at);
  await cutPlay(parts(), 25, 99);
  office.vandal.exec("DELETE FROM ledger WHERE chain = 'play' AND seq = 3");
  expect(await office.verified()).toEqual(["Row 3 of the play log is not there: it was deleted"]);
  const [row] = await office.store.ledger.rows("play", 3, 1);
  const signature = "00".repeat(64);
  await office.store.change("system", (tx) =>
    tx.record({
      action: "ledger/cut",
      subject: "play",
      data: { seq: 3, hash: row?.hash ?? "", at: 1, before: 1, signature },
    }),
  );
  expect(await office.verified()).toEqual(["Row 3 of the play log is not there: it was deleted"]);
});

test("a cut row that is put back shows", async () => {
  for (const at of [10, 20, 30]) await playAt(at);
  office.vandal.exec("CREATE TABLE kept AS SELECT * FROM ledger WHERE chain = 'play' AND seq = 1");
  await cutPlay(parts(), 25, 99);
  office.vandal.exec("INSERT INTO ledger SELECT * FROM kept");
  expect(await office.verified()).toEqual(["Row 1 of the play log should not be there: it was added"]);
});
