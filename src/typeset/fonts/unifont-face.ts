/** One glyph of the 16-dot face as it is drawn, without fallbacks and without the cache. */
import { glyphOfDrawing, unifontDrawing } from "./dots.ts";
import type { Glyph } from "./face.ts";

export function unifontGlyph(codePoint: number): Glyph | null {
  const drawing = unifontDrawing(codePoint);
  return drawing === null ? null : glyphOfDrawing(drawing, codePoint, 16, 16);
}
