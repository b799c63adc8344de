/**
 * What every driver does on its simulator, whatever its protocol: the signed dots and no others are lit, in time; black is
 * black; a card that lost its power, its line or some bytes has it all back; and nothing outlives its end. Each protocol's
 * own test gives a `Rig`, and what its card cannot promise is in its driver's capabilities, which are held to here.
 */
import { type Duplex, duplexPair } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyFrame, type Frame, frameAt, makeMessage, type Message, type Shape } from "../../src/message/index.ts";
import type { FlashCount, Wanted } from "../../src/panels/contract.ts";
import { type PanelLoop, startPanelLoop } from "../../src/panels/delivery/panel-loop.ts";
import { startStreamLoop } from "../../src/panels/delivery/stream-loop.ts";
import type { AnyDriver } from "../../src/panels/drivers.ts";
import type { Link } from "../../src/panels/links/link.ts";
import { base, FakeSeals, fakes, type Part, sealed, wantedOf } from "./town.ts";

/** A far end that keeps what it was told and lights it, in its own process or in ours. */
export interface Far {
  /** Bytes of a line as they come, in any pieces; or one datagram. What it answers. `speed`: the line's, where it has one. */
  hear(bytes: Uint8Array, nowMs: number, speed?: number): readonly Uint8Array[];
  /** Time goes on, and nothing comes. */
  tick(nowMs: number): void;
  /** Somebody has (again) dialled: what was half said before is forgotten. */
  connected(): void;
  /** The power goes and comes back: what it kept in RAM is gone. */
  powerCycle(): void;
  /** What is lit, in the frame's own packing. */
  frame(): Frame;
  /** How often it wrote its flash. */
  readonly flashWrites: number;
}

export interface Rig {
  readonly name: string;
  /** Each write of the driver is one datagram. */
  readonly datagrams: boolean;
  /** A serial line's, where it is one. */
  readonly bitsPerSecond?: number;
  readonly shapes: readonly Shape[];
  driver(shape: Shape): AnyDriver;
  far(shape: Shape): Far;
  /** Where the card may write its flash. */
  readonly flash?: FlashCount;
  /** Within so long everything is there, ms; 3000 where nothing is said. */
  readonly settlesMs?: number;
}

export interface LineFaults {
  /** Every so manieth byte towards the card is another one; 0: none. Datagrams: it is lost. */
  spoilt: number;
  /** Answers do not arrive. */
  mute: boolean;
  /** Nobody answers the dial. */
  unplugged: boolean;
}

/** One board, its line and its far end. Begin with `vi.useFakeTimers(fakes)`. */
export class CardTown {
  readonly seals = new FakeSeals();
  readonly far: Far;
  readonly loop: PanelLoop;
  readonly faults: LineFaults = { spoilt: 0, mute: false, unplugged: false };
  readonly kind: "programme" | "message" | "frame";
  readonly ends: string;
  /** Nobody answers: that something was sent is all that is ever known. */
  readonly oneWay: boolean;
  readonly shape: Shape;
  /** Bytes that reached the card. */
  heard = 0;
  private lines: Duplex[] = [];
  private passing = 0;
  /** Of our end of the line now. */
  private speed: number | undefined;
  private readonly started = performance.now();

  constructor(rig: Rig, shape: Shape) {
    this.shape = shape;
    this.far = rig.far(shape);
    const driver = rig.driver(shape);
    const { capabilities } = "asks" in driver ? driver.asks : driver.streams;
    this.kind = capabilities.kind;
    this.ends = capabilities.ends;
    this.oneWay = capabilities.oneWay ?? capabilities.kind === "frame";
    const bitsPerSecond = rig.bitsPerSecond ?? null;
    const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond };
    const clock = { now: () => this.now() };
    const parts = { panel, link: this.link(rig), seals: this.seals, clock, random: () => 0.5, changed: () => {} };
    const nothing = nothingOn(shape);
    this.loop =
      "asks" in driver
        ? startPanelLoop({ ...parts, driver: driver.asks, ...(rig.flash && { flash: rig.flash }) }, nothing)
        : startStreamLoop({ ...parts, driver: driver.streams }, nothing);
  }

  now(): number {
    return base + Math.floor(performance.now() - this.started);
  }

  /** Breaks the line that is open. */
  cut(): void {
    for (const line of this.lines) line.destroy();
    this.lines = [];
  }

  private link(rig: Rig): Link {
    const { datagrams } = rig;
    const bitsPerSecond = rig.bitsPerSecond ?? null;
    return {
      where: "memory",
      bitsPerSecond,
      retune: async (_stream, speed) => {
        await breathe();
        this.speed = speed;
      },
      open: async () => {
        if (this.faults.unplugged) throw new Error("unplugged");
        this.speed = bitsPerSecond ?? undefined;
        const [near, far] = duplexPair({ readableObjectMode: false });
        this.lines = [near, far];
        far.on("error", () => {});
        near.once("close", () => far.destroy());
        far.once("close", () => near.destroy());
        this.far.connected();
        far.on("data", (bytes: Buffer) => this.carry(bytes, far, datagrams));
        return near;
      },
      stop: async () => {},
    };
  }

  private carry(bytes: Buffer, back: Duplex, datagrams: boolean): void {
    this.heard += bytes.length;
    let arrived: Uint8Array = bytes;
    if (this.faults.spoilt > 0) {
      if (datagrams) {
        if (++this.passing % this.faults.spoilt === 0) return;
      } else arrived = bytes.map((byte) => (++this.passing % this.faults.spoilt === 0 ? byte ^ 0x10 : byte));
    }
    for (const answer of this.far.hear(arrived, performance.now(), this.speed))
      if (!this.faults.mute && !back.destroyed) back.write(answer);
  }

  /** What the wanted programme lights now. */
  due(wanted: Wanted): Uint8Array {
    return frameAt(wanted.programme, (hash) => wanted.messages.get(hash), this.now()).pixels;
  }

  lit(): Uint8Array {
    return this.far.frame().pixels;
  }

  async stop(): Promise<void> {
    let done = false;
    const stopping = this.loop.stop().then(() => {
      done = true;
    });
    for (let round = 0; round < 500 && !done; round++) {
      vi.advanceTimersByTime(10);
      await breathe();
    }
    await stopping;
  }
}

async function breathe(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Moves time on, in steps small enough for a line and a stream to keep up. */
export async function pass(ms: number, town: CardTown): Promise<void> {
  for (let left = ms; left > 0; left -= 25) {
    vi.advanceTimersByTime(Math.min(25, left));
    for (let round = 0; round < 100; round++) {
      const before = town.heard;
      await breathe();
      if (town.heard === before) break;
    }
    town.far.tick(performance.now());
  }
}

export async function within(mostMs: number, what: () => boolean, town: CardTown): Promise<void> {
  for (let passed = 0; passed <= mostMs; passed += 25) {
    if (what()) return;
    await pass(25, town);
  }
  const codes = town.loop.facts().faults.map(({ fault }) => JSON.stringify(fault));
  throw new Error(`not within ${mostMs} ms: ${what}; faults: ${codes.join(" ")}`);
}

/** Dots of every kind, another picture for each seed; stands for `holdMs`. */
export function picture(shape: Shape, seed: number, holdMs = 4000): Message {
  const { pixels } = emptyFrame(shape);
  let noise = seed * 2_654_435_761 + 1;
  for (let at = 0; at < pixels.length; at++) {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = noise >>> 24;
  }
  const stride = Math.ceil(shape.width / 8);
  const unused = (8 - (shape.width % 8)) % 8;
  if (shape.colour !== "rgb")
    for (let at = stride - 1; at < pixels.length; at += stride) pixels[at] = (pixels[at] ?? 0) & (0xff << unused);
  const format = ({ mono: "mono1", dual: "dual2", rgb: "rgb24" } as const)[shape.colour];
  const bitmap = { width: shape.width, height: shape.height, format, pixels, palette: new Uint8Array(0) };
  const page = { bitmap, motion: "hold", msPerPx: 0, holdMs, step: 0, window: null, fields: [] } as const;
  return makeMessage(shape, [page]);
}

export function programmeOf(shape: Shape, parts: readonly Part[]): Wanted {
  const wanted = wantedOf(parts);
  return { ...wanted, programme: { ...wanted.programme, shape } };
}

const nothingOn = (shape: Shape): Wanted => programmeOf(shape, []);
const black = (shape: Shape) => emptyFrame(shape).pixels;
const hour = 3_600_000;

export function describeDriver(rig: Rig): void {
  const mostMs = rig.settlesMs ?? 3000;
  const name = ({ width, height, colour }: Shape) => `${width}x${height} ${colour}`;
  describe.each(rig.shapes.map((shape) => [name(shape), shape] as const))(`${rig.name}, %s`, (_name, shape) => {
    beforeEach(() => void vi.useFakeTimers(fakes));
    afterEach(() => void vi.useRealTimers());
    const [red, blue, long] = [picture(shape, 1), picture(shape, 2), picture(shape, 3, 60_000)];
    const plays = (notice: string, message: Message, untilMs = hour) =>
      programmeOf(shape, [{ fromMs: 0, untilMs, show: [[notice, message]] }]);
    const shows = (town: CardTown, message: Message) => () =>
      Buffer.compare(town.lit(), message.pages[0]?.bitmap.pixels ?? black(shape)) === 0;
    const isBlack = (town: CardTown) => () => Buffer.compare(town.lit(), black(shape)) === 0;

    test("lights the signed dots, and says that it was sent and nothing more than it knows", async () => {
      const town = new CardTown(rig, shape);
      const wanted = sealed(town.seals, plays("R1", red));
      town.loop.want(wanted);
      await within(mostMs, shows(town, red), town);
      await within(mostMs, () => town.loop.facts().sent?.notice === "R1", town);
      const { confirmed, faults, sent } = town.loop.facts();
      expect(sent?.message).toBe(red.hash);
      if (!readsBack(rig, shape)) expect(confirmed).toBe(null);
      expect(faults).toEqual([]);
      expect(town.far.flashWrites).toBe(0);
      await town.stop();
    });

    test("takes turns at their boundaries", async () => {
      const town = new CardTown(rig, shape);
      const show = [["R1", red] as const, ["R2", blue] as const];
      const wanted = sealed(town.seals, programmeOf(shape, [{ fromMs: 0, untilMs: hour, show }]));
      town.loop.want(wanted);
      await within(mostMs, shows(town, red), town);
      for (const message of [blue, red, blue]) {
        const boundary = Math.ceil((town.now() - base + 1) / 4000) * 4000;
        await pass(boundary - (town.now() - base), town);
        await within(1000, shows(town, message), town);
      }
      expect(town.far.flashWrites).toBe(0);
      await town.stop();
    });

    test("of what is not signed, not a dot leaves", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(plays("R1", red));
      await pass(10_000, town);
      expect(isBlack(town)()).toBe(true);
      expect(town.loop.facts().sent).toBe(null);
      expect(town.loop.facts().faults.map(({ fault }) => fault.code)).toContain("seal/refused");
      await town.stop();
    });

    test("what is withdrawn goes, though nothing else comes", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.seals.verdicts.set("R1", { ok: false, why: "withdrawn" } as never);
      await within(5000 + mostMs, isBlack(town), town);
      await town.stop();
    });

    test("the newest wins, whatever was on", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.loop.want(sealed(town.seals, plays("R2", blue)));
      town.loop.want(sealed(town.seals, plays("R3", red)));
      await within(mostMs, shows(town, red), town);
      await town.stop();
    });

    test("dark is black whatever is wanted, and light again is what is wanted then", async () => {
      const town = new CardTown(rig, shape);
      const wanted = sealed(town.seals, plays("R1", long));
      town.loop.want(wanted);
      await within(mostMs, shows(town, long), town);
      town.loop.want({ ...wanted, dark: true });
      await within(mostMs, isBlack(town), town);
      await pass(5000, town);
      expect(isBlack(town)()).toBe(true);
      town.loop.want(sealed(town.seals, plays("R2", red)));
      await within(mostMs, shows(town, red), town);
      await town.stop();
    });

    test("where nothing is on it is black, and what comes next comes in time", async () => {
      const town = new CardTown(rig, shape);
      const wanted = programmeOf(shape, [
        { fromMs: 0, untilMs: 6000, show: [["R1", red]] },
        { fromMs: 12_000, untilMs: hour, show: [["R2", blue]] },
      ]);
      town.loop.want(sealed(town.seals, wanted));
      await within(mostMs, shows(town, red), town);
      await pass(7000 - (town.now() - base), town);
      expect(isBlack(town)()).toBe(true);
      await pass(13_000 - (town.now() - base), town);
      expect(shows(town, blue)()).toBe(true);
      await town.stop();
    });

    test("a card that lost its power has it back", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.far.powerCycle();
      town.cut();
      expect(isBlack(town)()).toBe(true);
      await within(20_000 + mostMs, shows(town, long), town);
      expect(town.far.flashWrites).toBe(0);
      await town.stop();
    });

    test("a line that was cut is dialled again, and what is on by then is what is wanted by then", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.faults.unplugged = true;
      town.cut();
      await pass(8000, town);
      expect(town.loop.facts().link).not.toBe("connected");
      town.loop.want(sealed(town.seals, plays("R2", red)));
      town.faults.unplugged = false;
      await within(20_000 + mostMs, shows(town, red), town);
      await town.stop();
    });

    test("bytes that are spoilt on the way cost time, and never end with a wrong picture", async () => {
      const town = new CardTown(rig, shape);
      town.faults.spoilt = rig.datagrams ? 3 : 97;
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await pass(8000, town);
      town.faults.spoilt = 0;
      await within(40_000 + mostMs, shows(town, long), town);
      await pass(3000, town);
      expect(shows(town, long)()).toBe(true);
      await town.stop();
    });

    test("a card whose answers are lost is asked again, and is known not to have answered", async () => {
      const town = new CardTown(rig, shape);
      town.faults.mute = true;
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await pass(15_000, town);
      if (!town.oneWay) {
        expect(town.loop.facts().sent).toBe(null);
        expect(town.loop.facts().faults.map(({ fault }) => fault.code)).toContain("link/no-answer");
      }
      town.faults.mute = false;
      await within(40_000 + mostMs, shows(town, long), town);
      await town.stop();
    });

    test("when nobody reaches it any more, what was on ends with its time, or as its capabilities say", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long, 20_000)));
      await within(mostMs, shows(town, long), town);
      town.faults.unplugged = true;
      town.cut();
      await pass(20_000 - (town.now() - base) + 3000, town);
      expect(isBlack(town)()).toBe(town.ends !== "never");
      await town.stop();
    });
  });
}

function readsBack(rig: Rig, shape: Shape): boolean {
  const driver = rig.driver(shape);
  return ("asks" in driver ? driver.asks : driver.streams).capabilities.readBack;
}
