/** Packed bitmaps: sizes, empty ones, runs of bits. Layouts: `PixelFormat` in types.ts, SPEC.md §5.1. */
import type { Bitmap, ColourKind, Frame, PixelFormat, Shape } from "./types.ts";

export const bitsPerDot: Readonly<Record<PixelFormat, number>> = {
  mono1: 1,
  dual2: 1,
  index1: 1,
  index2: 2,
  index4: 4,
  index8: 8,
  rgb24: 24,
};

/** Bytes of one row (of one plane, for dual2). */
export function rowStride(width: number, format: PixelFormat): number {
  return Math.ceil((width * bitsPerDot[format]) / 8);
}

/** Bytes of the whole bitmap, both planes of dual2 included. */
export function bitmapBytes(width: number, height: number, format: PixelFormat): number {
  return rowStride(width, format) * height * (format === "dual2" ? 2 : 1);
}

export function emptyBitmap(width: number, height: number, format: PixelFormat, palette?: Uint8Array): Bitmap {
  return {
    width,
    height,
    format,
    pixels: new Uint8Array(bitmapBytes(width, height, format)),
    palette: palette ?? new Uint8Array(0),
  };
}

/** The format of frames (not pages) on a panel of this kind. */
export function frameFormat(colour: ColourKind): PixelFormat {
  return colour === "mono" ? "mono1" : colour === "dual" ? "dual2" : "rgb24";
}

export function emptyFrame(shape: Shape): Frame {
  return { shape, pixels: new Uint8Array(bitmapBytes(shape.width, shape.height, frameFormat(shape.colour))) };
}

/** ORs `count` bits at bit `from` of `source` into `into` at bit `to`; the target bits are 0 before. Bits count from each byte's high end. */
export function copyBits(source: Uint8Array, from: number, into: Uint8Array, to: number, count: number): void {
  let left = count;
  let position = from;
  let target = Math.floor(to / 8);
  const lead = to - target * 8;
  if (lead !== 0) {
    const take = Math.min(8 - lead, left);
    const bits = byteAt(source, position) & (0xff00 >> take) & 0xff;
    into[target] = (into[target] ?? 0) | (bits >> lead);
    position += take;
    left -= take;
    target++;
  }
  const shift = position % 8;
  let byte = Math.floor(position / 8);
  if (shift === 0) {
    for (; left >= 8; left -= 8) into[target++] = source[byte++] ?? 0;
  } else {
    const back = 8 - shift;
    let high = source[byte] ?? 0;
    for (; left >= 8; left -= 8) {
      const low = source[++byte] ?? 0;
      into[target++] = (high << shift) | (low >> back);
      high = low;
    }
  }
  if (left > 0) {
    const bits = byteAt(source, byte * 8 + shift) & (0xff00 >> left) & 0xff;
    into[target] = (into[target] ?? 0) | bits;
  }
}

function byteAt(source: Uint8Array, bit: number): number {
  const byte = Math.floor(bit / 8);
  const shift = bit % 8;
  const high = source[byte] ?? 0;
  return shift === 0 ? high : ((high << shift) | ((source[byte + 1] ?? 0) >> (8 - shift))) & 0xff;
}
