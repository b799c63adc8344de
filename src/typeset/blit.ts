/**
 * Glyphs into packed bits, by hand: the inner loop of the whole typesetter. A target is a 1-bit mask, rows padded to
 * bytes, leftmost dot the highest bit. Nothing here clips, and full-width glyphs are stored, not ORed: the layout
 * has measured what it draws, and draws in each place once. Words are little-endian, as on x86 and ARM;
 * on a big-endian machine the tests against a per-pixel reference fail.
 */
import type { PixelFont } from "./font.ts";
import type { Glyph } from "./fonts/face.ts";
import { orGlyph } from "./kernel/glyph.ts";
import type { Cell } from "./text.ts";

export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly bits: Uint8Array;
  /** The same memory as 16-bit words, and as 32-bit ones, where the stride allows it: fewer stores for full-width glyphs. */
  readonly words: Uint16Array | null;
  readonly longs: Int32Array | null;
  /** The same memory and the spare bytes behind it: one 32-bit access a row for glyphs at any column. */
  readonly view: DataView;
}

/** A glyph's row is read and written as 32 bits from the byte in which it begins. */
const spareBytes = 3;

export function createMask(width: number, height: number): Mask {
  const stride = Math.ceil(width / 8);
  const bytes = stride * height;
  const memory = new ArrayBuffer(bytes + spareBytes);
  return {
    width,
    height,
    stride,
    bits: new Uint8Array(memory, 0, bytes),
    words: stride % 2 === 0 ? new Uint16Array(memory, 0, bytes / 2) : null,
    longs: stride % 4 === 0 ? new Int32Array(memory, 0, bytes / 4) : null,
    view: new DataView(memory),
  };
}

/** What drawing needs of a cell (`text.ts`). */
export interface Drawable {
  readonly glyphs: readonly Glyph[];
  readonly width: number;
  readonly dx: number;
  readonly wide: number;
}

/**
 * Draws cells from (`x`, `y`), the line box's left top corner, rightwards, a cell's marks over its base; returns the x
 * after the last. Dots join what the mask has; those outside it are not drawn. Dots.
 */
export function drawCells(mask: Mask, x: number, y: number, cells: readonly Drawable[]): number {
  let at = x;
  for (const { glyphs, width, dx } of cells) {
    for (const glyph of glyphs) orGlyph(mask, at + dx, y, glyph);
    at += width;
  }
  return at;
}

/** Draws cells from (`x`, `y`) rightwards, a cell's marks over its base, and returns the x after the last. Dots. */
export function blitCells(font: PixelFont, mask: Mask, x: number, y: number, cells: readonly Cell[]): number {
  let at = x;
  for (let index = 0; index < cells.length; ) {
    const first = index;
    if (mask.longs !== null && (at & 31) === 0) index = alignedPairs(font, mask, at, y, cells, first);
    else if (mask.words !== null && (at & 15) !== 0) index = shiftedRun(font, mask, at, y, cells, first);
    at += (index - first) * 16;
    if (index > first) continue;
    const { slots, width } = cells[index++] as Cell;
    for (let layer = 0; layer < slots.length; layer++) oneGlyph(font.rows, slots[layer] as number, width, mask, at, y);
    at += width;
  }
  return at;
}

type Run = (font: PixelFont, mask: Mask, x: number, y: number, cells: readonly Cell[], first: number) => number;

const upperHalf = -0x10000;

/**
 * Full-width glyphs at a multiple of 32, two by two while there are two: a row of both is one long word. Returns the first
 * cell not drawn. Written out, because a loop takes half as long again, and text is mostly this.
 */
const alignedPairs: Run = ({ memoryPairs }, mask, x, y, cells, first) => {
  const longs = mask.longs as Int32Array;
  const step = mask.stride >> 2;
  let start = y * step + (x >> 5);
  let index = first;
  for (; index + 1 < cells.length; index += 2, start++) {
    const left = (cells[index] as Cell).wide << 3;
    const right = (cells[index + 1] as Cell).wide << 3;
    if (left === 0 || right === 0) break;
    let to = start;
    let one = memoryPairs[left] as number;
    let two = memoryPairs[right] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
    to += step;
    one = memoryPairs[left + 1] as number;
    two = memoryPairs[right + 1] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
    to += step;
    one = memoryPairs[left + 2] as number;
    two = memoryPairs[right + 2] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
    to += step;
    one = memoryPairs[left + 3] as number;
    two = memoryPairs[right + 3] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
    to += step;
    one = memoryPairs[left + 4] as number;
    two = memoryPairs[right + 4] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
    to += step;
    one = memoryPairs[left + 5] as number;
    two = memoryPairs[right + 5] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
    to += step;
    one = memoryPairs[left + 6] as number;
    two = memoryPairs[right + 6] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
    to += step;
    one = memoryPairs[left + 7] as number;
    two = memoryPairs[right + 7] as number;
    longs[to] = (one & 0xffff) | (two << 16);
    to += step;
    longs[to] = (one >>> 16) | (two & upperHalf);
  }
  return index;
};

/**
 * Full-width glyphs where no word begins: a word holds the end of one and the beginning of the next; only the run's first
 * and last word are shared with others. Two cells at least; returns the first not drawn.
 */
const shiftedRun: Run = ({ rows, rowPairs }, mask, x, y, cells, first) => {
  const words = mask.words as Uint16Array;
  const step = mask.stride >> 1;
  const right = x & 15;
  const left = 16 - right;
  const begins = (0xffff >>> right) * 0x10001;
  const start = y * step + (x >> 4) - first;
  let index = first + 1;
  for (; index < cells.length; index++) {
    let before = (cells[index - 1] as Cell).wide << 3;
    let here = (cells[index] as Cell).wide << 3;
    if (before === 0 || here === 0) break;
    let to = start + index;
    for (const last = here + 8; here < last; here++, before++) {
      const pair =
        (((rowPairs[before] as number) << left) & ~begins) | (((rowPairs[here] as number) >>> right) & begins);
      const inMemory = ((pair & 0xff00ff) << 8) | ((pair >>> 8) & 0xff00ff);
      words[to] = inMemory;
      words[to + step] = inMemory >>> 16;
      to += step * 2;
    }
  }
  if (index === first + 1) return first;
  oneGlyph(rows, (cells[first] as Cell).wide, 16, mask, x, y);
  oneGlyph(rows, (cells[index - 1] as Cell).wide, 16, mask, x + (index - 1 - first) * 16, y);
  return index;
};

/** Anywhere. Narrow rows have nothing in their right half; a full-width mark over a narrow base is cut to it. */
function oneGlyph(rows: Uint16Array, slot: number, width: number, mask: Mask, x: number, y: number): void {
  const { view, stride } = mask;
  const shift = 16 - (x & 7);
  const columns = width === 16 ? 0xffff : 0xff00;
  let to = y * stride + (x >> 3);
  for (let row = slot << 4, end = row + 16; row < end; row++, to += stride)
    view.setInt32(to, view.getInt32(to) | (((rows[row] as number) & columns) << shift));
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
