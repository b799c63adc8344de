/** The log on a real database: what a crash leaves, what the disk refuses, what it costs. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { noticesOf, type PlayLogParts, startPlayLog } from "../../src/daemon/play-log.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { base, sealed, wantedOf, picture, FakeSeals } from "../panels/town.ts";
import { scratch } from "../store/small-office.ts";
import { programmeId } from "../../src/message/index.ts";

let place: ReturnType<typeof scratch>;
let store: Store;
let now = base;
beforeEach(async () => {
  now = base;
  place = scratch();
  store = await openStore(place.folder, () => ({ boardAt: now, wallAt: now }));
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const wanted = (byte: number) =>
  sealed(new FakeSeals(), wantedOf([{ fromMs: 0, untilMs: 60_000, show: [["N1", picture(byte)]] }]));
const failures: unknown[] = [];
const parts = (change: Partial<PlayLogParts> = {}): PlayLogParts => ({
  store,
  boards: ["B1"],
  clock: { now: () => now },
  wall: { now: () => now },
  numberOf: () => 3,
  why: () => null,
  failed: (error) => failures.push(error),
  everyMs: 3_600_000,
  ...change,
});
const told = (byte: number, at = now) => {
  const one = wanted(byte);
  return { board: "B1", at, kind: "told", wanted: one, programme: programmeId(one.programme), via: "line" } as const;
};
const actions = async () => (await store.ledger.rows("play", 0)).map(({ action }) => action);

test("a programme and its row go in together, and its bytes come back by their name", async () => {
  const log = await startPlayLog(parts());
  const event = told(1);
  log.witness(event);
  await log.settled();
  const [, row] = await store.ledger.rows("play", 0);
  expect(row).toMatchObject({ action: "play/told", subject: "B1", data: { programme: event.programme, via: "line" } });
  expect(row?.data.notices).toEqual([{ id: "N1", number: 3, messages: [0] }]);
  expect(await store.play.programme(event.programme)).not.toBeNull();
  expect(await store.play.programme("0".repeat(64))).toBeNull();
  await log.stop();
});

test("after a crash the next log knows what the board still had, and until when it replaced it", async () => {
  const crashed = await startPlayLog(parts());
  const first = told(1);
  crashed.witness(first);
  await crashed.settled();
  // Nothing is closed: the process is gone.
  now += 20_000;
  const log = await startPlayLog(parts());
  log.witness(told(2));
  await log.settled();
  const rows = await store.ledger.rows("play", 0);
  expect(rows.map(({ action }) => action)).toEqual(["play/started", "play/told", "play/started", "play/told"]);
  expect(rows[2]?.data).toMatchObject({ lastAt: base, clockSet: false });
  expect(rows[3]?.data.before).toEqual({ programme: first.programme, to: now });
  await log.stop();
  await crashed.stop();
});

test("a practice clock that was set ends what was on in the other time, when it was last known", async () => {
  const before = await startPlayLog(parts());
  before.witness(told(1));
  await before.settled();
  // The wall goes on; the board is a year back.
  const clock = { now: () => now - 31_536_000_000 };
  const log = await startPlayLog(parts({ clock, wall: { now: () => now } }));
  await log.settled();
  const rows = await store.ledger.rows("play", 0);
  expect(rows.slice(2)).toMatchObject([
    { action: "play/ended", data: { to: base, why: "clock-set" } },
    { action: "play/started", data: { clockSet: true } },
  ]);
  await log.stop();
  await before.stop();
});

test("what the disk refuses is kept and written later, in order", async () => {
  let refuse = false;
  const change: Store["change"] = (by, work) => (refuse ? Promise.reject(new Error("full")) : store.change(by, work));
  const log = await startPlayLog(parts({ store: { ...store, change } }));
  await log.settled();
  refuse = true;
  failures.length = 0;
  log.witness(told(1));
  await log.settled();
  log.witness(told(2));
  await log.settled();
  expect(failures.length).toBeGreaterThan(0);
  expect(await actions()).toEqual(["play/started"]);
  refuse = false;
  await log.stop();
  expect(await actions()).toEqual(["play/started", "play/told", "play/told", "play/stopped"]);
});

test("programmes whose rows have been cut away are thrown away at the next start", async () => {
  const log = await startPlayLog(parts());
  const [old, young] = [told(1), told(2)];
  log.witness(old);
  await log.settled();
  await log.stop();
  await store.change("system", async (tx) => {
    // As if it had been told long ago by the wall clock, and its row were cut.
    await tx.play.keep(await store.play.prepare([{ hash: old.programme, bytes: new Uint8Array(4) }]), 0);
    await tx.record({ action: "test/aged", subject: "office", data: {} });
  });
  const again = await startPlayLog(parts());
  again.witness(young);
  await again.settled();
  expect(await store.play.programme(old.programme)).toBeNull();
  expect(await store.play.programme(young.programme)).not.toBeNull();
  expect(await actions()).toContain("play/programmes-dropped");
  await again.stop();
});

test("who is behind which message", () => {
  const both = wantedOf([
    {
      fromMs: 0,
      untilMs: 1000,
      show: [
        ["N1", picture(1)],
        ["N2", picture(2)],
      ],
    },
    { fromMs: 1000, untilMs: 2000, show: [["N1", picture(3)]] },
  ]);
  expect(noticesOf(both, (id) => (id === "N1" ? 1 : null))).toEqual([
    { id: "N1", number: 1, messages: [0, 2] },
    { id: "N2", number: null, messages: [1] },
  ]);
});
