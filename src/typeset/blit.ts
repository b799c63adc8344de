/**
 * Glyphs into packed bits, by hand: the inner loop of the whole typesetter. A target is a 1-bit mask, rows padded to
 * bytes, leftmost dot the highest bit; glyphs are ORed in. Nothing here clips: the layout has measured what it draws.
 */
import type { PixelFont } from "./font.ts";
import type { Cell } from "./text.ts";

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
  const bits = new Uint8Array(stride * height);
  return { width, height, stride, bits, words: stride % 2 === 0 ? new Uint16Array(bits.buffer) : null };
}

/** Draws cells from (`x`, `y`) rightwards, a cell's marks over its base, and returns the x after the last. Dots. */
export function blitCells(font: PixelFont, mask: Mask, x: number, y: number, cells: readonly Cell[]): number {
  const { widths } = font;
  let at = x;
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] as Cell;
    const { slots } = cell;
    for (let layer = 0; layer < slots.length; layer++) {
      const slot = slots[layer] as number;
      const wide = widths[slot] === 16 && cell.width === 16;
      if (wide && (at & 15) === 0 && mask.words !== null) wordGlyph(font.rowWords, slot, mask, mask.words, at, y);
      else if ((at & 7) === 0) byteGlyph(font.rows, slot, mask, wide, at, y);
      else shiftedGlyph(font.rows, slot, mask, wide, at, y);
    }
    at += cell.width;
  }
  return at;
}

function wordGlyph(rowWords: Uint16Array, slot: number, mask: Mask, words: Uint16Array, x: number, y: number): void {
  const step = mask.stride >> 1;
  let to = y * step + (x >> 4);
  for (let from = slot << 4, end = from + 16; from < end; from++, to += step)
    words[to] = (words[to] as number) | (rowWords[from] as number);
}

function byteGlyph(rows: Uint16Array, slot: number, mask: Mask, wide: boolean, x: number, y: number): void {
  const { bits, stride } = mask;
  let to = y * stride + (x >> 3);
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
  if (wide) {
    for (let from = slot << 4, end = from + 16; from < end; from++, to += stride) {
      const row = ((rows[from] as number) << 8) >>> shift;
      bits[to] = (bits[to] as number) | (row >>> 16);
      bits[to + 1] = (bits[to + 1] as number) | ((row >>> 8) & 0xff);
      bits[to + 2] = (bits[to + 2] as number) | (row & 0xff);
    }
  } else {
    for (let from = slot << 4, end = from + 16; from < end; from++, to += stride) {
      const row = (rows[from] as number) >>> shift;
      bits[to] = (bits[to] as number) | (row >>> 8);
      bits[to + 1] = (bits[to + 1] as number) | (row & 0xff);
    }
  }
}

/** As `blitCells`, every dot `scale` times as large in both directions. */
export function blitEnlarged(
  font: PixelFont,
  mask: Mask,
  x: number,
  y: number,
  cells: readonly Cell[],
  scale: number,
): number {
  let at = x;
  for (const cell of cells) {
    for (const slot of cell.slots) {
      for (let row = 0; row < 16; row++) {
        const bits = font.rows[slot * 16 + row] ?? 0;
        if (bits === 0) continue;
        const enlarged = enlargedRow(bits, cell.width, scale);
        for (let copy = 0; copy < scale; copy++) orBits(enlarged, mask, at, y + row * scale + copy);
      }
    }
    at += cell.width * scale;
  }
  return at;
}

const enlargedRows = new Map<number, Uint8Array>();
const enlargedRowsMax = 20_000;

/** A glyph's row, `width` 8 or 16, with each dot repeated; rows recur a lot, so they are kept. */
function enlargedRow(row: number, width: number, scale: number): Uint8Array {
  const key = (scale * 32 + width) * 0x10000 + row;
  let bits = enlargedRows.get(key);
  if (!bits) {
    bits = new Uint8Array(Math.ceil((width * scale) / 8));
    for (let dot = 0; dot < width * scale; dot++)
      if (row & (0x8000 >> Math.floor(dot / scale))) bits[dot >> 3] = (bits[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    if (enlargedRows.size >= enlargedRowsMax) enlargedRows.clear();
    enlargedRows.set(key, bits);
  }
  return bits;
}

function orBits(source: Uint8Array, mask: Mask, x: number, y: number): void {
  const { bits, stride } = mask;
  const shift = x & 7;
  let to = y * stride + (x >> 3);
  if (shift === 0) {
    for (let from = 0; from < source.length; from++, to++) bits[to] = (bits[to] as number) | (source[from] as number);
    return;
  }
  let carried = 0;
  for (let from = 0; from < source.length; from++, to++) {
    const byte = source[from] as number;
    bits[to] = (bits[to] as number) | carried | (byte >> shift);
    carried = (byte << (8 - shift)) & 0xff;
  }
  // Nothing carried means nothing beyond the glyph: perhaps the row's end.
  if (carried !== 0) bits[to] = (bits[to] as number) | carried;
}
