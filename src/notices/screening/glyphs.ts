/** Missing glyphs come from the typesetter, which this stage does not know; here they become hits like the others. */
import type { Sentence } from "../../fault.ts";
import { graphemesOf } from "../../graphemes.ts";
import type { Hit, Part } from "./types.ts";
import { whyGlyph } from "./words.ts";

/** As `typeset/missing.ts` reports it. */
interface MissingGlyph {
  readonly character: string;
  /** In graphemes of the part, from 0. */
  readonly position: number;
  readonly proposal: { readonly replacement: string | null; readonly sentence: Sentence };
}

export function glyphHits(part: Part, text: string, missing: readonly MissingGlyph[], picture?: number): Hit[] {
  if (missing.length === 0) return [];
  const graphemes = graphemesOf(text);
  let [at, index] = [0, 0];
  return missing.flatMap(({ position, proposal }) => {
    // In their order: each is counted on from the one before.
    if (position < at) [at, index] = [0, 0];
    for (; at < position; at++) index += graphemes[at]?.length ?? 0;
    const found = graphemes[position];
    if (found === undefined) return [];
    return {
      rule: "glyph",
      severity: "explain",
      part,
      ...(picture !== undefined && { picture }),
      index,
      found,
      proposal: proposal.replacement,
      why: whyGlyph(proposal.sentence),
    } satisfies Hit;
  });
}
