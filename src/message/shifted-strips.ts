/**
 * Scrolling strips, shifted beforehand by 1 to 7 dots, so that the window at any offset begins at a whole byte: with the
 * strip itself eight times its memory, for a frame in a sixth of the time. Made once a strip has scrolled for a while,
 * bounded together (`limits.shiftedStripBytes`); the strips that were made first go first.
 */
import { limits } from "../limits.ts";
import type { Bitmap } from "./types.ts";
import { viewOf } from "./views.ts";

interface Strip {
  /** How many frames wanted it; it is worth making from `worthwhile` on. */
  wanted: number;
  /** The strip shifted to the left by 1 to 7 dots, rows packed as in the strip; empty: not made, or dropped. */
  shifted: readonly DataView[];
}

/** Making the seven costs as much as some hundred frames without them: one look at a strip, or a few, makes none. */
const worthwhile = 64;
const strips = new WeakMap<Uint8Array, Strip>();
/** Those that are made, oldest first. They do not hold their bitmaps. */
const made: Strip[] = [];
let madeBytes = 0;

/**
 * The strip's rows (both planes of dual2), each beginning `shift` dots (0 to 7) further right; null while there are none.
 * A row's last byte has nothing of the next row.
 */
export function shiftedRows({ pixels, width }: Bitmap, shift: number): DataView | null {
  if (shift === 0) return viewOf(pixels);
  let strip = strips.get(pixels);
  if (!strip) {
    strip = { wanted: 0, shifted: [] };
    strips.set(pixels, strip);
  }
  return strip.shifted[shift - 1] ?? make(strip, pixels, Math.ceil(width / 8), shift);
}

/** Bytes that all shifted strips take now, the strips themselves not counted. */
export function shiftedBytes(): number {
  return madeBytes;
}

function make(strip: Strip, pixels: Uint8Array, stride: number, shift: number): DataView | null {
  const bytes = pixels.length * 7;
  strip.wanted++;
  if (strip.wanted < worthwhile || bytes > limits.shiftedStripBytes) return null;
  while (madeBytes + bytes > limits.shiftedStripBytes) drop(made.shift());
  strip.shifted = Array.from({ length: 7 }, (_, index) => shiftedLeft(pixels, stride, index + 1));
  made.push(strip);
  madeBytes += bytes;
  return strip.shifted[shift - 1] ?? null;
}

function drop(strip: Strip | undefined): void {
  for (const { byteLength } of strip?.shifted ?? []) madeBytes -= byteLength;
  if (!strip) return;
  strip.shifted = [];
  strip.wanted = 0;
}

function shiftedLeft(pixels: Uint8Array, stride: number, shift: number): DataView {
  const out = new Uint8Array(pixels.length);
  for (let start = 0; start < pixels.length; start += stride) {
    let high = pixels[start] ?? 0;
    for (let at = start; at < start + stride; at++) {
      const low = at + 1 < start + stride ? (pixels[at + 1] ?? 0) : 0;
      out[at] = (high << shift) | (low >> (8 - shift));
      high = low;
    }
  }
  return viewOf(out);
}
