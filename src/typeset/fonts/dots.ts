/** Faces drawn dot by dot: rows of 16 bits. `data/pack-dots.ts` describes the packed ones. */
import { gunzipSync } from "node:zlib";
import { glyphOf } from "./bits.ts";
import { isMark } from "./characters.ts";
import { readData } from "./data.ts";
import type { Glyph } from "./face.ts";
import { unifont } from "./unifont.ts";

/** A character's dots, as they are drawn. */
export interface Drawing {
  readonly width: number;
  /** From the top; the leftmost dot is bit 15. */
  readonly rows: Uint16Array;
  /** Its slot in the flat table of the 16-dot face; else 0. */
  readonly slot: number;
}

export type Drawings = (codePoint: number) => Drawing | null;

/** Unifont's first plane, from the flat table. */
export const unifontDrawing: Drawings = (codePoint) => {
  const { slots, widths, rows } = unifont();
  const slot = codePoint > 0xffff ? 0 : (slots[codePoint] as number);
  return slot === 0 ? null : { width: widths[slot] as number, rows: rows.subarray(slot * 16, slot * 16 + 16), slot };
};

/** Ideographs of Unifont's upper planes. */
export const unifontUpperDrawing = packed("unifont-upper-15.0.01.bin.gz");

/** Fusion Pixel 12 px with what was drawn for the characters that it lacks. */
export const pixel12Drawing = packed("pixel-12.bin.gz");

function packed(name: string): Drawings {
  let table: ReturnType<typeof unpacked> | null = null;
  return (codePoint) => {
    table ??= unpacked(gunzipSync(readData(name)));
    const { numbers, widths, rows, height } = table;
    const number = numbers.get(codePoint);
    if (number === undefined) return null;
    return { width: widths[number] as number, rows: rows.subarray(number * height, (number + 1) * height), slot: 0 };
  };
}

function unpacked(bytes: Buffer) {
  const [count, height] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
  const numbers = new Map<number, number>();
  for (let number = 0; number < count; number++) numbers.set(bytes.readUInt32LE(8 + number * 4), number);
  const widths = bytes.subarray(8 + count * 4, 8 + count * 5);
  const rows = new Uint16Array(count * height);
  for (let row = 0; row < rows.length; row++) rows[row] = bytes.readUInt16LE(8 + count * 5 + row * 2);
  return { numbers, widths, rows, height };
}

/**
 * The drawing in the middle of a box of `sizePx`, every dot as many whole times as fits. Full-width drawings (16 dots,
 * `drawnPx` in general) take the whole box, narrower ones their share; marks do not move the pen.
 */
export function glyphOfDrawing(
  { width, rows, slot }: Drawing,
  codePoint: number,
  sizePx: number,
  drawnPx: number,
): Glyph {
  const scale = Math.floor(sizePx / drawnPx);
  const box = Math.ceil((width * sizePx) / drawnPx);
  const [left, top] = [Math.floor((box - width * scale) / 2), Math.floor((sizePx - rows.length * scale) / 2)];
  const advance = isMark(codePoint) ? 0 : box;
  const wide = sizePx === 16 && advance === 16 ? slot : 0;
  return glyphOf({ width: box, height: sizePx, advance, wide }, (x, y) => {
    const [column, row] = [Math.floor((x - left) / scale), Math.floor((y - top) / scale)];
    return column >= 0 && column < 16 && row >= 0 && ((rows[row] ?? 0) & (0x8000 >> column)) !== 0;
  });
}

/** A glyph's dots as rows of 16 bits, its place in the box included. */
export function rowsOfGlyph(glyph: Glyph, height: number): number[] {
  const stride = Math.ceil(glyph.width / 8);
  return Array.from({ length: height }, (_, y) => {
    let bits = 0;
    for (let x = 0; x < glyph.width; x++)
      if ((glyph.bits[(y - glyph.top) * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7)))
        bits |= 0x8000 >> (x + glyph.left);
    return y < glyph.top || y >= glyph.top + glyph.height ? 0 : bits;
  });
}
