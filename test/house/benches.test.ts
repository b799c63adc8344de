/** The benches themselves run, once and small: whether contenders agree is asserted, how fast they are is not. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Benches, measure, measuring } from "../../bench/harness.ts";
import { agree } from "../../bench/peers/agree.ts";
import { someOf } from "../some.ts";
import { needTool } from "../tools.ts";

interface Module {
  readonly benches: Benches;
  /** Of what it leaves open. */
  readonly close?: () => Promise<void>;
}

const folder = new URL("../../bench/", import.meta.url);
const machinery = ["harness.ts", "run.ts", "table.ts"];
const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && !machinery.includes(file));

/** The bounds that the project has set itself. Whoever lowers one says why. */
const gates: Readonly<Record<string, readonly string[]>> = {
  "dither.ts": [
    "P: canvas and JS / ours \u2265 10",
    "P: canvas and our dither / ours \u2265 5",
    "P: the plain way / ours \u2265 8",
  ],
  "fanout.ts": [
    "P: ws, a send a board / ours \u2265 6",
    "P: socket.io / ours \u2265 4",
    "P: socket.io, binary / ours \u2265 8",
    "P: ws, a send a board / ours \u2265 9",
    "P: socket.io, binary / ours \u2265 30",
  ],
  "keystroke.ts": ["promised: 100 ms \u2264 100", "L: nine panels drawn / only asked for \u2264 1"],
  "many-notices.ts": [
    "growth, 20 to 200 notices \u2264 1.5",
    "KiB kept a notice, from there to 200 \u2264 1",
    "KiB of glyphs kept \u2264 32768",
    "KiB of cells kept \u2264 32768",
  ],
  "memory.ts": ["bytes a notice, 20 to 200 \u2264 400"],
  "next-occurrence.ts": ["P: croner / ours \u2265 20", "P: croner / ours \u2265 20", "P: croner / ours \u2265 20"],
  "page-encode.ts": ["P: sharp / ours \u2265 25"],
  "panels.ts": [
    "P: rate, ours / asyncio, single \u2265 3",
    "L: rate, C epoll / ours \u2264 2",
    "P: asyncio, single / ours \u2265 3",
    "L: ours / C epoll, single \u2264 2",
    "bytes an idle panel \u2264 10000",
    "beside stalled ones / alone \u2264 1.2",
  ],
  "programme-lookup.ts": [
    "P: scan / ours at 4096 \u2265 20",
    "growth, 10 to 4096 spans, frame by frame \u2264 4",
    "growth, 10 to 4096 spans, anywhere \u2264 10",
  ],
  "render-line.ts": [
    "P: naive / ours \u2265 100",
    "P: quick per pixel / ours \u2265 50",
    "P: canvas / ours \u2265 300",
    "L: ours / 16-bit stores \u2264 2",
    "P: naive / ours \u2265 40",
    "P: quick per pixel / ours \u2265 40",
    "P: canvas / ours \u2265 100",
  ],
  "scroll-frame.ts": [
    "P: redraw, whole text / frame \u2265 150",
    "P: @napi-rs/canvas / frame \u2265 500",
    "P: visible glyphs / frame \u2265 75",
    "P: strip, dot by dot / frame \u2265 100",
    "P: redraw, whole text / frameAt \u2265 100",
    "L: frame / Buffer.copy \u2264 1.2",
    "L: frameAt / Buffer.copy \u2264 2",
  ],
  "start.ts": ["200 notices / none, planned \u2264 1.3", "200 notices / none, open \u2264 1.3"],
  "tick.ts": [
    "growth, 20 to 200 notices \u2264 1.3",
    "P: scan / ours at 200 \u2265 100",
    "growth, 20 to 200 notices \u2264 2",
  ],
  "timeline.ts": ["promised: 200 ms \u2264 200", "growth, 20 to 200 notices \u2264 1.5"],
  "typeset-boards.ts": ["the 7 LED boards, ms \u2264 5"],
  "wall.ts": [
    "L: nine scroll / nine canvases \u2264 3",
    "L: a usual half hour / nine canvases \u2264 2",
    "L: hidden / nine canvases \u2264 0.4",
  ],
};

/** Those that start programs, browsers and hundreds of connections: an ordinary run takes three of them. */
const dear = ["fanout.ts", "keystroke.ts", "many-notices.ts", "memory.ts", "start.ts", "wall.ts"];
const some = [...files.filter((file) => !dear.includes(file)), ...someOf("dear benches", dear, 3)];

describe("the benches", () => {
  it("are these", () => {
    expect(files.sort()).toEqual(Object.keys(gates));
  });

  it.each(some)(
    "%s: contenders give the same, every gate has its bound",
    async (file) => {
      if (["keystroke.ts", "wall.ts"].includes(file) && needTool("chromium") === null) return;
      const { benches, close } = (await import(new URL(file, folder).href)) as Module;
      const made = typeof benches === "function" ? await benches({ few: 20, many: 200 }) : benches;
      const results = [];
      for (const bench of made) results.push(await measure(bench, { ...measuring, rounds: 1, sampleMs: 0 }));
      await close?.();
      const bounded = results.flatMap((result) => result.gates).filter(({ wanted }) => wanted !== null);
      expect(bounded.map(({ name, wanted }) => `${name} ${wanted}`)).toEqual(gates[file]);
      for (const { contenders } of results) expect(contenders.length).toBeGreaterThan(1);
      // One of them builds the program and starts it: on a busy computer that takes its time.
    },
    120_000,
  );

  it("throw where contenders differ", () => {
    expect(() => agree("line 3", Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toThrow("line 3: byte 1 is 2 against 3");
    expect(() => agree("line 3", Uint8Array.of(1), Uint8Array.of(1, 3))).toThrow("1 bytes against 2");
    expect(() => agree("line 3", Uint8Array.of(1), Uint8Array.of(1))).not.toThrow();
  });
});
