/** Small bitmaps: rows of ceil(width / 8) bytes, leftmost dot the highest bit. */
import type { Glyph } from "./face.ts";

/** Coverage from which a dot is lit, where dots are on or off. */
const litFrom = 120;

interface Box {
  readonly width: number;
  readonly height: number;
}

/** A glyph of dots that are on or off, cut to its ink: `lit(x, y)` over a box of `width` x `height` at the pen. */
export function glyphOf(
  box: Box & { readonly advance: number; readonly wide?: number },
  lit: (x: number, y: number) => boolean,
): Glyph {
  const { advance, wide = 0 } = box;
  const ink = inkOf(box, lit);
  return { advance, ...ink, bits: packedBits(ink, lit), levels: null, wide };
}

/** Of coverage from 0 to 255, the nearest of four levels. */
const levelOf = Uint8Array.from({ length: 256 }, (_, covered) => Math.floor((covered * 3) / 255 + 0.5));

/** Less has no level. */
const leastSeen = levelOf.findIndex((level) => level > 0);

/** A glyph of coverage, 0 to 255 for each dot of the box, cut to its ink. Written out: a large glyph has many dots. */
export function trimmed(coverage: Uint8Array, box: Box, advance: number): Glyph {
  const { width: across, height: down } = box;
  const seen = across * down;
  let first = 0;
  while (first < seen && isBare(coverage[first] as number)) first++;
  let last = seen - 1;
  while (last > first && isBare(coverage[last] as number)) last--;
  let [left, right, top, bottom] = [across, -1, Math.floor(first / across), Math.floor(last / across)];
  for (let y = top; first < seen && y <= bottom; y++) {
    // Only what may lie outside the ink found so far.
    const row = y * across;
    for (let x = 0; x < left; x++) if (!isBare(coverage[row + x] as number)) left = x;
    for (let x = across - 1; x > right; x--) if (!isBare(coverage[row + x] as number)) right = x;
  }
  if (right < 0) [left, right, top, bottom] = [0, -1, 0, -1];
  const [width, height] = [right - left + 1, bottom - top + 1];
  const stride = (width + 7) >> 3;
  // One piece of memory for both: a typed array's own costs more than the dots of a glyph.
  const memory = new Uint8Array((stride + width) * height);
  const bits = memory.subarray(0, stride * height);
  const levels = memory.subarray(stride * height);
  for (let y = 0, to = 0; y < height; y++) {
    let from = (top + y) * across + left;
    for (let x = 0; x < width; x++, from++, to++) {
      const covered = coverage[from] as number;
      levels[to] = levelOf[covered] as number;
      if (covered >= litFrom) bits[y * stride + (x >> 3)] = (bits[y * stride + (x >> 3)] as number) | (0x80 >> (x & 7));
    }
  }
  return { advance, left, top, width, height, bits, levels, wide: 0 };
}

function isBare(covered: number): boolean {
  return covered < leastSeen;
}

function inkOf(box: Box, lit: (x: number, y: number) => boolean) {
  let [left, right, top, bottom] = [box.width, -1, box.height, -1];
  for (let y = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++) {
      if (!lit(x, y)) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  if (right < 0) return { left: 0, top: 0, width: 0, height: 0 };
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function packedBits({ left, top, width, height }: ReturnType<typeof inkOf>, lit: (x: number, y: number) => boolean) {
  const stride = Math.ceil(width / 8);
  const bits = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (lit(left + x, top + y)) {
        const at = y * stride + (x >> 3);
        bits[at] = (bits[at] as number) | (0x80 >> (x & 7));
      }
  return bits;
}
