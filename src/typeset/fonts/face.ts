/** What the typesetter asks of a typeface, whatever its glyphs were made from. */

/** One character's picture in a face, in dots. */
export interface Glyph {
  /** Columns from this glyph's pen position to the next one's. */
  readonly advance: number;
  /** The picture's left top corner, from the pen and from the top of the line box. Inside the face's box, but for marks. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** `height` rows of ceil(width / 8) bytes, leftmost dot the highest bit, padding 0: for dots that are on or off. */
  readonly bits: Uint8Array;
  /** Outline faces: coverage of each dot from 0 to 3, `width * height` bytes, for panels with shades. Else null: full where set. */
  readonly levels: Uint8Array | null;
  /** Where the picture is a whole 16 x 16 cell of the 16-dot face: its slot in the flat table that `blit.ts` stores from. Else 0. */
  readonly wide: number;
}

export interface FaceWanted {
  readonly sizePx: number;
  /** Faces of dots have one weight and ignore this. */
  readonly weight: "regular" | "bold";
}

/** A typeface at one size and weight, its fallbacks included: the glyph may come from another face drawn to this box. */
export interface Face {
  /** "unifont-16", "fusion-12", "latin-7", "noto-sans-sc-700-48": size last. Part of the recipe hash. */
  readonly name: string;
  /** Height of the line box, and the advance of an ideograph, dots. */
  readonly sizePx: number;
  /** Width of the thinnest stroke, dots: for the fit report. */
  readonly strokePx: number;
  /** The glyph of a code point, or null where neither the face nor its fallbacks have one. Kept within `limits.glyphCacheBytes`. */
  glyph(codePoint: number): Glyph | null;
}
