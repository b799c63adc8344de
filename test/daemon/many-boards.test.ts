/**
 * What many boards cost one daemon, counted and not timed: signatures that are verified, questions to the database that are
 * worked out and asked, and rows that are read. Four times the boards are at most four times the work, and boards on which
 * nothing changes are none.
 */
import { createSocket } from "node:dgram";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { readSite } from "../../src/config/read.ts";
import { startDaemon } from "../../src/daemon/index.ts";
import { scratch } from "../store/small-office.ts";
import type { Asked } from "../store/watched-sqlite.ts";

const asked: Asked = vi.hoisted(() => ({ prepared: [], texts: [], rows: 0 }));
vi.mock("@photostructure/sqlite", async (original) =>
  (await import("../store/watched-sqlite.ts")).watched(await original(), asked),
);
const seals = vi.hoisted(() => ({ verified: 0 }));
vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  const verify = (...given: Parameters<typeof crypto.verify>) => {
    seals.verified++;
    return crypto.verify(...given);
  };
  return { ...crypto, verify };
});
/** What is done once a minute would fall into one count and not into another. */
vi.mock("node-cron", async (original) => ({
  ...(await original<object>()),
  createTask: () => ({ start() {}, destroy() {} }),
}));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Work {
  readonly verified: number;
  readonly prepared: number;
  readonly questions: number;
  readonly rows: number;
}
const sofar = (): Work => ({
  verified: seals.verified,
  prepared: asked.prepared.length,
  questions: asked.texts.length,
  rows: asked.rows,
});

/** Of `what`, and of all that goes on behind it until nothing more is asked: but for the look at the file each second. */
async function workOf(what: () => Promise<unknown>): Promise<Work> {
  const before = sofar();
  await what();
  for (let last = -1; last !== asked.texts.length; await pause(150)) last = asked.texts.length;
  const after = sofar();
  return {
    verified: after.verified - before.verified,
    prepared: after.prepared - before.prepared,
    questions: after.questions - before.questions,
    rows: after.rows - before.rows,
  };
}

/** Lamps that are streamed to all the time, so that each is asked about its seal again and again; nobody hears it. */
async function siteOf(count: number) {
  const sink = createSocket("udp4");
  await new Promise<void>((resolve) => sink.bind(0, "127.0.0.1", resolve));
  closing.push(() => sink.close());
  const link = `{ kind: udp, host: 127.0.0.1, port: ${sink.address().port} }`;
  const panel = "{ width: 32, height: 16, colour: mono }";
  const boards = Array.from(
    { length: count },
    (_, at) => `  - { id: S${at}, panel: ${panel}, driver: { kind: e131, universe: ${4 * at + 1} }, link: ${link} }\n`,
  );
  const yaml = `office: 许多块屏\nreview: none\ncalendar: none\nboards:\n${boards.join("")}`;
  const read = readSite(yaml, "boardcast.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.faults[0]));
  return { ...read.site, listen: { ...read.site.listen, port: 0 } };
}

/** From nothing: the start, texts by PUT one after another, and a second and a half in which nothing happens. */
async function lifeOf(count: number) {
  const { folder, remove } = scratch();
  closing.push(remove);
  const site = await siteOf(count);
  let url = "";
  const start = await workOf(async () => {
    const daemon = await startDaemon({ site, folder, startAt: null });
    closing.push(() => daemon.stop());
    ({ url } = daemon);
  });
  const put = (board: string, text: string) =>
    workOf(async () => {
      const answer = await fetch(new URL(`/api/v1/boards/${board}/text`, url), {
        ...{ method: "PUT", headers: { "content-type": "application/json" } },
        body: JSON.stringify({ text }),
      });
      expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ board, text })]);
    });
  const first = await put("S0", "开会");
  const instead = await put("S0", "散会");
  const other = await put("S1", "开会");
  const idle = await workOf(() => pause(1500));
  for (const close of closing.splice(0).reverse()) await close();
  return { start, first, instead, other, idle };
}

test("one text is as much work as there are boards, not more, and boards that stay as they are cost nothing", async () => {
  const [few, many] = [20, 80];
  const [one, four] = [await lifeOf(few), await lifeOf(many)];
  // A quarter more: what runs beside each other finds more or less of what the other has written. Its square would be sixteen times.
  const most = (work: number) => 1.25 * (many / few) * work;
  const told = JSON.stringify({ [few]: one, [many]: four });
  for (const step of ["start", "first", "instead", "other"] as const)
    for (const kind of ["verified", "prepared", "questions", "rows"] as const)
      expect(four[step][kind], `${step}: ${kind}, of ${told}`).toBeLessThanOrEqual(most(one[step][kind]));
  for (const [life, boards] of [
    [one, few],
    [four, many],
  ] as const) {
    // Each seal that is there, once; and questions are worked out only when they are new.
    for (const step of [life.first, life.instead, life.other]) {
      expect(step.verified, told).toBeLessThanOrEqual(boards + 3);
      expect(step.prepared, told).toBeLessThanOrEqual(20);
    }
    expect(life.idle, told).toMatchObject({ verified: 0, prepared: 0 });
  }
  // Each second the file is looked at, however many boards there are.
  expect(four.idle.rows, told).toBeLessThanOrEqual(one.idle.rows + 20);
  expect(four.idle.questions, told).toBeLessThanOrEqual(one.idle.questions + 10);
});
