/** 演练, as shipped: the built program, a panel process for each LED board, and what each lights against what the office says. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { pngOf, textOf } from "../../src/api/picture.ts";
import {
  decodeMessage,
  frameAt,
  lookup,
  type Message,
  type MessageHash,
  pageAt,
  type Shape,
} from "../../src/message/index.ts";
import { type Fault, isReminder } from "../../src/fault.ts";
import type { BoardProgramme } from "../../src/preview/types.ts";
import { builtProgram } from "../built.ts";
import { needTool } from "../tools.ts";
import {
  type BoardJson,
  boardsOf,
  type DaemonProcess,
  getJson,
  kill,
  killAll,
  lit,
  startDaemonProcess,
  until,
} from "./processes.ts";

// Many processes on few cores: patience, not a measure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const socat = needTool("socat");
const sample = JSON.parse(await readFile(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8")) as {
  boards: { id: string; device: string; transport: string; hours: string }[];
};
const lines: Readonly<Record<string, string>> = {
  tcp: "tcp-out",
  "tcp-dial-in": "tcp-in",
  rs485: "serial",
  rs232: "serial",
  browser: "browser",
  "usb-file": "carried",
};
/** LED boards with a line. The seventh LED sign, B9, is a file that a person carries. */
const led = sample.boards.filter(({ device, transport }) => device.includes("led") && transport !== "usb-file");

let program: string;
let data: string;
let daemon: DaemonProcess;
let controls: Readonly<Record<string, number>>;

/** `--at` moves the practice clock; without it, it goes on. */
async function start(...words: string[]): Promise<void> {
  daemon = await startDaemonProcess(program, "--practice", "--data", data, ...words);
  controls = (JSON.parse(await readFile(join(data, "daemon.json"), "utf8")) as { panels: typeof controls }).panels;
}

async function stop(): Promise<void> {
  daemon.running.child.kill("SIGTERM");
  await daemon.running.ended;
}

beforeAll(async () => {
  program = await builtProgram();
  data = await mkdtemp(join(tmpdir(), "boardcast-practice-"));
});
afterAll(async () => {
  await killAll();
  await rm(data, { recursive: true, force: true });
});

interface Office {
  readonly now: string;
  readonly clockId: string;
}
const office = () => getJson<Office>(`${daemon.url}/api/v1/office`);
/** Of the clock that the first starts have. */
let clockId = "";

describe("the first start", () => {
  beforeAll(() => start());

  test("prints one line with one address", () => {
    expect(daemon.running.said).toEqual({
      out: expect.stringMatching(/^.*演练.* http:\/\/127\.0\.0\.1:\d+\/\n$/),
      err: "",
    });
  });

  test("begins at 2017-11-06T08:29:50 in the office's zone", async () => {
    const began = Date.parse("2017-11-06T08:29:50+08:00");
    const now = Date.parse((await office()).now);
    expect(now).toBeGreaterThanOrEqual(began);
    expect(now).toBeLessThan(began + 120_000);
  });

  test("is not asked under a name that somebody else gave its address, page and preview included", async () => {
    const { host } = new URL(daemon.url);
    const upgrade = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13" };
    const key = { "Sec-WebSocket-Key": Buffer.alloc(16).toString("base64") };
    const status = (path: string, headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(new URL(path, daemon.url), { headers });
        sent.on("response", (response) => resolve(response.resume().statusCode ?? 0));
        sent.on("upgrade", (_, socket) => {
          socket.destroy();
          resolve(101);
        });
        sent.on("error", reject).end();
      });
    for (const [path, more, well] of [
      ["/api/v1/office", {}, 200],
      ["/", { Accept: "text/html" }, 200],
      ["/preview", { ...upgrade, ...key }, 101],
    ] as const) {
      expect(await status(path, { ...more, Host: "evil.example", Origin: "http://evil.example" }), path).toBe(421);
      expect(await status(path, { ...more, Host: host, Origin: "http://evil.example" }), path).toBe(403);
      expect(await status(path, { ...more, Host: host, Origin: `http://${host}` }), path).toBe(well);
    }
  });

  test("nine boards, each on the line that the samples give it, the simulated ones on real sockets and ptys", async () => {
    const boards = await boardsOf(daemon.url);
    expect(boards.map(({ id, link }) => [id, link.kind])).toEqual(
      sample.boards.map(({ id, transport }) => [
        id,
        lines[transport] === "serial" && socat === null ? "tcp-out" : lines[transport],
      ]),
    );
    for (const { link } of boards)
      if (["tcp-out", "tcp-in"].includes(link.kind)) expect(link.note.en).toMatch(/TCP 127\.0\.0\.1:[1-9]\d*/);
      else if (link.kind === "serial") expect(link.note.en).toMatch("pty at 115200 baud");
    expect(boards.at(-1)?.link.note.en).toMatch("a person carries the file");
    expect(Object.keys(controls).sort()).toEqual(led.map(({ id }) => id).sort());
    expect(led).toHaveLength(6);
  });

  test("every panel is read back with what is intended; LCD pages and carried files are never said to be", async () => {
    const wired = new Set(led.map(({ id }) => id));
    const boards = await until(
      "all confirmed",
      () => boardsOf(daemon.url),
      (all) => all.every(({ id, confirmed, intended }) => !wired.has(id) || confirmed?.message === intended.message),
    );
    for (const { id, confirmed, faults } of boards) {
      if (!wired.has(id)) expect(confirmed).toBeNull();
      // Nothing has failed; that some of the samples' boards say nothing new is so.
      expect(faults.filter((fault) => !isReminder(fault as Fault))).toEqual([]);
    }
  });

  test("the half hour: each tile equals, dot for dot, the frame buffer of its panel's process", async () => {
    await tilesEqual(Date.parse("2017-11-06T08:30:02+08:00"));
  });

  test("the clock keeps its offset over a kill and a restart", async () => {
    const before = await office();
    await kill(daemon.running.child);
    await start();
    const after = await office();
    expect(after.clockId).toBe(before.clockId);
    expect(Date.parse(after.now)).toBeGreaterThan(Date.parse(before.now));
    await stop();
    clockId = after.clockId;
  });
});

/** What its panel's process lights, against all the ways in which the office says what that is. */
async function compare(board: BoardJson): Promise<{ message: Message | null; motion: string; fields: number }> {
  const { id } = board;
  const shape = { width: board.panel.width, height: board.panel.height, colour: board.panel.colour } as Shape;
  const light = await lit(controls[id] ?? 0);
  const at = light.panelTime;
  const where = `${id} at ${new Date(at).toISOString()}`;
  const pixels = new Uint8Array(Buffer.from(light.pixels, "base64"));
  const format = shape.colour === "mono" ? "mono1" : shape.colour === "dual" ? "dual2" : "rgb24";
  const bitmap = { ...shape, format, pixels, palette: new Uint8Array(0) } as const;
  const address = `${daemon.url}/api/v1/boards/${id}`;
  const ledColour = (board.panel as { ledColour?: string | null }).ledColour ?? null;

  const [text, picture, planned] = await Promise.all([
    fetch(`${address}/frame.txt?at=${at}`).then((response) => response.text()),
    fetch(`${address}/frame.png?at=${at}`).then((response) => response.arrayBuffer()),
    getJson<BoardProgramme>(`${address}/programme?at=${at}`),
  ]);
  expect(text, where).toBe(await textOf(bitmap));
  const raw = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
  expect((await raw(new Uint8Array(picture))).equals(await raw(await pngOf(bitmap, ledColour, 1))), where).toBe(true);

  // As the browser does: the programme, its messages by hash, and frameAt.
  const { programme } = planned;
  const messages = new Map<MessageHash, Message>();
  const hash = lookup(programme, at).message;
  if (hash !== null) messages.set(hash, await fetchMessage(hash));
  const frame = frameAt(programme, (name) => messages.get(name), at);
  expect(Buffer.from(frame.pixels).toString("base64"), where).toBe(light.pixels);
  expect(light.message, where).toBe(hash);

  const message = hash === null ? null : (messages.get(hash) ?? null);
  const page = message && pageAt(message, lookup(programme, at).elapsedMs, at)?.page;
  return { message, motion: page?.motion ?? "none", fields: page?.fields.length ?? 0 };
}

const fetched = new Map<MessageHash, Promise<Message>>();
function fetchMessage(hash: MessageHash): Promise<Message> {
  const kept = fetched.get(hash);
  if (kept) return kept;
  const made = fetch(`${daemon.url}/api/v1/messages/${hash}`).then(async (response) => {
    const decoded = decodeMessage(new Uint8Array(await response.arrayBuffer()));
    if (!decoded.ok) throw new Error(`${hash}: ${decoded.what}`);
    return decoded.message;
  });
  fetched.set(hash, made);
  return made;
}

const seen = { motions: new Set<string>(), fields: 0, messages: new Set<string>(), frames: 0 };
/** Rounds over all boards, between which a random part of a second goes by. */
const rounds = 5;

/** Each LED board's tile against its panel's process, some rounds, and on until the office's clock has come to `passed`. */
async function tilesEqual(passed = 0): Promise<void> {
  const wired = new Set(led.map(({ id }) => id));
  const boards = await until(
    "all confirmed",
    () => boardsOf(daemon.url),
    (all) => all.every(({ id, confirmed }) => !wired.has(id) || confirmed !== null),
  );
  for (let round = 0; round < rounds || Date.parse((await office()).now) < passed; round++) {
    const compared = await Promise.all(boards.filter(({ id }) => wired.has(id)).map(compare));
    for (const { message, motion, fields } of compared) {
      seen.frames++;
      seen.motions.add(motion);
      seen.fields += fields;
      if (message) seen.messages.add(message.hash);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
  }
  // The facts agree with the frame buffers: what was read back is what the programme has at that instant.
  for (const { id, confirmed } of await boardsOf(daemon.url)) {
    if (!wired.has(id) || !confirmed) continue;
    const heard = Date.parse(confirmed.at);
    const { programme } = await getJson<BoardProgramme>(`${daemon.url}/api/v1/boards/${id}/programme?at=${heard}`);
    const instants = Array.from({ length: 20 }, (_, index) => heard - 100 * index);
    const near = instants.map((instant) => lookup(programme, instant).message);
    expect(near, id).toContain(confirmed.notice === null ? null : confirmed.message);
  }
}

describe("each LED board's tile equals, dot for dot, the frame buffer of its panel's process", () => {
  test.each([
    ["what the samples expect of B1", "2017-12-05T09:00", /^2017-12-05T01:0\d/],
    ["a storm warning of priority 0", "2017-08-12T17:00", /^2017-08-12T09:0\d/],
    [
      "an evening: half are closed and black, a slogan scrolls on B7, clocks",
      "2017-11-07T18:45:50",
      /^2017-11-07T10:4\d/,
    ],
  ])("%s", async (_, at, moved) => {
    await start("--at", at);
    // `--at` moves the clock, and says so.
    const there = await office();
    expect(there.now).toMatch(moved);
    expect(there.clockId).not.toBe(clockId);
    clockId = there.clockId;
    await tilesEqual();
    await stop();
  });

  test("among them stood, moved and told the time", () => {
    expect(seen.motions).toEqual(new Set(["hold", "scroll-left", "none"]));
    expect(seen.fields).toBeGreaterThan(0);
    expect(seen.messages.size).toBeGreaterThan(10);
  });
});
