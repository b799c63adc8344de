/** Promise 2: what is withdrawn is followed until every board has said that it has gone; nine boards, one of them out of reach. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fakes } from "../panels/town.ts";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import type { BoardHours } from "../../src/config/types.ts";
import { verifyStore } from "../../src/daemon/verify.ts";
import { sentence } from "../../src/fault.ts";
import type { BoardContext } from "../../src/playlist/playlist.ts";
import { reasonFor, reasonSentence } from "../../src/playlist/reasons.ts";
import type { Candidate } from "../../src/playlist/types.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { type Daemon, holdMs, ids, minute, site, startDaemon } from "./nine-boards.ts";

let daemon: Daemon;
beforeEach(async () => {
  vi.useFakeTimers(fakes);
  daemon = await startDaemon();
  await daemon.sign([{ id: "N06" }, { id: "N07", boards: ["B1", "B2"] }]);
  await daemon.run(4000);
});
afterEach(async () => {
  await daemon.stop();
  await daemon.review.close();
  vi.useRealTimers();
});

const withdraw = async (notice = "N06", boards?: readonly string[]) => {
  const id = await daemon.desk.withdrawNotice(daemon.review.caller("mai"), notice, "误发", boards);
  return (await daemon.watch.view(id)) as NonNullable<Awaited<ReturnType<Daemon["watch"]["view"]>>>;
};
const view = async (id: string) => (await daemon.watch.view(id)) as Awaited<ReturnType<typeof withdraw>>;
const states = ({ boards }: Awaited<ReturnType<typeof withdraw>>) =>
  Object.fromEntries(boards.map(({ board, state }) => [board, state]));
const all = (state: string, but: Record<string, string> = {}) => ({
  ...Object.fromEntries(ids.map((id) => [id, state])),
  ...but,
});
const rows = async (notice = "N06") =>
  (await daemon.review.store.ledger.about("register", notice)).map(({ action }) => action);

test("all nine lit it, and all nine say that it has gone", async () => {
  expect(ids.every((id) => daemon.lit(id))).toBe(true);
  const { id } = await withdraw();
  await daemon.run(3000);
  const now = await view(id);
  expect(states(now)).toEqual(all("confirmed"));
  expect(now.closedAt).not.toBeNull();
  expect(now.said.zh).toMatch(/^\d\d:\d\d:\d\d 撤下\uff0c9 块中 9 块已确认$/);
  for (const { doneAt } of now.boards) expect(doneAt).toBeGreaterThanOrEqual(now.at);
  expect(await rows()).toEqual([
    "notice/added",
    "notice/withdrawn",
    "takedown/opened",
    ...Array(9).fill("takedown/done"),
    "takedown/closed",
  ]);
});

describe("one board is out of reach", () => {
  const end = () => {
    const [wanted] = daemon.town("B5").loop.holding().may;
    return (wanted?.programme.base ?? 0) + (wanted?.programme.endMs ?? 0);
  };

  test("the others are confirmed; it is named with its place, its custodian and the time by which it is dark by itself", async () => {
    daemon.unplug("B5");
    await daemon.run(1000);
    const last = end();
    const { id } = await withdraw();
    await daemon.run(3000);
    const now = await view(id);
    expect(states(now)).toEqual(all("confirmed", { B5: "unreachable" }));
    const five = now.boards.find(({ board }) => board === "B5");
    expect(five).toMatchObject({ place: "B5门口", custodian: "B5保管人", darkBy: last, doneAt: null });
    expect(last).toBeLessThanOrEqual(now.at + holdMs);
    expect(now.said.zh).toMatch(/9 块中 8 块已确认\uff1bB5屏连不上\uff0c最迟 08:4\d 自行熄灭$/);
    expect(now.said.en).toMatch(/8 of 9 confirmed; B5屏 unreachable, dark by itself by 08:4\d$/);
    expect(now.closedAt).toBeNull();
    expect((await daemon.watch.open()).map((one) => one.id)).toEqual([id]);
    expect(daemon.watch.faults("B5").map(({ fault }) => fault.code)).toEqual(["takedown/open"]);
    expect(daemon.watch.faults("B1")).toEqual([]);
  });

  test("dark by itself by then, not long before, and never said to be confirmed; then it comes back and says so", async () => {
    daemon.unplug("B5");
    const { id, boards } = await withdraw();
    const by = boards.find(({ board }) => board === "B5")?.darkBy ?? 0;
    await daemon.run(by - 2000 - daemon.clock.now());
    expect(daemon.lit("B5")).toBe(true);
    await daemon.run(4000);
    expect(daemon.lit("B5")).toBe(false);
    const over = await view(id);
    expect(states(over).B5).toBe("unreachable");
    expect(over.said.zh).toContain("自行熄灭\uff0c未核对");
    daemon.town("B5").unplugged = false;
    await daemon.run(70_000);
    const now = await view(id);
    expect(states(now)).toEqual(all("confirmed"));
    expect(now.boards.find(({ board }) => board === "B5")?.doneAt).toBeGreaterThan(by);
    expect(now.closedAt).not.toBeNull();
    expect(await daemon.watch.open()).toEqual([]);
  });

  test("so it is where the line stands and nobody answers", async () => {
    daemon.town("B5").faults.deafUntilMs = performance.now() + 60_000;
    const { id } = await withdraw();
    await daemon.run(2500);
    for (let look = 0; look < 10; look++) {
      expect(states(await view(id))).toEqual(all("confirmed", { B5: "unreachable" }));
      await daemon.run(1000);
    }
    await daemon.run(120_000);
    expect(states(await view(id))).toEqual(all("confirmed"));
  });

  test("another daemon takes over in between: the order stands, with its time; confirmed when it is reached", async () => {
    daemon.unplug("B5");
    const { id } = await withdraw();
    await daemon.run(2000);
    const before = await view(id);
    await daemon.stop();
    daemon = await startDaemon(daemon, ["B5"]);
    await daemon.run(20_000);
    const now = await view(id);
    expect(now.boards).toEqual(before.boards);
    expect(await daemon.watch.open()).toHaveLength(1);
    expect(daemon.lit("B5")).toBe(true);
    daemon.town("B5").unplugged = false;
    await daemon.run(70_000);
    expect((await view(id)).closedAt).not.toBeNull();
    expect(daemon.lit("B5")).toBe(false);
  });

  test("what it was asked to play, and never said that it does, is counted among what it may have", async () => {
    const { faults, loop } = daemon.town("B5");
    await daemon.sign([{ id: "N08", boards: ["B5"] }]);
    // From the ACTIVATE on nothing comes back.
    const asked = daemon.town("B5").heard.length;
    faults.loseReplies = 0;
    for (let step = 0; step < 50 && loop.holding().may.length < 2; step++) {
      const sent = daemon.town("B5").heard.slice(asked);
      if (sent.some(({ verb }) => verb === 5)) faults.loseReplies = 100;
      await daemon.run(100);
    }
    daemon.unplug("B5");
    await daemon.run(1000);
    const held = loop.holding().may.map(({ owners }) => owners.flat().includes("N08"));
    const { boards } = await withdraw("N08");
    expect(boards.map(({ board }) => board)).toEqual(held.includes(true) ? ["B5"] : []);
    expect(held).toContain(true);
  });
});

test("killed between the change and the panels: it is withdrawn, and its order waits for the next daemon", async () => {
  daemon.dead = true;
  const { id } = await withdraw();
  expect(ids.every((board) => daemon.lit(board))).toBe(true);
  await daemon.stop();
  daemon = await startDaemon(daemon);
  expect((await daemon.watch.open()).map((one) => [one.id, one.boards.length])).toEqual([[id, 9]]);
  await daemon.run(5000);
  expect(states(await view(id))).toEqual(all("confirmed"));
  expect(ids.filter((board) => daemon.lit(board)).sort()).toEqual(["B1", "B2"]);
});

test("a daemon that began while a board was out of reach: dark by the longest that an earlier one may have left it", async () => {
  await daemon.stop();
  daemon = await startDaemon(daemon, ["B5"]);
  const since = daemon.clock.now();
  await daemon.run(5000);
  const { boards } = await withdraw();
  expect(boards.find(({ board }) => board === "B5")).toMatchObject({ state: "unreachable", darkBy: since + holdMs });
  await daemon.run(since + holdMs - daemon.clock.now() + 1000);
  expect(daemon.lit("B5")).toBe(false);
});

test("two at once, each with its own boards", async () => {
  const [one, two] = await Promise.all([withdraw("N06"), withdraw("N07")]);
  await daemon.run(3000);
  expect(Object.keys(states(await view(one.id)))).toEqual(ids);
  expect(states(await view(two.id))).toEqual({ B1: "confirmed", B2: "confirmed" });
  expect(await daemon.watch.open()).toEqual([]);
  expect(ids.some((id) => daemon.lit(id))).toBe(false);
});

test("what is lit nowhere is told so at once", async () => {
  await daemon.sign([{ id: "N09", from: "2017-11-06T20:00" }]);
  await daemon.run(3000);
  const now = await withdraw("N09");
  expect(now).toMatchObject({ boards: [] });
  expect(now.closedAt).not.toBeNull();
  expect(now.said.zh).toContain("当时没有公开栏在播");
});

test("the answer comes with the last board, or when patience ends", async () => {
  daemon.unplug("B5");
  const { id } = await withdraw();
  await daemon.run(3000);
  expect((await daemon.watch.result(id))?.closedAt).toBeNull();
  daemon.patience = new Promise(() => {});
  let answer: Awaited<ReturnType<typeof daemon.watch.result>> | "waits" = "waits";
  const asked = daemon.watch.result(id).then((result) => {
    answer = result;
  });
  await daemon.run(1000);
  expect(answer).toBe("waits");
  daemon.town("B5").unplugged = false;
  await daemon.run(70_000);
  await asked;
  expect(answer).toMatchObject({ id, closedAt: expect.any(Number) });
});

describe("from single boards", () => {
  const contextOf = (board: string): BoardContext => ({
    ...{ hours: site.boards[0]?.hours as BoardHours, zone: site.zone, calendar: workCalendar(site.calendar) },
    ...{ candidates: daemon.book.candidates(board), quiet: [] },
  });

  test("off those alone, and why says so; a revision that is signed later is not affected", async () => {
    const { id } = await withdraw("N06", ["B3", "B4"]);
    await daemon.run(3000);
    expect(states(await view(id))).toEqual({ B3: "confirmed", B4: "confirmed" });
    expect(ids.filter((board) => !daemon.lit(board))).toEqual(["B3", "B4"]);
    const reason = reasonFor(contextOf("B3"), daemon.book.candidates("B3")[0] as Candidate, daemon.clock.now());
    expect(reasonSentence(reason, site.zone).zh).toMatch(/^已于 2017-11-06 08:30 从这块屏撤下$/);
    await daemon.sign([{ id: "N06", body: "新" }]);
    await daemon.run(minute / 10);
    expect(ids.every((board) => daemon.lit(board))).toBe(true);
  });
});

describe("whoever alters the database", () => {
  const vandal = (statement: string) => {
    const db = new DatabaseSync(join(daemon.review.folder, "boardcast.db"));
    db.exec(`PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=5000; ${statement}`);
    db.close();
  };
  const faults = async () =>
    (await verifyStore(daemon.review.store, daemon.review.key, { good: [], faults: [] })).faults.map(
      (one) => sentence(one).en,
    );

  test.each([
    ["DELETE FROM taken_off", "Notice N06, revision 1, "],
    ["UPDATE taken_off SET at = at + 3600000", "Notice N06, revision 1, "],
    ["UPDATE taken_off SET board = 'B9' WHERE board = 'B3'", "Notice N06, revision 1, "],
  ])("%s: B3 and B4 stay as they are, and verify says so", async (statement, said) => {
    await withdraw("N06", ["B3", "B4"]);
    await daemon.run(3000);
    vandal(statement);
    await daemon.readAgain();
    await daemon.run(3000);
    expect([daemon.lit("B3"), daemon.lit("B4"), daemon.lit("B1")]).toEqual([false, false, true]);
    expect((await faults()).filter((one) => one.startsWith(said))).toHaveLength(1);
  });

  test.each([
    "DELETE FROM takedown_board; DELETE FROM takedown",
    "UPDATE takedown SET closed_at = 1",
    "UPDATE takedown SET reason = '另有原因'",
    "UPDATE takedown_board SET done_at = dark_by, how = 'read-back' WHERE board = 'B5'",
    "UPDATE takedown_board SET dark_by = dark_by - 60000 WHERE board = 'B5'",
    "DELETE FROM takedown_board WHERE board = 'B5'",
    "UPDATE takedown_board SET how = 'by-hand', words = '老王' WHERE board = 'B1'",
  ])("%s: it shows in verify, and the notice stays down", async (statement) => {
    daemon.unplug("B5");
    await withdraw("N06");
    await daemon.run(3000);
    expect(await faults()).toEqual([]);
    vandal(statement);
    expect(await faults()).toEqual([expect.stringMatching(/^The order to take something down 1 /)]);
    await daemon.readAgain();
    daemon.town("B5").unplugged = false;
    await daemon.run(70_000);
    expect(daemon.lit("B5")).toBe(false);
  });
});
