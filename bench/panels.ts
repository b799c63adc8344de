/**
 * 1,000 panels on TCP lines of one daemon. A wave: each is sent a picture of its own programme, in four commands back to
 * back, and counts when what it has read back is right. Ours is the delivery itself with its sockets; the peers are
 * senders in Python (asyncio) and in C (epoll): such as say and check the same in one write as well (`full`), and such as
 * one writes, which await each of five answers (`single`). Told beside it: theirs without a look at what comes back
 * (`plain`). A rate is on the clock, with the panels' own process beside it; else it is processor time of the sender alone.
 *
 * One in ten that neither reads nor answers any more must not be felt by the others; and a panel of which nothing is wanted
 * must cost next to no memory.
 */
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { wallClock } from "../src/time/clock.ts";
import type { Bench, Contender, Gate, Sizes } from "./harness.ts";
import { type Farm, makeWave, startFarm, type Wave } from "./peers/farm.ts";
import type { OurSender, ourSender } from "./peers/our-sender.ts";
import { asyncioSender, epollSender, type Kind, kinds, type Sender } from "./peers/senders.ts";

const ours = "ours";
/** Before anything is measured: a daemon sends for months. */
const warmingWaves = 60;
/** One after the other in each sample: the rate that is kept up, with the garbage of it. */
const wavesASample = 20;
/** Waves whose answers are taken together, where there are enough panels for a hundredth of them. */
const wavesPooled = 5;

const opened: { stop(): Promise<void> }[] = [];
/** For those who run more than this file. */
export async function close(): Promise<void> {
  for (const one of opened.splice(0).reverse()) await one.stop();
}

let waves = 0;
/** It has begun, by whichever of the clocks. */
const nextWave = (): Wave => makeWave(++waves, wallClock.now() - 60_000);

export async function benches({ many }: Sizes): Promise<readonly Bench[]> {
  const count = many < 1000 ? 20 : 1000;
  const farm = await startFarm(4 * count);
  opened.push(farm);
  const portsOf = (group: number) => farm.ports.slice(group * count, (group + 1) * count);
  const start = await builtSender();
  // Code and tables come with the first few, whatever their number.
  const few = await connected(start, portsOf(0).slice(0, Math.ceil(count / 10)));
  for (let wave = 0; wave < (count < 1000 ? 1 : warmingWaves); wave++) await few.wave(nextWave(), 0, 0);
  await few.delivery.stop();
  const before = memory();
  const all = await connected(start, portsOf(0));
  const after = memory();
  opened.push(all.delivery);
  const perPanel = (what: "heap" | "rss") => (after[what] - before[what]) / count;
  for (let wave = 0; wave < (count < 1000 ? 1 : warmingWaves); wave++) await all.wave(nextWave(), 0, 0);
  const peers: Sender[] = [];
  for (const peer of [await asyncioSender(portsOf(1)), await epollSender(portsOf(2))]) if (peer) peers.push(peer);
  opened.push(...peers);
  return [
    waveBench(count, all, peers, [
      { name: "bytes an idle panel", value: () => perPanel("heap"), atMost: 10_000 },
      { name: "bytes an idle panel, of the process", value: () => perPanel("rss") },
    ]),
    stalledBench(count, farm, () => connected(start, portsOf(3)), all),
  ];
}

type Start = typeof ourSender;

/** As it is shipped: what tsx makes of closures for its stack traces costs them time and memory. */
async function builtSender(): Promise<Start> {
  const outfile = fileURLToPath(new URL(`.out/our-sender-${process.pid}.mjs`, import.meta.url));
  const entryPoints = [fileURLToPath(new URL("peers/our-sender.ts", import.meta.url))];
  const options = { bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" } as const;
  await build({ ...options, entryPoints, outfile, logLevel: "error" });
  const { ourSender } = (await import(outfile)) as { ourSender: Start };
  await rm(outfile);
  return ourSender;
}

async function connected(start: Start, ports: readonly number[]): Promise<OurSender> {
  const sender = start(ports);
  await sender.wave(nextWave(), 0, 0);
  return sender;
}

/** Bytes that are in use after all that can be has been thrown away. */
function memory(): { readonly heap: number; readonly rss: number } {
  setFlagsFromString("--expose_gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

function waveBench(count: number, all: OurSender, peers: readonly Sender[], more: readonly Gate[]): Bench {
  const together = count < 1000 ? 1 : wavesASample;
  const clockMs = new Map<string, number[]>();
  const timed = (name: string, ms: number) => clockMs.set(name, [...(clockMs.get(name) ?? []), ms]);
  const named = (peer: string, kind: Kind) => (kind === "full" ? peer : `${peer}, ${kind}`);
  const contender = (peer: Sender, kind: Kind): Contender => ({
    name: named(peer.name, kind),
    perRun: count * together,
    async measured(runs) {
      let ms = 0;
      for (let wave = 0; wave < runs * together; wave++) {
        const took = await peer.wave(kind, nextWave());
        ms += took.cpuMs;
        timed(named(peer.name, kind), took.clockMs);
      }
      return ms;
    },
  });
  const perSecond = (name: string) => {
    const sorted = [...(clockMs.get(name) ?? [])].sort((a, b) => a - b);
    return (count * 1000) / (sorted[sorted.length >> 1] ?? Number.NaN);
  };
  const rates = (one: string, other: string) => () => perSecond(one) / perSecond(other);
  /** Against a peer that is not there: a bound that is not measured is not reached. */
  const against = (peer: string, gate: Gate): Gate => {
    if (peers.some(({ name }) => name === peer)) return gate;
    const { name, atLeast, atMost } = gate;
    const bound = { ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
    return { name, ...bound, value: () => Number.NaN };
  };
  const names = [ours, ...peers.map(({ name }) => name)];
  return {
    name: `a wave of updates to ${count} panels, confirmed`,
    unit: "us",
    contenders: [
      {
        name: ours,
        perRun: count * together,
        async measured(runs) {
          let ms = 0;
          for (let run = 0; run < runs * together; run++) {
            // Told to the peers before their time begins.
            const wave = nextWave();
            const [begun, clockBegun] = [process.cpuUsage(), performance.now()];
            await all.wave(wave, 0, 0);
            timed(ours, performance.now() - clockBegun);
            const { user, system } = process.cpuUsage(begun);
            ms += (user + system) / 1000;
          }
          return ms;
        },
      },
      ...peers.flatMap((peer) => kinds.map((kind) => contender(peer, kind))),
    ],
    gates: [
      against("asyncio", {
        name: "P: rate, ours / asyncio, single",
        value: rates(ours, "asyncio, single"),
        atLeast: 3,
      }),
      against("C epoll", { name: "L: rate, C epoll / ours", value: rates("C epoll", ours), atMost: 2 }),
      against("asyncio", { name: "P: asyncio, single / ours", ratioOf: ["asyncio, single", ours], atLeast: 3 }),
      against("C epoll", { name: "L: ours / C epoll, single", ratioOf: [ours, "C epoll, single"], atMost: 2 }),
      against("asyncio", { name: "P: rate, ours / asyncio", value: rates(ours, "asyncio") }),
      against("asyncio", { name: "P: asyncio / ours", ratioOf: ["asyncio", ours] }),
      against("C epoll", { name: "L: ours / C epoll", ratioOf: [ours, "C epoll"] }),
      against("asyncio", { name: "P: asyncio, plain / ours", ratioOf: ["asyncio, plain", ours] }),
      against("C epoll", { name: "L: ours / C epoll, plain", ratioOf: [ours, "C epoll, plain"] }),
      ...names.map((name) => ({ name: `a second on the clock: ${name}`, value: () => perSecond(name) })),
      ...more,
    ],
  };
}

/** The same healthy panels' slowest hundredth, alone and beside a tenth as many that are stalled. */
function stalledBench(count: number, farm: Farm, connect: () => Promise<OurSender>, alone: OurSender): Bench {
  const stalled = Math.floor(count / 10);
  let others: OurSender | null = null;
  /** Not before they are measured: they ask how their panels are, and that is no part of a wave to the first ones. */
  async function beside(): Promise<OurSender> {
    if (others === null) {
      others = await connect();
      opened.push(others.delivery);
      await farm.stall(3 * count, 3 * count + stalled);
    }
    return others;
  }
  const contender = (name: string, whose: () => OurSender | Promise<OurSender>, first: number): Contender => ({
    name,
    perRun: 1,
    async measured(runs) {
      const sender = await whose();
      let ms = 0;
      for (let run = 0; run < runs; run++) {
        const took: number[] = [];
        for (let time = 0; time < (count < 1000 ? 1 : wavesPooled); time++) {
          await sender.wave(nextWave(), first, stalled);
          took.push(...sender.tookMs.subarray(stalled));
        }
        ms += took.sort((a, b) => a - b)[Math.ceil(took.length * 0.99) - 1] ?? Number.NaN;
      }
      return ms;
    },
  });
  return {
    name: `the slowest hundredth of ${count - stalled} panels in a wave, on the clock`,
    unit: "ms",
    contenders: [contender("alone", () => alone, stalled), contender(`beside ${stalled} that are stalled`, beside, 0)],
    gates: [
      {
        name: "beside stalled ones / alone",
        ratioOf: [`beside ${stalled} that are stalled`, "alone"],
        atMost: 1.2,
      },
    ],
  };
}
