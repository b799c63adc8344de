/** 维护 (R32): a test picture for a time that ends by itself, whoever is alive then; 报修. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { patternWanted, Switchboard } from "../../src/daemon/switchboard.ts";
import { FaultError } from "../../src/fault.ts";
import { limits } from "../../src/limits.ts";
import { frameAt, patternMessage, patternOwner } from "../../src/message/index.ts";
import type { BoardStateStore } from "../../src/panels/board-state.ts";
import { base } from "../panels/town.ts";
import { aboveOffice, boardOf, callerOf, closeOffices, minute, plan, type Running } from "./above-office.ts";

afterEach(closeOffices);

const operator = callerOf(["operator"]);
const maker = callerOf(["maker"]);
const asked = { pattern: "red", ms: 10 * minute, reason: "换模组" };
const shows = (daemon: Running, board = "B1") => daemon.last(board)?.owners.flat().join() ?? "nothing";
const testPicture = patternOwner("red");
const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => null,
    (error: unknown) => (error instanceof FaultError ? error.fault.code : String(error)),
  );

describe("its end", () => {
  test("is the programme's own: a daemon that dies leaves no test picture", async () => {
    const { run, time } = await aboveOffice();
    const daemon = await run();
    await daemon.maintenance.maintain(operator, "B1", asked);
    const wanted = daemon.last();
    if (!wanted) throw new Error("nothing was delivered");
    expect(wanted.programme.base + wanted.programme.endMs).toBe(time.now + 10 * minute);
    const lit = (at: number) =>
      frameAt(wanted.programme, (hash) => wanted.messages.get(hash), at).pixels.some((byte) => byte !== 0);
    expect([lit(time.now), lit(time.now + 10 * minute - 1), lit(time.now + 10 * minute)]).toEqual([true, true, false]);
  });

  test("comes to the instant, and the board has what is planned by then", async () => {
    const { run, time, told } = await aboveOffice();
    const daemon = await run();
    daemon.switchboard.want(plan("B1", "N1"));
    await daemon.maintenance.maintain(operator, "B1", asked);
    daemon.switchboard.want(plan("B1", "N2"));
    time.now += 10 * minute - 1;
    daemon.switchboard.look();
    expect([shows(daemon), daemon.switchboard.maintenanceUntil("B1")]).toEqual([testPicture, time.now + 1]);
    time.now += 1;
    daemon.switchboard.look();
    expect([shows(daemon), daemon.switchboard.maintenanceUntil("B1")]).toEqual(["N2", null]);
    await daemon.ending;
    expect(await told("B1")).toEqual(["board/maintained operator", "board/maintenance-ended system"]);
  });

  test("by its own timer, without anybody who looks", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let now = base;
    const store: BoardStateStore = { of: async () => ({ dark: [], maintenance: [] }), reports: async () => [] };
    const ended: string[] = [];
    const board = new Switchboard({
      ...{ boards: [boardOf("B1")], clock: { now: () => now }, store, deliver: () => {}, isWarning: () => false },
      ...{ ended: (_, why) => void ended.push(why), changed: () => {} },
    });
    board.maintain({
      board: "B1",
      since: now,
      until: now + 5 * minute,
      by: "a",
      name: "a",
      pattern: "red",
      reason: "x",
    });
    now += 5 * minute;
    vi.advanceTimersByTime(5 * minute);
    expect(ended).toEqual(["time"]);
  });
  afterEach(() => void vi.useRealTimers());

  test("while nobody ran: the next daemon lights nothing, and writes it down", async () => {
    const { run, time, told } = await aboveOffice();
    await (await run()).maintenance.maintain(operator, "B1", asked);
    time.now += 10 * minute;
    const daemon = await run();
    await daemon.ending;
    expect(daemon.delivered).toEqual([]);
    expect((await told("B1")).at(-1)).toBe("board/maintenance-ended system");
  });

  test("stays what it was for a daemon that starts within it; a clock that was set back ends it", async () => {
    const { run, time } = await aboveOffice();
    await (await run()).maintenance.maintain(operator, "B1", asked);
    time.now += 4 * minute;
    const daemon = await run();
    expect([shows(daemon), daemon.switchboard.maintenanceUntil("B1")]).toEqual([testPicture, base + 10 * minute]);
    time.now = base - 1;
    daemon.switchboard.look();
    expect(daemon.switchboard.maintenance("B1")).toBeNull();
  });

  test("by a person before its time; and never later than the most there is", async () => {
    const { run, time, told } = await aboveOffice();
    const daemon = await run();
    daemon.switchboard.want(plan());
    await daemon.maintenance.maintain(operator, "B1", { ...asked, ms: 24 * 60 * minute });
    expect(daemon.switchboard.maintenanceUntil("B1")).toBe(time.now + limits.maintenanceMs);
    await daemon.maintenance.endMaintenance(operator, "B1");
    expect(shows(daemon)).toBe("N1");
    expect((await told("B1")).at(-1)).toBe("board/maintenance-ended operator");
    expect(await codeOf(daemon.maintenance.endMaintenance(operator, "B1"))).toBe("board/not-maintained");
    expect((await run()).delivered).toEqual([]);
  });
});

describe("a warning", () => {
  test("that arrives ends it at once; on a board that shows one it does not begin", async () => {
    const { run, told } = await aboveOffice();
    const daemon = await run();
    daemon.warnings.add("W1");
    await daemon.maintenance.maintain(operator, "B1", asked);
    daemon.switchboard.want(plan("B1", "W1"));
    expect(shows(daemon)).toBe("W1");
    await daemon.ending;
    expect((await told("B1")).at(-1)).toBe("board/maintenance-ended system");
    expect(await codeOf(daemon.maintenance.maintain(operator, "B1", asked))).toBe("board/warning");
    expect(shows(daemon)).toBe("W1");
  });

  test("that is planned for later ends it then", async () => {
    const { run, time } = await aboveOffice();
    const daemon = await run();
    daemon.warnings.add("W1");
    const [now, later] = [plan("B1", "N1"), plan("B1", "W1")];
    const [span] = now.programme.spans;
    const [next] = later.programme.spans;
    if (!span || !next) throw new Error("no span");
    const spans = [
      { ...span, endMs: 3 * minute },
      { ...next, startMs: 3 * minute },
    ];
    daemon.switchboard.want({ ...now, programme: { ...now.programme, spans }, owners: [["N1"], ["W1"]] });
    await daemon.maintenance.maintain(operator, "B1", asked);
    time.now += 3 * minute - 1;
    daemon.switchboard.look();
    expect(shows(daemon)).toBe(testPicture);
    time.now += 1;
    daemon.switchboard.look();
    expect(shows(daemon)).toBe("N1,W1");
  });
});

describe("and the dark switch", () => {
  test("ends it, and on a dark board it does not begin", async () => {
    const { run } = await aboveOffice();
    const daemon = await run();
    await daemon.maintenance.maintain(operator, "B1", asked);
    await daemon.dark.darken(maker, ["B1"], "错字");
    expect([daemon.last()?.dark, daemon.switchboard.maintenance("B1")]).toEqual([true, null]);
    expect(await codeOf(daemon.maintenance.maintain(operator, "B1", asked))).toBe("board/dark");
    await daemon.ending;
    expect((await run()).delivered.map(({ dark }) => dark)).toEqual([true]);
  });
  test("pressed while it is being written down: dark", async () => {
    const { run, told } = await aboveOffice();
    const daemon = await run();
    const begun = codeOf(daemon.maintenance.maintain(operator, "B1", asked));
    await daemon.dark.darken(maker, ["B1"], "错字");
    expect(await begun).toBe("board/dark");
    expect(daemon.delivered.every(({ dark }) => dark)).toBe(true);
    expect(await told("B1")).toContain("board/maintenance-ended system");
  });
});

describe("a row of the table alone brings up no test picture", () => {
  const row = (until: number) =>
    `INSERT OR REPLACE INTO board_maintenance VALUES ('main', 'B1', 'red', ${base}, ${until}, 'x', 'x', 'x')`;
  test("that was never in the register", async () => {
    const { run, office } = await aboveOffice();
    office.vandal.exec(row(base + 10 * minute));
    expect((await run()).delivered).toEqual([]);
  });
  test("with another end than the register has, or put back after its end", async () => {
    const { run, office } = await aboveOffice();
    const before = await run();
    await before.maintenance.maintain(operator, "B1", asked);
    office.vandal.exec(row(base + 50 * minute));
    expect((await run()).delivered).toEqual([]);
    await before.maintenance.endMaintenance(operator, "B1");
    office.vandal.exec(row(base + 10 * minute));
    expect((await run()).delivered).toEqual([]);
  });
});

test("who may, and what there is", async () => {
  const { run } = await aboveOffice();
  const { maintenance } = await run();
  const other = callerOf(["operator"], { boards: ["B2"] });
  expect(await codeOf(maintenance.maintain(other, "B1", asked))).toBe("board/others");
  expect(await codeOf(maintenance.maintain(operator, "B9", asked))).toBe("board/unknown");
  expect(await codeOf(maintenance.maintain(operator, "B1", { ...asked, pattern: "blue" }))).toBe("board/pattern");
  expect(maintenance.patterns("B1")).toContain("row");
  for (const pattern of maintenance.patterns("B1")) {
    const state = { board: "B1", pattern, since: base, until: base + minute };
    const wanted = patternWanted(boardOf("B1").shape, state);
    expect(wanted?.programme.messages).toEqual([patternMessage(pattern, boardOf("B1").shape, "B1")?.hash]);
  }
});

describe("报修", () => {
  test("stands beside the board, also for the next daemon, until an operator of it answers", async () => {
    const { run, told } = await aboveOffice();
    const daemon = await run();
    const made = await daemon.maintenance.report(maker, "B1", "下半屏不亮");
    expect(made).toMatchObject({ number: 1, board: "B1", name: "张三" });
    await daemon.maintenance.report(callerOf(["contributor"]), "B1", "有一列不亮");
    const next = await run();
    expect(next.switchboard.standing("B1").reports.map(({ number, text }) => `${number} ${text}`)).toEqual([
      "1 下半屏不亮",
      "2 有一列不亮",
    ]);
    const other = callerOf(["operator"], { boards: ["B2"] });
    expect(await codeOf(next.maintenance.answer(other, "B1", 1, "修好了"))).toBe("board/others");
    await next.maintenance.answer(operator, "B1", 1, "修好了");
    expect(await codeOf(next.maintenance.answer(operator, "B1", 1, "修好了"))).toBe("board/report-unknown");
    expect(next.switchboard.standing("B1").reports.map(({ number }) => number)).toEqual([2]);
    expect(await told("B1")).toEqual([
      "board/reported maker",
      "board/reported contributor",
      "board/report-answered operator",
    ]);
  });
  test("a board takes so many", async () => {
    const { run } = await aboveOffice();
    const { maintenance } = await run();
    for (let count = 0; count < limits.boardReportsPerBoard; count += 1) await maintenance.report(maker, "B1", "坏了");
    expect(await codeOf(maintenance.report(maker, "B1", "坏了"))).toBe("board/reports-full");
    await maintenance.report(maker, "B2", "坏了");
    await maintenance.answer(operator, "B1", 3, "好了");
    expect(await maintenance.report(maker, "B1", "坏了")).toMatchObject({ number: limits.boardReportsPerBoard + 1 });
  });
});
