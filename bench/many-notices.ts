/**
 * A whole archive typeset anew, every notice different: neither time nor memory a notice grows with their number, the
 * caches stay within their bytes, and the main thread goes on while the typesetter's thread works.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { limits } from "../src/limits.ts";
import type { Shape } from "../src/message/index.ts";
import { glyphBytesHeld } from "../src/typeset/fonts/index.ts";
import { cellBytesHeld } from "../src/typeset/text.ts";
import { typeset } from "../src/typeset/typeset.ts";
import { createTypesetter } from "../src/typeset/typesetter.ts";
import type { Bench, Contender, Sizes } from "./harness.ts";
import { use } from "./peers/agree.ts";
import { requestOf } from "./peers/notices.ts";
import { practice } from "./peers/office.ts";

const characters = 120;
const perRun = 100;
const kibi = 1024;
const shapes = practice().boards.map(({ shape }) => shape);
const led = shapes.filter(({ width, height }) => width * height < 1_000_000);

function setOne(n: number): number {
  const result = typeset(requestOf(n, characters, led[n % led.length] as Shape));
  if (!result.ok) throw new Error(`notice ${n}: ${JSON.stringify(result.faults)}`);
  return result.pages;
}

/** Goes through `count` notices, some a run. */
function through(name: string, count: number): Contender {
  let next = 0;
  const run = () => {
    for (let n = 0; n < perRun; n++) {
      use(setOne(next));
      next = (next + 1) % count;
    }
  };
  return { name, perRun, run };
}

/** What is in use once nothing is left to be collected. */
function heapBytes(): number {
  setFlagsFromString("--expose_gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

/** Bytes more in use after notices `from` to `until` than before, a notice. */
function keptOf(from: number, until: number): number {
  const before = heapBytes();
  for (let n = from; n < until; n++) use(setOne(n));
  return (heapBytes() - before) / (until - from);
}

interface Stalls {
  readonly whileSetting: number;
  /** As long a time with nothing to do: what the rest of the computer makes it wait. */
  readonly idle: number;
}

/** The longest that the main thread stood still, ms, while its typesetter set one notice after another for all boards. */
async function longestStalls(notices: number): Promise<Stalls> {
  const typesetter = createTypesetter();
  const ask = (n: number) => Promise.all(shapes.map((shape) => typesetter.ask(requestOf(n, characters, shape))));
  await ask(0);
  const begun = performance.now();
  const whileSetting = await longestDelay(async () => {
    for (let n = 1; n <= notices; n++) await ask(n);
  });
  const lastedMs = performance.now() - begun;
  return { whileSetting, idle: await longestDelay(() => setTimeout(lastedMs)) };
}

async function longestDelay(during: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await during();
  delay.disable();
  return delay.max / 1e6;
}

export async function benches({ few }: Sizes): Promise<readonly Bench[]> {
  const many = few * 10;
  // Fonts, code and tables are loaded with the first ones, whatever their number.
  for (let n = 0; n < 60; n++) use(setOne(many + n));
  const first = keptOf(0, few);
  const rest = keptOf(few, many);
  const stalls = await longestStalls(Math.min(few, 60));
  const [small, large] = [`of ${few} notices`, `of ${many} notices`];
  return [
    {
      name: "typesetting an archive, time a notice",
      unit: "us",
      contenders: [through(small, few), through(large, many)],
      gates: [
        { name: `growth, ${few} to ${many} notices`, ratioOf: [large, small], atMost: 1.5 },
        // The first fill the caches; none of the rest may stay.
        { name: `KiB kept a notice, the first ${few}`, value: () => first / kibi },
        { name: `KiB kept a notice, from there to ${many}`, value: () => rest / kibi, atMost: 1 },
        { name: "KiB of glyphs kept", value: () => glyphBytesHeld() / kibi, atMost: limits.glyphCacheBytes / kibi },
        { name: "KiB of cells kept", value: () => cellBytesHeld() / kibi, atMost: limits.cellCacheBytes / kibi },
        // By the clock on the wall, so it sways with whatever else the computer does and is only told: 20 ms is wanted.
        { name: "longest stall of the main thread, ms", value: () => stalls.whileSetting },
        { name: "the same with nothing to do, ms", value: () => stalls.idle },
      ],
    },
  ];
}
