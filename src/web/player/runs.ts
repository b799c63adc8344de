/** A row of a page as runs of one colour: letters on black are few runs, and black ones need not be looked at. */
import { bitsPerDot, rowStride } from "../../message/index.ts";
import type { Bitmap } from "../../message/types.ts";
import type { Rgb } from "./dots.ts";

/** Dots `from` to `until` of the row are `colour`. */
export type OnRun = (from: number, until: number, colour: Rgb) => void;

/** Calls `each` for the runs of a row, left to right, with no gap between them. A bitmap of an rgb panel's formats. */
export function rowRuns(bitmap: Bitmap): (row: number, each: OnRun) => void {
  return bitmap.format === "rgb24" ? byteRuns(bitmap) : indexRuns(bitmap);
}

/** From the first row to the last one in which two pages of one size differ; null: in none. */
export function differingRows(before: Bitmap, after: Bitmap): { readonly from: number; readonly until: number } | null {
  const whole = { from: 0, until: after.height };
  if (before.format !== after.format || !after.palette.every((value, at) => value === before.palette[at])) return whole;
  const [old, now] = [before.pixels, after.pixels];
  if (old.length !== now.length || before.palette.length !== after.palette.length) return whole;
  let from = 0;
  while (from < now.length && old[from] === now[from]) from++;
  if (from === now.length) return null;
  let last = now.length - 1;
  while (old[last] === now[last]) last--;
  const stride = rowStride(after.width, after.format);
  return { from: Math.floor(from / stride), until: Math.floor(last / stride) + 1 };
}

function byteRuns({ width, pixels }: Bitmap) {
  return (row: number, each: OnRun) => {
    let at = row * width * 3;
    let from = 0;
    let [red, green, blue] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    for (let x = 1; x < width; x++) {
      at += 3;
      if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue) continue;
      each(from, x, (red << 16) | (green << 8) | blue);
      from = x;
      red = pixels[at] ?? 0;
      green = pixels[at + 1] ?? 0;
      blue = pixels[at + 2] ?? 0;
    }
    each(from, width, (red << 16) | (green << 8) | blue);
  };
}

function indexRuns({ width, format, pixels, palette }: Bitmap) {
  const bits = bitsPerDot[format];
  const mask = (1 << bits) - 1;
  /** Times an index: a byte of which every dot has it. */
  const filled = 0xff / mask;
  const stride = rowStride(width, format);
  // Past the palette's end it is black.
  const colours = Array.from(
    { length: mask + 1 },
    (_, index) =>
      ((palette[index * 3] ?? 0) << 16) | ((palette[index * 3 + 1] ?? 0) << 8) | (palette[index * 3 + 2] ?? 0),
  );
  return (row: number, each: OnRun) => {
    const start = row * stride;
    let from = 0;
    let index = (pixels[start] ?? 0) >> (8 - bits);
    let uniform = index * filled;
    for (let byte = 0; byte < stride; byte++) {
      const value = pixels[start + byte] ?? 0;
      if (value === uniform) continue;
      let x = (byte * 8) / bits;
      for (let shift = 8 - bits; shift >= 0 && x < width; shift -= bits, x++) {
        const own = (value >> shift) & mask;
        if (own === index) continue;
        each(from, x, colours[index] ?? 0);
        from = x;
        index = own;
      }
      uniform = index * filled;
    }
    each(from, width, colours[index] ?? 0);
  };
}
