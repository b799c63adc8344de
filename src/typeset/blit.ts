/**
 * Glyphs into packed bits, by hand: the inner loop of the whole typesetter. A target is a 1-bit mask, rows padded to
 * bytes, leftmost dot the highest bit; glyphs are ORed in.
 */
import type { PixelFont } from "./font.ts";

export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly bits: Uint8Array;
  /** The same memory as 16-bit words where the stride allows it: one store a row for an aligned full-width glyph. */
  readonly words: Uint16Array | null;
}

export function createMask(width: number, height: number): Mask {
  const stride = Math.ceil(width / 8);
  // Two spare bytes: the last glyph of an unaligned row writes three bytes, of which the third may be all padding.
  const memory = new ArrayBuffer((stride * height + 3) & ~1);
  const bits = new Uint8Array(memory, 0, stride * height);
  return { width, height, stride, bits, words: stride % 2 === 0 ? new Uint16Array(memory) : null };
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const swapped = new WeakMap<PixelFont, Uint16Array>();

/** Glyph rows in the memory order of a mask's words. */
function wordRows(font: PixelFont): Uint16Array {
  if (!littleEndian) return font.rows;
  let rows = swapped.get(font);
  if (!rows) {
    rows = font.rows.map((row) => ((row & 0xff) << 8) | (row >> 8));
    swapped.set(font, rows);
  }
  return rows;
}

/**
 * Draws glyph slots from (`x`, `y`) rightwards and returns the x after the last. All must lie inside the mask:
 * the layout has measured them.
 */
export function blitLine(font: PixelFont, mask: Mask, x: number, y: number, slots: ArrayLike<number>): number {
  const { widths } = font;
  let at = x;
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] ?? 0;
    const width = widths[slot] ?? 0;
    if (width === 16 && (at & 15) === 0 && mask.words) wordGlyph(wordRows(font), slot, mask, mask.words, at >> 4, y);
    else if ((at & 7) === 0) byteGlyph(font.rows, slot, mask, width === 16, at >> 3, y);
    else shiftedGlyph(font.rows, slot, mask, width === 16, at, y);
    at += width;
  }
  return at;
}

function wordGlyph(rows: Uint16Array, slot: number, mask: Mask, words: Uint16Array, column: number, y: number): void {
  const step = mask.stride >> 1;
  let to = y * step + column;
  for (let from = slot << 4, end = from + 16; from < end; from++, to += step)
    words[to] = (words[to] as number) | (rows[from] as number);
}

function byteGlyph(rows: Uint16Array, slot: number, mask: Mask, wide: boolean, column: number, y: number): void {
  const { bits, stride } = mask;
  let to = y * stride + column;
  for (let from = slot << 4, end = from + 16; from < end; from++, to += stride) {
    const row = rows[from] as number;
    bits[to] = (bits[to] as number) | (row >> 8);
    if (wide) bits[to + 1] = (bits[to + 1] as number) | (row & 0xff);
  }
}

function shiftedGlyph(rows: Uint16Array, slot: number, mask: Mask, wide: boolean, x: number, y: number): void {
  const { bits, stride } = mask;
  const shift = x & 7;
  let to = y * stride + (x >> 3);
  for (let from = slot << 4, end = from + 16; from < end; from++, to += stride) {
    const row = ((rows[from] as number) << 8) >>> shift;
    bits[to] = (bits[to] as number) | (row >>> 16);
    bits[to + 1] = (bits[to + 1] as number) | ((row >>> 8) & 0xff);
    if (wide) bits[to + 2] = (bits[to + 2] as number) | (row & 0xff);
  }
}

const scaledRows = new Map<string, Uint8Array>();
const scaledMax = 20_000;

/** One glyph `scale` times as large in both directions, at any place; `rows` are its 16 rows, `width` 8 or 16. */
export function blitScaled(
  rows: ArrayLike<number>,
  width: number,
  mask: Mask,
  x: number,
  y: number,
  scale: number,
): void {
  for (let row = 0; row < 16; row++) {
    const wide = widened(rows[row] ?? 0, width, scale);
    for (let copy = 0; copy < scale; copy++) orBits(wide, width * scale, mask, x, y + row * scale + copy);
  }
}

/** A row with each dot repeated; rows recur a lot, so they are kept. */
function widened(row: number, width: number, scale: number): Uint8Array {
  const key = `${scale} ${width} ${row}`;
  let bits = scaledRows.get(key);
  if (!bits) {
    bits = new Uint8Array(Math.ceil((width * scale) / 8));
    for (let dot = 0; dot < width * scale; dot++)
      if (row & (0x8000 >> Math.floor(dot / scale))) bits[dot >> 3] = (bits[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    if (scaledRows.size >= scaledMax) scaledRows.clear();
    scaledRows.set(key, bits);
  }
  return bits;
}

function orBits(source: Uint8Array, count: number, mask: Mask, x: number, y: number): void {
  const { bits, stride } = mask;
  const shift = x & 7;
  let to = y * stride + (x >> 3);
  const last = y * stride + ((x + count - 1) >> 3);
  for (const byte of source) {
    if (byte !== 0) {
      bits[to] = (bits[to] as number) | (byte >> shift);
      if (shift !== 0 && to < last) bits[to + 1] = (bits[to + 1] as number) | ((byte << (8 - shift)) & 0xff);
    }
    to++;
  }
}
