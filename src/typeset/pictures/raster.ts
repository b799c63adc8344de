/**
 * A decoded picture, and the one form in which pictures are kept: a PNG of 8 bits a sample, grey or sRGB, no alpha, every
 * row filtered "up", its zlib stream stored without compression. So the same dots have the same bytes under any version of
 * any library, and SHA-256 of them is the picture's name; the store deflates them at rest.
 */
import { crc32 } from "node:zlib";
import { limits } from "../../limits.ts";

/** `channels` 1: grey, 3: red, green, blue; 8 bits, sRGB. Rows top down, unpadded. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const blockBytesMax = 0xffff;
const filterUp = 2;
/** Signature, IHDR, the head of IDAT: what comes before the zlib stream. */
const headBytes = 8 + 25 + 8;
/** CRC of IDAT, and IEND. */
const iendBytes = 12;
const tailBytes = 4 + iendBytes;
/** zlib's own head and checksum; the head says: 32 KB window, fastest. */
const zlibHead = 0x7801;
const zlibBytes = 2 + 4;

/** A view of some of the rows. */
export function rowsOf({ width, channels, pixels }: Raster, top: number, height: number): Raster {
  const stride = width * channels;
  return { width, height, channels, pixels: pixels.subarray(top * stride, (top + height) * stride) };
}

/** The same picture in one channel where its colour is everywhere grey. */
export function withoutColour(raster: Raster): Raster {
  return isGrey(raster) ? greyOf(raster) : raster;
}

/** The kept bytes. Colour that is everywhere grey is kept as grey. */
export function encodeRaster(raster: Raster): Uint8Array {
  const { width, height, channels, pixels } = withoutColour(raster);
  const stride = width * channels;
  const raw = filtered(pixels, stride, height);
  const idat = idatBytes(raw.length);
  const bytes = new Uint8Array(headBytes + idat + tailBytes);
  const { head, tail } = frameOf(width, height, channels, idat);
  bytes.set(head);
  store(raw, bytes.subarray(headBytes, headBytes + idat));
  const sum = crc32(bytes.subarray(headBytes - 4, headBytes + idat));
  new DataView(bytes.buffer).setUint32(headBytes + idat, sum);
  bytes.set(tail, bytes.length - iendBytes);
  return bytes;
}

/** Of bytes that `encodeRaster` made, the picture; null for any others, however much like them. */
export function decodeRaster(bytes: Uint8Array): Raster | null {
  if (bytes.length < headBytes + zlibBytes + tailBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const channels = bytes[25] === 0 ? 1 : 3;
  if (width < 1 || height < 1 || width * height > limits.picturePx) return null;
  const stride = width * channels;
  const size = (stride + 1) * height;
  const idat = idatBytes(size);
  if (bytes.length !== headBytes + idat + tailBytes) return null;
  const frame = frameOf(width, height, channels, idat);
  if (Buffer.compare(bytes.subarray(0, headBytes), frame.head) !== 0) return null;
  if (Buffer.compare(bytes.subarray(-iendBytes), frame.tail) !== 0) return null;
  if (view.getUint32(headBytes + idat) !== crc32(bytes.subarray(headBytes - 4, headBytes + idat))) return null;
  const raw = unblocked(bytes, view, size);
  const pixels = raw && unfiltered(raw, stride, height);
  if (!pixels) return null;
  const raster: Raster = { width, height, channels, pixels };
  return isGrey(raster) ? null : raster;
}

function idatBytes(rawBytes: number): number {
  return rawBytes + Math.ceil(rawBytes / blockBytesMax) * 5 + zlibBytes;
}

/** All of the file that follows from the size alone: what comes before the zlib stream, and IEND. */
function frameOf(
  width: number,
  height: number,
  channels: 1 | 3,
  idat: number,
): { readonly head: Uint8Array; readonly tail: Uint8Array } {
  const head = new Uint8Array(headBytes);
  const view = new DataView(head.buffer);
  head.set(signature);
  const header = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 8, channels === 1 ? 0 : 2, 0, 0, 0);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  chunk(head, view, 8, "IHDR", header);
  view.setUint32(headBytes - 8, idat);
  letters(head, headBytes - 4, "IDAT");
  const tail = new Uint8Array(iendBytes);
  chunk(tail, new DataView(tail.buffer), 0, "IEND", new Uint8Array(0));
  return { head, tail };
}

function isGrey({ channels, pixels }: Raster): boolean {
  if (channels === 1) return false;
  for (let at = 0; at < pixels.length; at += 3)
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  return true;
}

function greyOf({ width, height, pixels }: Raster): Raster {
  const grey = new Uint8Array(width * height);
  for (let to = 0; to < grey.length; to++) grey[to] = pixels[to * 3] as number;
  return { width, height, channels: 1, pixels: grey };
}

/** Each row behind its filter's code, less the row above it. */
function filtered(pixels: Uint8Array, stride: number, height: number): Uint8Array {
  const raw = new Uint8Array((stride + 1) * height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    raw[to++] = filterUp;
    const from = y * stride;
    if (y === 0) raw.set(pixels.subarray(0, stride), to);
    else
      for (let x = 0; x < stride; x++)
        raw[to + x] = (pixels[from + x] as number) - (pixels[from - stride + x] as number);
    to += stride;
  }
  return raw;
}

/** Undoes `store`; null if the blocks are others. */
function unblocked(bytes: Uint8Array, view: DataView, size: number): Uint8Array | null {
  const raw = new Uint8Array(size);
  if (view.getUint16(headBytes) !== zlibHead) return null;
  let from = headBytes + 2;
  for (let to = 0; to < size; to += blockBytesMax) {
    const length = Math.min(blockBytesMax, size - to);
    if (bytes[from] !== (to + length === size ? 1 : 0)) return null;
    if (view.getUint16(from + 1, true) !== length || view.getUint16(from + 3, true) !== (~length & 0xffff)) return null;
    raw.set(bytes.subarray(from + 5, from + 5 + length), to);
    from += 5 + length;
  }
  return raw;
}

/** Undoes `filtered`; null if a row has another filter. */
function unfiltered(raw: Uint8Array, stride: number, height: number): Uint8Array | null {
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const row = y * (stride + 1);
    if (raw[row] !== filterUp) return null;
    const to = y * stride;
    if (y === 0) pixels.set(raw.subarray(1, 1 + stride));
    else
      for (let x = 0; x < stride; x++)
        pixels[to + x] = (raw[row + 1 + x] as number) + (pixels[to - stride + x] as number);
  }
  return pixels;
}

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4). */
function store(raw: Uint8Array, stream: Uint8Array): void {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  view.setUint16(0, zlibHead);
  let to = 2;
  for (let from = 0; from < raw.length; from += blockBytesMax) {
    const length = Math.min(blockBytesMax, raw.length - from);
    stream[to] = from + length === raw.length ? 1 : 0;
    view.setUint16(to + 1, length, true);
    view.setUint16(to + 3, ~length & 0xffff, true);
    stream.set(raw.subarray(from, from + length), to + 5);
    to += 5 + length;
  }
  view.setUint32(to, adler32(raw));
}

/** So many bytes can be summed before the sums leave 32 bits (zlib's NMAX). */
const adlerRun = 5552;

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += adlerRun) {
    const end = Math.min(from + adlerRun, bytes.length);
    for (let at = from; at < end; at++) {
      low += bytes[at] as number;
      high += low;
    }
    low %= 65521;
    high %= 65521;
  }
  return high * 65536 + low;
}

function chunk(bytes: Uint8Array, view: DataView, at: number, name: string, data: Uint8Array): void {
  view.setUint32(at, data.length);
  letters(bytes, at + 4, name);
  bytes.set(data, at + 8);
  view.setUint32(at + 8 + data.length, crc32(bytes.subarray(at + 4, at + 8 + data.length)));
}

function letters(bytes: Uint8Array, at: number, name: string): void {
  for (let letter = 0; letter < name.length; letter++) bytes[at + letter] = name.charCodeAt(letter);
}
