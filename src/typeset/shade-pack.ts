/** Planes of shades as pixels with a palette: black, then three shades an ink. */
import { bitmapBytes, type PixelFormat, rowStride } from "../message/index.ts";
import type { Rgb } from "./ink.ts";
import { inksPerPlane, levelsPerInk, type Plane } from "./shades.ts";

/** Black, then three shades an ink: the ink scaled. */
export function shadePalette(inks: readonly Rgb[]): Uint8Array {
  const palette = [0, 0, 0];
  for (const colour of inks)
    for (let level = 1; level <= levelsPerInk; level++)
      palette.push(...colour.map((value) => Math.round((value * level) / levelsPerInk)));
  return Uint8Array.from(palette);
}

/** Planes of this size (the first inks' first), of `inks` inks together, in the smallest format that holds their entries. */
export function packPlanes(
  width: number,
  height: number,
  planes: readonly Plane[],
  inks: number,
): { readonly format: PixelFormat; readonly pixels: Uint8Array } {
  const entries = 1 + inks * levelsPerInk;
  const format: PixelFormat = entries <= 4 ? "index2" : entries <= 16 ? "index4" : "index8";
  const pixels = new Uint8Array(bitmapBytes(width, height, format));
  const bytes = rowStride(width, format);
  if (format === "index8")
    for (let y = 0; y < height; y++) entriesOfRow(planes, y, pixels.subarray(y * bytes, y * bytes + width));
  else for (const plane of planes) packPlane(plane, format, pixels, bytes);
  return { format, pixels };
}

function packPlane({ height, stride, words, touched }: Plane, format: PixelFormat, pixels: Uint8Array, bytes: number) {
  const view = new DataView(pixels.buffer);
  for (let y = 0; y < height; y++) {
    if (touched[y] === 0) continue;
    if (format === "index4") packFours(words, y * stride, view, y * bytes, bytes);
    else packTwos(words, y * stride, pixels, y * bytes, bytes);
  }
}

/** Four bits stay four bits. */
function packFours(words: Int32Array, from: number, view: DataView, to: number, bytes: number): void {
  const whole = bytes >> 2;
  for (let word = 0; word < whole; word++) view.setInt32(to + word * 4, words[from + word] as number);
  for (let byte = whole * 4; byte < bytes; byte++)
    view.setUint8(to + byte, (words[from + whole] as number) >>> (24 - (byte & 3) * 8));
}

/** The lower two of each four bits; an eight dots' word is two bytes. */
function packTwos(words: Int32Array, from: number, pixels: Uint8Array, to: number, bytes: number): void {
  for (let byte = 0; byte < bytes; byte += 2) {
    const word = words[from + (byte >> 1)] as number;
    if (word === 0) continue;
    const pairs = (word | (word >>> 2)) & 0x0f0f_0f0f;
    const fours = pairs | (pairs >>> 4);
    pixels[to + byte] = fours >>> 16;
    // A row may end within the eight.
    if (byte + 1 < bytes) pixels[to + byte + 1] = fours;
  }
}

/** A row's palette entries, a byte a dot, of the later plane where both have one; dots that are black in all are left. False: all are. */
export function entriesOfRow(planes: readonly Plane[], y: number, into: Uint8Array): boolean {
  let any = false;
  for (const [index, { words, stride, touched }] of planes.entries()) {
    if (touched[y] === 0) continue;
    any = true;
    const base = index * inksPerPlane * levelsPerInk;
    for (let x = 0; x < into.length; x++) {
      const value = ((words[y * stride + (x >> 3)] as number) >>> (28 - (x & 7) * 4)) & 15;
      if (value !== 0) into[x] = base + value;
    }
  }
  return any;
}
