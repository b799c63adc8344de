/** Typefaces by size: each with its own fallbacks, their glyphs in one bounded cache. */
import { limits } from "../../limits.ts";
import { GlyphCache, keyOf } from "./cache.ts";
import { isText } from "./characters.ts";
import { type Drawings, glyphOfDrawing, pixel12Drawing, unifontDrawing, unifontUpperDrawing } from "./dots.ts";
import type { Face, FaceWanted, Glyph } from "./face.ts";
import { lowGlyph } from "./low.ts";
import { outlineDots12, outlineGlyph, strokeOf } from "./outline-face.ts";

export type { Face, FaceWanted, Glyph } from "./face.ts";
export { hasOutline } from "./outlines.ts";

/** Where a face's glyph comes from: the first source that has it. */
type Source = (codePoint: number) => Glyph | null;

/** Sizes of the faces drawn in dots; from `outlineFromPx` on, any whole size. */
export const pixelSizes: readonly number[] = [7, 8, 12, 16];
export const outlineFromPx = 24;

const cache = new GlyphCache(limits.glyphCacheBytes);
const faces = new Map<string, Face>();

/** Bytes of all glyphs that are kept; at most `limits.glyphCacheBytes`. */
export function glyphBytesHeld(): number {
  return cache.heldBytes;
}

/** The face of a size. RangeError for a size that none has: ask `nearestSize` first. */
export function faceOf({ sizePx, weight }: FaceWanted): Face {
  if (nearestSize(sizePx) !== sizePx)
    throw new RangeError(
      `没有 ${sizePx} 点的字库，最接近的是 ${nearestSize(sizePx)} 点 / no typeface of ${sizePx} dots; the nearest is ${nearestSize(sizePx)}`,
    );
  const key = sizePx >= outlineFromPx ? `${sizePx} ${weight}` : `${sizePx}`;
  let face = faces.get(key);
  if (face === undefined) {
    // Drawn faces have one weight, their outlines for rare characters too: whoever asks first does not decide for all.
    face = makeFace(sizePx, sizePx >= outlineFromPx ? weight : "regular", faces.size);
    faces.set(key, face);
  }
  return face;
}

/** The largest size at hand that is not above `px`; the smallest one, where `px` is below all. */
export function nearestSize(px: number): number {
  if (px >= outlineFromPx) return Math.min(Math.floor(px), limits.panelSidePx);
  return pixelSizes.findLast((size) => size <= px) ?? (pixelSizes[0] as number);
}

function makeFace(sizePx: number, weight: "regular" | "bold", index: number): Face {
  const { name, strokePx, sources } = makings(sizePx, weight);
  const make = (codePoint: number): Glyph | null => {
    if (!isText(codePoint)) return null;
    for (const source of sources) {
      const glyph = source(codePoint);
      if (glyph !== null) return glyph;
    }
    return null;
  };
  const glyph = (codePoint: number) => cache.get(keyOf(index, codePoint), () => make(codePoint));
  return { name, sizePx, strokePx, glyph };
}

interface Making {
  readonly name: string;
  readonly strokePx: number;
  readonly sources: readonly Source[];
}

function makings(sizePx: number, weight: FaceWanted["weight"]): Making {
  const outline: Source = (codePoint) => outlineGlyph(codePoint, sizePx, weight);
  const dots =
    (drawings: Drawings, drawnPx: number): Source =>
    (codePoint) => {
      const drawing = drawings(codePoint);
      return drawing === null ? null : glyphOfDrawing(drawing, codePoint, sizePx, drawnPx);
    };
  const unifont = [dots(unifontDrawing, 16), dots(unifontUpperDrawing, 16)];
  if (sizePx === 7 || sizePx === 8)
    return { name: `latin-${sizePx}`, strokePx: 1, sources: [(codePoint) => lowGlyph(codePoint, sizePx)] };
  if (sizePx === 12)
    return { name: "pixel-12", strokePx: 1, sources: [dots(pixel12Drawing, 12), outlineDots12, outline] };
  if (sizePx === 16) return { name: "unifont-16", strokePx: 1, sources: [...unifont, outline] };
  const name = `noto-sans-sc-${weight === "bold" ? 700 : 400}-${sizePx}`;
  return { name, strokePx: strokeOf(sizePx, weight), sources: [outline, ...unifont] };
}
