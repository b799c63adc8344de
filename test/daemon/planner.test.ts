/** The daemon's own decisions, with a clock and failures that the test makes. */
import { expect, test } from "vitest";
import type { BoardConfig, Site } from "../../src/config/types.ts";
import { createCatchUp } from "../../src/daemon/catch-up.ts";
import { startHeart } from "../../src/daemon/heart.ts";
import { keepRunning } from "../../src/daemon/keep-running.ts";
import { createPlanner } from "../../src/daemon/planner.ts";
import type { Planned } from "../../src/daemon/programmes.ts";
import type { Fault } from "../../src/fault.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { until } from "./processes.ts";

const shape = { width: 8, height: 8, colour: "mono" } as const;
const holdMs = 7_200_000;
const boards = ["P1", "P2", "P3"].map((id) => ({ id, shape }) as unknown as BoardConfig);
const site = { boards, holdMs } as unknown as Site;

/** A planner over programmes made of one turn: `hash` names what every board plays; `broken` boards throw. */
function office() {
  const state = { now: 1_510_000_000_000, hash: "a", broken: new Set<string>(), faults: [] as Fault[] };
  const wanted: Wanted[] = [];
  const failures: unknown[] = [];
  const without: string[][] = [];
  const plan = async (
    board: BoardConfig,
    from: number,
    end: number,
    out: ReadonlySet<string> = new Set(),
  ): Promise<Planned> => {
    if (state.broken.has(board.id)) throw new Error(`cannot plan ${board.id}`);
    without.push([...out]);
    const turns = [{ message: 0, endMs: 1000 }];
    const spans = [{ startMs: 0, endMs: end - from, leadMs: 0, turns, utcOffsetMin: 0 }];
    const message = state.hash.repeat(64).slice(0, 64);
    const programme = { shape, base: from, endMs: end - from, messages: [message], spans };
    return { programme, owners: [["N"]], messages: new Map(), faults: state.faults };
  };
  const planner = createPlanner({
    site,
    clock: { now: () => state.now },
    programmes: { plan },
    want: (one) => wanted.push(one),
    changed: () => {},
    failed: (error) => failures.push(error),
  });
  const boardsWanted = () => wanted.splice(0).map(({ board }) => board);
  return { state, planner, wanted, failures, without, boardsWanted };
}

test("a board that cannot be planned stops none of the others, and is tried again at each look", async () => {
  const { state, planner, failures, boardsWanted } = office();
  state.broken.add("P2");
  await planner.lookAtAll();
  expect(boardsWanted()).toEqual(["P1", "P3"]);
  expect([failures.length, planner.failing(), planner.playing("P2")]).toEqual([1, 1, null]);
  await planner.look();
  expect(boardsWanted()).toEqual([]);
  expect(failures).toHaveLength(2);
  state.broken.clear();
  await planner.look();
  expect(boardsWanted()).toEqual(["P2"]);
  expect(planner.failing()).toBe(0);
});

test("a board that cannot be planned any more goes on with what it plays", async () => {
  const { state, planner, boardsWanted } = office();
  await planner.lookAtAll();
  boardsWanted();
  const before = planner.playing("P1");
  state.broken.add("P1");
  state.hash = "b";
  await planner.lookAtAll();
  expect(boardsWanted()).toEqual(["P2", "P3"]);
  expect(planner.playing("P1")).toBe(before);
});

test.each<[string, number, boolean]>([
  ["a minute later nothing is due", 60_000, false],
  ["with half the hold used up a programme is renewed", holdMs / 2, true],
  ["so it is after a clock set far forward, or a long sleep", 400 * 86_400_000, true],
  ["and after a clock set back", -3_600_000, true],
])("%s", async (_, moveMs, due) => {
  const { state, planner, boardsWanted, wanted } = office();
  await planner.lookAtAll();
  boardsWanted();
  state.now += moveMs;
  await planner.look();
  expect(wanted.map(({ programme }) => programme.base)).toEqual(due ? Array(3).fill(state.now) : []);
});

test("a change of the notices that changes nothing on a board leaves its programme alone", async () => {
  const { state, planner, boardsWanted } = office();
  await planner.lookAtAll();
  boardsWanted();
  state.now += 60_000;
  await planner.lookAtAll();
  expect(boardsWanted()).toEqual([]);
  state.hash = "b";
  await planner.lookAtAll();
  expect(boardsWanted()).toEqual(["P1", "P2", "P3"]);
});

test("what delivery objects to is left out of that board, once, and stays told until the notices change", async () => {
  const { planner, without, boardsWanted, state } = office();
  await planner.lookAtAll();
  boardsWanted();
  without.splice(0);
  const refused: Fault = { code: "seal/refused", board: "P1", notice: "N", why: "withdrawn" };
  planner.refused("P1", [refused]);
  await planner.look();
  expect([boardsWanted(), without]).toEqual([["P1"], [["N"]]]);
  expect(planner.faults("P1")).toEqual([{ fault: refused, at: state.now }]);
  expect(planner.faults("P2")).toEqual([]);
  // The same objection again: nothing more can be done, and nothing is done over and over.
  planner.refused("P1", [refused]);
  await planner.look();
  expect(boardsWanted()).toEqual([]);
  planner.refused("P2", [{ code: "message/altered", board: "P2", message: "a".repeat(64) }]);
  await planner.look();
  expect([boardsWanted(), without.at(-1)]).toEqual([["P2"], ["N"]]);
  await planner.lookAtAll();
  expect(planner.faults("P1")).toEqual([]);
});

test("a fault keeps the instant at which it was first seen", async () => {
  const { state, planner } = office();
  state.faults = [{ code: "calendar/unknown", year: 2040 }];
  await planner.lookAtAll();
  const first = state.now;
  state.now += holdMs;
  await planner.look();
  expect(planner.faults("P1")).toEqual([{ fault: state.faults[0], at: first }]);
});

test("the watch sees what was written, and a clock that was set; a failure is tried again", async () => {
  const seen: string[] = [];
  let version = 7;
  let offset = 0;
  let broken = false;
  const everyMs = 5;
  const written = async () => {
    if (broken) throw new Error("locked");
    seen.push(`written ${version}`);
  };
  const stop = startHeart({
    catchUp: createCatchUp({ version: async () => version, written }, 6),
    look: async () => void seen.push("look"),
    offset: () => offset,
    failed: (error) => seen.push(String(error)),
    everyMs,
  });
  const saw = (what: string) =>
    until(
      what,
      async () => seen,
      (all) => all.includes(what),
    );
  await saw("written 7");
  broken = true;
  version = 8;
  await saw("Error: locked");
  broken = false;
  await saw("written 8");
  seen.splice(0);
  // Slewing is no jump.
  offset += 100;
  await new Promise((resolve) => setTimeout(resolve, 10 * everyMs));
  expect(seen).toEqual([]);
  offset -= 3_600_000;
  await saw("look");
  await stop();
  seen.splice(0);
  version = 9;
  await new Promise((resolve) => setTimeout(resolve, 10 * everyMs));
  expect(seen).toEqual([]);
});

const script = (text: string) => ({ command: process.execPath, words: () => ["-e", text], ready: /^ready (\d+)$/ });
const untilInputEnds = `console.log("ready " + process.pid); process.stdin.resume().once("end", () => process.exit());`;

test("a child that dies is started again; stop() waits until none is left", async () => {
  const failures: unknown[] = [];
  const starts: number[] = [];
  const keeper = keepRunning({
    ...script(untilInputEnds),
    words: () => {
      starts.push(1);
      return ["-e", untilInputEnds];
    },
    failed: (why) => failures.push(why),
  });
  const pid = Number(await keeper.ready);
  process.kill(pid, "SIGKILL");
  await until(
    "a second start",
    async () => starts.length,
    (count) => count === 2,
  );
  expect(failures).toEqual([expect.stringContaining("SIGKILL")]);
  await keeper.stop();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("a child that ends before it is ready is a failure of the start", async () => {
  const keeper = keepRunning({ ...script("process.exit(3)"), failed: () => {} });
  await expect(keeper.ready).rejects.toThrow("ended (3)");
  await keeper.stop();
});
