/** A full-colour page with pictures on it: three bytes a dot, the text over them. */
import { type Bitmap, bitmapBytes, bitsPerDot, rowStride } from "../message/index.ts";
import type { Placed } from "./canvas.ts";
import type { Rgb } from "./ink.ts";
import { entriesOfRow } from "./shade-pack.ts";
import { levelsPerInk, type Plane } from "./shades.ts";

/** `bitmap`s of rgb24 or index formats, each inside the page; `planes` of all the text, in `inks`. */
export function pictureCanvas(
  width: number,
  height: number,
  pictures: readonly Placed[],
  inks: readonly Rgb[],
  planes: readonly Plane[],
): Bitmap {
  const pixels = new Uint8Array(bitmapBytes(width, height, "rgb24"));
  for (const picture of pictures) copyPicture(picture, pixels, width);
  const entries = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    if (!entriesOfRow(planes, y, entries.fill(0))) continue;
    for (let x = 0; x < width; x++) {
      const value = entries[x] as number;
      if (value === 0) continue;
      const colour = inks[Math.floor((value - 1) / levelsPerInk)] as Rgb;
      const level = ((value - 1) % levelsPerInk) + 1;
      for (let channel = 0, at = (y * width + x) * 3; channel < 3; channel++, at++) {
        const under = pixels[at] as number;
        pixels[at] = under + Math.round((((colour[channel] as number) - under) * level) / levelsPerInk);
      }
    }
  }
  return { width, height, format: "rgb24", pixels, palette: new Uint8Array(0) };
}

function copyPicture({ bitmap, x, y }: Placed, into: Uint8Array, width: number): void {
  const stride = rowStride(bitmap.width, bitmap.format);
  const bits = bitsPerDot[bitmap.format];
  for (let row = 0; row < bitmap.height; row++) {
    const from = row * stride;
    const to = ((y + row) * width + x) * 3;
    if (bits === 24) {
      into.set(bitmap.pixels.subarray(from, from + stride), to);
      continue;
    }
    for (let column = 0; column < bitmap.width; column++) {
      const bit = column * bits;
      const byte = bitmap.pixels[from + (bit >> 3)] as number;
      const entry = (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
      into.set(bitmap.palette.subarray(entry * 3, entry * 3 + 3), to + column * 3);
    }
  }
}
