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

/** A glyph of coverage, 0 to 255 for each dot of the box, cut to its ink. */
export function trimmed(coverage: Uint8Array, box: Box, advance: number): Glyph {
  const covered = (x: number, y: number) => coverage[y * box.width + x] as number;
  const ink = inkOf(box, (x, y) => levelOf(covered(x, y)) > 0 || covered(x, y) >= litFrom);
  const bits = packedBits(ink, (x, y) => covered(x, y) >= litFrom);
  const levels = new Uint8Array(ink.width * ink.height);
  for (let y = 0, at = 0; y < ink.height; y++)
    for (let x = 0; x < ink.width; x++) levels[at++] = levelOf(covered(ink.left + x, ink.top + y));
  return { advance, ...ink, bits, levels, wide: 0 };
}

const levelOf = (covered: number) => Math.floor((covered * 3) / 255 + 0.5);

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
