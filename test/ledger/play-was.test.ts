/** R54, by the daemon's own parts and a simulated panel: what was on B1 on 5 December at 9:00 comes back dot for dot. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createApi, ledgerRoutes } from "../../src/api/index.ts";
import type { WasJson } from "../../src/api/ledger-schemas.ts";
import { practiceSite } from "../../src/config/practice.ts";
import { crc32, frameAt, lookup } from "../../src/message/index.ts";
import { type Desk, deskOffice, ledgerOf, openDesk } from "../../src/daemon/index.ts";
import { patternWanted } from "../../src/daemon/switchboard.ts";
import { createPlanner } from "../../src/daemon/planner.ts";
import { type PlayLog, startPlayLog } from "../../src/daemon/play-log.ts";
import { createDelivery, type Delivery } from "../../src/panels/delivery/index.ts";
import { type RunningPanel, runSimulatedPanel } from "../../src/panels/reference/simulator/process.ts";
import { lit, until } from "../daemon/processes.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const nine = Date.parse("2017-12-05T09:00:00+08:00");
let folder: string;
let desk: Desk;
let panel: RunningPanel;
let delivery: Delivery;
let log: PlayLog;
let api: { url: string; close(): Promise<unknown> };
let was: (query: string) => Promise<Response>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-was-"));
  const samples = JSON.parse(await readFile(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8"));
  const practice = practiceSite(samples, { port: 0, folder });
  const shape = practice.boards.find(({ id }) => id === "B1")?.shape;
  if (!shape) throw new Error("no B1");
  const transport = { kind: "listen", host: "127.0.0.1", port: 0 } as const;
  panel = await runSimulatedPanel({ id: "B1", shape, transport, address: 1, control: { port: 0 } });
  const boards = practice.boards
    .filter(({ id }) => id === "B1" || id === "B8")
    .map((board) =>
      board.id === "B1"
        ? { ...board, link: { kind: "tcp-out" as const, host: "127.0.0.1", port: panel.port, address: 1 } }
        : { ...board, link: { kind: "browser" as const } },
    );
  // Of the samples only N15 names no other board than these: the others are refused, and need no time.
  const site = { ...practice, boards };
  desk = await openDesk({ site, folder, startAt: nine });
  const { book, store, programmes, clock } = desk;
  const failed = (error: unknown) => {
    throw error;
  };
  log = await startPlayLog({
    store,
    boards: ["B1", "B8"],
    clock,
    numberOf: (notice, board, message) => book.numberOf(notice, board, message),
    why: (board) => delivery.facts(board).faults[0]?.fault.code ?? null,
    failed,
  });
  delivery = createDelivery({
    boards,
    seals: { verdict: (notice, at) => book.verdict(notice, at), maintenanceUntil: () => nine + 600_000 },
    clock,
    listenHost: "127.0.0.1",
    changed: () => {},
    witness: (event) => log.witness(event),
  });
  const planner = createPlanner({
    site,
    clock,
    programmes,
    want: (one) => delivery.want(one),
    changed: () => {},
    failed,
  });
  await planner.lookAtAll();
  const office = deskOffice(desk);
  const routes = ledgerRoutes(office, ledgerOf(desk, { site, run: (board) => log.run(board) }));
  const server = createServer(createApi(office, { webFolder: null, metrics: async () => "", routes }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  api = { url, close: () => new Promise((resolve) => server.close(resolve)) };
  was = (query) => fetch(`${url}/api/v1/boards/${query}`);
});
afterAll(async () => {
  await api?.close();
  await delivery?.stop();
  await log?.stop();
  await panel?.stop();
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

const wasJson = async (query: string) => (await (await was(query)).json()) as WasJson;

test("at nine on 5 December B1 had been told N15, and lit its dots", async () => {
  await until(
    "confirmed",
    async () => delivery.facts("B1").confirmed,
    (fact) => fact?.notice === "N15",
  );
  const at = delivery.facts("B1").confirmed?.at ?? 0;
  await log.settled();
  const found = await wasJson(`B1/was?at=${at}`);
  expect(found).toMatchObject({
    dark: false,
    confirmed: { state: "yes" },
    notices: [{ id: "N15", number: 1, title: "欢迎词" }],
    told: { via: "line" },
    picture: { refused: null },
  });
  expect(found.notices[0]?.why.zh).toContain("签发");

  // N15 stands still, so the panel's own frame buffer now is what it lit then.
  const lights = await lit(panel.controlPort ?? 0);
  expect(lights.message).toBe(found.message);
  const png = await was(`B1/was.png?at=${at}`);
  expect(png.headers.get("content-type")).toBe("image/png");
  const { data, info } = await sharp(Buffer.from(await png.arrayBuffer()))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const stride = Math.ceil(info.width / 8);
  const pixels = Buffer.from(lights.pixels, "base64");
  let count = 0;
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++) {
      const on = ((pixels[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      const shown = (data[(y * info.width + x) * info.channels] ?? 0) > 0 ? 1 : 0;
      expect(shown, `${x},${y}`).toBe(on);
      count += on;
    }
  expect(count).toBeGreaterThan(50);
});

test("of a board for pages nothing was told while there is none; what a page has it was told, and has to say so", async () => {
  const before = desk.clock.now() - 1;
  expect(await wasJson(`B8/was?at=${before}`)).toMatchObject({ told: null });
  const guest = delivery.pages("B8")?.join({ id: "lcd", from: "192.0.2.9" }, () => {});
  const plays = guest?.next()?.programme;
  if (!guest || !plays) throw new Error("nothing is offered");
  const at = desk.clock.now();
  const { message } = lookup(plays.wanted.programme, at);
  const { pixels } = frameAt(plays.wanted.programme, (hash) => plays.wanted.messages.get(hash), at);
  const said = { programme: plays.id, message, why: "turn", frameCrc: crc32(pixels), hidden: false } as const;
  guest.heard({ ...said, at, sentAt: at, roundTripMs: 1000 }, { askedAt: at, heardAt: at });
  await log.settled();
  const read = delivery.facts("B8").confirmed?.at ?? 0;
  const found = await wasJson(`B8/was?at=${read}`);
  expect(found).toMatchObject({
    told: { via: "page" },
    confirmed: { state: "yes" },
    message,
    picture: { refused: null },
  });
});

test("a time before the log began says so, and has no picture", async () => {
  const found = await wasJson("B1/was?at=2017-12-05T08:59");
  expect(found).toMatchObject({ told: null, picture: null });
  expect(found.said.zh).toContain("播放记录从 2017-12-05 09:00:0");
  const png = await was("B1/was.png?at=2017-12-05T08:59");
  expect(png.status).toBe(404);
  expect((await was("B1/was.png?at=2017-12-06T09:00")).status).toBe(404);
  expect((await was("B7/was?at=2017-12-05T09:00")).status).toBe(404);
});

test("erased or restricted pixels: the record is told, the picture refused with the reason", async () => {
  const at = (await wasJson("B1/was")).told?.from ?? "";
  const why = { zh: "含个人信息,画面已按期清除", en: "personal information: its pixels were erased" };
  const office = deskOffice(desk);
  const ledger = ledgerOf(desk, {
    refusing: async (notices) => (notices.some(({ id }) => id === "N15") ? { status: 410, why } : null),
  });
  const server = createServer(
    createApi(office, { webFolder: null, metrics: async () => "", routes: ledgerRoutes(office, ledger) }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/boards/B1`;
  const found = (await (await fetch(`${url}/was?at=${Date.parse(at)}`)).json()) as WasJson;
  expect(found.notices[0]?.id).toBe("N15");
  expect(found.picture).toEqual({ refused: why });
  const png = await fetch(`${url}/was.png?at=${Date.parse(at)}`);
  expect([png.status, await png.text()]).toEqual([410, expect.stringContaining(why.zh)]);
  await new Promise((resolve) => server.close(resolve));
});

test("a test picture is told as one, and comes back dot for dot though no store has it; what was dark was dark", async () => {
  const shape = desk.site.boards.find(({ id }) => id === "B1")?.shape ?? { width: 1, height: 1, colour: "mono" };
  const since = desk.clock.now();
  const pattern = patternWanted(shape, { board: "B1", pattern: "label", since, until: nine + 600_000 });
  if (!pattern) throw new Error("no label");
  delivery.want(pattern);
  const isOn = async () => delivery.facts("B1").confirmed;
  const { at } = (await until("the test picture", isOn, (fact) => fact?.notice === "pattern:label")) ?? { at: 0 };
  await log.settled();
  const found = await wasJson(`B1/was?at=${at}`);
  expect(found).toMatchObject({ notices: [{ title: "测试图 label" }], picture: { refused: null }, dark: false });
  expect((await was(`B1/was.png?at=${at}`)).status).toBe(200);
  delivery.want({ ...pattern, dark: true });
  await until(
    "dark",
    async () => delivery.facts("B1").dark,
    (seen) => seen !== null && seen !== undefined,
  );
  await log.settled();
  expect(await wasJson(`B1/was?at=${delivery.facts("B1").dark}`)).toMatchObject({
    dark: true,
    picture: { refused: null },
  });
  delivery.want(pattern);
  await until("lit again", isOn, (fact) => fact?.notice === "pattern:label" && delivery.facts("B1").dark === null);
});

test("the log goes on over a restart, and says when it began again", async () => {
  await log.stop();
  const before = await desk.store.play.last();
  expect(before?.action).toBe("play/stopped");
  const at = delivery.facts("B1").confirmed?.at ?? 0;
  // Nothing is held in memory any more: the rows alone answer.
  expect(await wasJson(`B1/was?at=${at}`)).toMatchObject({
    confirmed: { state: "yes" },
    notices: [{ id: "pattern:label" }],
  });
  const { book, store, clock } = desk;
  log = await startPlayLog({
    store,
    boards: ["B1", "B8"],
    clock,
    numberOf: (notice, board, message) => book.numberOf(notice, board, message),
    why: () => null,
    failed: (error) => {
      throw error;
    },
  });
  await log.settled();
  const again = await store.play.last();
  expect(again).toMatchObject({ action: "play/started", data: { lastAt: before?.boardAt } });
});
