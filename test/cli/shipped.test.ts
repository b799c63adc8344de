/** Every verb of the built program, as processes: with a daemon running, over its data alone, and with neither. */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { playlistSchema } from "../../src/api/schemas.ts";
import { builtProgram } from "../built.ts";
import { copyPracticeData } from "../practice-data.ts";
import { type DaemonProcess, finish, kill, killAll, run, startDaemonProcess, startPanel } from "../daemon/processes.ts";

// Many processes on few cores: patience, not a measure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let program: string;
let folder: string;
let data: string;
let daemon: DaemonProcess;
let notice: string;

beforeAll(async () => {
  program = await builtProgram();
  folder = await mkdtemp(join(tmpdir(), "boardcast-shipped-"));
  data = join(folder, "data");
  notice = join(folder, "notice.txt");
  await writeFile(notice, "停水通知\n因管道检修，明天上午停水。");
});
afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

const boardcast = (...words: string[]) => finish(program, ...words, "--practice", "--data", data);
const at = ["--at", "2017-12-05T09:00"];
const rows = (text: string) => text.trimEnd().split("\n");
/** The first answer to a question; whoever is asked later must say the same. */
const answers = new Map<string, string>();
function first(question: string, answer: string): string {
  const known = answers.get(question) ?? answer;
  answers.set(question, known);
  return known;
}

/**
 * What the reading verbs say is the same whoever answers them. What a verb does with its answer (words or JSON, dots or a
 * picture) is one piece of code whoever gave it: that is tried once, below, for without a daemon each process typesets all samples.
 */
const reading = (who: string) => {
  test(`playlist, ${who}`, async () => {
    const { code, out, err } = await boardcast("playlist", "B1", ...at, "--json");
    expect([code, err]).toEqual([0, ""]);
    const found = playlistSchema.parse(JSON.parse(out));
    expect(found.reasons.map((reason) => reason.notice)).toContain("N01");
    expect(out).toBe(first("playlist", out));
  });

  test(`frame, ${who}`, async () => {
    const { code, out, err } = await boardcast("frame", "B1", ...at);
    expect([code, err]).toEqual([0, ""]);
    expect(rows(out).map((row) => row.length)).toEqual(Array(32).fill(384));
    expect(out).toBe(first("frame", out));
  });

  test(`render, ${who}`, async () => {
    const { code, out, err } = await boardcast("render", "N01", "--panel", "384x32:mono");
    expect([code, err]).toEqual([0, ""]);
    const [shown = "", report = ""] = out.split("\n\n");
    expect(rows(`${shown}\n`)).toHaveLength(34);
    expect(report).toMatch(/^适屏报告 /);
    expect(out).toBe(first("render", out));
  });

  test(`what is not there, ${who}`, async () => {
    const board = await boardcast("frame", "B11", ...at);
    expect([board.code, board.out]).toEqual([1, ""]);
    expect(board.err).toMatch(/没有编号为“B11”.*there is no board "B11".*Did you mean B1/s);
    const unknown = await boardcast("render", "N99", "--panel", "128x64:mono");
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("there is no notice N99")]);
  });
};

describe("with neither daemon nor data", () => {
  reading("from the practice fixtures");

  test("leaves no trace", () => expect(existsSync(data)).toBe(false));

  test("doctor", async () => {
    const { code, out } = await boardcast("doctor", "--json");
    const checks = JSON.parse(out) as { name: string; status: string }[];
    expect(code).toBe(checks.some(({ status }) => status === "fail") ? 1 : 0);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["port", "clock", "calendar", "fonts", "disk"]),
    );
    expect((await boardcast("doctor")).out).toMatch(/✓ ok/);
  });
});

describe("with a daemon", () => {
  beforeAll(async () => {
    await copyPracticeData(data);
    daemon = await startDaemonProcess(program, "--practice", "--data", data, ...at);
  });

  reading("from the daemon");

  test("a playlist in words, a frame as a picture, and an instant that is none", async () => {
    const plain = await boardcast("playlist", "B1", ...at, "--for", "2h");
    expect([plain.code, plain.err]).toEqual([0, ""]);
    expect(plain.out).toMatch("B1  2017-12-05 09:00:00 — 2017-12-05 11:00:00  Asia/Shanghai");
    expect(plain.out).toMatch("N01");
    const png = join(folder, "b3.png");
    expect(await boardcast("frame", "B3", ...at, "--png", png)).toEqual({ code: 0, out: "", err: "" });
    expect(await sharp(png).metadata()).toMatchObject({ format: "png", width: 384, height: 192 });
    const instant = await boardcast("frame", "B1", "--at", "noon");
    expect([instant.code, instant.err]).toEqual([2, expect.stringContaining("--at 2017-12-05T09:00")]);
  });

  test("a text file is rendered into a picture a page", async () => {
    const pages = join(folder, "pages");
    expect((await boardcast("render", notice, "--panel", "128x64:mono", "--png", pages)).code).toBe(0);
    expect((await readdir(pages)).length).toBeGreaterThan(0);
  });

  test("import goes to the data that the daemon uses, and is seen there", async () => {
    const samples = JSON.parse(await readFile(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8"));
    const [first] = samples.notices;
    const good = { ...first, id: "X01", title: "新来的", boards: ["B7"] };
    const bad = { ...first, id: "X02", from: "2017-02-30T07:30" };
    const file = join(folder, "more.json");
    await writeFile(file, JSON.stringify({ ...samples, notices: [good, bad] }));
    const { code, out, err } = await boardcast("import", file);
    expect([code, out]).toEqual([1, expect.stringContaining("1 added, 0 revised, 0 unchanged, 1 signed, 1 refused")]);
    expect(err).toMatch(/X02.*notices\[1\]/s);
    const again = await boardcast("import", file, "--json");
    expect(JSON.parse(again.out)).toMatchObject({ added: 0, revised: 0, unchanged: 1, refused: [{ id: "X02" }] });
    const seen = async () => (await fetch(`${daemon.url}/api/v1/notices`)).text();
    while (!(await seen()).includes("X01")) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await boardcast("playlist", "B7", ...at)).out).toMatch("X01");
    await writeFile(file, "{");
    expect((await boardcast("import", file)).code).toBe(1);
    expect((await boardcast("import", join(folder, "none.json"))).err).toMatch("No such file");
  });

  test("a second daemon on the same data is refused with the first one's address", async () => {
    const { code, err } = await finish(program, "start", "--practice", "--port", "0", "--data", data);
    expect([code, err]).toEqual([1, expect.stringContaining(`it is running already: ${daemon.url}`)]);
  });

  test("nor may it start where the first has not said its address yet", async () => {
    await rm(join(data, "daemon.json"));
    const { code, err } = await finish(program, "start", "--practice", "--port", "0", "--data", data);
    expect([code, err]).toEqual([1, expect.stringContaining("a daemon is using this data folder already")]);
  });

  test("a taken port is said, and nothing was started", async () => {
    const other = join(folder, "other");
    const port = new URL(daemon.url).port;
    const { code, out, err } = await finish(program, "start", "--practice", "--port", port, "--data", other);
    expect([code, out, err]).toEqual([1, "", expect.stringContaining("choose another with --port")]);
    expect(await readdir(other)).toEqual(["daemon.lock"]);
  });

  test("after SIGTERM and after SIGINT no process is left, and the next start goes on", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const pids = await childrenOf(daemon);
      expect(pids.length).toBeGreaterThanOrEqual(6);
      daemon.running.child.kill(signal);
      expect(await daemon.running.ended).toBe(0);
      expect(pids.filter(alive)).toEqual([]);
      expect(existsSync(join(data, "daemon.json"))).toBe(false);
      daemon = await startDaemonProcess(program, "--practice", "--data", data);
    }
    const pids = await childrenOf(daemon);
    await kill(daemon.running.child);
    // Killed, it cannot wait for them: they see it by their standard input.
    while (pids.some(alive)) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

describe("over the data of a daemon that was killed", () => reading("from its data"));

/** Every process below the daemon's. */
async function childrenOf({ running }: DaemonProcess): Promise<number[]> {
  const found: number[] = [];
  const look = async (pid: number) => {
    const file = `/proc/${pid}/task/${pid}/children`;
    for (const child of (await readFile(file, "utf8")).split(" ").filter(Boolean).map(Number)) {
      found.push(child);
      await look(child);
    }
  };
  await look(running.child.pid ?? 0);
  return found;
}

/** A zombie that nobody has fetched yet is gone all the same. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("start with an installation file", () => {
  test("whose mistakes are each told with line and remedy: exit code 1, nothing started", async () => {
    const config = join(folder, "bad.yaml");
    await writeFile(config, "office: o\nhold: 2 hours\nboards:\n  - id: B1\n    nmae: n\n    device: led\n");
    const office = join(folder, "bad-data");
    const { code, out, err } = await finish(program, "start", "--config", config, "--port", "0", "--data", office);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(`${config}:2:7`);
    expect(err).toMatch(`${config}:5:5`);
    expect(err).toMatch('Did you mean "name"?');
    expect(existsSync(office)).toBe(false);
  });

  test("--at is for practice only", async () => {
    const config = new URL("../../fixtures/boardcast.example.yaml", import.meta.url).pathname;
    const { code, err } = await finish(program, "start", "--config", config, ...at, "--data", join(folder, "real"));
    expect([code, err]).toEqual([2, expect.stringContaining("--at is for practice only")]);
  });

  test("a data folder that cannot be made is said", async () => {
    const { code, err } = await finish(program, "start", "--practice", "--port", "0", "--data", join(notice, "below"));
    expect([code, err]).toEqual([1, expect.stringContaining("A part of the path is not a folder")]);
  });
});

test("panel says where it is, answers on its control port, and ends on SIGINT", async () => {
  const panel = await startPanel(program, "--listen", "tcp:0", "--size", "64x32:mono");
  expect(panel.port).toBeGreaterThan(0);
  panel.running.child.kill("SIGINT");
  expect(await panel.running.ended).toBe(0);
  const lineless = await finish(program, "panel", "--size", "64x32:mono");
  expect([lineless.code, lineless.err]).toEqual([
    2,
    expect.stringContaining("Give one of --listen, --connect or --serial"),
  ]);
});

test("a reader that has seen enough is no fault", async () => {
  const { child, ended } = run(program, "playlist", "B1", ...at, "--practice", "--data", data);
  child.stdout?.destroy();
  expect(await ended).toBe(0);
});
