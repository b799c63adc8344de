/** Many pages as rows of dots are handed on a block at a time: no more of them waits than the reader has room for. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { textOf } from "../../src/api/picture.ts";
import { run } from "../../src/cli/program.ts";
import { limits } from "../../src/limits.ts";
import { emptyBitmap } from "../../src/message/index.ts";
import { builtProgram } from "../built.ts";
import { hearing } from "./hearing.ts";
import { closeFolder, fileOf, folder, openFolder } from "./rendering.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let words: string[];
beforeAll(async () => {
  await openFolder();
  const file = await fileOf("long.txt", `公告\n${"因管道检修，明天上午停水。".repeat(400)}`);
  words = ["render", file, "--panel", "800x480:rgb", "--practice", "--data", folder];
});
afterAll(closeFolder);

test("a reader that takes its time gets every dot of every page, from one block at a time", async () => {
  const { output, said } = hearing();
  let waiting = 0;
  let most = 0;
  const blocks = new Set<ArrayBufferLike>();
  const code = await run(words, {
    ...output,
    bytes: async (text) => {
      waiting += text.length;
      most = Math.max(most, waiting);
      blocks.add(text.buffer);
      await setImmediate();
      await output.bytes(text);
      waiting -= text.length;
    },
  });
  expect([code, said.err]).toEqual([0, ""]);
  expect(most).toBeLessThanOrEqual(limits.dotTextBytes);
  const pages = said.out.split(/^第 \d+\/\d+ 页 .*\n/m).slice(1);
  expect(pages.length).toBeGreaterThan(3);
  // Each has the form of an empty page's text, and ink.
  const empty = await textOf(emptyBitmap(800, 480, "mono1"));
  for (const page of pages) {
    const dots = page.slice(0, empty.length);
    expect(dots.replace(/[^\n]/g, ".") === empty).toBe(true);
    expect(dots).toMatch(/[rgybmcw]/);
  }
  expect(blocks.size).toBe(pages.length);
});

/** Tells, when the program ends, the most that ever waited in its standard output. */
const telling = `data:text/javascript,${encodeURIComponent(`
  const { stdout } = process;
  const write = stdout.write;
  let most = 0;
  stdout.write = (...given) => {
    const taken = write.apply(stdout, given);
    most = Math.max(most, stdout.writableLength);
    return taken;
  };
  process.on("exit", () => console.error("waited", most));
`)}`;

async function shipped(read: (stdout: NodeJS.ReadableStream) => Promise<void>, to: "pipe" | number = "pipe") {
  const program = await builtProgram();
  const child = spawn(process.execPath, ["--import", telling, program, ...words], { stdio: ["ignore", to, "pipe"] });
  let err = "";
  child.stderr?.on("data", (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  if (child.stdout) await read(child.stdout);
  const code = await ended;
  return { code, said: err.replace(/waited \d+\n$/, ""), waited: Number(/waited (\d+)\n$/.exec(err)?.[1]) };
}

test("the shipped program waits for a slow reader, and prints the same", async () => {
  const { output, said } = hearing();
  await run(words, output);
  let out = "";
  const { code, waited } = await shipped(async (stdout) => {
    for await (const text of stdout) {
      out += text;
      await setImmediate();
    }
  });
  expect(code).toBe(0);
  expect(out === said.out).toBe(true);
  // A block, and the lines between the pages.
  expect(waited).toBeLessThanOrEqual(limits.dotTextBytes + 1024);
});

test("a disk that is full is told in words", async () => {
  // Every Linux has this device; each write to it fails as on a full disk.
  const full = openSync("/dev/full", "w");
  const { code, said } = await shipped(async () => {}, full);
  closeSync(full);
  expect([code, said]).toEqual([1, expect.stringMatching(/磁盘满了[\s\S]*The disk is full: free some space/)]);
  expect(said).not.toMatch(/\n\s+at /);
});

test("a reader that has seen enough (`| head`) ends it quietly", async () => {
  const { code, said } = await shipped(async (stdout) => {
    for await (const _ of stdout) break;
  });
  expect([code, said]).toEqual([0, ""]);
});
