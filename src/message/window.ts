/** The panel's window on a page: scrolling is what a panel does all day, so this is where `frameAt` spends its time. */
import { copyBits, rowStride } from "./bitmap.ts";
import { copyShifted } from "./shifted-strips.ts";
import type { Bitmap, Frame } from "./types.ts";
import { viewOf } from "./views.ts";
import { copyColours } from "./window-rgb.ts";

/**
 * Draws the panel-sized window of `source` whose left top corner is (`offsetX`, `offsetY`), wrapping round both edges.
 * Every dot of the frame is written, whatever was there before. Offsets are in [0, width) and [0, height).
 */
export function copyWindow(source: Bitmap, offsetX: number, offsetY: number, into: Frame): void {
  const { width, height } = into.shape;
  if (source.format !== "mono1" && source.format !== "dual2") copyColours(source, offsetX, offsetY, into);
  else if (offsetX === 0 && source.width === width) copyRows(source, offsetY, into);
  else if (offsetY === 0 && source.height === height && source.width >= width) {
    if (!copyShifted(source, offsetX, into)) copyStrip(source, offsetX, into);
  } else copyDots(source, offsetX, offsetY, into);
}

function planesOf(source: Bitmap): number {
  return source.format === "dual2" ? 2 : 1;
}

/** Same packing on both sides: whole rows at once, in at most two runs where the strip is as high as the panel. */
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

/** A strip as high as the panel, the left part of the window 32 dots at a time. */
function copyStrip(source: Bitmap, offsetX: number, into: Frame): void {
  const { width, height } = into.shape;
  const stride = rowStride(source.width, "mono1");
  const intoStride = rowStride(width, "mono1");
  const first = Math.min(width, source.width - offsetX);
  const words = first >>> 5;
  const copied = words << 5;
  const rows = height * planesOf(source);
  if (copied < width) into.pixels.fill(0);
  if (words > 0) copyWords(source.pixels, stride, offsetX, into.pixels, intoStride, words, rows);
  if (copied === width) return;
  for (let row = 0; row < rows; row++) {
    const from = row * stride * 8;
    const to = row * intoStride * 8;
    copyBits(source.pixels, from + offsetX + copied, into.pixels, to + copied, first - copied);
    if (first < width) copyBits(source.pixels, from, into.pixels, to + first, width - first);
  }
}

/** `words` × 32 columns from `offsetX` on, which the strip has without its seam. Strides: bytes. */
function copyWords(
  source: Uint8Array,
  stride: number,
  offsetX: number,
  into: Uint8Array,
  intoStride: number,
  words: number,
  rows: number,
): void {
  const bytes = viewOf(source);
  const out = viewOf(into);
  const shift = offsetX & 7;
  const back = 8 - shift;
  const left = offsetX >>> 3;
  for (let row = 0; row < rows; row++) {
    let at = left + row * stride;
    const start = row * intoStride;
    const end = start + words * 4;
    if (shift === 0) for (let word = start; word < end; word += 4, at += 4) out.setInt32(word, bytes.getInt32(at));
    else
      for (let word = start; word < end; word += 4, at += 4)
        out.setInt32(word, (bytes.getInt32(at) << shift) | (bytes.getUint8(at + 4) >>> back));
  }
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
