/**
 * GNU Unifont as a TrueType font, for peers that read no bitmaps: each run of dots in a row a rectangle, 64 units a dot, so
 * that at 16 px every outline lies on the dots' edges and the peer draws the very same dots.
 */
import type { PixelFont } from "../../src/typeset/fonts/unifont.ts";

const unitsPerDot = 64;
const unitsPerEm = 16 * unitsPerDot;
/** Rows above the baseline. */
export const ascentPx = 14;

/** A font of the characters of `text` and nothing else. */
export function trueTypeOf(font: PixelFont, text: string): Buffer {
  const codes = [...new Set([...text].map((character) => character.codePointAt(0) as number))].sort((a, b) => a - b);
  const slots = codes.map((code) => font.slots[code] as number);
  // Glyph 0 is what a missing character shows: nothing.
  const glyphs = [Buffer.alloc(0), ...slots.map((slot) => glyphOf(font, slot))];
  const starts = [0];
  for (const glyph of glyphs) starts.push((starts.at(-1) as number) + glyph.length);
  const contours = Math.max(...glyphs.map((glyph) => numberAt(glyph, 0)));
  const metrics = glyphs.map((glyph, at) =>
    u16((font.widths[slots[at - 1] ?? 0] || 16) * unitsPerDot, numberAt(glyph, 2)),
  );
  const ascent = ascentPx * unitsPerDot;
  const descent = ascent - unitsPerEm;
  const groups = codes.map((code, at) => u32(code, code, at + 1));
  return fileOf({
    cmap: join(u16(0, 1, 3, 10), u32(12), u16(12, 0), u32(16 + codes.length * 12, 0, codes.length), ...groups),
    glyf: join(...glyphs),
    head: join(
      u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
      u16(0, unitsPerEm),
      Buffer.alloc(16),
      u16(0, descent, unitsPerEm, ascent, 0, 8, 2, 1, 0),
    ),
    hhea: join(
      u32(0x10000),
      u16(ascent, descent, 0, unitsPerEm, 0, 0, unitsPerEm, 1, 0, 0, 0, 0, 0, 0, 0, glyphs.length),
    ),
    hmtx: join(...metrics),
    loca: u32(...starts),
    maxp: join(u32(0x10000), u16(glyphs.length, contours * 4, contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)),
    name: join(u16(0, 1, 18, 3, 1, 0x409, 1, 16, 0), Buffer.from("Unifont!", "utf16le").swap16()),
    post: join(u32(0x30000), Buffer.alloc(28)),
  });
}

/** Contours (at 0) or the left edge (at 2) of a glyph; a blank one has neither. */
function numberAt(glyph: Buffer, at: number): number {
  return glyph.length === 0 ? 0 : glyph.readInt16BE(at);
}

function glyphOf({ rows }: PixelFont, slot: number): Buffer {
  const rectangles: (readonly [left: number, right: number, top: number])[] = [];
  for (let row = 0; row < 16; row++) {
    const bits = rows[slot * 16 + row] as number;
    for (let column = 0; column < 16; column++) {
      if ((bits & (0x8000 >> column)) === 0) continue;
      const left = column;
      while (bits & (0x8000 >> column)) column++;
      rectangles.push([left, column, ascentPx - row]);
    }
  }
  if (rectangles.length === 0) return Buffer.alloc(0);
  const corners = rectangles.flatMap(([left, right, top]) => [
    [left, top - 1],
    [left, top],
    [right, top],
    [right, top - 1],
  ]) as [number, number][];
  const deltas = (axis: 0 | 1) =>
    corners.map((corner, at) => (corner[axis] - (corners[at - 1]?.[axis] ?? 0)) * unitsPerDot);
  const [x, y] = [corners.map(([value]) => value * unitsPerDot), corners.map(([, value]) => value * unitsPerDot)];
  const glyph = join(
    u16(rectangles.length, Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)),
    u16(...rectangles.map((_, at) => at * 4 + 3), 0),
    // Every point is on the outline, its deltas are words.
    Buffer.alloc(corners.length, 1),
    u16(...deltas(0), ...deltas(1)),
  );
  return join(glyph, Buffer.alloc(-glyph.length & 3));
}

function fileOf(tables: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.entries(tables);
  let at = 12 + entries.length * 16;
  const directory: Buffer[] = [];
  for (const [tag, table] of entries) {
    directory.push(Buffer.from(tag), u32(0, at, table.length));
    at += (table.length + 3) & ~3;
  }
  const bodies = entries.map(([, table]) => join(table, Buffer.alloc(-table.length & 3)));
  return join(u32(0x10000), u16(entries.length, 128, 3, entries.length * 16 - 128), ...directory, ...bodies);
}

const join = (...parts: readonly Buffer[]) => Buffer.concat(parts);

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, at * 2);
  return bytes;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, at * 4);
  return bytes;
}
