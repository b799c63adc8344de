/** The daily report of a day on which the daemon did not run all the time: it says so, from when to when. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAlive, downIn, lastAlive } from "../../src/daemon/alive.ts";
import { dayReport } from "../../src/daemon/jobs/report.ts";
import { startPlayLog } from "../../src/daemon/play-log.ts";
import { dayPage } from "../../src/ledger/reports/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { at, scratch, site } from "../store/small-office.ts";

const minute = 60_000;
let place: ReturnType<typeof scratch>;
let store: Store;
let now = 0;
/** The boards' clock less the wall's. */
let offset = 0;
let monotonic = 0;
const clock = { now: () => now + offset };
const wall = { now: () => now };
const logs: Awaited<ReturnType<typeof startPlayLog>>[] = [];

beforeEach(async () => {
  place = scratch();
  offset = 0;
  store = await openStore(place.folder, () => ({ boardAt: clock.now(), wallAt: now }));
});
afterEach(async () => {
  for (const log of logs.splice(0)) await log.stop();
  await store.close();
  place.remove();
});

/** One daemon; its heart beats each minute until `last`. */
async function live(first: string, last: string) {
  now = at(first);
  const log = await startPlayLog({
    ...{ store, boards: ["B1"], clock, wall, everyMs: 3_600_000, alive: await lastAlive(store) },
    ...{ numberOf: () => 1, why: () => null, failed: (error: unknown) => Promise.reject(error) },
  });
  await log.settled();
  const alive = createAlive({ store, clock, wall, monotonic: () => monotonic });
  for (await alive.beat(); now < at(last); ) {
    const step = Math.min(20 * minute, at(last) - now);
    now += step;
    monotonic += step;
    await alive.beat();
  }
  return { log, alive };
}
/** Nothing is written any more. */
const kill = ({ log }: Awaited<ReturnType<typeof live>>) => void logs.push(log);

const report = (date: string) =>
  dayReport(
    {
      ...{ site, folder: place.folder, store, notes: [], clock, faults: () => [], titleOf: async () => null },
      calendar: workCalendar({ kind: "none", overrides: [] }),
    },
    dayNumberOf(date) ?? 0,
  );
const downOf = async (date: string) => (await report(date))?.down;
const iso = (civil: string) => new Date(at(civil)).toISOString();

test("killed at ten and started the next afternoon: both days say so, in data and on the sheet", async () => {
  kill(await live("2017-11-06T00:00", "2017-11-06T10:03"));
  kill(await live("2017-11-07T14:00", "2017-11-08T00:20"));
  expect(await downOf("2017-11-06")).toEqual([{ from: iso("2017-11-06T10:03"), until: iso("2017-11-07T00:00") }]);
  expect(await downOf("2017-11-07")).toEqual([{ from: iso("2017-11-07T00:00"), until: iso("2017-11-07T14:00") }]);
  const page = dayPage((await report("2017-11-06")) ?? expect.fail());
  expect(page).toContain("系统没有运行\uff1a10:03:00 至 24:00:00");
  expect(page).toContain("不等于没有异常");
  expect(dayPage((await report("2017-11-07")) ?? expect.fail())).toContain("00:00:00 至 14:00:00");
});

test("stopped and started again it was down in between; an update within a heartbeat is none", async () => {
  const one = await live("2017-11-06T00:00", "2017-11-06T10:00");
  await one.log.stop();
  const other = await live("2017-11-06T10:02", "2017-11-06T12:00");
  await other.log.stop();
  kill(await live("2017-11-06T13:00", "2017-11-07T00:20"));
  expect(await downOf("2017-11-06")).toEqual([{ from: iso("2017-11-06T12:00"), until: iso("2017-11-06T13:00") }]);
});

test("a whole day without one, and the part of a day before the first", async () => {
  kill(await live("2017-11-05T08:00", "2017-11-05T09:00"));
  kill(await live("2017-11-07T06:00", "2017-11-07T07:00"));
  const whole = (date: string, next: string) => ({ from: iso(`${date}T00:00`), until: iso(`${next}T00:00`) });
  expect(await downOf("2017-11-06")).toEqual([whole("2017-11-06", "2017-11-07")]);
  expect(await downOf("2017-11-05")).toEqual([
    { from: iso("2017-11-05T00:00"), until: iso("2017-11-05T08:00") },
    { from: iso("2017-11-05T09:00"), until: iso("2017-11-06T00:00") },
  ]);
});

test("a computer that slept has not run; a heartbeat that comes late has", async () => {
  const day = await live("2017-11-06T00:00", "2017-11-06T10:00");
  now += 30 * minute;
  await day.alive.beat();
  now += 10 * minute;
  monotonic += 10 * minute;
  await day.alive.beat();
  kill(day);
  now = at("2017-11-07T00:20");
  expect(await downOf("2017-11-06")).toEqual([{ from: iso("2017-11-06T10:00"), until: iso("2017-11-06T10:30") }]);
});

test("a day without a gap says nothing; another time of the boards' clock is no gap", async () => {
  kill(await live("2017-11-06T00:00", "2017-11-07T00:20"));
  expect(await downOf("2017-11-06")).toEqual([]);
  expect(dayPage((await report("2017-11-06")) ?? expect.fail())).not.toContain("没有运行");
  // Practice is set to another year.
  offset = 400 * 86_400_000;
  kill(await live("2017-11-07T00:21", "2017-11-07T01:00"));
  const years = { from: at("2017-11-08T00:00"), until: at("2018-12-01T00:00") };
  expect(await downIn(store.play, years, clock.now())).toEqual([]);
});
