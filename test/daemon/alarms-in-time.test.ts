/**
 * R27, "within a minute": the alarms of boards that look wrong and of a clock that cannot be believed, from the moment at which
 * they are true to that at which the boards have them. The real heart beats, on a clock that the test moves by seconds.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BoardWatch } from "../../src/daemon/board-watch.ts";
import { ClockWatch } from "../../src/daemon/clock-watch.ts";
import { startHeart } from "../../src/daemon/heart.ts";
import type { LedgerRow } from "../../src/ledger/types.ts";
import type { BoardFacts } from "../../src/panels/contract.ts";
import { fakes } from "../panels/town.ts";
import { record } from "../store/small-office.ts";
import { at, type OutlookOfficeHere, openOutlook } from "./outlook-office.ts";

const minuteMs = 60_000;
const always = { cron: "* * * * *", slotMinutes: 1, calendar: "everyday", tz: "Asia/Shanghai" };

let here: OutlookOfficeHere;
let stop: () => Promise<void>;
beforeEach(() => {
  vi.useFakeTimers(fakes);
});
afterEach(async () => {
  await stop();
  vi.useRealTimers();
  await here.close();
});

interface Watched {
  /** Lets seconds go by until a board has the fault, a quarter of an hour at most; answers when, by the clock that nobody sets. */
  until(code: string, board?: string): Promise<number>;
  has(code: string, board?: string): boolean;
  /** Somebody sets the clock of the computer. */
  setClock(byMs: number): void;
  told(): number;
}

/** The database answers meanwhile: none of it takes time on this clock. */
async function second(): Promise<void> {
  vi.advanceTimersByTime(1000);
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Begins at a moment; `confirmed`: what is read back from B1. */
async function watching(
  civil: string,
  signed: readonly unknown[],
  confirmed: () => BoardFacts["confirmed"] = () => null,
): Promise<Watched> {
  here = await openOutlook(signed);
  vi.setSystemTime(at(civil));
  let setBy = 0;
  const wall = { now: () => Date.now() + setBy };
  const boot = () => performance.now();
  const row = { wallAt: at(civil) } as LedgerRow;
  const clocks = new ClockWatch({ wall, clock: wall, boot, lastRows: async () => [row] });
  const facts = (board: string) => ({ confirmed: board === "B1" ? confirmed() : null }) as BoardFacts;
  let told = 0;
  const watch = new BoardWatch({ ...here.desk, clock: wall, facts, clocks, changed: () => void told++ });
  const failed = (error: unknown) => {
    throw error;
  };
  await watch.look();
  stop = startHeart({
    ...{ catchUp: async () => {}, failed },
    look: () => watch.look(),
    offset: () => wall.now() - performance.now(),
  });
  const has = (code: string, board = "B1") => watch.faults(board).some(({ fault }) => fault.code === code);
  return {
    has,
    async until(code, board) {
      for (let waited = 0; !has(code, board); waited++) {
        if (waited > 900) throw new Error(`no ${code} in a quarter of an hour`);
        await second();
      }
      return Date.now();
    },
    setClock: (byMs) => {
      setBy += byMs;
    },
    told: () => told,
  };
}

/** Not before it is true, and within a minute of it. */
function expectInTime(raised: number, civil: string): void {
  expect((raised - at(civil)) / 1000).toBeGreaterThanOrEqual(0);
  expect((raised - at(civil)) / 1000).toBeLessThanOrEqual(60);
}

const long = { from: "2017-11-06T08:01", until: "2018-06-01T00:00", rotation: always };

test.each(["2017-12-06T07:57:00", "2017-12-06T08:00:31", "2017-12-06T08:00:59"])(
  "a board that nobody has touched for 30 days, watched since %s",
  async (since) => {
    const watched = await watching(since, [record("a", long)]);
    const before = watched.told();
    expectInTime(await watched.until("board/stale"), "2017-12-06T08:01");
    expect(watched.told()).toBeGreaterThan(before);
  },
);

test("a day with nothing, from its midnight on", async () => {
  const day = { from: "2017-11-07T00:00", until: "2017-11-08T00:00", rotation: always };
  const watched = await watching("2017-11-07T23:58:20", [record("a", day)]);
  expect(watched.has("board/empty-slot")).toBe(false);
  expectInTime(await watched.until("board/empty-slot"), "2017-11-08T00:00");
});

test("something over that is read back, a minute being what a frame may take on its way", async () => {
  const read = () => ({ message: "0".repeat(64), notice: "a", at: Date.now() });
  const over = { from: "2017-11-06T08:00", until: "2017-11-06T10:00" };
  const watched = await watching("2017-11-06T09:58:40", [record("a", over)], read);
  expectInTime(await watched.until("board/expired-lit"), "2017-11-06T10:01");
});

test.each([
  [2 * 3_600_000, "forward"],
  [-2 * 3_600_000, "back"],
  [-3 * 86_400_000, "days back"],
  [minuteMs + 1, "by a little more than a time service does"],
])("a clock that somebody sets by %i ms, %s: on every board, within seconds", async (byMs) => {
  const watched = await watching("2026-11-06T08:00:07", [record("a", long)]);
  for (let waited = 0; waited < 95; waited++) await second();
  expect(watched.has("clock/wrong")).toBe(false);
  const set = Date.now();
  watched.setClock(byMs);
  const raised = await watched.until("clock/wrong");
  expect(raised - set).toBeLessThanOrEqual(3000);
  expect(watched.has("clock/wrong", "B2")).toBe(true);
});

test("a clock that is set by what a time service does is no alarm", async () => {
  const watched = await watching("2026-11-06T08:00:07", [record("a", long)]);
  watched.setClock(30_000);
  for (let waited = 0; waited < 130; waited++) await second();
  expect(watched.has("clock/wrong")).toBe(false);
});
