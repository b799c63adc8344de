/** 紧急关屏: at once, on disk before the answer, over restarts, until somebody with the role resumes it. */
import { afterEach, describe, expect, test } from "vitest";
import { FaultError } from "../../src/fault.ts";
import { takedownView } from "../../src/daemon/takedown-words.ts";
import { limits } from "../../src/limits.ts";
import { plainWiring } from "../panels/plain-wiring.ts";
import { aboveOffice, boardOf, callerOf, closeOffices, plan } from "./above-office.ts";

afterEach(closeOffices);

const maker = callerOf(["maker"]);
const operator = callerOf(["operator"]);
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => (error instanceof FaultError ? error.fault.code : String(error)),
  );

test("the panel is told before the disk is asked, and the answer comes when it is on disk", async () => {
  const { run, told } = await aboveOffice();
  const daemon = await run();
  daemon.switchboard.want(plan());
  expect(daemon.last()?.dark).toBe(false);
  const answered = daemon.dark.darken(maker, ["B1"], "错字");
  expect(daemon.last()?.dark).toBe(true);
  expect(await told("B1")).toEqual([]);
  await answered;
  expect(await told("B1")).toEqual(["board/darkened maker"]);
  expect(daemon.last("B2")).toBeUndefined();
});

test("whatever is planned afterwards, it gets dark; and its plan when it is resumed", async () => {
  const { run, told } = await aboveOffice();
  const daemon = await run();
  await daemon.dark.darken(maker, "all", "错字");
  for (const notice of ["N1", "N2", "N3"]) daemon.switchboard.want(plan("B1", notice));
  daemon.warnings.add("W1");
  daemon.switchboard.want(plan("B1", "W1"));
  expect(daemon.delivered.every(({ dark }) => dark)).toBe(true);
  await daemon.dark.resume(operator, ["B1"], "已改正");
  expect(daemon.last()).toMatchObject({ dark: false, owners: [["W1"]] });
  expect(daemon.last("B2")?.dark).toBe(true);
  expect(await told("B1")).toEqual(["board/darkened maker", "board/resumed operator"]);
});

describe("over restarts", () => {
  test("a new daemon delivers dark before anything was planned, and resumes what another darkened", async () => {
    const { run } = await aboveOffice();
    const before = await run();
    await before.dark.darken(maker, ["B1"], "错字");
    const daemon = await run();
    expect(daemon.delivered.map(({ board, dark, programme }) => [board, dark, programme.spans])).toEqual([
      ["B1", true, []],
    ]);
    daemon.switchboard.want(plan());
    expect(daemon.last()?.dark).toBe(true);
    expect(daemon.dark.dark()).toMatchObject([{ board: "B1", reason: "错字", by: "张三" }]);
    await daemon.dark.resume(operator, "all", "已改正");
    expect((await run()).delivered).toEqual([]);
  });

  test("a row that somebody takes from the table lights nothing: the register has it; and a resumed board stays lit", async () => {
    const { run, office } = await aboveOffice();
    const before = await run();
    await before.dark.darken(maker, ["B1", "B2"], "错字");
    await before.dark.resume(operator, ["B2"], "已改正");
    office.vandal.exec("DELETE FROM board_dark");
    const daemon = await run();
    expect(daemon.dark.dark()).toMatchObject([{ board: "B1", reason: "错字", by: "张三" }]);
    expect(daemon.delivered.map(({ board, dark }) => [board, dark])).toEqual([["B1", true]]);
  });

  test("a resume that somebody writes over the switch resumes nothing", async () => {
    const { run, office } = await aboveOffice();
    const before = await run();
    await before.dark.darken(maker, ["B1", "B2"], "错字");
    await before.dark.resume(operator, ["B2"], "已改正");
    office.vandal.exec("DELETE FROM board_dark");
    office.vandal.exec("UPDATE ledger SET action = 'board/resumed' WHERE action = 'board/darkened'");
    expect((await run()).dark.dark()).toMatchObject([{ board: "B1" }]);
  });

  test("a row that somebody adds darkens", async () => {
    const { run, office } = await aboveOffice();
    office.vandal.exec("INSERT INTO board_dark VALUES ('main', 'B2', 1, 'x', 'x', 'x')");
    expect((await run()).dark.dark()).toMatchObject([{ board: "B2" }]);
  });
});

describe("what each board is said to be", () => {
  const boards = [
    boardOf("B1"),
    boardOf("B2"),
    boardOf("B3", { link: { kind: "browser" } }),
    boardOf("B4", { link: { kind: "carried", folder: "usb" } }),
  ];
  test("confirmed when read back; in ten seconds without an answer, where the power is cut", async () => {
    const { run, readBack, time } = await aboveOffice(boards);
    const daemon = await run();
    await daemon.dark.darken(maker, "all", "错字");
    const said = () => daemon.dark.dark().map(({ board, state }) => `${board} ${state}`);
    expect(said()).toEqual(["B1 waiting", "B2 waiting", "B3 unconfirmed", "B4 carry"]);
    readBack.set("B1", time.now + 120);
    time.monotonicMs += limits.darkAnswerMs - 1;
    expect(said()).toEqual(["B1 confirmed", "B2 waiting", "B3 unconfirmed", "B4 carry"]);
    time.monotonicMs += 1;
    expect(said()).toEqual(["B1 confirmed", "B2 unconfirmed", "B3 unconfirmed", "B4 carry"]);
    const [first, second, , carried] = daemon.dark.dark();
    expect(first?.says.zh).toBe("已确认关屏\uff1a2017-11-06 08:30:00");
    expect(second?.says.zh).toBe(
      "未确认\uff0c请现场断电\uff1aB2门口\uff08保管人 老周\uff09\uff1b最迟 2017-11-06 10:30:00 自行变黑",
    );
    expect(carried?.says.zh).toContain("从这里关不了这块屏\uff0c未确认\uff0c请现场断电");
    expect([first?.darkBy, carried?.darkBy]).toEqual([null, null]);
    expect(daemon.dark.faults("B1")).toEqual([]);
    expect(daemon.dark.faults("B2")).toMatchObject([{ fault: { code: "board/dark-unconfirmed", place: "B2门口" } }]);
  });
  test("a card that reads nothing back is never waited for, and one that knows no end has no hour", async () => {
    const link = { kind: "udp", host: "192.0.2.7", port: 4048 } as const;
    const stream = (id: string, keeps: boolean) =>
      boardOf(id, { link, driver: { kind: "ddp", wiring: plainWiring, keeps } });
    const { run, time } = await aboveOffice([stream("B1", false), stream("B2", true)]);
    const { dark } = await run();
    await dark.darken(maker, "all", "错字");
    expect(dark.dark().map(({ state, darkBy }) => [state, darkBy])).toEqual([
      ["unconfirmed", time.now + 7_200_000],
      ["unconfirmed", null],
    ]);
    expect(dark.dark()[1]?.says.zh).toBe("未确认\uff0c请现场断电\uff1aB2门口\uff08保管人 老周\uff09");
    expect(dark.faults("B1")).toMatchObject([{ fault: { code: "board/dark-unconfirmed" } }]);
  });
  test("a restarted daemon gives them ten seconds again", async () => {
    const { run, time } = await aboveOffice();
    await (await run()).dark.darken(maker, ["B1"], "错字");
    time.monotonicMs += 3_600_000;
    const daemon = await run();
    expect(daemon.dark.dark()[0]?.state).toBe("waiting");
    time.monotonicMs += limits.darkAnswerMs;
    expect(daemon.dark.dark()[0]?.state).toBe("unconfirmed");
  });
});

describe("who may", () => {
  test("an operator of other boards does not resume it, nor part of what they asked for", async () => {
    const { run } = await aboveOffice();
    const daemon = await run();
    await daemon.dark.darken(maker, "all", "错字");
    const other = callerOf(["operator"], { boards: ["B2"] });
    expect(await codeOf(daemon.dark.resume(other, "all", "好了"))).toBe("board/others");
    expect(await codeOf(daemon.dark.resume(other, ["B1"], "好了"))).toBe("board/others");
    expect(daemon.dark.dark()).toHaveLength(2);
    await daemon.dark.resume(other, ["B2"], "好了");
    await daemon.dark.resume(callerOf(["signer"], { boards: [] }), "all", "好了");
    expect(daemon.dark.dark()).toEqual([]);
  });
  test("the console is on record as the console", async () => {
    const { run, told } = await aboveOffice();
    const daemon = await run();
    await daemon.dark.darken(callerOf(["auditor"], { account: null, name: "console", via: "console" }), ["B1"], "x");
    expect(await told("B1")).toEqual(["board/darkened console"]);
  });
  test("a board that there is not, or that is not dark", async () => {
    const { run } = await aboveOffice();
    const daemon = await run();
    expect(await codeOf(daemon.dark.darken(maker, ["B1", "B7"], "x"))).toBe("board/unknown");
    expect(await codeOf(daemon.dark.resume(operator, ["B1"], "x"))).toBe("board/not-dark");
    expect(daemon.delivered).toEqual([]);
  });
});

describe("the disk", () => {
  test("that takes nothing leaves the board dark and says so; the next press is written", async () => {
    const { run, office, told } = await aboveOffice();
    const daemon = await run();
    office.vandal.exec("ALTER TABLE board_dark RENAME TO away");
    expect(await codeOf(daemon.dark.darken(maker, ["B1"], "错字"))).toBe("board/dark-unkept");
    daemon.switchboard.want(plan());
    expect(daemon.last()?.dark).toBe(true);
    expect(await told("B1")).toEqual([]);
    office.vandal.exec("ALTER TABLE away RENAME TO board_dark");
    await daemon.dark.darken(maker, ["B1"], "错字");
    expect(await told("B1")).toEqual(["board/darkened maker"]);
    await daemon.dark.darken(maker, ["B1"], "又按");
    expect(await told("B1")).toHaveLength(1);
  });
  test("a resume that it refuses lights nothing", async () => {
    const { run, office } = await aboveOffice();
    const daemon = await run();
    daemon.switchboard.want(plan());
    await daemon.dark.darken(maker, ["B1"], "错字");
    office.vandal.exec("ALTER TABLE board_dark RENAME TO away");
    expect(await codeOf(daemon.dark.resume(operator, ["B1"], "好了"))).not.toBeNull();
    expect([daemon.last()?.dark, daemon.dark.dark().length]).toEqual([true, 1]);
    office.vandal.exec("ALTER TABLE away RENAME TO board_dark");
  });
  test("a press while a resume is on its way: dark in memory and on disk", async () => {
    const { run, told } = await aboveOffice();
    const daemon = await run();
    daemon.switchboard.want(plan());
    await daemon.dark.darken(maker, ["B1"], "错字");
    const lit = daemon.delivered.length;
    await Promise.all([daemon.dark.resume(operator, ["B1"], "好了"), daemon.dark.darken(maker, ["B1"], "还有错")]);
    expect(daemon.delivered.slice(lit).every(({ dark }) => dark)).toBe(true);
    expect((await told("B1")).at(-1)).toBe("board/darkened maker");
    expect((await run()).dark.dark()).toMatchObject([{ board: "B1", reason: "还有错" }]);
  });
});

test("its order is open until each board has said so, and closed for a board that is lit again", async () => {
  const { run, store } = await aboveOffice();
  const daemon = await run();
  await daemon.dark.darken(maker, "all", "错字");
  const [order] = await store.takedowns.open();
  expect(order).toMatchObject({ kind: "dark", notice: null, by: "张三", reason: "错字" });
  expect(order?.boards.map(({ board, doneAt }) => [board, doneAt])).toEqual([
    ["B1", null],
    ["B2", null],
  ]);
  await daemon.dark.resume(operator, ["B2"], "好了");
  const after = await store.takedowns.about(order?.id ?? "");
  expect(after?.boards.map(({ board, how }) => [board, how])).toEqual([
    ["B1", null],
    ["B2", "resumed"],
  ]);
});

describe("a board that is lit again before anybody wrote down that it was dark", () => {
  const nine = Array.from({ length: 9 }, (_, index) => boardOf(`B${index + 1}`));
  test("what its panel had read back is booked with the panel's own time; of the others nobody says that it was seen", async () => {
    const { run, store, readBack, time } = await aboveOffice(nine);
    const daemon = await run();
    // Dark for an earlier order: not for this one.
    readBack.set("B4", time.now - 1);
    await daemon.dark.darken(maker, "all", "错字");
    time.now += 10_000;
    for (const { id } of nine) if (id !== "B4") readBack.set(id, time.now - 5000);
    await daemon.dark.resume(operator, "all", "好了");
    const order = await store.takedowns.about("1");
    if (!order) throw new Error("no order");
    const others = nine.map(({ id }) => id).filter((id) => id !== "B4");
    const read = (board: string) => ({ board, doneAt: time.now - 5000, how: "read-back", words: "" });
    expect(order.boards.filter(({ board }) => board !== "B4")).toMatchObject(others.map(read));
    expect(order.boards.find(({ board }) => board === "B4")).toMatchObject({
      ...{ doneAt: time.now, how: "resumed", words: "张三" },
    });
    const rows = (await store.ledger.about("register", "office")).filter(({ action }) => action === "takedown/done");
    expect(rows.map(({ data }) => `${data.board} ${data.how}`).sort()).toEqual(
      nine.map(({ id }) => `${id} ${id === "B4" ? "resumed" : "read-back"}`),
    );
    const view = takedownView(order, {
      ...{ zone: "Asia/Shanghai", now: time.now, title: null, displayable: true },
      boardOf: (id) => nine.find((one) => one.id === id),
      linkOf: () => "connected",
      lingers: () => false,
      perhaps: () => false,
    });
    expect(view.said.en).toBe("switched dark 08:30:00, 8 of 9 confirmed; B4屏 resumed before it was confirmed");
    expect(view.said.zh).toBe("08:30:00 紧急关屏\uff0c9 块中 8 块已确认\uff1bB4屏恢复显示前未确认");
    const row = view.boards.find(({ board }) => board === "B4");
    expect([row?.state, row?.said]).toEqual([
      "resumed",
      {
        zh: "08:30:10 恢复显示\uff08张三\uff09\uff0c恢复显示前未确认",
        en: "resumed 08:30:10 before it was confirmed (张三)",
      },
    ]);
  });

  test("who waits for the boards is told as the order opens, when it is on disk, and when some are lit again", async () => {
    const { run, store } = await aboveOffice();
    const daemon = await run();
    const opened = async () => (await store.takedowns.open()).map(({ boards }) => boards.map(({ how }) => how));
    await daemon.dark.darken(maker, "all", "错字");
    expect(daemon.ordered).toHaveLength(1);
    await daemon.dark.resume(operator, ["B2"], "好了");
    expect(daemon.ordered).toHaveLength(2);
    expect([await daemon.ordered[0], await daemon.ordered[1]]).toEqual([[[null, null]], [[null, "resumed"]]]);
    expect(await opened()).toEqual([[null, "resumed"]]);
  });
});
