/** Why a notice was on or not, what a draft would do, and boards that look wrong: on a real database, without panels. */
import { afterEach, describe, expect, test } from "vitest";
import { BoardWatch } from "../../src/daemon/board-watch.ts";
import { ClockWatch } from "../../src/daemon/clock-watch.ts";
import type { LedgerRow } from "../../src/ledger/types.ts";
import type { BoardFacts } from "../../src/panels/contract.ts";
import type { Role } from "../../src/people/types.ts";
import { record } from "../store/small-office.ts";
import { at, caller, inTurns, type OutlookOfficeHere, openOutlook } from "./outlook-office.ts";

let here: OutlookOfficeHere;
afterEach(() => here.close());

const signer = caller("signer");
const month = { from: "2017-11-06T07:00", until: "2017-12-06T07:00" };
const daily = { cron: "0 8 * * *", slotMinutes: 120, calendar: "everyday", tz: "Asia/Shanghai" };
const always = { cron: "* * * * *", slotMinutes: 1, calendar: "everyday", tz: "Asia/Shanghai" };

async function why(notice: string, civil: string, board = "B1") {
  const view = await here.api.why(board, notice, at(civil), signer);
  if (view === null) throw new Error(`nothing of ${notice}`);
  return view;
}

describe("why", () => {
  test("the past is the play log's: on, told and confirmed; another's turn; dark; nobody knows", async () => {
    here = await openOutlook([record("a", month), record("b", month), record("c", { ...month, priority: 9 })]);
    const made = inTurns(at("2017-11-06T08:00"), 2);
    here.tell("B1", "2017-11-06T08:00", made, "a", "b");
    for (let second = 3; second <= 303; second += 10)
      here.note("2017-11-06T08:06", {
        ...{ kind: "confirmed", board: "B1", programme: made.hash },
        at: at("2017-11-06T08:00") + second * 1000,
      });
    // Asked about now, the last look counts while it is fresh.
    here.set("2017-11-06T08:05:10");
    expect(await why("b", "2017-11-06T08:05:10")).toMatchObject({ shown: true, confirmed: { state: "yes" } });
    here.set("2017-11-06T08:05:30");
    expect((await why("b", "2017-11-06T08:05:30")).confirmed?.state).not.toBe("yes");
    here.set("2017-11-06T08:30");
    const on = await why("a", "2017-11-06T08:00:30");
    expect(on).toMatchObject({
      ...{ tense: "past", shown: true, code: "on", told: at("2017-11-06T08:00") },
      confirmed: { state: "yes", from: at("2017-11-06T08:00:03"), to: at("2017-11-06T08:05:03") },
      turn: { from: at("2017-11-06T08:00"), until: at("2017-11-06T08:01") },
    });
    expect(on.sentence).toEqual({
      zh: "当时在播：2017-11-06 08:00:00 下发,2017-11-06 08:00:03 至 2017-11-06 08:05:03 核对无误",
      en: "was on: told 2017-11-06 08:00:00, confirmed 2017-11-06 08:00:03 to 2017-11-06 08:05:03",
    });
    const other = await why("b", "2017-11-06T08:00:30");
    expect(other).toMatchObject({ shown: false, code: "not-its-turn", turn: { from: at("2017-11-06T08:01") } });
    expect(other.sentence.zh).toContain("下一次轮到是 2017-11-06 08:01:00");
    expect(await why("c", "2017-11-06T08:00:30")).toMatchObject({ shown: false, code: "outranked" });
    here.note("2017-11-06T08:10", { kind: "dark", board: "B1", at: at("2017-11-06T08:10"), on: true });
    expect(await why("a", "2017-11-06T08:20")).toMatchObject({ shown: false, code: "dark" });
    expect(await why("a", "2017-11-06T07:59")).toMatchObject({ shown: null, code: "no-record", told: null });
  });

  test("what the rules would have shown and the programme did not have is said so, and not explained away", async () => {
    here = await openOutlook([record("a", month), record("b", month)]);
    here.tell("B1", "2017-11-06T08:00", inTurns(at("2017-11-06T08:00"), 1), "b");
    here.set("2017-11-06T08:30");
    expect(await why("a", "2017-11-06T08:10")).toMatchObject({
      shown: false,
      code: "not-told",
      told: at("2017-11-06T08:00"),
    });
  });

  test("the past keeps the schedule that it had, the future has the one of now", async () => {
    here = await openOutlook([record("a", month), record("b", month)]);
    here.tell("B1", "2017-11-06T08:00", inTurns(at("2017-11-06T08:00"), 1), "b");
    here.set("2017-11-06T12:00");
    const before = here.desk.book.record("a")?.schedule;
    if (!before) throw new Error("no a");
    const later = { ...before, cron: "0 14 * * *" };
    await here.desk.store.change("operator", (tx) => tx.notices.reschedule("a", 1, later));
    await here.desk.book.reload();
    // By the schedule of now it would have been between slots, and nobody would wonder.
    expect(await why("a", "2017-11-06T08:10")).toMatchObject({ code: "not-told" });
    expect(await why("a", "2017-11-07T08:10")).toMatchObject({ tense: "future", shown: false, code: "between-slots" });
    expect(await why("a", "2017-11-07T14:10")).toMatchObject({ tense: "future", shown: true, code: "shown" });
    await here.desk.store.change("operator", (tx) => tx.notices.reschedule("a", 1, { ...later, boards: ["B2"] }));
    await here.desk.book.reload();
    expect(await why("a", "2017-11-06T08:10")).toMatchObject({ code: "not-told" });
    expect(await why("a", "2017-11-07T14:10")).toMatchObject({ shown: false, code: "blocked" });
  });

  test("of what is not signed nobody outside the office hears; of a notice all others are left alone", async () => {
    here = await openOutlook([record("a", month)], [record("draft", month)]);
    const asked: string[] = [];
    const { book } = here.desk;
    for (const name of ["all", "candidates"] as const) Object.assign(book, { [name]: () => asked.push(name) });
    const ask = (notice: string, role: Role) => here.api.why("B1", notice, at("2017-11-07T08:10"), caller(role));
    expect(await ask("draft", "contributor")).toBeNull();
    expect(await ask("nothing", "signer")).toBeNull();
    expect(await ask("draft", "signer")).toMatchObject({ shown: false, code: "blocked" });
    expect(await ask("a", "contributor")).toMatchObject({ shown: true });
    expect(asked).toEqual([]);
  });
});

describe("what if, outlook and timeline", () => {
  test("a schedule alone: rounds and interruptions on each of its boards; what is missing is refused by name", async () => {
    here = await openOutlook([record("a", { ...month, rotation: always, boards: ["B1", "B2"] })]);
    const schedule = { boards: ["B1", "B2"], from: at("2017-11-06T08:00"), until: at("2017-11-08T08:00"), cron: null };
    const shared = await here.api.whatIf({ schedule, seconds: 60 });
    expect(shared.boards.map(({ effect }) => effect?.usual)).toMatchObject([
      { cycleMs: 120_000, ownMs: 60_000 },
      { cycleMs: 120_000, ownMs: 60_000 },
    ]);
    expect(shared.boards[0]?.sentence.zh).toContain("每条 1 分钟，每 2 分钟轮一次");
    // As drafts leave it out.
    const { cron: _, ...throughout } = schedule;
    expect((await here.api.whatIf({ schedule: throughout, seconds: 60 })).boards).toEqual(shared.boards);
    const urgent = await here.api.whatIf({ schedule: { ...schedule, priority: 2 }, seconds: 60 });
    expect(urgent.boards[0]?.effect?.interrupts).toMatchObject([{ notice: "a", ms: 48 * 3_600_000, times: 1 }]);
    await expect(here.api.whatIf({ schedule: { ...schedule, cron: "61 * * * *" }, seconds: 1 })).rejects.toMatchObject({
      fault: { code: "review/field", field: "schedule.cron" },
    });
    await expect(here.api.whatIf({ schedule: { boards: ["B1"] }, seconds: 1 })).rejects.toMatchObject({
      fault: { code: "review/field" },
    });
    expect((await here.api.whatIf({ schedule })).boards[0]).toMatchObject({
      effect: null,
      faults: [{ field: "seconds" }],
    });
  });

  test("a signed notice by another schedule lasts as its message does, and takes its own place", async () => {
    here = await openOutlook([
      record("a", { ...month, rotation: always }),
      record("b", { ...month, rotation: always }),
    ]);
    const { notice, boards } = await here.api.whatIf({ notice: "a", schedule: { weight: 2 } });
    // The small office's messages last a minute: twice a, once b.
    expect([notice, boards[0]?.effect?.usual]).toMatchObject(["a", { cycleMs: 180_000, turns: 3 }]);
    await expect(here.api.whatIf({ notice: "nobody" })).rejects.toMatchObject({ fault: { code: "review/unknown" } });
  });

  test("on a board that does not show its category it is never on, and another board shows it", async () => {
    const both = { ...month, rotation: always, boards: ["B1", "B2"] };
    here = await openOutlook([record("a", both)], [], ["党务"]);
    const { boards } = await here.api.whatIf({ notice: "a" });
    expect(boards.map(({ effect }) => [effect?.blocked, effect?.days])).toEqual([
      ["category", 0],
      [null, 31],
    ]);
    expect(boards[0]?.sentence).toEqual({
      zh: "B1\uff1a一次也播不出来\uff0c这块屏不播这一类信息",
      en: "B1: never on: this board does not show its track or category",
    });
    // Of a schedule alone nobody knows what it is for.
    const { from, until } = { from: at(month.from), until: at(month.until) };
    const alone = { boards: ["B1"], from, until, cron: "* * * * *", slotMinutes: 1 };
    expect((await here.api.whatIf({ schedule: alone, seconds: 60 })).boards[0]?.effect).toMatchObject({
      blocked: null,
    });
  });

  test("what is not signed is for those who work on it; a timeline is in the order of the boards", async () => {
    here = await openOutlook([record("a", { ...month, rotation: daily })], [record("draft", month)]);
    const kinds = async (unsigned: boolean) =>
      (await here.api.outlook(3, unsigned)).boards.map(({ findings }) => findings.map(({ finding }) => finding.kind));
    expect(await kinds(true)).toEqual([["unfilled"], ["empty"]]);
    expect(await kinds(false)).toEqual([[], ["empty"]]);
    const all = [];
    for await (const one of here.api.timeline(at("2017-11-06T07:00"), at("2017-11-07T07:00"))) all.push(one);
    expect(all.map(({ board }) => board)).toEqual(["B1", "B2"]);
    expect(all[0]?.intervals.map(({ notices }) => notices)).toEqual([["default:B1"], ["a"], ["default:B1"]]);
  });
});

describe("boards that look wrong", () => {
  const still = { faults: [], look: async () => false };

  function watch(confirmed: (board: string) => BoardFacts["confirmed"] = () => null) {
    const facts = (board: string) => ({ confirmed: confirmed(board) }) as BoardFacts;
    let told = 0;
    const made = new BoardWatch({ ...here.desk, facts, clocks: still, changed: () => void told++ });
    return {
      made,
      told: () => told,
      async codes(civil: string, board = "B1") {
        here.set(civil);
        await made.look();
        return made.faults(board).map(({ fault }) => fault.code);
      },
    };
  }

  test("left untouched for 30 days a board is stale, to the minute; something new ends it", async () => {
    here = await openOutlook([
      record("a", { from: "2017-11-06T08:00", until: "2018-06-01T00:00", rotation: always }),
      record("b", { from: "2017-12-20T08:00", until: "2018-06-01T00:00", rotation: always }),
    ]);
    const { codes, made, told } = watch();
    expect(await codes("2017-12-06T07:59")).toEqual([]);
    expect(await codes("2017-12-06T08:00")).toEqual(["board/stale"]);
    expect(made.faults("B1")[0]).toMatchObject({
      fault: { since: "2017-11-06", days: 30 },
      at: at("2017-12-06T08:00"),
    });
    await codes("2017-12-07T08:00");
    expect(made.faults("B1")[0]?.at).toBe(at("2017-12-06T08:00"));
    expect(await codes("2017-12-20T08:00")).toEqual([]);
    expect(told()).toBeGreaterThan(2);
    expect(made.history("B1")).toEqual({
      changed: at("2017-12-20T08:00"),
      oldest: { notice: "a", since: at("2017-11-06T08:00") },
    });
    expect(made.history("B2")).toEqual({ changed: null, oldest: null });
  });

  test("a day with nothing, and a slot that is kept for what is not signed", async () => {
    const day = { from: "2017-11-07T00:00", until: "2017-11-08T00:00" };
    here = await openOutlook([record("a", { ...day, rotation: daily })], [record("draft", { ...day, boards: ["B2"] })]);
    const { codes, made } = watch();
    expect(await codes("2017-11-06T09:00")).toEqual(["board/empty-slot"]);
    expect(await codes("2017-11-07T23:00")).toEqual([]);
    expect(made.faults("B2").map(({ fault }) => fault)).toMatchObject([
      { code: "board/empty-slot", day: "2017-11-07", notice: null },
      { code: "board/empty-slot", day: "2017-11-07", notice: "draft" },
    ]);
    expect(await codes("2017-11-08T00:00")).toEqual(["board/empty-slot"]);
  });

  test("what was over a minute ago and is still read back is told; a frame on its way is not", async () => {
    here = await openOutlook([record("a", { from: "2017-11-06T08:00", until: "2017-11-06T10:00" })]);
    const read = (civil: string) => {
      const confirmed = { message: "0".repeat(64), notice: "a", at: at(civil) };
      return watch((board) => (board === "B1" ? confirmed : null)).codes(civil);
    };
    expect(await read("2017-11-06T10:00:59")).toEqual([]);
    expect(await read("2017-11-06T10:01:00")).toEqual(["board/expired-lit"]);
  });

  test("a clock that jumps either way, or is before the record, is told; a suspended computer is not", async () => {
    here = await openOutlook([]);
    let [wall, boot, row] = [at("2026-11-06T08:00"), 5000, at("2026-11-06T07:00")];
    const lastRows = async () => [{ wallAt: row } as LedgerRow];
    const clock = { now: () => wall };
    const clocks = new ClockWatch({ wall: clock, clock, boot: () => boot, lastRows });
    const told = async (wallMs: number, bootMs: number) => {
      wall += wallMs;
      boot += bootMs;
      await clocks.look();
      return clocks.faults.map(({ fault }) =>
        "what" in fault ? [fault.what, (fault as { seconds: number }).seconds] : [],
      );
    };
    const hour = 3_600_000;
    expect(await told(60_000, 60_000)).toEqual([]);
    // Asleep for a night, by both.
    expect(await told(9 * hour, 9 * hour)).toEqual([]);
    expect(await told(30_000, 0)).toEqual([]);
    expect(await told(2 * hour, 60_000)).toEqual([["jumped", 7140]]);
    expect(await told(23 * hour, 23 * hour)).toEqual([["jumped", 7140]]);
    expect(await told(2 * hour, 2 * hour)).toEqual([]);
    row = wall;
    expect(await told(-hour, 0)).toEqual([
      ["before-record", 3600],
      ["jumped", -3600],
    ]);
    wall = at("1970-01-02T00:00");
    expect((await told(0, 0))[0]).toEqual(["before-release", 0]);
  });
});
