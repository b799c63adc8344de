/**
 * A bitmap for people: as a PNG, dot for dot in the panel's colours, and as text that a diff can show.
 * The colour of a lit dot follows `ColourKind`: mono in the LED's colour, dual red, green and yellow, rgb as it is.
 */
import { setImmediate } from "node:timers/promises";
import { limits } from "../limits.ts";
import { type Bitmap, bitsPerDot, type Frame, frameFormat, rowStride } from "../message/index.ts";
import { letterRows } from "./letters.ts";

/** Nominal colours of a two-colour panel by its bits: red 1, green 2. */
const dualPalette = Uint8Array.of(0, 0, 0, 255, 42, 18, 60, 230, 40, 255, 190, 20);
/** Dots worked on before others get their turn: a few milliseconds. */
const dotsAtOnce = 256 * 1024;

/** A frame's pixels are a bitmap in the panel's own depth. */
export function frameBitmap(frame: Frame): Bitmap {
  const { width, height, colour } = frame.shape;
  return { width, height, format: frameFormat(colour), pixels: frame.pixels, palette: new Uint8Array(0) };
}

/** The most that `pngOf` may magnify so that the picture has at most `maxPx` dots; 0 if even the bitmap itself has more. */
export function largestScale(bitmap: { readonly width: number; readonly height: number }, maxPx: number): number {
  return Math.floor(Math.sqrt(maxPx / (bitmap.width * bitmap.height)));
}

/** Of a mono bitmap: ink on paper, where a set dot is dark. */
export function negativeOf(bitmap: Bitmap): Bitmap {
  return { ...bitmap, pixels: bitmap.pixels.map((byte) => ~byte) };
}

/** `ledColour` (#rrggbb) is what a lit mono dot looks like; each dot becomes a square of `scale` pixels. */
export async function pngOf(bitmap: Bitmap, ledColour: string | null, scale: number): Promise<Uint8Array> {
  const { width, height } = bitmap;
  const rgb = await rgbOf(bitmap, ledColour);
  // Loaded here: it is large, and text needs none of it.
  const { default: sharp } = await import("sharp");
  const picture = sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  if (scale > 1) picture.resize(width * scale, height * scale, { kernel: "nearest" });
  return picture.png({ compressionLevel: 6 }).toBuffer();
}

/** Rows of dots. Mono: `.` and `@`. Colour: `.` black, else r g y b m c w by the channels that have at least half the brightest. */
export async function textOf(bitmap: Bitmap): Promise<string> {
  const parts: string[] = [];
  for (const block of textBlocks(bitmap)) {
    if (parts.length > 0) await setImmediate();
    parts.push(Buffer.from(block.buffer, block.byteOffset, block.length).toString("latin1"));
  }
  return parts.join("");
}

/** The same, a block of whole rows at a time, at most `limits.dotTextBytes`. A block is overwritten by the next. */
export function* textBlocks(bitmap: Bitmap): Generator<Uint8Array> {
  const { width, height } = bitmap;
  const rowsMost = Math.min(height, Math.floor(limits.dotTextBytes / (width + 1)));
  const block = new Uint8Array(rowsMost * (width + 1));
  const rowOf = letterRows(bitmap);
  for (let top = 0; top < height; top += rowsMost) {
    const rows = Math.min(rowsMost, height - top);
    for (let row = 0; row < rows; row++) block.set(rowOf(top + row), row * (width + 1));
    yield block.subarray(0, rows * (width + 1));
  }
}

/** 3 bytes a dot, rows unpadded. */
async function rgbOf(bitmap: Bitmap, ledColour: string | null): Promise<Uint8Array> {
  const { width, height, format, pixels } = bitmap;
  if (format === "rgb24") return pixels;
  const rgb = new Uint8Array(width * height * 3);
  const palette = paletteOf(bitmap, ledColour);
  const stride = rowStride(width, format);
  const bits = bitsPerDot[format];
  const mask = 2 ** bits - 1;
  const greenPlane = format === "dual2" ? stride * height : null;
  await byRows(bitmap, (y) => {
    let to = y * width * 3;
    for (let x = 0; x < width; x += 1, to += 3) {
      const byte = y * stride + ((x * bits) >> 3);
      const shift = 8 - bits - ((x * bits) & 7);
      let value = ((pixels[byte] ?? 0) >> shift) & mask;
      if (greenPlane !== null) value += 2 * (((pixels[greenPlane + byte] ?? 0) >> shift) & 1);
      rgb[to] = palette[value * 3] ?? 0;
      rgb[to + 1] = palette[value * 3 + 1] ?? 0;
      rgb[to + 2] = palette[value * 3 + 2] ?? 0;
    }
  });
  return rgb;
}

/** A wall of 4096 × 4096 dots must not stop the daemon: between slices of rows, others get their turn. */
async function byRows({ width, height }: Bitmap, row: (y: number) => void): Promise<void> {
  const rowsAtOnce = Math.max(1, Math.floor(dotsAtOnce / width));
  for (let y = 0; y < height; y += 1) {
    if (y > 0 && y % rowsAtOnce === 0) await setImmediate();
    row(y);
  }
}

/** Red, green, blue of each value. */
function paletteOf({ format, palette }: Bitmap, ledColour: string | null): Uint8Array {
  if (format === "dual2") return dualPalette;
  if (format !== "mono1") return palette;
  const hex = Number.parseInt((ledColour ?? "#ffffff").slice(1), 16);
  return Uint8Array.of(0, 0, 0, hex >> 16, (hex >> 8) & 255, hex & 255);
}
