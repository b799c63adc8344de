/** A card that is simulated, its line and its board's loop, on a clock that tests move: for drivers of whatever protocol. */
import { type Duplex, duplexPair } from "node:stream";
import { vi } from "vitest";
import type { Fault } from "../../src/fault.ts";
import { emptyFrame, frameAt, makeMessage, type Message, type Shape } from "../../src/message/index.ts";
import type { FlashCount, Wanted } from "../../src/panels/contract.ts";
import { type PanelLoop, startPanelLoop } from "../../src/panels/delivery/panel-loop.ts";
import { startStreamLoop } from "../../src/panels/delivery/stream-loop.ts";
import type { AnyDriver } from "../../src/panels/drivers.ts";
import type { Link } from "../../src/panels/links/link.ts";
import type { SimulatedCard } from "../../src/panels/simulated/cards.ts";
import { base, FakeSeals, type Part, wantedOf } from "./town.ts";

/** A far end that keeps what it was told and lights it, in its own process or in ours. */
export interface Far extends SimulatedCard {
  /** Bytes of a line, or one datagram. `speed`: the line's, where it has one. */
  hear(bytes: Uint8Array, nowMs: number, speed?: number): readonly Uint8Array[];
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
  /** What its card can show, another one for each seed; absent: dots of every kind. */
  picture?(shape: Shape, seed: number, holdMs?: number): Message;
  /** Where the card may write its flash. */
  readonly flash?: FlashCount;
  /** The card stores each picture once, in flash, and has what it showed again after a power cut. */
  readonly keeps?: true;
  /** Within so long everything is there, ms; 3000 where nothing is said. */
  readonly settlesMs?: number;
  /** Cards that answer and that its driver does not accept; a sentence: why there is none. Of drivers that ask. */
  readonly unfit?: string | readonly Unfit[];
  /** Why nothing that it would obey can be said to a card that has not answered; absent: it can be told to be dark. */
  readonly dumbness?: string;
}

/** A card that answers, and is not the one that is wanted. */
export interface Unfit {
  readonly name: string;
  /** That says so. */
  readonly fault: Fault["code"];
  /** What its board is said to have. Absent: what it has. */
  written?(shape: Shape): Shape;
  /** What becomes of the card. */
  change?(far: Far): void;
  /** Why it does not obey; absent: it can be told to be dark. */
  readonly deaf?: string;
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
