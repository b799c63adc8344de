/** GNU Unifont as a face: as it is at 16 dots, and enlarged by a whole factor as the larger faces' last resort. */
import { glyphOf } from "./bits.ts";
import { isMark } from "./characters.ts";
import type { Glyph } from "./face.ts";
import { unifont } from "./unifont.ts";

/** A 16-dot glyph, its cell 8 or 16 wide; marks do not move the pen. */
export function unifontGlyph(codePoint: number): Glyph | null {
  return unifontEnlarged(codePoint, 16);
}

/** As many whole times as fits `sizePx`, in the middle of a box of that size. */
export function unifontEnlarged(codePoint: number, sizePx: number): Glyph | null {
  const { slots, widths, rows } = unifont();
  const slot = codePoint > 0xffff ? 0 : (slots[codePoint] as number);
  if (slot === 0) return null;
  const cell = widths[slot] as number;
  const scale = Math.floor(sizePx / 16);
  const box = cell === 16 ? sizePx : Math.ceil(sizePx / 2);
  const [x0, y0] = [Math.floor((box - cell * scale) / 2), Math.floor((sizePx - 16 * scale) / 2)];
  const advance = isMark(codePoint) ? 0 : box;
  const wide = sizePx === 16 && cell === 16 && advance === 16 ? slot : 0;
  return glyphOf({ width: box, height: sizePx, advance, wide }, (x, y) => {
    const [column, row] = [Math.floor((x - x0) / scale), Math.floor((y - y0) / scale)];
    if (column < 0 || column >= cell || row < 0 || row > 15) return false;
    return ((rows[slot * 16 + row] as number) & (0x8000 >> column)) !== 0;
  });
}
