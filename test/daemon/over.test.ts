/** What is over leaves the daemon's memory and stays in the office: asked about, it is the same as before it was over. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Book } from "../../src/daemon/book.ts";
import { BoardWatch } from "../../src/daemon/board-watch.ts";
import type { NoticeSet } from "../../src/daemon/notice-set.ts";
import { Publicity } from "../../src/daemon/publicity.ts";
import { limits } from "../../src/limits.ts";
import type { SigningKey } from "../../src/notices/seal.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { changingCalendar } from "../../src/time/calendar.ts";
import { at, importRecords, keyIn, record, scratch, site, zone } from "../store/small-office.ts";
import { openPeriodsOffice, posted } from "./periods-office.ts";
import { formatCivil } from "../../src/time/zone.ts";

vi.setConfig({ testTimeout: 120_000 });

const dayMs = 86_400_000;
const boards = ["B1", "B2"];
let place: ReturnType<typeof scratch>;
let store: Store;
let key: SigningKey;
let now: number;
const clock = { now: () => now };
const bookAt = async (): Promise<Book> => {
  const book = new Book(store.notices, key.publicKey, "practice", [], clock);
  await book.reload();
  return book;
};
/** Of an office that forgets nothing. */
const wholeBook = async (): Promise<Book> => {
  const book = new Book(store.notices, key.publicKey, "practice");
  await book.reload();
  return book;
};
const civil = (instant: number): string => formatCivil(zone, instant).slice(0, 16);
const begin = at("2017-01-02T08:00");

const signed = (instant: number) => ({
  review: { state: "approved", signerId: "P03", signedAt: civil(instant) },
});

beforeEach(async () => {
  place = scratch();
  store = await openStore(place.folder, () => ({ boardAt: now, wallAt: now }));
  key = keyIn(place.folder);
  now = begin;
});
afterEach(async () => {
  await store.close();
  place.remove();
});

/** Everything that is asked about a notice. */
function told(has: Pick<NoticeSet, "record" | "places" | "verdict" | "changedAt">, id: string) {
  return [has.record(id), has.places(id), has.verdict(id), has.verdict(id, begin + dayMs), has.changedAt(id)];
}

/** A notice every sixth day for a year, each for 30 days; some edited, taken down, taken off a board or never signed. */
async function year(): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let day = 0; day < 365; day += 6) {
    const id = `N${String(day).padStart(3, "0")}`;
    ids.push(id);
    const from = begin + day * dayMs;
    const one = record(id, {
      ...{ from: civil(from), until: civil(from + 30 * dayMs), boards: day % 4 === 0 ? boards : ["B1"] },
      ...signed(from - dayMs),
    });
    now = from;
    await importRecords(store, key, [one], day % 42 === 6 ? null : undefined);
    now = from + dayMs;
    if (day % 24 === 0) await importRecords(store, key, [{ ...one, body: "改过的字", ...signed(now) }]);
    if (day % 30 === 12) await store.notices.withdraw(id, now, "写错了");
    if (day % 36 === 6) await store.change("x", (tx) => tx.notices.takeOff(id, ["B1"], now, "写错了"));
  }
  return ids;
}

test("a year of notices: what is held is what may still be shown, whatever was; all of it is answered as before", async () => {
  const ids = await year();
  now = begin;
  const book = await bookAt();
  let most = 0;
  for (; now < begin + 410 * dayMs; now += 10 * dayMs) {
    if (book.isOff(now)) await book.reload();
    // Those of the next days were imported beforehand here: an office has not written them yet.
    const begun = book.all().filter(({ schedule }) => schedule.from <= now);
    most = Math.max(most, begun.length);
  }
  expect(most).toBeGreaterThan(3);
  // Thirty days' and the two that are kept, one every sixth day.
  expect(most).toBeLessThanOrEqual(6);
  expect(book.all()).toEqual([]);

  const whole = await wholeBook();
  expect(whole.all()).toHaveLength(ids.length);
  for (const id of ids) expect(told(await book.of([id]), id)).toEqual(told(whole, id));
  const listed: string[] = [];
  for await (const some of book.portions()) {
    expect(some.size).toBeLessThanOrEqual(limits.noticesAtOnce);
    listed.push(...some.all().map(({ id }) => id));
  }
  expect(listed).toEqual(ids);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -20, max: 400 * 24 }),
      fc.integer({ min: 1, max: 40 * 24 }),
      fc.integer({ min: -5, max: 400 }),
      async (hour, hours, today) => {
        const from = begin + hour * (dayMs / 24);
        const window = { from, until: from + hours * (dayMs / 24) };
        now = begin + today * dayMs;
        const some = await bookAt();
        const then = await some.during(window);
        for (const board of boards) expect(then.alive(board, window)).toEqual(whole.alive(board, window));
      },
    ),
    { numRuns: 15 },
  );

  // Of each board too, when it last changed: by the daemon that ran all the time, and by one that starts now.
  const watchOf = (book: Book) =>
    new BoardWatch({
      ...{ site, clock, book, calendar: changingCalendar(site.calendar) },
      facts: () => ({ confirmed: null }) as never,
      clocks: { faults: [], look: async () => false },
      changed: () => {},
    });
  now = begin;
  const ran = await bookAt();
  const watch = watchOf(ran);
  for (; now < begin + 420 * dayMs; now += 30 * dayMs) {
    await ran.reload();
    await watch.look();
  }
  const knowing = watchOf(whole);
  const anew = watchOf(await bookAt());
  await knowing.look();
  await anew.look();
  for (const board of boards) {
    expect(knowing.history(board).changed).not.toBeNull();
    expect(watch.history(board)).toEqual(knowing.history(board));
    expect(anew.history(board)).toEqual(knowing.history(board));
    expect(anew.faults(board)).toEqual(knowing.faults(board));
  }
});

describe("a book by its clock", () => {
  const long = (id: string) => record(id, { from: civil(begin), until: civil(begin + 300 * dayMs), ...signed(begin) });

  test("what was taken down is let go of as what has ended is, and comes back with what is signed anew", async () => {
    await importRecords(store, key, [long("DOWN"), long("NEW"), long("ON")]);
    now = begin + dayMs;
    await store.notices.withdraw("DOWN", now, "写错了");
    await store.notices.supersede("NEW", now, "有新的");
    expect((await bookAt()).all()).toHaveLength(3);
    now = begin + 4 * dayMs;
    const book = await bookAt();
    expect(book.all().map(({ id }) => id)).toEqual(["ON"]);
    expect((await book.of(["DOWN", "ON"])).record("DOWN")?.withdrawnAt).toBe(begin + dayMs);
    await importRecords(store, key, [{ ...long("DOWN"), body: "重新签发", ...signed(now) }]);
    await book.reload();
    expect(book.all().map(({ id, revisionNumber }) => [id, revisionNumber])).toEqual([
      ["DOWN", 2],
      ["ON", 1],
    ]);
    // With the revision that it replaces: what was on then is still known.
    expect(book.places("DOWN")).toHaveLength(2 * book.places("ON").length);
  });

  test("is off when its clock has gone a day, or was set back; before it is read again the past is answered from the disk", async () => {
    await importRecords(store, key, [
      record("A", { from: civil(begin), until: civil(begin + 3 * dayMs), ...signed(begin) }),
    ]);
    now = begin + 20 * dayMs;
    const book = await bookAt();
    expect(book.all()).toEqual([]);
    expect([book.isOff(now), book.isOff(now + dayMs), book.isOff(now + dayMs + 1)]).toEqual([false, false, true]);
    now = begin + dayMs;
    expect(book.isOff(now)).toBe(true);
    const window = { from: now, until: now + 1 };
    expect((await book.during(window)).alive("B1", window)).toHaveLength(1);
    await book.reload();
    expect(book.alive("B1", window)).toHaveLength(1);
  });

  test("an office of a test, without one, holds all and is never off", async () => {
    await importRecords(store, key, [
      record("A", { from: civil(begin), until: civil(begin + 3 * dayMs), ...signed(begin) }),
    ]);
    const book = await wholeBook();
    expect([book.all().length, book.isOff(0), book.since]).toEqual([1, false, Number.NEGATIVE_INFINITY]);
    expect(await book.lastOver("B1")).toBeNull();
  });
});

test("a period that ended while no daemon ran for weeks is put on record, and stays in the list", async () => {
  const { folder, remove } = scratch();
  const office = await openPeriodsOffice(folder, "2017-11-06T07:30");
  try {
    await office.add(posted("P1", "2017-11-06T08:00", "2017-11-15T08:00"));
    office.time.now = at("2018-01-20T09:00");
    const book = new Book(office.store.notices, keyIn(folder).publicKey, "practice", [], office.clock);
    await book.reload();
    expect(book.all()).toEqual([]);
    const later = new Publicity({ ...office, book });
    expect(later.isDue(office.time.now)).toBe(true);
    await later.run();
    expect(later.isDue(office.time.now)).toBe(false);
    expect((await office.rows("publicity/ended")).map(({ subject }) => subject)).toEqual(["P1"]);
    expect(await later.list()).toEqual(await office.publicity().list());
    // Another daemon has nothing to do, and tells the same.
    const again = new Publicity({ ...office, book });
    await again.run();
    expect(await again.list()).toEqual(await later.list());
    expect(await office.rows("publicity/ended")).toHaveLength(1);
  } finally {
    await office.store.close();
    remove();
  }
});
