/**
 * A year of the nine boards: at every change of every board the frame buffers hold what the sample file says, to the
 * millisecond, with a power cut, a dead panel and four jumps of the clock in every month. By default a day of each month,
 * drawn anew each time, and the hours in which a notice begins or ends; with BOARDCAST_LONG=1 all of it.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Window } from "../../src/message/types.ts";
import { merged } from "../../src/playlist/windows.ts";
import { fakes } from "../panels/town.ts";
import { openYear, type YearTown } from "./year-town.ts";
import { civil, dateOf, dayMs, instant, isWorkday, minuteMs, Truth } from "./year-truth.ts";

const first = instant("2017-01-01T00:00");
/** N39 begins after the year. */
const days = Array.from({ length: 367 }, (_, index) => first + index * dayMs);
const beatMs = 30 * minuteMs;
const hourMs = 60 * minuteMs;
/** After whatever happened, all boards are right again by then. */
const rightWithinMs = 60_000;
const seed = Number(process.env.BOARDCAST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const long = process.env.BOARDCAST_LONG === "1";

function random(state: number): (below: number) => number {
  let a = state;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Looks at panels, and remembers what it saw and what was wrong. */
class Watcher {
  readonly truth = new Truth();
  readonly town: YearTown;
  readonly wrong: string[] = [];
  /** "N14 B3" to the dates on which it was lit. */
  readonly seen = new Map<string, Set<string>>();
  /** Boards of which nobody knows anything at the moment. */
  readonly apart = new Set<string>();
  looks = 0;
  private readonly known = new Map<string, readonly string[]>();

  constructor(town: YearTown) {
    this.town = town;
  }

  wanted(board: string, at: number): string {
    const midnight = instant(dateOf(at));
    const name = `${board} ${midnight}`;
    const day = this.known.get(name) ?? this.truth.day(board, midnight);
    if (this.known.size > 200) this.known.clear();
    this.known.set(name, day);
    return day[Math.floor((at - midnight) / minuteMs)] ?? "";
  }

  isRight(board: string, at: number): boolean {
    const [lit, wanted] = [this.town.lit(board, at), this.wanted(board, at)];
    this.looks++;
    if (!wanted.split(" ").includes(lit)) return false;
    const name = `${lit} ${board}`;
    const dates = this.seen.get(name) ?? new Set();
    this.seen.set(name, dates.add(dateOf(at)));
    return true;
  }

  look(board: string, at: number): void {
    if (this.apart.has(board) || this.isRight(board, at)) return;
    this.wrong.push(`${board} at ${civil(at)}: "${this.town.lit(board, at)}", not "${this.wanted(board, at)}"`);
  }

  /** Every change of the coming beat, a millisecond before and on its second; and its middle, whatever changes. */
  lookAhead(ms: number): void {
    const from = this.town.now();
    for (const board of this.truth.boards) {
      this.look(board, from);
      this.look(board, from + Math.floor(ms / 2));
      for (let at = Math.ceil((from + 1) / minuteMs) * minuteMs; at <= from + ms; at += minuteMs) {
        if (this.wanted(board, at - minuteMs) === this.wanted(board, at)) continue;
        this.look(board, at - 1);
        this.look(board, at);
      }
    }
    if (this.wrong.length > 10) throw new Error(`seed ${seed}\n${this.wrong.join("\n")}`);
  }

  /** In steps of a second until all boards are right; answers how long that took. */
  async untilRight(): Promise<number> {
    const since = performance.now();
    for (;;) {
      const off = this.truth.boards.filter((board) => !this.apart.has(board) && !this.isRight(board, this.town.now()));
      const ms = performance.now() - since;
      if (off.length === 0) return ms;
      if (ms >= rightWithinMs) throw new Error(`seed ${seed}: ${off} still wrong at ${civil(this.town.now())}`);
      await this.town.beat(1000);
    }
  }

  /** On which days, on one board or any. */
  datesOf(notice: string, board?: string): readonly string[] {
    const all = [...this.seen].filter(([name]) => name.startsWith(`${notice} ${board ?? ""}`));
    return [...new Set(all.flatMap(([, dates]) => [...dates]))].sort();
  }
}

/** Each look at a panel asks anew about the seals of what it shows: mostly what was asked a moment ago. */
vi.mock("node:crypto", async (original) => (await import("../asked-once.ts")).askedOnce(await original()));

let town: YearTown;
beforeEach(() => {
  vi.useFakeTimers(fakes);
});
afterEach(async () => {
  await town.stop();
  vi.useRealTimers();
});

async function liveUntil(watcher: Watcher, end: number): Promise<void> {
  while (town.now() < end) {
    const ms = Math.min(beatMs, end - town.now());
    watcher.lookAhead(ms);
    await town.beat(ms);
  }
}

/** One after another through a working day's morning and noon. */
async function troubles(watcher: Watcher, midnight: number, draw: (below: number) => number): Promise<number> {
  const { boards } = watcher.truth;
  const some = () => boards[draw(boards.length)] ?? "";
  let worst = 0;
  const right = async () => {
    worst = Math.max(worst, await watcher.untilRight());
  };
  await liveUntil(watcher, midnight + 9 * hourMs + draw(3600) * 1000);
  town.powerCut(some());
  await right();

  const dead = some();
  const dark = town.darkAt(dead);
  town.unplug(dead);
  watcher.apart.add(dead);
  for (const end = town.now() + 3 * hourMs; town.now() < end; ) {
    const now = town.now();
    watcher.lookAhead(10 * minuteMs);
    for (let at = now; at < now + 10 * minuteMs; at += minuteMs) {
      // As told while it lasts, then dark by itself.
      if (at < dark && !watcher.isRight(dead, at)) watcher.wrong.push(`${dead} alone at ${civil(at)}`);
      if (at >= dark && town.lit(dead, at) !== "") watcher.wrong.push(`${dead} not dark at ${civil(at)}`);
    }
    if (now < dark && dark <= now + 10 * minuteMs && town.lit(dead, dark) !== "")
      watcher.wrong.push(`${dead} not dark at its end, ${civil(dark)}`);
    await town.beat(10 * minuteMs);
  }
  expect(dark).toBeLessThan(town.now());
  town.plug(dead);
  watcher.apart.delete(dead);
  await right();

  for (const jump of [hourMs, -hourMs, dayMs, -dayMs])
    for (const by of [jump, -jump]) {
      await liveUntil(watcher, town.now() + draw(600) * 1000);
      await town.setClock(by);
      await right();
    }
  return worst;
}

test(`the year 2017 on nine boards${long ? ", every day" : ""} (BOARDCAST_SEED=${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const draw = random(seed);
  town = await openYear(first);
  const watcher = new Watcher(town);
  const { truth } = watcher;
  const withdrawnAt = instant("2017-11-20T12:34");
  truth.withdraw("N36", withdrawnAt);

  const troubled = new Set<number>();
  for (let month = 0; month < 12; month++) {
    const its = days.filter((day) => dateOf(day).startsWith(`2017-${String(month + 1).padStart(2, "0")}`));
    // The withdrawal comes at its own minute, in the middle of what would be that day's troubles.
    const working = its.filter((day) => isWorkday(dateOf(day)) && dateOf(day) !== dateOf(withdrawnAt));
    troubled.add(working[draw(working.length)] ?? 0);
  }
  const windows = long ? [{ from: first, until: first + days.length * dayMs }] : lookedAt(truth, [...troubled]);
  let worst = 0;
  for (const { from, until } of windows) {
    if (town.now() < from) await town.beat(from - town.now());
    for (let midnight = instant(dateOf(from)); midnight < until; midnight += dayMs) {
      if (troubled.has(midnight)) worst = Math.max(worst, await troubles(watcher, midnight, draw));
      if (dateOf(withdrawnAt) === dateOf(midnight)) {
        await liveUntil(watcher, Math.max(town.now(), withdrawnAt));
        await town.withdraw("N36");
      }
      await liveUntil(watcher, Math.min(until, midnight + dayMs));
    }
  }
  expect(watcher.wrong, `seed ${seed}`).toEqual([]);
  if (long) console.log(`${watcher.looks} looks, ${town.exchanges()} exchanges, right again within ${worst} ms`);

  // What the samples expect, by what was lit. The other keys are accounted for in test/notices/samples.test.ts.
  for (const { id, expect: said } of truth.notices) {
    expect([id, watcher.datesOf(`${id}`).length > 0]).toEqual([id, said.displayable]);
    const [shown] = watcher.datesOf(id);
    if (said.dueOn !== undefined && shown !== undefined)
      expect([id, shown > said.dueOn]).toEqual([id, said.lateForDisclosure]);
    for (const board of said.effectiveBoards ? truth.boards : [])
      expect([id, board, watcher.datesOf(id, board).length > 0]).toEqual([
        id,
        board,
        said.effectiveBoards?.includes(board),
      ]);
  }
  expect(watcher.datesOf("N16").filter(isWorkday)).toEqual([]);
  expect(watcher.datesOf("N13").filter((date) => !isWorkday(date))).toEqual([]);
  for (const board of truth.boards)
    expect([watcher.datesOf("N19", board), watcher.datesOf("N20", board)]).toEqual([["2017-08-12"], ["2017-08-12"]]);
  expect(watcher.datesOf("N36").at(-1)).toBe("2017-11-20");
  expect(watcher.datesOf("N14").filter((date) => !listed.includes(date))).toEqual([]);
  if (long) expect(watcher.datesOf("N14")).toEqual(listed);
});

/** The troubled days, all that is open of them, and half an hour on both sides of each notice's first and last minute. */
function lookedAt(truth: Truth, troubled: readonly number[]): readonly Window[] {
  const windows = troubled.map((day) => ({ from: day + 6 * hourMs, until: day + 22 * hourMs }));
  windows.push({ from: truth.withdrawnAt - hourMs, until: truth.withdrawnAt + hourMs });
  const spans = new Map<string, Window>();
  for (const midnight of days)
    for (const board of truth.boards) {
      let before = "";
      for (const [minute, ids] of truth.day(board, midnight).entries()) {
        if (ids === before && minute < 1439) continue;
        const at = midnight + minute * minuteMs;
        // Both what ends here and what begins.
        for (const id of `${before} ${ids}`.split(" ")) {
          const { from, until } = spans.get(id) ?? { from: at, until: at };
          spans.set(id, { from: Math.min(from, at), until: Math.max(until, at) });
        }
        before = ids;
      }
    }
  for (const [id, { from, until }] of spans)
    if (!id.startsWith("default:") && id !== "")
      for (const at of [from, until]) windows.push({ from: at - hourMs / 2, until: at + hourMs / 2 });
  return merged(windows.map(({ from, until }) => ({ from: Math.max(from, first), until })));
}

/** As N14's note has them. */
const listed = [
  ...["10-10", "10-11", "10-12", "11-01", "11-02", "11-03", "11-06", "11-07", "11-10"],
  ...["12-01", "12-04", "12-05", "12-06", "12-07", "12-11", "12-12"],
].map((date) => `2017-${date}`);
