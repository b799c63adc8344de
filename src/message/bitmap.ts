/** Packed bitmaps: sizes, and copying a window of one into a frame. Layouts: `PixelFormat` in types.ts, SPEC.md §5. */
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

/**
 * Draws the panel-sized window of `source` whose left top corner is (`offsetX`, `offsetY`), wrapping round both edges,
 * into `into` (frame layout, all zero before). Offsets are in [0, width) and [0, height).
 */
export function copyWindow(source: Bitmap, offsetX: number, offsetY: number, shape: Shape, into: Uint8Array): void {
  if (source.format === "mono1" || source.format === "dual2") {
    const planes = source.format === "dual2" ? 2 : 1;
    for (let plane = 0; plane < planes; plane++) copyPlane(source, plane, offsetX, offsetY, shape, into);
  } else {
    copyRgb(source, offsetX, offsetY, shape, into);
  }
}

function copyPlane(
  source: Bitmap,
  plane: number,
  offsetX: number,
  offsetY: number,
  shape: Shape,
  into: Uint8Array,
): void {
  const stride = rowStride(source.width, "mono1");
  const start = plane * stride * source.height;
  const intoStride = rowStride(shape.width, "mono1");
  const intoStart = plane * intoStride * shape.height;
  if (offsetX === 0 && source.width === shape.width) {
    // Same packing on both sides: whole rows at once, in at most two runs.
    const first = Math.min(shape.height, source.height - offsetY);
    const from = start + offsetY * stride;
    into.set(source.pixels.subarray(from, from + first * stride), intoStart);
    if (first < shape.height)
      into.set(source.pixels.subarray(start, start + (shape.height - first) * stride), intoStart + first * stride);
    return;
  }
  const untilEdge = source.width - offsetX;
  const first = Math.min(shape.width, untilEdge);
  const words = offsetY === 0 && shape.height <= source.height ? first >>> 5 : 0;
  if (words > 0) copyWords(source.pixels, start, stride, offsetX, into, intoStart, intoStride, words, shape.height);
  const copied = words << 5;
  if (copied === shape.width) return;
  for (let y = 0, row = offsetY; y < shape.height; y++, row = row + 1 === source.height ? 0 : row + 1) {
    const from = (start + row * stride) * 8;
    const to = (intoStart + y * intoStride) * 8;
    copyBits(source.pixels, from + offsetX + copied, into, to + copied, first - copied);
    for (let done = untilEdge; done < shape.width; done += source.width)
      copyBits(source.pixels, from, into, to + done, Math.min(shape.width - done, source.width));
  }
}

/**
 * The left `words` × 32 columns of a window without a seam, 32 dots at a time: scrolling is what a panel does all day.
 * `from`, `to`, strides: bytes.
 */
function copyWords(
  source: Uint8Array,
  from: number,
  stride: number,
  offsetX: number,
  into: Uint8Array,
  to: number,
  intoStride: number,
  words: number,
  rows: number,
): void {
  const bytes = viewOf(source);
  const out = viewOf(into);
  const shift = offsetX & 7;
  const back = 8 - shift;
  const left = from + (offsetX >>> 3);
  for (let row = 0; row < rows; row++) {
    let at = left + row * stride;
    const start = to + row * intoStride;
    const end = start + words * 4;
    if (shift === 0) for (let word = start; word < end; word += 4, at += 4) out.setInt32(word, bytes.getInt32(at));
    else
      for (let word = start; word < end; word += 4, at += 4)
        out.setInt32(word, (bytes.getInt32(at) << shift) | (bytes.getUint8(at + 4) >>> back));
  }
}

/** Making a view costs as much as copying a small frame; bitmaps are drawn from, and frames into, again and again. */
const views = new WeakMap<Uint8Array, DataView>();

function viewOf(bytes: Uint8Array): DataView {
  let view = views.get(bytes);
  if (!view) {
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    views.set(bytes, view);
  }
  return view;
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

function copyRgb(source: Bitmap, offsetX: number, offsetY: number, shape: Shape, into: Uint8Array): void {
  const stride = rowStride(source.width, source.format);
  const bits = bitsPerDot[source.format];
  const { pixels, palette } = source;
  let out = 0;
  for (let y = 0, row = offsetY; y < shape.height; y++, row = row + 1 === source.height ? 0 : row + 1) {
    const from = row * stride;
    for (let x = 0, column = offsetX; x < shape.width; x++, column = column + 1 === source.width ? 0 : column + 1) {
      if (bits === 24) {
        const at = from + column * 3;
        into[out] = pixels[at] ?? 0;
        into[out + 1] = pixels[at + 1] ?? 0;
        into[out + 2] = pixels[at + 2] ?? 0;
      } else {
        const bit = column * bits;
        const value = ((pixels[from + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
        // Most of a page is background: only ink is written, `into` is black before.
        if (value !== 0 || palette[0] !== 0 || palette[1] !== 0 || palette[2] !== 0) {
          into[out] = palette[value * 3] ?? 0;
          into[out + 1] = palette[value * 3 + 1] ?? 0;
          into[out + 2] = palette[value * 3 + 2] ?? 0;
        }
      }
      out += 3;
    }
  }
}
