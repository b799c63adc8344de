/**
 * A maker's way in, as README.md has it: each of its installation files starts an office, its curl lights the text, and what
 * the simulated sign at the end of the line shows is that very text. Only the sign's address is another one.
 */
import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test, vi } from "vitest";
import { tokens } from "../../src/cli/verbs/tokens.ts";
import { readSite } from "../../src/config/read.ts";
import type { BoardConfig } from "../../src/config/types.ts";
import { startDaemon } from "../../src/daemon/index.ts";
import { simulatedAlpha, simulatedOnbon } from "../../src/panels/simulated/cards.ts";
import { simulatedLamps } from "../../src/panels/simulated/streams.ts";
import type { Far } from "../panels/card-town.ts";
import { cards } from "../panels/onbon/rig.ts";
import { fontCard } from "../panels/onbon-k/rig.ts";
import { needTool } from "../tools.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const curl = needTool("curl");
const run = promisify(execFile);
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Way {
  readonly yaml: string;
  readonly curl: string;
}

/** Of each sign: its installation file, and the one request that follows it. */
function waysIn(path: string): readonly Way[] {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  return [...text.matchAll(/```yaml\n(office:[\s\S]*?)```\s+```sh\n(curl -X PUT [^\n]*)\n```/g)].map(
    ([, yaml = "", line = ""]) => ({ yaml, curl: line }),
  );
}

const ways = waysIn("README.md");
/** Of a card that draws its own characters: in its folder's. */
const fontWays = waysIn("src/panels/onbon-k/README.md");

function farEnd({ driver, shape }: BoardConfig): Far {
  switch (driver?.kind) {
    case "ddp":
      return simulatedLamps(driver, shape);
    case "alpha":
      return simulatedAlpha(shape, driver.answers);
    case "onbon":
      return simulatedOnbon(shape, { ...cards.e6, planes: "RG", rgb: "888" });
    case "onbon-k":
      return fontCard(shape, driver.family);
    default:
      throw new Error(`no simulated ${driver?.kind}`);
  }
}

/**
 * A thread of its own hears the line: a sign that minds pauses of milliseconds minds when bytes came, and not when this
 * thread, which is the daemon's too, had time for them.
 */
const listening = `
  const { parentPort } = require("node:worker_threads");
  let line = null;
  parentPort.on("message", (bytes) => line?.write(bytes));
  const server = require("node:net").createServer((socket) => {
    line = socket.on("error", () => {});
    parentPort.postMessage(null);
    socket.on("data", (bytes) => parentPort.postMessage({ bytes, atMs: performance.now() }));
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** The board, its sign being at the end of a line that this computer has. */
async function wired(board: BoardConfig, far: Far): Promise<BoardConfig> {
  if (board.link.kind === "udp") {
    const socket = createSocket("udp4");
    socket.on("message", (bytes) => far.hear(bytes, performance.now()));
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    closing.push(() => socket.close());
    return { ...board, link: { ...board.link, host: "127.0.0.1", port: socket.address().port } };
  }
  const ear = new Worker(listening, { eval: true });
  closing.push(() => ear.terminate());
  const port = await new Promise<number>((resolve) => {
    ear.on("message", (said: number | null | { readonly bytes: Uint8Array; readonly atMs: number }) => {
      if (typeof said === "number") return resolve(said);
      if (said === null) return far.connected();
      for (const answer of far.hear(said.bytes, said.atMs)) ear.postMessage(answer);
    });
  });
  // A serial sign behind a serial server has the same bytes.
  return { ...board, link: { kind: "tcp-out", host: "127.0.0.1", port, address: 1 } };
}

/** `.` and `@`, whatever the colours: as `frame.txt` has a row a line. */
function dotsOf({ shape: { width, height, colour }, pixels }: ReturnType<Far["frame"]>): string {
  const stride = Math.ceil(width / 8);
  const isLit = (x: number, y: number) => {
    if (colour === "rgb") return pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3).some((byte) => byte > 0);
    const planes = colour === "dual" ? [0, stride * height] : [0];
    return planes.some((plane) => ((pixels[plane + y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1);
  };
  const row = (y: number) => Array.from({ length: width }, (_, x) => (isLit(x, y) ? "@" : ".")).join("");
  return Array.from({ length: height }, (_, y) => row(y)).join("\n");
}

describe("from another computer", () => {
  test("nobody is answered until a key is given here; it opens one board's text and nothing else, until it is revoked", async () => {
    const read = readSite(ways[0]?.yaml ?? "", "boardcast.yaml");
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const listen = { ...read.site.listen, host: "0.0.0.0", port: 0, tls: "none" as const };
    const [board] = read.site.boards;
    if (!board) throw new Error("no board");
    const site = { ...read.site, listen, boards: [await wired(board, farEnd(board))] };
    const folder = mkdtempSync(join(tmpdir(), "boardcast-maker-"));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const first = await startDaemon({ site, folder, startAt: null });
    expect([first.held, new URL(first.url).hostname]).toEqual([true, "127.0.0.1"]);
    const json = { "Content-Type": "application/json" };
    const ask = (base: string, method: string, path: string, headers: object, body?: object) =>
      fetch(new URL(`/api/v1/${path}`, base), {
        ...{ method, headers: { ...json, ...headers } },
        ...(body && { body: JSON.stringify(body) }),
      });
    const file = join(folder, "boardcast.yaml");
    writeFileSync(file, ways[0]?.yaml ?? "");
    const words: string[] = [];
    const output = { out: (text: string) => void words.push(text), err: () => {} } as never;
    const type = (what: string, about: string, more = {}) =>
      tokens(what, about, { config: file, data: folder, ...more }, output);
    await expect(type("add", "sign")).rejects.toThrow();
    expect(await type("add", "sign", { name: "doorbell", days: 30 })).toBe(0);
    const secret = /bct_[\w-]{43}/.exec(words.splice(0).join(""))?.[0] ?? "";
    expect(await type("list", "")).toBe(0);
    const said = words.join("");
    const [id = ""] = said.split(" ");
    expect(said).toMatch(/^[0-9a-f]{32} {2}doorbell {2}text:sign {2}/);
    expect(said).not.toContain(secret);
    await first.stop();

    const daemon = await startDaemon({ site, folder, startAt: null });
    closing.push(() => daemon.stop());
    expect(daemon.held).toBe(false);
    const base = `http://127.0.0.1:${new URL(daemon.url).port}/`;
    // What comes through somebody else is not from this computer, wherever that one is.
    const afar = { "X-Forwarded-For": "192.0.2.9" };
    const keyed = { ...afar, Authorization: `Bearer ${secret}` };
    const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status;
    const text = "boards/sign/text";
    expect(await status(base, "PUT", text, afar, { text: "A" })).toBe(401);
    expect(
      await status(base, "PUT", text, { ...afar, Authorization: `Bearer ${secret.slice(0, -1)}` }, { text: "A" }),
    ).toBe(401);
    const put = await ask(base, "PUT", text, keyed, { text: "DING DONG", minutes: 5 });
    expect([put.status, ((await put.json()) as { text: string }).text]).toEqual([200, "DING DONG"]);
    const others = ["boards", "tokens", "ledger", "cards", text].map((path) => ["GET", path] as const);
    const changes = [
      ["POST", "tokens"],
      ["PUT", "boards/other/text"],
      ["POST", "dark"],
      ["POST", "review/drafts"],
    ] as const;
    for (const [method, path] of [...others, ...changes]) {
      const body = method === "GET" ? undefined : path.endsWith("text") ? { text: "B" } : { boards: ["sign"] };
      expect([403, 404], `${method} ${path}`).toContain(await status(base, method, path, keyed, body));
      expect([401, 404], `${method} ${path}`).toContain(await status(base, method, path, afar, body));
    }
    expect(await status(base, "DELETE", `tokens/${id}`, keyed)).toBe(403);
    expect(await status(base, "DELETE", text, keyed)).toBe(200);
    expect(await type("revoke", id)).toBe(0);
    expect(await status(base, "PUT", text, keyed, { text: "A" })).toBe(401);
  });
});

describe("from a bare file to a lit text", () => {
  test("the README has three, of five lines at most; its twin has the same", () => {
    expect(ways.map(({ yaml }) => /kind: (\w+)/.exec(yaml)?.[1])).toEqual(["ddp", "alpha", "onbon"]);
    expect(fontWays).toHaveLength(1);
    for (const { yaml } of ways) expect(yaml.trim().split("\n").length).toBeLessThanOrEqual(5);
    for (const { yaml } of [...ways, ...fontWays]) {
      expect(yaml).toMatch(/^review: none$/m);
      expect(yaml).toMatch(/^calendar: none$/m);
    }
    expect(waysIn("README.zh-CN.md")).toEqual(ways);
  });

  test
    .skipIf(curl === null)
    .each([...ways, ...fontWays].map((way) => [/kind: ([\w-]+)/.exec(way.yaml)?.[1], way] as const))(
    "%s",
    async (_, way) => {
      const read = readSite(way.yaml, "boardcast.yaml");
      if (!read.ok) throw new Error(JSON.stringify(read.faults));
      const [board] = read.site.boards;
      if (!board) throw new Error("no board");
      const far = farEnd(board);
      const site = { ...read.site, boards: [await wired(board, far)], listen: { ...read.site.listen, port: 0 } };
      const folder = mkdtempSync(join(tmpdir(), "boardcast-maker-"));
      closing.push(() => rmSync(folder, { recursive: true, force: true }));
      const daemon = await startDaemon({ site, folder, startAt: null });
      closing.push(() => daemon.stop());
      const base = daemon.url.replace(/\/$/, "");

      const said = await run("sh", ["-c", way.curl.replace("http://127.0.0.1:8080", base)]);
      const put = JSON.parse(said.stdout) as { text: string | null; board: string };
      expect(put, said.stdout).toMatchObject({ board: board.id, text: expect.any(String) });
      const asked = async (path: string) => (await fetch(`${base}/api/v1/boards/${board.id}/${path}`)).text();
      const lit = (text: string) => text.trim().replace(/[^.\n]/g, "@");
      const shows = () => dotsOf(far.frame());
      await vi.waitFor(async () => expect(shows()).toBe(lit(await asked("frame.txt"))), { timeout: 30_000 });
      const text = shows();
      expect(text).toContain("@");

      // Taken down, it shows what it is when nothing is said: its name, and not the text.
      const path = `${base}/api/v1/boards/${board.id}/text`;
      expect(await (await fetch(path, { method: "DELETE" })).json()).toMatchObject({ text: null });
      await vi.waitFor(async () => expect(shows()).toBe(lit(await asked("frame.txt"))), { timeout: 30_000 });
      expect(shows()).not.toBe(text);
    },
  );
});
