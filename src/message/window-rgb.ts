/** A window of an rgb page as red, green and blue bytes. */
import { bitsPerDot, rowStride } from "./bitmap.ts";
import type { Bitmap, Frame } from "./types.ts";
import { littleEndian, wordsOf } from "./views.ts";

/** As `copyWindow`, for the formats of rgb panels. */
export function copyColours(source: Bitmap, offsetX: number, offsetY: number, into: Frame): void {
  const { width, height } = into.shape;
  const draw = source.format === "rgb24" ? copyBytes : littleEndian ? copyIndexedWords : copyIndexed;
  const colours = coloursOf(source);
  for (let y = 0, row = offsetY; y < height; y++, row = row + 1 === source.height ? 0 : row + 1)
    for (let done = 0, column = offsetX; done < width; column = 0) {
      const count = Math.min(width - done, source.width - column);
      draw(source, colours, row, column, count, into.pixels, (y * width + done) * 3);
      done += count;
    }
}

/** What each index stands for: red, green << 8, blue << 16. Past the palette's end it is black. */
function coloursOf({ format, palette }: Bitmap): Int32Array {
  const colours = new Int32Array(format === "rgb24" ? 0 : 2 ** bitsPerDot[format]);
  for (let index = 0; index < palette.length / 3; index++)
    colours[index] =
      (palette[index * 3] ?? 0) | ((palette[index * 3 + 1] ?? 0) << 8) | ((palette[index * 3 + 2] ?? 0) << 16);
  return colours;
}

/** `count` dots of the row from `column` on, to byte `to`. */
function copyBytes(
  source: Bitmap,
  _colours: Int32Array,
  row: number,
  column: number,
  count: number,
  into: Uint8Array,
  to: number,
): void {
  const from = (row * source.width + column) * 3;
  into.set(source.pixels.subarray(from, from + count * 3), to);
}

function copyIndexed(
  source: Bitmap,
  colours: Int32Array,
  row: number,
  column: number,
  count: number,
  into: Uint8Array,
  to: number,
): void {
  const bits = bitsPerDot[source.format];
  const mask = (1 << bits) - 1;
  const { pixels } = source;
  const start = row * rowStride(source.width, source.format);
  let out = to;
  for (let bit = column * bits, end = (column + count) * bits; bit < end; bit += bits, out += 3) {
    const index = ((pixels[start + (bit >> 3)] as number) >> (8 - bits - (bit & 7))) & mask;
    const colour = colours[index] as number;
    into[out] = colour;
    into[out + 1] = colour >> 8;
    into[out + 2] = colour >> 16;
  }
}

/** The same, four dots in three words; what does not fill words goes dot by dot. */
function copyIndexedWords(
  source: Bitmap,
  colours: Int32Array,
  row: number,
  column: number,
  count: number,
  into: Uint8Array,
  to: number,
): void {
  const words = wordsOf(into);
  // A multiple of three bytes is at a word's address after at most three dots.
  const lead = words ? Math.min(count, to & 3) : count;
  const fours = (count - lead) >> 2;
  const rest = count - lead - fours * 4;
  if (lead > 0) copyIndexed(source, colours, row, column, lead, into, to);
  if (rest > 0) copyIndexed(source, colours, row, column + count - rest, rest, into, to + (count - rest) * 3);
  if (!words || fours === 0) return;
  const bits = bitsPerDot[source.format];
  const mask = (1 << bits) - 1;
  const top = 8 - bits;
  const { pixels } = source;
  const start = row * rowStride(source.width, source.format);
  let out = (to + lead * 3) >> 2;
  let bit = (column + lead) * bits;
  for (const end = out + fours * 3; out < end; out += 3) {
    const a = colours[((pixels[start + (bit >> 3)] as number) >> (top - (bit & 7))) & mask] as number;
    bit += bits;
    const b = colours[((pixels[start + (bit >> 3)] as number) >> (top - (bit & 7))) & mask] as number;
    bit += bits;
    const c = colours[((pixels[start + (bit >> 3)] as number) >> (top - (bit & 7))) & mask] as number;
    bit += bits;
    const d = colours[((pixels[start + (bit >> 3)] as number) >> (top - (bit & 7))) & mask] as number;
    bit += bits;
    words[out] = a | (b << 24);
    words[out + 1] = (b >>> 8) | (c << 16);
    words[out + 2] = (c >>> 16) | (d << 8);
  }
}
