/** Any glyph at any place of a mask: what is not a run of full-width 16-dot glyphs. */
import type { Glyph } from "../fonts/face.ts";
import type { Mask } from "./masks.ts";

/** The glyph's dots, by a pen at (`x`, `y`), join those of the mask. What lies outside the mask is not drawn. Dots. */
export function orGlyph(mask: Mask, x: number, y: number, glyph: Glyph): void {
  const { width, height } = glyph;
  if (width === 0) return;
  const left = x + glyph.left;
  const top = y + glyph.top;
  const inside = left >= 0 && top >= 0 && left + width <= mask.width && top + height <= mask.height;
  if (!inside) orClipped(mask, left, top, glyph);
  else if ((left & 7) + width <= 32) orNarrow(mask, left, top, glyph);
  else orRows(mask, left, top, glyph);
}

/** A row is one 32-bit access, from the byte in which it begins; a mask has spare bytes for the last one. */
function orNarrow({ view, start, stride }: Mask, x: number, y: number, { width, height, bits }: Glyph): void {
  const shift = x & 7;
  const bytes = (width + 7) >> 3;
  let to = start + y * stride + (x >> 3);
  const end = height * bytes;
  // A loop for each count of bytes: most glyphs are narrow, and most of such a loop would be its branches.
  if (bytes === 1)
    for (let from = 0; from < end; from++, to += stride)
      view.setInt32(to, view.getInt32(to) | (((bits[from] as number) << 24) >>> shift));
  else if (bytes === 2)
    for (let from = 0; from < end; from += 2, to += stride) {
      const row = ((bits[from] as number) << 24) | ((bits[from + 1] as number) << 16);
      view.setInt32(to, view.getInt32(to) | (row >>> shift));
    }
  else
    for (let from = 0; from < end; from += bytes, to += stride) {
      let row = ((bits[from] as number) << 24) | ((bits[from + 1] as number) << 16) | ((bits[from + 2] as number) << 8);
      if (bytes > 3) row |= bits[from + 3] as number;
      view.setInt32(to, view.getInt32(to) | (row >>> shift));
    }
}

function orRows({ bits: into, stride }: Mask, x: number, y: number, { width, height, bits }: Glyph): void {
  const shift = x & 7;
  const bytes = (width + 7) >> 3;
  let from = 0;
  for (let start = y * stride + (x >> 3), row = 0; row < height; row++, start += stride) {
    let to = start;
    let carried = 0;
    for (const end = from + bytes; from < end; from++, to++) {
      const byte = bits[from] as number;
      into[to] = (into[to] as number) | carried | (byte >> shift);
      carried = (byte << (8 - shift)) & 0xff;
    }
    // Nothing carried means nothing beyond the glyph: perhaps the row's end.
    if (carried !== 0) into[to] = (into[to] as number) | carried;
  }
}

/** Dot by dot; the layout keeps glyphs inside, so it hardly happens. */
function orClipped(mask: Mask, left: number, top: number, { width, height, bits }: Glyph): void {
  const bytes = (width + 7) >> 3;
  for (let row = Math.max(0, -top); row < height && top + row < mask.height; row++)
    for (let column = Math.max(0, -left); column < width && left + column < mask.width; column++)
      if ((bits[row * bytes + (column >> 3)] as number) & (0x80 >> (column & 7))) {
        const x = left + column;
        const at = (top + row) * mask.stride + (x >> 3);
        mask.bits[at] = (mask.bits[at] as number) | (0x80 >> (x & 7));
      }
}
