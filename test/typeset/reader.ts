/**
 * Reads text back out of pixels, knowing the font's glyphs and nothing of the layout: what this cannot read, or reads
 * differently, a person would not read right either. Every lit dot must belong to a glyph, or the page is not readable.
 */
import type { Bitmap, Message } from "../../src/message/index.ts";
import { unifont } from "../../src/typeset/font.ts";

const font = unifont();

/** Dots of any bitmap, lit or not, whatever their colour. */
export interface Dots {
  readonly width: number;
  readonly height: number;
  /** One byte a dot, 0 or 1. */
  readonly lit: Uint8Array;
}

export function dotsOf({ width, height, format, pixels }: Bitmap): Dots {
  const lit = new Uint8Array(width * height);
  const bits = { mono1: 1, dual2: 1, index1: 1, index2: 2, index4: 4, index8: 8, rgb24: 24 }[format];
  const stride = Math.ceil((width * bits) / 8);
  const planes = format === "dual2" ? 2 : 1;
  for (let plane = 0; plane < planes; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let bit = x * bits; bit < (x + 1) * bits; bit++) {
          const byte = pixels[(plane * height + y) * stride + (bit >> 3)] ?? 0;
          if (byte & (0x80 >> (bit & 7))) lit[y * width + x] = 1;
        }
  return { width, height, lit };
}

/** A glyph's dots, so that characters that look the same (Latin A, Greek Α) are the same here. Blank: "". */
export function glyphOf(character: string): string {
  const slot = font.slots[character.codePointAt(0) ?? 0] ?? 0;
  const rows = Array.from(font.rows.subarray(slot * 16, slot * 16 + 16));
  return rows.some((row) => row !== 0) ? `${font.widths[slot]}:${rows.join()}` : "";
}

/** The glyphs of a text without its blanks, in order. The font has a picture for a line end; nobody means it. */
export function glyphsOf(text: string): string[] {
  return [...text.replace(/\s/g, "")].map(glyphOf).filter((glyph) => glyph !== "");
}

/** What is written for a glyph here: the first of those that look alike, but ideographs before radicals. */
const characters = new Map<string, string>();
for (const [from, to] of [
  [0x20, 0x7e],
  [0x4e00, 0x9fff],
  [0xff01, 0xff5e],
  [0, 0xffff],
] as const)
  for (let code = from; code <= to; code++) {
    const character = String.fromCharCode(code);
    const glyph = font.slots[code] === 0 ? "" : glyphOf(character);
    if (glyph !== "" && !characters.has(glyph)) characters.set(glyph, character);
  }

export function textOfGlyphs(glyphs: readonly string[]): string {
  return glyphs.map((glyph) => characters.get(glyph) ?? "?").join("");
}

/** Lines of glyphs from the top; null: something is lit that is no glyph, or a glyph is cut. */
export function readLines(dots: Dots): string[][] | null {
  const scale = scaleOf(dots);
  return scale === 0 ? [] : linesFrom(dots, scale, 0);
}

/** As text, lines joined with "/"; fails loudly where the pixels cannot be read. */
export function readText(bitmap: Bitmap): string {
  const lines = readLines(dotsOf(bitmap));
  if (lines === null) throw new Error(`a page of ${bitmap.width}x${bitmap.height} cannot be read`);
  return lines.map(textOfGlyphs).join("/");
}

/** The text of every page, in order. */
export function readPages(message: Message): string[] {
  return message.pages.map(({ bitmap }) => readText(bitmap));
}

/** Every glyph of a message, in reading order. */
export function readGlyphs(message: Message): string[] {
  return message.pages.flatMap(({ bitmap }, index) => {
    const lines = readLines(dotsOf(bitmap));
    if (lines === null) throw new Error(`page ${index} cannot be read`);
    return lines.flat();
  });
}

/** The greatest size that all strokes are made of; 0: black. */
function scaleOf({ width, height, lit }: Dots): number {
  let scale = 0;
  const along = (lines: number, length: number, at: (line: number, index: number) => number) => {
    for (let line = 0; line < lines; line++)
      for (let index = 0, run = 0; index <= length; index++) {
        if (index < length && lit[at(line, index)] === 1) run++;
        else if (run > 0) {
          scale = greatestCommonDivisor(scale, run);
          run = 0;
        }
      }
  };
  along(height, width, (y, x) => y * width + x);
  along(width, height, (x, y) => y * width + x);
  return scale;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function linesFrom(page: Dots, scale: number, from: number): string[][] | null {
  let row = from;
  while (row < page.height && !page.lit.subarray(row * page.width, (row + 1) * page.width).includes(1)) row++;
  if (row >= page.height) return [];
  for (let top = row; top >= Math.max(from, row - 15 * scale); top -= scale) {
    if (top + 16 * scale > page.height) continue;
    const line = lineAt(page, scale, top);
    const rest = line === null ? null : linesFrom(page, scale, top + 16 * scale);
    if (line !== null && rest !== null) return [line, ...rest];
  }
  return null;
}

/** A line of sixteen rows, at the size of the font. */
interface Line {
  readonly width: number;
  /** For each column, bit y where row y is lit. */
  readonly columns: Uint16Array;
}

/** The glyphs whose cells have this top; null if its rows hold anything else. */
function lineAt(page: Dots, scale: number, top: number): string[] | null {
  const line = reduced(page, scale, top);
  if (line === null) return null;
  const { width, columns } = line;
  const hopeless = new Set<number>();
  const glyphs: string[] = [];
  const read = (from: number): boolean => {
    if (hopeless.has(from)) return false;
    let lit = from;
    while (lit < width && columns[lit] === 0) lit++;
    if (lit >= width) return true;
    for (const left of leftEdges(from, lit))
      for (const cell of [16, 8]) {
        const glyph = left + cell > width ? "" : blockAt(line, left, cell);
        if (!characters.has(glyph)) continue;
        glyphs.push(glyph);
        if (read(left + cell)) return true;
        glyphs.pop();
      }
    hopeless.add(from);
    return false;
  };
  return read(0) ? glyphs : null;
}

/** Null unless every dot of the font's size is a whole square of dots, all of one grid. */
function reduced({ width, lit }: Dots, scale: number, top: number): Line | null {
  const rows = Array.from({ length: 16 * scale }, (_, y) => lit.subarray((top + y) * width, (top + y + 1) * width));
  const firsts = rows.map((row) => row.indexOf(1)).filter((first) => first >= 0);
  const left = Math.min(...firsts) % scale;
  const small = {
    width: Math.floor((width - left) / scale),
    columns: new Uint16Array(Math.floor((width - left) / scale)),
  };
  for (const [y, row] of rows.entries())
    for (let x = left; x < width; x++) {
      const column = Math.floor((x - left) / scale);
      const bit = 1 << Math.floor(y / scale);
      const known = small.columns[column] ?? 0;
      const first = y % scale === 0 && (x - left) % scale === 0;
      if (first && row[x] === 1) small.columns[column] = known | bit;
      else if (!first && (row[x] === 1) !== ((known & bit) !== 0)) return null;
    }
  return small;
}

/** Where the next cell may begin: whole half-widths after the last one first, then anywhere (another piece of text). */
function leftEdges(from: number, lit: number): number[] {
  const edges: number[] = [];
  for (let left = lit; left >= Math.max(from, lit - 15); left--) edges.push(left);
  const onGrid = edges.filter((left) => (left - from) % 8 === 0);
  return from === 0 ? edges : [...onGrid, ...edges.filter((left) => (left - from) % 8 !== 0)];
}

function blockAt({ columns }: Line, left: number, width: number): string {
  const rows: number[] = [];
  for (let y = 0; y < 16; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) if (((columns[left + x] ?? 0) >> y) & 1) row |= 0x8000 >> x;
    rows.push(row);
  }
  return `${width}:${rows.join()}`;
}
