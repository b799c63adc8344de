/** A page being drawn: one mask an ink, made into a bitmap of the panel's kind at the end. */
import { type Bitmap, bitmapBytes, type ColourKind, type PixelFormat, rowStride } from "../message/index.ts";
import { blitCells, blitEnlarged, createMask, type Mask } from "./blit.ts";
import type { PixelFont } from "./font.ts";
import { colourOf, type Ink, type Rgb } from "./ink.ts";
import type { Cell } from "./text.ts";

interface Layer {
  readonly colour: Rgb;
  readonly mask: Mask;
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  private readonly colour: ColourKind;
  private readonly font: PixelFont;
  /** One a colour, in the order of their first use. */
  private readonly layers: Layer[] = [];
  private readonly masks = new Map<Ink, Mask>();

  constructor(width: number, height: number, colour: ColourKind, font: PixelFont) {
    this.width = width;
    this.height = height;
    this.colour = colour;
    this.font = font;
  }

  /** `x`, `y`: left top corner in dots; every glyph must lie inside. */
  text(cells: readonly Cell[], x: number, y: number, scale: number, ink: Ink): void {
    const mask = this.masks.get(ink) ?? this.maskOf(ink);
    if (scale === 1) blitCells(this.font, mask, x, y, cells);
    else blitEnlarged(this.font, mask, x, y, cells, scale);
  }

  private maskOf(ink: Ink): Mask {
    const colour = colourOf(ink, this.colour);
    let layer = this.layers.find((one) => one.colour.every((value, index) => value === colour[index]));
    if (!layer) {
      layer = { colour, mask: createMask(this.width, this.height) };
      this.layers.push(layer);
    }
    this.masks.set(ink, layer.mask);
    return layer.mask;
  }

  /** The page as drawn so far. */
  bitmap(): Bitmap {
    const { width, height, layers } = this;
    if (this.colour === "rgb") return indexed(width, height, layers);
    const format: PixelFormat = this.colour === "mono" ? "mono1" : "dual2";
    const pixels = new Uint8Array(bitmapBytes(width, height, format));
    const plane = rowStride(width, "mono1") * height;
    for (const { colour, mask } of layers)
      for (let which = 0; which < (this.colour === "dual" ? 2 : 1); which++)
        if (colour[which]) orInto(pixels, which * plane, mask.bits);
    return { width, height, format, pixels, palette: new Uint8Array(0) };
  }
}

function orInto(pixels: Uint8Array, start: number, bits: Uint8Array): void {
  for (let at = 0; at < bits.length; at++) {
    const byte = bits[at] as number;
    if (byte !== 0) pixels[start + at] = (pixels[start + at] as number) | byte;
  }
}

/** Black is entry 0; the smallest index format that holds the inks that were used. Where two meet, the later is seen. */
function indexed(width: number, height: number, layers: readonly Layer[]): Bitmap {
  const bits = layers.length < 2 ? 1 : layers.length < 4 ? 2 : 4;
  const format: PixelFormat = bits === 1 ? "index1" : bits === 2 ? "index2" : "index4";
  const palette = Uint8Array.from([0, 0, 0, ...layers.flatMap(({ colour }) => [...colour])]);
  const pixels = new Uint8Array(bitmapBytes(width, height, format));
  for (const [index, { mask }] of layers.entries()) {
    if (bits === 1) orInto(pixels, 0, mask.bits);
    else spreadInto(pixels, rowStride(width, format), mask, bits, index + 1);
  }
  return { width, height, format, pixels, palette };
}

/** Eight dots' bits spread to eight samples of `bits` (2 or 4), each 1 where the dot is set: index = the byte. */
function spreadTable(bits: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, byte) => {
    let samples = 0;
    for (let dot = 0; dot < 8; dot++) samples = samples * 2 ** bits + ((byte >> (7 - dot)) & 1);
    return samples;
  });
}
const spreads: Readonly<Record<number, Float64Array>> = { 2: spreadTable(2), 4: spreadTable(4) };

/** Writes `value` at each dot that the mask has. */
function spreadInto(pixels: Uint8Array, stride: number, mask: Mask, bits: number, value: number): void {
  const table = spreads[bits] as Float64Array;
  const full = 2 ** bits - 1;
  for (let y = 0; y < mask.height; y++) {
    for (let byte = 0; byte < mask.stride; byte++) {
      const set = mask.bits[y * mask.stride + byte] as number;
      if (set === 0) continue;
      const samples = table[set] as number;
      // `bits` bytes, the leftmost first; a row's last byte may need fewer of them.
      let to = y * stride + byte * bits;
      for (let shift = (bits - 1) * 8; shift >= 0 && to < (y + 1) * stride; shift -= 8, to++) {
        const ones = Math.floor(samples / 2 ** shift) & 0xff;
        pixels[to] = ((pixels[to] as number) & ~(ones * full)) | (ones * value);
      }
    }
  }
}
