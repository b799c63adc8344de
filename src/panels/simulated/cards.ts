/** Cards and signs of other makers, simulated: each is a far end that keeps what it is told and lights it. A new one is a line here. */
import { emptyFrame, type Frame, rowStride, type Shape } from "../../message/index.ts";
import { AlphaSign } from "../alpha/simulator/sign.ts";
import { HuiduCard } from "../huidu/simulator/card.ts";
import { type CardParts, OnbonCard } from "../onbon/simulator/card.ts";
import type { CellFont } from "../onbon-k/cells.ts";
import { FontCard, type FontScreen } from "../onbon-k/simulator/card.ts";
import type { SimulatedKind } from "./kinds.ts";

export interface SimulatedCard {
  /** Bytes as they come, in any pieces, at a time that only goes on. What it answers. */
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[];
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

export class SimulatedAlpha implements SimulatedCard {
  readonly flashWrites = 0;
  readonly sign: AlphaSign;
  readonly #shape: Shape;

  constructor(shape: Shape, answers: boolean, address = 1) {
    this.#shape = shape;
    this.sign = new AlphaSign({ answers, address: address.toString(16).toUpperCase().padStart(2, "0") });
  }
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.sign.hear(bytes, nowMs);
  }
  tick(): void {}
  connected(): void {}
  powerCycle(): void {
    this.sign.powerCycle();
  }
  frame(): Frame {
    const { lit } = this.sign;
    const frame = planesFrame(this.#shape, (x, y, plane) => ((Number(lit?.[y]?.[x] ?? 0) >> plane) & 1) === 1);
    // Words of the sign's own font: whatever they look like, it is not what was signed.
    if (lit === undefined) frame.pixels[0] = 0xff;
    return frame;
  }
}

/** Mono is red. */
export class SimulatedHuidu implements SimulatedCard {
  readonly card: HuiduCard;
  readonly #shape: Shape;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.card = new HuiduCard(shape.width, shape.height);
  }
  get flashWrites(): number {
    return this.card.fileWrites;
  }
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.card.hear(bytes, nowMs);
  }
  tick(nowMs: number): void {
    this.card.tick(nowMs);
  }
  connected(): void {
    this.card.connected();
  }
  powerCycle(): void {
    this.card.powerCycle();
  }
  frame(): Frame {
    const { lit } = this.card;
    const { width, colour } = this.#shape;
    if (colour === "rgb") return { shape: this.#shape, pixels: lit };
    return planesFrame(this.#shape, (x, y, plane) => lit[(y * width + x) * 3 + plane] !== 0);
  }
}

export class SimulatedOnbon implements SimulatedCard {
  readonly card: OnbonCard;
  readonly #shape: Shape;

  constructor(shape: Shape, parts: Omit<CardParts, "width" | "height" | "colour" | "address">, address = 1) {
    this.#shape = shape;
    this.card = new OnbonCard({ ...shape, ...parts, address });
  }
  get flashWrites(): number {
    return this.card.flash.writes;
  }
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.card.hear(bytes, nowMs);
  }
  tick(nowMs: number): void {
    this.card.tick(nowMs);
  }
  connected(): void {
    this.card.hangUp();
  }
  powerCycle(): void {
    this.card.powerCycle();
  }
  frame(): Frame {
    return { shape: this.#shape, pixels: this.card.pixels() };
  }
}

export class SimulatedOnbonK implements SimulatedCard {
  readonly card: FontCard;
  readonly flashWrites = 0;
  readonly #shape: Shape;

  constructor(shape: Shape, screen: Pick<FontScreen, "unit" | "glyph" | "flash">, address = 1) {
    this.#shape = shape;
    const { width, height, colour } = shape;
    this.card = new FontCard(address, { width, height, colours: colour === "dual" ? 2 : 1, ...screen });
  }
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.card.hear(bytes, nowMs);
  }
  tick(nowMs: number): void {
    this.card.tick(nowMs);
  }
  connected(): void {
    this.card.hangUp();
  }
  powerCycle(): void {
    this.card.powerCycle();
  }
  frame(): Frame {
    return { shape: this.#shape, pixels: this.card.pixels() };
  }
}

type Make = (shape: Shape, address: number, font: CellFont) => SimulatedCard;

const onbon =
  (device: CardParts["device"], areas: number, generation: 5 | 6): Make =>
  (shape, address) =>
    new SimulatedOnbon(shape, { device, areas, generation, planes: "RG", rgb: "888" }, address);

/** `font`: what a font card draws with. */
export const simulatedCards: Readonly<Record<SimulatedKind, Make>> = {
  onbon: onbon([0x74, 0x02], 32, 6),
  "onbon-5e": onbon([0x54, 0x01], 4, 5),
  "onbon-5m": onbon([0x52, 0x00], 0, 5),
  "onbon-6q": onbon([0x66, 0x02], 32, 6),
  "onbon-k": (shape, address, font) =>
    new SimulatedOnbonK(shape, { unit: 1, glyph: glyphsOf(font), flash: null }, address),
  huidu: (shape) => new SimulatedHuidu(shape),
  alpha: (shape, address) => new SimulatedAlpha(shape, true, address),
};

/** By the code of GBK that a card is sent, one byte or two. */
function glyphsOf(font: CellFont): FontScreen["glyph"] {
  const decoder = new TextDecoder("gbk");
  return (code) => {
    const character = decoder.decode(Uint8Array.from(code > 0xff ? [code >> 8, code & 0xff] : [code]));
    const drawing = font(character.codePointAt(0) ?? 0);
    return drawing && Array.from(drawing.rows);
  };
}

/** A frame of one plane, or of a red and a green one. */
function planesFrame(shape: Shape, isLit: (x: number, y: number, plane: number) => boolean): Frame {
  const frame = emptyFrame(shape);
  const { width, height, colour } = shape;
  const stride = rowStride(width, "mono1");
  for (const plane of colour === "dual" ? [0, 1] : [0])
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = (plane * height + y) * stride + (x >> 3);
        if (isLit(x, y, plane)) frame.pixels[at] = (frame.pixels[at] ?? 0) | (0x80 >> (x & 7));
      }
  return frame;
}
