/** Several boards whose panels are on one line, with what is on the wire written down, on a clock that tests move. */
import { type Duplex, duplexPair } from "node:stream";
import { vi } from "vitest";
import type { PanelDriver, Wanted } from "../../src/panels/contract.ts";
import { type PanelLoop, startPanelLoop } from "../../src/panels/delivery/panel-loop.ts";
import { makeBus } from "../../src/panels/links/bus.ts";
import type { Link } from "../../src/panels/links/link.ts";
import { referenceDriver, type State } from "../../src/panels/reference/driver.ts";
import type { Reply } from "../../src/panels/reference/reply.ts";
import { type LineFaults, serveLine } from "../../src/panels/reference/simulator/line.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { FrameReader } from "../../src/panels/reference/simulator/wire.ts";
import { base, FakeSeals, picture, sealed, shape, wantedOf } from "./town.ts";

const hour = 3_600_000;
const message = (address: number, rows?: number) => picture(0x11 * address, rows === undefined ? 1000 : 0, rows);

/** A frame that all panels heard, whose it was, and when its answer left; null: nobody's did. */
export interface OnWire {
  readonly address: number;
  readonly seq: number;
  readonly verb: number;
  readonly atMs: number;
  answeredMs: number | null;
}

/** What a house does that its panel would not. */
interface Mood {
  /** No power. */
  dead: boolean;
  /** So many of its answers are damaged, of a hundred, evenly spread. */
  noisy: number;
  /** Its answer comes so much later. */
  lateMs: number;
  /** So many of its answers end in the middle. */
  torn: number;
}

export interface House {
  readonly address: number;
  readonly board: string;
  readonly panel: SimulatedPanel;
  readonly loop: PanelLoop;
  readonly mood: Mood;
  /** Replies that its driver was given, which another panel said. */
  readonly strange: string[];
}

export class Street {
  readonly seals = new FakeSeals();
  readonly houses: readonly House[];
  readonly wire: OnWire[] = [];
  readonly reader = new FrameReader();
  readonly faults: LineFaults = {
    ...{ cutAfterBytes: null, cutAfterReplyBytes: null, deafUntilMs: 0 },
    ...{ corruptReplies: 0, loseReplies: 0, noisyBytes: 0 },
  };
  unplugged = false;
  opened = 0;
  stopped = 0;
  near: Duplex | null = null;
  private readonly said = new Map<string, Set<number>>();
  private readonly baud: number | null;

  constructor(count: number, { baud = null, unplugged = false }: { baud?: number | null; unplugged?: boolean } = {}) {
    this.baud = baud;
    this.unplugged = unplugged;
    const bus = makeBus(this.line(), () => 0.5);
    const started = performance.now();
    const clock = { now: () => base + Math.floor(performance.now() - started) };
    this.houses = Array.from({ length: count }, (_, index) => {
      const address = index + 1;
      const board = `B${address}`;
      let boots = 0;
      const panel = new SimulatedPanel({
        ...{ id: board, shape, address, ramBytes: 4 * 1024 * 1024, monotonicMs: () => performance.now() },
        newBootId: () => `${address}${(++boots).toString(16).padStart(7, "0")}`,
      });
      const strange: string[] = [];
      const driver: PanelDriver<State, Reply> = {
        ...referenceDriver,
        reply: (state, exchange, reply, timing) => {
          const line = reply.toString();
          if (!this.said.get(line)?.has(address)) strange.push(line);
          return referenceDriver.reply(state, exchange, reply, timing);
        },
      };
      const identity = { board, shape, address, where: "memory", bitsPerSecond: baud, shared: true as const };
      // Apart in when they dial again, alike in where their numbers begin.
      const random = vi.fn(() => address / (count + 1)).mockReturnValueOnce(0.5);
      const loop = startPanelLoop(
        { panel: identity, link: bus.seat(), driver, seals: this.seals, clock, random, changed: () => {} },
        { ...wantedOf([]), board },
      );
      return { address, board, panel, loop, strange, mood: { dead: false, noisy: 0, lateMs: 0, torn: 0 } };
    });
  }

  house(address: number): House {
    return this.houses[address - 1] as House;
  }

  /** Each its own picture; `rows`: a long one. */
  want(address: number, change: Partial<Wanted> = {}, rows?: number): Wanted {
    const { board, loop } = this.house(address);
    const show = [[`R${address}`, message(address, rows)]] as const;
    const wanted = sealed(this.seals, wantedOf([{ fromMs: 0, untilMs: hour, show }], { board, ...change }));
    this.seals.sign(`R${address}`, message(address, rows), {
      envelope: { boards: [board], from: base - 1e9, until: base + 1e9, bestPriority: 0 },
      pixels: new Map([[board, message(address, rows).hash]]),
    });
    loop.want(wanted);
    return wanted;
  }

  confirmed(address: number, rows?: number): boolean {
    return this.house(address).loop.facts().confirmed?.message === message(address, rows).hash;
  }

  /** How long the line was taken up by this one, of the frames from the `from`th on. */
  takenMs(address: number, from = 0): number {
    const frames = this.wire.slice(from);
    return frames.reduce((sum, { address: its, atMs }, index) => {
      const next = frames[index + 1]?.atMs ?? performance.now();
      return its === address ? sum + next - atMs : sum;
    }, 0);
  }

  private line(): Link {
    return {
      where: "memory",
      bitsPerSecond: this.baud,
      open: async () => {
        this.opened++;
        if (this.unplugged) throw new Error("unplugged");
        const [near, far] = duplexPair();
        this.near = near;
        far.on("error", () => {});
        far.once("close", () => near.destroy());
        near.once("close", () => far.destroy());
        const now = () => performance.now();
        far.once(
          "close",
          serveLine(far, this.baud, this.faults, now, (byte) => this.heard(byte, far)),
        );
        return near;
      },
      stop: async () => void this.stopped++,
    };
  }

  private heard(byte: number, far: Duplex): string | null {
    const frame = this.reader.feed(byte);
    if (!frame) return null;
    const { address, seq, verb } = frame;
    const one: OnWire = { address, seq, verb, atMs: performance.now(), answeredMs: null };
    this.wire.push(one);
    for (const { panel, mood, ...house } of this.houses) {
      const reply = mood.dead ? null : panel.handle(frame);
      if (reply === null) continue;
      const line = reply.trimEnd();
      this.said.set(line, (this.said.get(line) ?? new Set()).add(house.address));
      one.answeredMs = performance.now() + mood.lateMs;
      const heard = this.wire.filter((other) => other.address === house.address).length;
      const damaged = (heard * mood.noisy) % 100 < mood.noisy ? reply.replace(" ", "~") : reply;
      if (mood.torn > 0) {
        mood.torn--;
        return damaged.slice(0, 9);
      }
      if (mood.lateMs === 0) return damaged;
      setTimeout(() => far.write(damaged), mood.lateMs);
    }
    return null;
  }

  async stop(): Promise<void> {
    let done = false;
    const stopping = Promise.all(this.houses.map(({ loop }) => loop.stop())).then(() => {
      done = true;
    });
    for (let round = 0; round < 400 && !done; round++) await breathe();
    await stopping;
  }

  async settle(): Promise<void> {
    let before = -1;
    for (let round = 0; round < 5000; round++) {
      await breathe();
      const now = this.houses.reduce(
        (sum, { loop }) => sum + loop.counters.connections,
        this.wire.length + this.opened,
      );
      if (now === before) return;
      before = now;
    }
    throw new Error("never comes to rest");
  }

  async advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      vi.advanceTimersByTime(Math.min(stepMs, left));
      await this.settle();
    }
  }

  /** Moves time on until it is so; says after how many ms. */
  async until(what: () => boolean, mostMs = 60_000): Promise<number> {
    await this.settle();
    for (let passed = 0; passed <= mostMs; passed += stepMs) {
      if (what()) return passed;
      await this.advance(stepMs);
    }
    const all = this.houses.map(({ board, loop }) => `${board} ${loop.facts().faults.map(({ fault }) => fault.code)}`);
    throw new Error(`not within ${mostMs} ms: ${what}; ${all.join("; ")}; ${this.wire.length} frames`);
  }
}

const stepMs = 5;

async function breathe(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
