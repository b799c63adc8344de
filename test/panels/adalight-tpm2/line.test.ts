/** Pictures on a serial line that is slow, torn, cut, or taken to another speed by what was torn. */
import { Duplex } from "node:stream";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyFrame, type Frame, type Message } from "../../../src/message/index.ts";
import { adalightDriver, tpm2Driver } from "../../../src/panels/adalight-tpm2/driver.ts";
import { Wled } from "../../../src/panels/adalight-tpm2/simulator/wled.ts";
import type { Cleared } from "../../../src/panels/contract.ts";
import type { PanelLoop } from "../../../src/panels/delivery/panel-loop.ts";
import { startStreamLoop } from "../../../src/panels/delivery/stream-loop.ts";
import { LampPanel } from "../../../src/panels/simulated/lamp-panel.ts";
import { picture, programmeOf } from "../card-town.ts";
import { plain } from "../lamp-panel.ts";
import { plainWiring } from "../plain-wiring.ts";
import { base, FakeSeals, fakes, type Part, sealed } from "../town.ts";

const shape = { width: 32, height: 8, colour: "rgb" } as const;
const frameBytes = 6 + 32 * 8 * 3;
const [red, blue] = [picture(shape, 1), picture(shape, 2)];

/** A port that takes bytes as fast as its line carries them, and WLED behind it. */
class Line {
  readonly panel = new LampPanel(shape, () => new Wled(shape.width * shape.height), plainWiring);
  readonly seals = new FakeSeals();
  readonly loop: PanelLoop;
  /** Most bytes that ever waited. */
  queued = 0;
  opened = 0;
  /** Bytes of the next write that do not arrive. */
  loses = 0;
  speed: number;
  #port: Duplex | null = null;
  readonly #begun = performance.now();

  constructor(bitsPerSecond: number) {
    this.speed = bitsPerSecond;
    this.panel.controller.speed = bitsPerSecond;
    const link = {
      where: "serial",
      bitsPerSecond,
      open: async () => this.#open(bitsPerSecond),
      retune: async (_port: Duplex, speed: number) => {
        this.speed = speed;
      },
      stop: async () => {},
    };
    const panel = { board: "B1", shape, address: 1, where: "serial", bitsPerSecond };
    const clock = { now: () => base + Math.floor(performance.now() - this.#begun) };
    const parts = {
      panel,
      link,
      driver: adalightDriver(plain),
      seals: this.seals,
      clock,
      random: () => 0,
      changed: () => {},
    };
    this.loop = startStreamLoop(parts, programmeOf(shape, []));
  }

  wants(...parts: readonly Part[]): void {
    this.loop.want(sealed(this.seals, programmeOf(shape, parts)));
  }

  /** Somebody pulls the plug, in the middle of whatever is under way. */
  unplug(): void {
    this.#port?.destroy(new Error("unplugged"));
  }

  say(words: string): void {
    this.#port?.push(words);
  }

  #open(bitsPerSecond: number): Duplex {
    this.opened++;
    this.speed = bitsPerSecond;
    const port = new Duplex({
      highWaterMark: 64 * 1024,
      read: () => {},
      write: (chunk: Uint8Array, _encoding, done) => {
        this.queued = Math.max(this.queued, port.writableLength);
        // Half of it, then the rest: a plug that is pulled tears it.
        const half = chunk.length >> 1;
        const ms = (bytes: number) => (bytes * 10_000) / this.speed;
        setTimeout(() => this.#arrive(chunk.subarray(0, half), port), ms(half));
        setTimeout(() => {
          this.#arrive(chunk.subarray(half + this.loses), port);
          this.loses = 0;
          done();
        }, ms(chunk.length));
      },
    });
    this.#port = port;
    return port;
  }

  #arrive(bytes: Uint8Array, port: Duplex): void {
    if (port.destroyed) return;
    for (const answer of this.panel.hear(bytes, performance.now(), this.speed)) port.push(answer);
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 5) {
      vi.advanceTimersByTime(5);
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      this.panel.tick(performance.now());
    }
  }

  shows({ pages: [page] }: Message): boolean {
    return Buffer.compare(this.panel.frame().pixels, page?.bitmap.pixels ?? new Uint8Array()) === 0;
  }

  async stop(): Promise<void> {
    const stopping = this.loop.stop();
    await this.pass(5000);
    await stopping;
  }
}

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

describe("a slow line", () => {
  test("has one picture under way at most, and the newest comes next", async () => {
    const line = new Line(9600);
    // Another picture every 50 ms, each of which takes 800 on the line.
    const [one, other] = [picture(shape, 3, 50), picture(shape, 4, 50)];
    line.wants({
      fromMs: 0,
      untilMs: 3_600_000,
      show: [
        ["R1", one],
        ["R2", other],
      ],
    });
    await line.pass(6000);
    const { frames } = line.panel.controller;
    expect(frames).toBeGreaterThan(4);
    // The zeros before it, itself, and the zeros after it.
    expect(line.queued).toBeLessThanOrEqual(2 * frameBytes + 32);
    line.wants({ fromMs: 0, untilMs: 3_600_000, show: [["R3", red]] });
    // What is under way, and then this one, with nothing in between.
    await line.pass(2 * 900);
    expect(line.shows(red)).toBe(true);
    expect(line.panel.controller.frames).toBeLessThanOrEqual(frames + 3);
    await line.stop();
    expect(line.panel.controller.lamps.every((byte) => byte === 0)).toBe(true);
    expect(line.panel.controller.commands).toBe("");
  });
});

describe("a frame that is torn", () => {
  test.each([1, 30, 32, 300, 700])(
    "by %s bytes is right again with the next, and nothing of it is a command",
    async (loses) => {
      const line = new Line(115_200);
      line.wants({ fromMs: 0, untilMs: 3_600_000, show: [["R1", red]] });
      await line.pass(1500);
      line.loses = loses;
      await line.pass(2200);
      expect(line.shows(red)).toBe(true);
      expect(line.panel.controller.commands).toBe("");
      await line.stop();
    },
  );

  test("by a plug that was pulled is filled up first when the line is there again", async () => {
    const line = new Line(115_200);
    line.wants({ fromMs: 0, untilMs: 3_600_000, show: [["R1", red]] });
    for (const ms of [300, 1030, 1060, 1100, 1117]) {
      await line.pass(ms);
      line.unplug();
      await line.pass(3000);
      expect(line.shows(red), `${ms}`).toBe(true);
    }
    expect(line.opened).toBe(6);
    expect(line.panel.controller.commands).toBe("");
    await line.stop();
  });

  test("while pictures move costs that one and no more, wherever up to 32 of its bytes are lost", () => {
    const frame = (seed: number): Cleared<Frame> =>
      ({ ...emptyFrame(shape), pixels: picture(shape, seed).pages[0]?.bitmap.pixels }) as never;
    fc.assert(
      fc.property(fc.boolean(), fc.nat(frameBytes), fc.integer({ min: 1, max: 32 }), (ada, at, lost) => {
        const driver = ada ? adalightDriver(plain) : tpm2Driver(plain);
        const far = new LampPanel(shape, () => new Wled(shape.width * shape.height), plainWiring);
        let state = driver.start({ board: "B1", shape, address: 1, where: "serial", bitsPerSecond: 115_200 });
        for (const seed of [1, 2, 3]) {
          const made = driver.frame(state, frame(seed));
          state = made.state;
          const bytes = Buffer.concat(made.packets);
          // Its header is not lost: without it the rest cannot be told from commands.
          const from = seed === 2 ? Math.min(6 + at, frameBytes - lost) : bytes.length;
          far.hear(Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + lost)]), seed * 25);
        }
        expect(Buffer.compare(far.frame().pixels, frame(3).pixels)).toBe(0);
        expect(far.controller.commands).toBe("");
      }),
    );
  });
});

test("WLED that took pixels for another speed is brought back to ours", async () => {
  const line = new Line(115_200);
  line.wants({ fromMs: 0, untilMs: 3_600_000, show: [["R1", red]] });
  await line.pass(1500);
  line.panel.hear(Uint8Array.of(0xb3), performance.now());
  expect(line.panel.controller.speed).toBe(500_000);
  // Said by hand: what it answers is on no line here.
  line.say("Baud is now 500000\r\n");
  line.wants({ fromMs: 0, untilMs: 3_600_000, show: [["R2", blue]] });
  await line.pass(2000);
  expect(line.panel.controller.speed).toBe(115_200);
  expect(line.shows(blue)).toBe(true);
  expect(line.speed).toBe(115_200);
  await line.stop();
});
