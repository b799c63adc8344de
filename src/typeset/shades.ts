/**
 * Text with soft edges, for panels with shades of a colour: planes of four bits a dot. 0 is black; an ink's three shades
 * are `ink * levelsPerInk + level`, level 1 to 3, inks counted from 0 in their plane. Eight dots are a word, the leftmost
 * in its highest bits, so that a row of a glyph is drawn in a few words wherever it stands.
 */
import { limits } from "../limits.ts";
import type { Mask } from "./blit.ts";
import type { Glyph } from "./fonts/face.ts";
import type { Cell } from "./text.ts";

export const levelsPerInk = 3;
/** Four bits hold no more; the next inks have a plane of their own, over the first. */
export const inksPerPlane = 5;

export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Words of a row. */
  readonly stride: number;
  /** `stride * height` of them, and perhaps more. */
  readonly words: Int32Array;
  /** 1 for rows on which anything was drawn: most of a page's rows are black. */
  readonly touched: Uint8Array;
}

/** The last plane's memory, all 0: pages of a panel are drawn one after another, and are as large as each other. */
let spare: Int32Array | null = null;

/** Black. Give it back (`freePlane`) once its dots are copied. */
export function createPlane(width: number, height: number): Plane {
  const stride = (width + 7) >> 3;
  let words = spare;
  spare = null;
  if (words === null || words.length < stride * height) words = new Int32Array(stride * height);
  return { width, height, stride, words, touched: new Uint8Array(height) };
}

/** Its dots may be another plane's from now on. */
export function freePlane({ height, stride, words, touched }: Plane): void {
  if (words.byteLength > limits.sparePlaneBytes) return;
  for (let y = 0; y < height; y++) if (touched[y] !== 0) words.fill(0, y * stride, (y + 1) * stride);
  spare = words;
}

export function hasShades(cells: readonly Cell[]): boolean {
  for (const { glyphs } of cells) for (const { levels } of glyphs) if (levels !== null) return true;
  return false;
}

/** Draws cells from (`x`, `y`) rightwards; every glyph inside the plane. Where glyphs of one ink meet, the stronger shade stays. */
export function shadeCells(plane: Plane, x: number, y: number, cells: readonly Cell[], ink: number): void {
  let at = x;
  for (const { glyphs, dx, width } of cells) {
    for (const glyph of glyphs) shadeGlyph(plane, at + dx + glyph.left, y + glyph.top, glyph, ink * levelsPerInk);
    at += width;
  }
}

function shadeGlyph({ words, stride, touched }: Plane, x: number, y: number, glyph: Glyph, base: number): void {
  const { width, height } = glyph;
  const rows = rowsOf(glyph);
  const across = (width + 7) >> 3;
  const shift = (x & 7) * 4;
  touched.fill(1, y, y + height);
  for (let row = 0, from = 0; row < height; row++) {
    let to = (y + row) * stride + (x >> 3);
    let carry = 0;
    for (let word = 0; word < across; word++, from++, to++) {
      const levels = rows[from] as number;
      const set = levels + Math.imul((levels | (levels >>> 1)) & ones, base);
      put(words, to, carry | (set >>> shift), base);
      // Shifted by a whole word there is none left; the engine would shift by 0.
      carry = shift === 0 ? 0 : set << (32 - shift);
    }
    if (carry !== 0) put(words, to, carry, base);
  }
}

const ones = 0x1111_1111;

/** The lowest bit of each dot that is not black. */
function lit(word: number): number {
  const pairs = word | (word >>> 1);
  return (pairs | (pairs >>> 2)) & ones;
}

function put(words: Int32Array, at: number, set: number, base: number): void {
  const here = words[at] as number;
  words[at] = here === 0 || (lit(here) & lit(set)) === 0 ? here | set : met(here, set, base);
}

/** Dot by dot: of one ink's shades the stronger one, of two inks the later. */
function met(here: number, set: number, base: number): number {
  let word = here;
  for (let shift = 0; shift < 32; shift += 4) {
    const [below, above] = [(here >>> shift) & 15, (set >>> shift) & 15];
    const isOver = above > below || below > base + levelsPerInk;
    if (above !== 0 && isOver) word = (word & ~(15 << shift)) | (above << shift);
  }
  return word;
}

/** Glyphs' levels as a plane has them, drawn thousands of times; all dropped when there are too many. */
let known = new WeakMap<Glyph, Int32Array>();
let knownBytes = 0;

function rowsOf(glyph: Glyph): Int32Array {
  let rows = known.get(glyph);
  if (rows === undefined) {
    rows = glyph.levels === null ? rowsOfBits(glyph) : rowsOfLevels(glyph.width, glyph.height, glyph.levels);
    knownBytes += rows.byteLength;
    if (knownBytes > limits.glyphRowBytes) {
      known = new WeakMap();
      knownBytes = rows.byteLength;
    }
    known.set(glyph, rows);
  }
  return rows;
}

function rowsOfLevels(width: number, height: number, levels: Uint8Array): Int32Array {
  const stride = (width + 7) >> 3;
  const rows = new Int32Array(stride * height);
  for (let row = 0, from = 0; row < height; row++)
    for (let column = 0; column < width; column++, from++) {
      const at = row * stride + (column >> 3);
      rows[at] = (rows[at] as number) | ((levels[from] as number) << (28 - (column & 7) * 4));
    }
  return rows;
}

/** A glyph of whole dots among softer ones. */
function rowsOfBits({ bits }: Glyph): Int32Array {
  return Int32Array.from(bits, (byte) => (spread[byte] as number) & (ones * levelsPerInk));
}

/** For each byte of a mask its eight dots, all four bits set where the dot is. */
const spread = Int32Array.from({ length: 256 }, (_, byte) => {
  let word = 0;
  for (let dot = 0; dot < 8; dot++) if (byte & (0x80 >> dot)) word |= 15 << (28 - dot * 4);
  return word;
});

/** Cells cut out of a mask's box: where a glyph is whole the box is dark, at its soft edges the rest of the ink stays. */
export function cutCells(plane: Plane, mask: Mask, x: number, y: number, cells: readonly Cell[], ink: number): void {
  let at = x;
  for (const { glyphs, dx, width } of cells) {
    for (const glyph of glyphs) cutGlyph(plane, mask, at + dx + glyph.left, y + glyph.top, glyph, ink * levelsPerInk);
    at += width;
  }
}

function cutGlyph(
  { words, stride, touched }: Plane,
  mask: Mask,
  x: number,
  y: number,
  glyph: Glyph,
  base: number,
): void {
  const { width, height } = glyph;
  const rows = rowsOf(glyph);
  const across = (width + 7) >> 3;
  touched.fill(1, y, y + height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const level = ((rows[row * across + (column >> 3)] as number) >>> (28 - (column & 7) * 4)) & 15;
      if (level === 0) continue;
      const dot = x + column;
      const byte = (y + row) * mask.stride + (dot >> 3);
      mask.bits[byte] = (mask.bits[byte] as number) & ~(0x80 >> (dot & 7));
      const at = (y + row) * stride + (dot >> 3);
      const shift = 28 - (dot & 7) * 4;
      const value = level === levelsPerInk ? 0 : base + levelsPerInk - level;
      words[at] = ((words[at] as number) & ~(15 << shift)) | (value << shift);
    }
}

/** The dots of a mask of the plane's size at an ink's full strength, over what is there. */
export function shadeMask({ words, stride, touched }: Plane, { bits }: Mask, ink: number): void {
  const full = Math.imul((ink + 1) * levelsPerInk, ones);
  const shadeByte = (at: number) => {
    const set = spread[bits[at] as number] as number;
    if (set === 0) return;
    touched[Math.floor(at / stride)] = 1;
    // A byte of the mask and a word of the plane are the same eight dots.
    words[at] = ((words[at] as number) & ~set) | (full & set);
  };
  // Masks of rules and frames are nearly empty: four bytes are looked at together. They begin where words do.
  const fours = new Int32Array(bits.buffer, bits.byteOffset, bits.length >> 2);
  for (let four = 0; four < fours.length; four++)
    if (fours[four] !== 0) for (let at = four * 4; at < four * 4 + 4; at++) shadeByte(at);
  for (let at = fours.length * 4; at < bits.length; at++) shadeByte(at);
}
