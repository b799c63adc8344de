/** Missing glyphs come from the typesetter, which this stage does not know; here they become hits like the others. */
import type { Sentence } from "../../fault.ts";
import type { Hit, Part } from "./types.ts";
import { whyGlyph } from "./words.ts";

/** As `typeset/missing.ts` reports it. */
interface MissingGlyph {
  readonly character: string;
  /** In graphemes of the part, from 0. */
  readonly position: number;
  readonly proposal: { readonly replacement: string | null; readonly sentence: Sentence };
}

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });

export function glyphHits(part: Part, text: string, missing: readonly MissingGlyph[], picture?: number): Hit[] {
  const graphemes = [...segmenter.segment(text)];
  return missing.flatMap(({ position, proposal }) => {
    const grapheme = graphemes[position];
    if (!grapheme) return [];
    return {
      rule: "glyph",
      severity: "explain",
      part,
      ...(picture !== undefined && { picture }),
      index: grapheme.index,
      found: grapheme.segment,
      proposal: proposal.replacement,
      why: whyGlyph(proposal.sentence),
    } satisfies Hit;
  });
}
