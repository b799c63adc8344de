/**
 * 紧急关屏 over the death of the daemon (kill -9): what was answered is dark after the restart, on a panel that kept its power
 * and on one that did not; whoever darkens while nobody runs is heard at the start.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, finish, kill, killAll, lit, type Lit, sayingOf, run, until } from "./processes.ts";
import { foundTown, noticeFile, type Town } from "./town.ts";

const boards = [
  { id: "T1", width: 64, height: 32, colour: "mono", line: "out" },
  { id: "T2", width: 64, height: 32, colour: "mono", line: "in" },
] as const;

let town: Town;
beforeAll(async () => {
  town = await foundTown(boards);
  await town.withDesk((desk) =>
    desk.importText(noticeFile([{ id: "N1", title: "停水通知", boards: ["T1", "T2"] }]), "丙"),
  );
}, 120_000);
afterAll(async () => {
  await killAll();
  await town.close();
});

const isBlack = ({ pixels }: Lit) => Buffer.from(pixels, "base64").every((byte) => byte === 0);
const where = () => ["--config", town.config, "--data", town.data];
const boardcast = (...words: readonly string[]) => finish(town.program, ...words, ...where());
const shows = (board: string, why: string) =>
  until(
    `${board} ${why}`,
    () => lit(town.control(board)),
    (one) => one.why === why,
  );
const exchanges = (board: string) =>
  ask<{ framesIn: number; activations: number }>(town.control(board), { do: "stats" });

/** Whatever the panel lights from now on, until `done`. */
async function neverLit(board: string, done: () => Promise<boolean>): Promise<void> {
  await until(
    `${board} is asked`,
    async () => [await lit(town.control(board)), await done()] as const,
    ([one, over]) => {
      expect([board, isBlack(one)]).toEqual([board, true]);
      return over;
    },
  );
}

test("what was answered stays dark", async () => {
  const first = await town.start();
  for (const { id } of boards) await shows(id, "turn");
  const darkened = await boardcast("dark", "T1", "--reason", "内容有误");
  expect(darkened).toMatchObject({ code: 0, err: "" });
  expect(darkened.out).toContain("已确认关屏");
  await kill(first.running.child);
  // Its power goes as well: the panel remembers nothing.
  const before = await exchanges("T1");
  await ask(town.control("T1"), { do: "power-cycle" });
  const second = await town.start();
  await shows("T2", "turn");
  await neverLit("T1", async () => (await lit(town.control("T1"))).why === "dark");
  expect((await exchanges("T1")).activations).toBe(before.activations);

  // Nobody runs: it is written down, the panel that nobody can tell is named; the next daemon tells it.
  await kill(second.running.child);
  const stopped = await boardcast("dark", "T2", "--reason", "还有错");
  expect(stopped.code).toBe(1);
  expect(stopped.err).toContain("T2");
  expect(stopped.err).toContain("请立即到现场断电");
  expect(await boardcast("dark", "T9", "--reason", "x")).toMatchObject({ code: 1 });
  const third = run(town.program, "start", "--port", "0", ...where());
  await sayingOf(third, /(http:\/\/\S+)\/\n/);
  await shows("T2", "dark");

  const resumed = await boardcast("resume", "all", "--reason", "已改正");
  expect(resumed).toMatchObject({ code: 0 });
  for (const { id } of boards) await shows(id, "turn");

  // And a test picture, from the command line, goes by itself or by a person.
  const maintained = await boardcast("maintenance", "T1", "--pattern", "red", "--for", "5m", "--reason", "换模组");
  expect(maintained).toMatchObject({ code: 0 });
  const full = (one: Lit) => Buffer.from(one.pixels, "base64").every((byte) => byte === 0xff);
  await until("all lit", () => lit(town.control("T1")), full);
  expect(await boardcast("maintenance", "T1", "--end")).toMatchObject({ code: 0 });
  await until(
    "its notice again",
    () => lit(town.control("T1")),
    (one) => one.why === "turn" && !full(one),
  );
}, 120_000);
