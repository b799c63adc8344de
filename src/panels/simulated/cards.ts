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
  /** IPv4 multicast groups that it listens to, of datagrams; another list once there are more. Absent: none. */
  readonly groups?: readonly string[];
}

/** What each simulator has, whatever it speaks. */
interface Speaking extends Pick<SimulatedCard, "hear" | "powerCycle"> {
  tick?(nowMs: number): void;
  hangUp?(): void;
}

/** One of them with its screen. */
export class Simulated<Card extends Speaking> implements SimulatedCard {
  readonly card: Card;
  readonly frame: () => Frame;
  readonly #writes: () => number;

  constructor(card: Card, frame: () => Frame, writes: () => number = () => 0) {
    this.card = card;
    this.frame = frame;
    this.#writes = writes;
  }
  get flashWrites(): number {
    return this.#writes();
  }
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.card.hear(bytes, nowMs);
  }
  tick(nowMs: number): void {
    this.card.tick?.(nowMs);
  }
  connected(): void {
    this.card.hangUp?.();
  }
  powerCycle(): void {
    this.card.powerCycle();
  }
}

export function simulatedAlpha(shape: Shape, answers: boolean, address = 1): Simulated<AlphaSign> {
  const sign = new AlphaSign({ answers, address: address.toString(16).toUpperCase().padStart(2, "0") });
  return new Simulated(sign, () => {
    const { lit } = sign;
    const frame = planesFrame(shape, (x, y, plane) => ((Number(lit?.[y]?.[x] ?? 0) >> plane) & 1) === 1);
    // Words of the sign's own font: whatever they look like, it is not what was signed.
    if (lit === undefined) frame.pixels[0] = 0xff;
    return frame;
  });
}

/** Mono is red. */
export function simulatedHuidu(shape: Shape): Simulated<HuiduCard> {
  const { width, height, colour } = shape;
  const card = new HuiduCard(width, height);
  const frame = () => {
    const { lit } = card;
    if (colour === "rgb") return { shape, pixels: lit };
    return planesFrame(shape, (x, y, plane) => lit[(y * width + x) * 3 + plane] !== 0);
  };
  return new Simulated(card, frame, () => card.fileWrites);
}

export function simulatedOnbon(
  shape: Shape,
  parts: Omit<CardParts, "width" | "height" | "colour" | "address">,
  address = 1,
): Simulated<OnbonCard> {
  const card = new OnbonCard({ ...shape, ...parts, address });
  return new Simulated(
    card,
    () => ({ shape, pixels: card.pixels() }),
    () => card.flash.writes,
  );
}

export function simulatedOnbonK(
  shape: Shape,
  screen: Pick<FontScreen, "unit" | "glyph" | "flash">,
  address = 1,
): Simulated<FontCard> {
  const { width, height, colour } = shape;
  const card = new FontCard(address, { width, height, colours: colour === "dual" ? 2 : 1, ...screen });
  return new Simulated(card, () => ({ shape, pixels: card.pixels() }));
}

type Make = (shape: Shape, address: number, font: CellFont) => SimulatedCard;

const onbon =
  (device: CardParts["device"], areas: number, generation: 5 | 6): Make =>
  (shape, address) =>
    simulatedOnbon(shape, { device, areas, generation, planes: "RG", rgb: "888" }, address);

/** `font`: what a font card draws with. */
export const simulatedCards: Readonly<Record<SimulatedKind, Make>> = {
  onbon: onbon([0x74, 0x02], 32, 6),
  "onbon-5e": onbon([0x54, 0x01], 4, 5),
  "onbon-5m": onbon([0x52, 0x00], 0, 5),
  "onbon-6q": onbon([0x66, 0x02], 32, 6),
  "onbon-k": (shape, address, font) => simulatedOnbonK(shape, { unit: 1, glyph: glyphsOf(font), flash: null }, address),
  huidu: (shape) => simulatedHuidu(shape),
  alpha: (shape, address) => simulatedAlpha(shape, true, address),
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
