/**
 * Glyphs into packed bits: the inner loop of the whole typesetter. Text is mostly runs of full-width 16-dot glyphs, which
 * the kernel draws eight at a time; all else is drawn glyph by glyph, row by row.
 */
import type { Glyph } from "./fonts/face.ts";
import { orGlyph } from "./kernel/glyph.ts";
import { lineKernel, slotsMax } from "./kernel/line.ts";
import type { Mask } from "./kernel/masks.ts";

export { createMask, freeMask, type Mask } from "./kernel/masks.ts";

/** What drawing needs of a cell (`text.ts`). */
export interface Drawable {
  readonly glyphs: readonly Glyph[];
  readonly width: number;
  readonly dx: number;
  readonly wide: number;
}

/**
 * Draws cells from (`x`, `y`), the line box's left top corner, rightwards, a cell's marks over its base; returns the x
 * after the last. Dots join what the mask has; those outside it are not drawn. Dots.
 */
export function drawCells(mask: Mask, x: number, y: number, cells: readonly Drawable[]): number {
  let at = x;
  let index = 0;
  while (index < cells.length) {
    const drawn = mask.inKernel ? drawRun(mask, at, y, cells, index) : 0;
    index += drawn;
    at += drawn * 16;
    if (drawn > 0) continue;
    const { glyphs, width, dx } = cells[index++] as Drawable;
    for (let layer = 0; layer < glyphs.length; layer++) orGlyph(mask, at + dx, y, glyphs[layer] as Glyph);
    at += width;
  }
  return at;
}

/** Draws the full-width glyphs that `cells` has from `first` on, as far as they lie inside; returns how many. */
function drawRun(mask: Mask, x: number, y: number, cells: readonly Drawable[], first: number): number {
  const kernel = lineKernel();
  if (kernel === null || x < 0 || y < 0 || y + 16 > mask.height) return 0;
  const { slots } = kernel;
  const most = Math.min(cells.length - first, (mask.width - x) >> 4, slotsMax);
  let count = 0;
  for (; count < most; count++) {
    const { wide } = cells[first + count] as Drawable;
    if (wide === 0) break;
    slots[count] = wide;
  }
  if (count === 0) return 0;
  for (let blank = count; (blank & 7) !== 0; blank++) slots[blank] = 0;
  kernel.line(count, mask.start + y * mask.stride + (x >> 3), mask.stride, x & 7);
  return count;
}
