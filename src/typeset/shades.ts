/**
 * Text with soft edges, for panels with shades of a colour: a plane of one byte a dot. 0 is black; an ink's three shades
 * are `ink * levelsPerInk + level`, level 1 to 3, inks counted from 0.
 */
import { bitmapBytes, type PixelFormat, rowStride } from "../message/index.ts";
import type { Mask } from "./blit.ts";
import type { Glyph } from "./fonts/face.ts";
import type { Rgb } from "./ink.ts";
import type { Cell } from "./text.ts";

export const levelsPerInk = 3;

export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Bytes a row: a multiple of 8, so that rows pack into whole bytes and read as words. */
  readonly stride: number;
  readonly dots: Uint8Array;
  /** 1 for rows on which anything was drawn: most of a page's rows are black. */
  readonly touched: Uint8Array;
}

export function createPlane(width: number, height: number): Plane {
  const stride = Math.ceil(width / 8) * 8;
  return { width, height, stride, dots: new Uint8Array(stride * height), touched: new Uint8Array(height) };
}

export function hasShades(cells: readonly Cell[]): boolean {
  return cells.some(({ glyphs }) => glyphs.some(({ levels }) => levels !== null));
}

/** Draws cells from (`x`, `y`) rightwards; every glyph inside the plane. Where glyphs of one ink meet, the stronger shade stays. */
export function shadeCells(plane: Plane, x: number, y: number, cells: readonly Cell[], ink: number): void {
  let at = x;
  for (const { glyphs, dx, width } of cells) {
    for (const glyph of glyphs) shadeGlyph(plane, at + dx + glyph.left, y + glyph.top, glyph, ink * levelsPerInk);
    at += width;
  }
}

function shadeGlyph({ dots, stride, touched }: Plane, x: number, y: number, glyph: Glyph, base: number): void {
  const { width, height, levels } = glyph;
  touched.fill(1, y, y + height);
  for (let row = 0, from = 0; row < height; row++) {
    let to = (y + row) * stride + x;
    for (const end = from + width; from < end; from++, to++) {
      const level = levels === null ? levelOfBit(glyph, from - row * width, row) : (levels[from] as number);
      if (level === 0) continue;
      const here = dots[to] as number;
      const value = base + level;
      if (value > here || here > base + levelsPerInk) dots[to] = value;
    }
  }
}

/** Cells cut out of a mask's box: where a glyph is whole the box is dark, at its soft edges the rest of the ink stays. */
export function cutCells(plane: Plane, mask: Mask, x: number, y: number, cells: readonly Cell[], ink: number): void {
  let at = x;
  for (const { glyphs, dx, width } of cells) {
    for (const glyph of glyphs) cutGlyph(plane, mask, at + dx + glyph.left, y + glyph.top, glyph, ink * levelsPerInk);
    at += width;
  }
}

function cutGlyph(
  { dots, stride, touched }: Plane,
  mask: Mask,
  x: number,
  y: number,
  glyph: Glyph,
  base: number,
): void {
  const { width, height, levels } = glyph;
  touched.fill(1, y, y + height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const level = levels === null ? levelOfBit(glyph, column, row) : (levels[row * width + column] as number);
      if (level === 0) continue;
      const bit = x + column;
      const byte = (y + row) * mask.stride + (bit >> 3);
      mask.bits[byte] = (mask.bits[byte] as number) & ~(0x80 >> (bit & 7));
      dots[(y + row) * stride + bit] = level === levelsPerInk ? 0 : base + levelsPerInk - level;
    }
}

/** A glyph of whole dots among softer ones. */
function levelOfBit({ bits, width }: Glyph, column: number, row: number): number {
  const byte = bits[row * Math.ceil(width / 8) + (column >> 3)] as number;
  return byte & (0x80 >> (column & 7)) ? levelsPerInk : 0;
}

/** A mask's dots at an ink's full strength, over what is there. */
export function shadeMask({ dots, stride, touched }: Plane, mask: Mask, ink: number): void {
  const value = (ink + 1) * levelsPerInk;
  for (let y = 0; y < mask.height; y++)
    for (let byte = 0; byte < mask.stride; byte++) {
      const set = mask.bits[y * mask.stride + byte] as number;
      if (set === 0) continue;
      touched[y] = 1;
      const to = y * stride + byte * 8;
      for (let dot = 0; dot < 8; dot++) if (set & (0x80 >> dot)) dots[to + dot] = value;
    }
}

/** Black, then three shades an ink: the ink scaled. */
export function shadePalette(inks: readonly Rgb[]): Uint8Array {
  const palette = [0, 0, 0];
  for (const colour of inks)
    for (let level = 1; level <= levelsPerInk; level++)
      palette.push(...colour.map((value) => Math.round((value * level) / levelsPerInk)));
  return Uint8Array.from(palette);
}

/** The plane in the smallest format that holds its entries. */
export function packPlane(plane: Plane, inks: number): { readonly format: PixelFormat; readonly pixels: Uint8Array } {
  const entries = 1 + inks * levelsPerInk;
  const bits = entries <= 4 ? 2 : entries <= 16 ? 4 : 8;
  const format: PixelFormat = bits === 2 ? "index2" : bits === 4 ? "index4" : "index8";
  const { width, height, stride, dots, touched } = plane;
  const pixels = new Uint8Array(bitmapBytes(width, height, format));
  const outStride = rowStride(width, format);
  const words = new Uint32Array(dots.buffer);
  for (let y = 0; y < height; y++) {
    if (touched[y] === 0) continue;
    const to = y * outStride;
    if (bits === 8) pixels.set(dots.subarray(y * stride, y * stride + width), to);
    else packRow(words, (y * stride) >> 2, Math.ceil(width / 4), bits, pixels, to, to + outStride);
  }
  return { format, pixels };
}

/** Four dots a word, the leftmost in the low byte (little-endian, as `blit.ts` assumes too). Dots beyond the width are 0. */
function packRow(
  words: Uint32Array,
  from: number,
  count: number,
  bits: number,
  pixels: Uint8Array,
  to: number,
  end: number,
): void {
  for (let index = 0; index < count; index++) {
    const word = words[from + index] as number;
    if (word === 0) continue;
    if (bits === 2) {
      pixels[to + index] = ((word & 3) << 6) | ((word >> 4) & 0x30) | ((word >> 14) & 0x0c) | (word >>> 24);
      continue;
    }
    const at = to + index * 2;
    pixels[at] = ((word & 15) << 4) | ((word >> 8) & 15);
    // A row may end after the first two of the four.
    if (at + 1 < end) pixels[at + 1] = ((word >> 12) & 0xf0) | (word >>> 24);
  }
}
