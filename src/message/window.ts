/** The panel's window on a page: scrolling is what a panel does all day, so this is where `frameAt` spends its time. */
import { copyBits, rowStride } from "./bitmap.ts";
import { shiftedRows } from "./shifted-strips.ts";
import type { Bitmap, Frame } from "./types.ts";
import { littleEndian, viewOf, wordsOf } from "./views.ts";
import { copyColours } from "./window-rgb.ts";

/**
 * Draws the panel-sized window of `source` whose left top corner is (`offsetX`, `offsetY`), wrapping round both edges.
 * Every dot of the frame is written, whatever was there before. Offsets are in [0, width) and [0, height).
 */
export function copyWindow(source: Bitmap, offsetX: number, offsetY: number, into: Frame): void {
  const { format } = source;
  if (format !== "mono1" && format !== "dual2") copyColours(source, offsetX, offsetY, into);
  else if (offsetX === 0 && source.width === into.shape.width) copyRows(source, offsetY, into);
  else if (offsetY !== 0 || !copyWords(source, offsetX, into)) copyDots(source, offsetX, offsetY, into);
}

function planesOf(source: Bitmap): number {
  return source.format === "dual2" ? 2 : 1;
}

/** Same packing on both sides: whole rows at once, in at most two runs where the strip is high enough. */
function copyRows(source: Bitmap, offsetY: number, into: Frame): void {
  const stride = rowStride(source.width, "mono1");
  const rows = into.shape.height;
  for (let plane = 0; plane < planesOf(source); plane++) {
    const start = plane * source.height;
    for (let row = offsetY, done = 0; done < rows; row = 0) {
      const take = Math.min(rows - done, source.height - row);
      const from = (start + row) * stride;
      into.pixels.set(source.pixels.subarray(from, from + take * stride), (plane * rows + done) * stride);
      done += take;
    }
  }
}

/**
 * A strip as high as the panel, 32 dots at a time; false if the panel is not whole words wide. Where a row of the frame
 * begins inside a byte of the strip, it is read from rows that were shifted before (`shifted-strips.ts`).
 */
function copyWords(source: Bitmap, offsetX: number, into: Frame): boolean {
  const { width, height } = into.shape;
  if ((width & 31) !== 0 || source.width < width || source.height !== height) return false;
  const words = wordsOf(into.pixels);
  const left = shiftedRows(source, offsetX & 7);
  if (!words || !left) return false;
  const untilSeam = source.width - offsetX;
  const perRow = width >> 5;
  const rows = height * planesOf(source);
  const stride = rowStride(source.width, "mono1");
  if (untilSeam >= width) {
    copyRun(left, offsetX >> 3, stride, words, 0, perRow, perRow, rows);
    return true;
  }
  const whole = untilSeam >> 5;
  copyRun(left, offsetX >> 3, stride, words, 0, whole, perRow, rows);
  const begun = untilSeam & 31;
  if (begun > 0 && !copySeam(source, begun, viewOf(into.pixels), whole, perRow, rows)) return false;
  // The first dot of the strip whose word is wholly behind the seam.
  const on = begun === 0 ? 0 : 32 - begun;
  const next = begun === 0 ? whole : whole + 1;
  const right = next < perRow ? shiftedRows(source, on & 7) : left;
  if (!right) return false;
  copyRun(right, on >> 3, stride, words, next, perRow - next, perRow, rows);
  return true;
}

/** `count` words of each row: from byte `from` of the first, `stride` bytes a row, to word `to`, `perRow` words a row. */
function copyRun(
  source: DataView,
  from: number,
  stride: number,
  into: Int32Array,
  to: number,
  count: number,
  perRow: number,
  rows: number,
): void {
  const end = to + rows * perRow;
  // Four words at a time: most panels are a multiple of 128 dots wide, and the loop costs as much as a word.
  const fours = count & ~3;
  for (let row = to, at = from; row < end; row += perRow, at += stride) {
    let word = row;
    let byte = at;
    for (const last = row + fours; word < last; word += 4, byte += 16) {
      into[word] = source.getInt32(byte, littleEndian);
      into[word + 1] = source.getInt32(byte + 4, littleEndian);
      into[word + 2] = source.getInt32(byte + 8, littleEndian);
      into[word + 3] = source.getInt32(byte + 12, littleEndian);
    }
    for (const last = row + count; word < last; word++, byte += 4) into[word] = source.getInt32(byte, littleEndian);
  }
}

/** The word of each row that the strip's end and its start meet in: the end's last `begun` dots, 1 to 31, then the start. */
function copySeam(source: Bitmap, begun: number, into: DataView, word: number, perRow: number, rows: number): boolean {
  const stride = rowStride(source.width, "mono1");
  const end = source.width - 32;
  const last = shiftedRows(source, end & 7);
  const first = shiftedRows(source, 0);
  if (!last || !first) return false;
  for (let row = 0; row < rows; row++) {
    const tail = last.getInt32(row * stride + (end >> 3)) << (32 - begun);
    into.setInt32((row * perRow + word) * 4, tail | (first.getInt32(row * stride) >>> begun));
  }
  return true;
}

/** Any sizes and offsets, run after run of bits. */
function copyDots(source: Bitmap, offsetX: number, offsetY: number, into: Frame): void {
  const { pixels, shape } = into;
  const stride = rowStride(source.width, "mono1");
  const intoStride = rowStride(shape.width, "mono1");
  const untilEdge = source.width - offsetX;
  pixels.fill(0);
  for (let plane = 0; plane < planesOf(source); plane++)
    for (let y = 0, row = offsetY; y < shape.height; y++, row = row + 1 === source.height ? 0 : row + 1) {
      const from = (plane * source.height + row) * stride * 8;
      const to = (plane * shape.height + y) * intoStride * 8;
      copyBits(source.pixels, from + offsetX, pixels, to, Math.min(shape.width, untilEdge));
      for (let done = untilEdge; done < shape.width; done += source.width)
        copyBits(source.pixels, from, pixels, to + done, Math.min(shape.width - done, source.width));
    }
}
