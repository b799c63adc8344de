/** A frame changed where it is: blackened outside a rectangle, or moved. Whole dots, black comes in from outside. */
import { rowStride } from "./bitmap.ts";
import type { Frame } from "./types.ts";

/** Blackens all but columns [left, right) of rows [top, bottom); an empty rectangle leaves nothing. */
export function keepOnly(frame: Frame, left: number, top: number, right: number, bottom: number): void {
  const { pixels, shape } = frame;
  const empty = left >= right || top >= bottom;
  for (let plane = 0; plane < planesOf(frame); plane++)
    for (let row = 0; row < shape.height; row++) {
      const { start, end } = rowOf(frame, plane, row);
      if (empty || row < top || row >= bottom) pixels.fill(0, start, end);
      else if (shape.colour === "rgb") {
        pixels.fill(0, start, start + left * 3);
        pixels.fill(0, start + right * 3, end);
      } else {
        clearBits(pixels, start, 0, left);
        clearBits(pixels, start, right, shape.width);
      }
    }
}

/** Every dot `dx` to the right and `dy` down (negative: left, up); not both, and at most the panel's side. */
export function moveFrame(frame: Frame, dx: number, dy: number): void {
  const { pixels, shape } = frame;
  for (let plane = 0; plane < planesOf(frame); plane++) {
    const { start, end } = rowOf(frame, plane, 0);
    const stride = end - start;
    if (dy !== 0) moveBytes(pixels, start, start + stride * shape.height, dy * stride);
    if (dx === 0) continue;
    for (let row = start; row < start + stride * shape.height; row += stride) {
      if (shape.colour === "rgb") moveBytes(pixels, row, row + stride, dx * 3);
      else if (dx > 0) moveRight(pixels, row, stride, dx, shape.width);
      else moveLeft(pixels, row, stride, -dx);
    }
  }
}

function planesOf({ shape }: Frame): number {
  return shape.colour === "dual" ? 2 : 1;
}

function rowOf({ shape }: Frame, plane: number, row: number): { readonly start: number; readonly end: number } {
  const stride = rowStride(shape.width, shape.colour === "rgb" ? "rgb24" : "mono1");
  const start = (plane * shape.height + row) * stride;
  return { start, end: start + stride };
}

/** Bits [from, to) of the row at byte `start`. */
function clearBits(pixels: Uint8Array, start: number, from: number, to: number): void {
  if (from >= to) return;
  const first = start + (from >> 3);
  const last = start + (to >> 3);
  const keepLeft = 0xff00 >> (from & 7);
  const keepRight = 0xff >> (to & 7);
  if (first === last) {
    pixels[first] = (pixels[first] ?? 0) & (keepLeft | keepRight);
    return;
  }
  pixels[first] = (pixels[first] ?? 0) & keepLeft;
  pixels.fill(0, first + 1, last);
  if (to & 7) pixels[last] = (pixels[last] ?? 0) & keepRight;
}

/** Bytes [start, end) by `by` places; zeros come in. */
function moveBytes(pixels: Uint8Array, start: number, end: number, by: number): void {
  if (by > 0) {
    pixels.copyWithin(start + by, start, end - by);
    pixels.fill(0, start, start + by);
  } else {
    pixels.copyWithin(start, start - by, end);
    pixels.fill(0, end + by, end);
  }
}

function moveLeft(pixels: Uint8Array, start: number, stride: number, by: number): void {
  const bytes = by >> 3;
  const shift = by & 7;
  for (let at = 0; at < stride; at++) {
    const high = at + bytes < stride ? (pixels[start + at + bytes] ?? 0) : 0;
    const low = at + bytes + 1 < stride ? (pixels[start + at + bytes + 1] ?? 0) : 0;
    pixels[start + at] = (high << shift) | (low >> (8 - shift));
  }
}

function moveRight(pixels: Uint8Array, start: number, stride: number, by: number, width: number): void {
  const bytes = by >> 3;
  const shift = by & 7;
  for (let at = stride - 1; at >= 0; at--) {
    const low = at >= bytes ? (pixels[start + at - bytes] ?? 0) : 0;
    const high = at > bytes ? (pixels[start + at - bytes - 1] ?? 0) : 0;
    pixels[start + at] = (high << (8 - shift)) | (low >> shift);
  }
  // What went past the last dot is in the padding.
  const last = start + stride - 1;
  if (width & 7) pixels[last] = (pixels[last] ?? 0) & (0xff00 >> (width & 7));
}
