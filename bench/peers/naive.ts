/**
 * The plainest per-pixel blit, as one writes it without a thought of speed: every dot of the cell looked at, the glyph's
 * fields read anew for each, a callback that sets it. It stands in for `DrawText` of the best known LED library, whose
 * C++ took 0.93 of this code's time for the same line. `per-pixel.ts` draws as one writes it who knows the engine.
 */
import type { Glyph, GlyphMap } from "./per-pixel.ts";

export type SetDot = (x: number, y: number) => void;

/** Draws `text` from (`x`, `y`); returns the x after it. */
export function drawNaively(glyphs: GlyphMap, set: SetDot, x: number, y: number, text: string): number {
  let at = x;
  for (const character of text) {
    const glyph = (glyphs.get(character.codePointAt(0) ?? 0) ?? glyphs.get(0xfffd)) as Glyph;
    for (let row = 0; row < 16; row++)
      for (let column = 0; column < glyph.width; column++)
        if ((glyph.rows[row] as number) & (0x8000 >> column)) set(at + column, y + row);
    at += glyph.width;
  }
  return at;
}
