/** Captions, set by our own typesetter: large letters reduced three times each way, so that their edges are soft. */
import { faceOf } from "../../src/typeset/fonts/index.ts";
import { oneLine } from "../../src/typeset/layout.ts";
import { type Cell, cellsOf, widthOf } from "../../src/typeset/text.ts";
import { mix, type Rgb, type Sheet } from "./sheet.ts";

export interface Lettering {
  readonly sizePx: number;
  readonly weight: "regular" | "bold";
  readonly colour: Rgb;
}

const reduced = 3;
/** Full strength of all the dots that become one. */
const strength = 3 * reduced * reduced;

function lineOf(text: string, { sizePx, weight }: Lettering): readonly Cell[] {
  const face = faceOf({ sizePx: sizePx * reduced, weight });
  return oneLine(cellsOf(text, face).cells, face.sizePx);
}

export function widthPx(text: string, lettering: Lettering): number {
  return Math.ceil(widthOf(lineOf(text, lettering)) / reduced);
}

/** One line; `x`, `y`: left top corner of its box. What lies outside the sheet is left out. */
export function letter(sheet: Sheet, text: string, x: number, y: number, lettering: Lettering): void {
  const cells = lineOf(text, lettering);
  const width = Math.ceil(widthOf(cells) / reduced);
  const sums = new Uint8Array(width * lettering.sizePx);
  let pen = 0;
  for (const cell of cells) {
    for (const glyph of cell.glyphs)
      for (let row = 0; row < glyph.height; row++)
        for (let column = 0; column < glyph.width; column++) {
          const level = glyph.levels?.[row * glyph.width + column] ?? 0;
          const toX = Math.floor((pen + cell.dx + glyph.left + column) / reduced);
          const toY = Math.floor((glyph.top + row) / reduced);
          if (level > 0) sums[toY * width + toX] = (sums[toY * width + toX] as number) + level;
        }
    pen += cell.width;
  }
  for (let row = 0; row < lettering.sizePx; row++)
    for (let column = 0; column < width; column++) {
      const sum = sums[row * width + column] as number;
      if (sum > 0 && x + column < sheet.width && y + row < sheet.height)
        mix(sheet, x + column, y + row, lettering.colour, Math.min(sum, strength), strength);
    }
}
