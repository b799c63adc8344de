/** Small bitmaps: rows of ceil(width / 8) bytes, leftmost dot the highest bit. */
import type { Glyph } from "./face.ts";

/** A glyph of dots that are on or off, cut to its ink: `lit(x, y)` over a box of `width` x `height` at the pen. */
export function glyphOf(
  box: { readonly width: number; readonly height: number; readonly advance: number; readonly wide?: number },
  lit: (x: number, y: number) => boolean,
): Glyph {
  let [left, right, top, bottom] = [box.width, -1, box.height, -1];
  for (let y = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++) {
      if (!lit(x, y)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  const { advance, wide = 0 } = box;
  if (right < 0) return { advance, left: 0, top: 0, width: 0, height: 0, bits: new Uint8Array(0), levels: null, wide };
  const [width, height] = [right - left + 1, bottom - top + 1];
  const stride = Math.ceil(width / 8);
  const bits = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (lit(left + x, top + y)) {
        const at = y * stride + (x >> 3);
        bits[at] = (bits[at] as number) | (0x80 >> (x & 7));
      }
  return { advance, left, top, width, height, bits, levels: null, wide };
}
