/** What the fonts of these boards' cards lack (R14), as hits of the screening: told with place and proposal before anything is submitted. */
import { graphemesOf } from "../graphemes.ts";
import type { Place } from "../config/types.ts";
import { glyphHits, type Hit, type Part } from "../notices/screening/index.ts";
import type { Content } from "../notices/types.ts";
import { missingFromProfile } from "../typeset/index.ts";

/** A board whose card only shows bitmaps lacks nothing here; what our own fonts lack the typesetter refuses. */
export function cardGlyphs(content: Content, boards: readonly Place[]): Hit[] {
  const profiles = new Set(boards.flatMap(({ glyphs }) => glyphs ?? []));
  return [...profiles].flatMap((profile) =>
    partsOf(content).flatMap(({ part, text, picture }) =>
      glyphHits(part, text, missingFromProfile(text, profile), picture),
    ),
  );
}

interface Lit {
  readonly part: Part;
  readonly text: string;
  readonly picture?: number;
}

/** What can be lit: a picture's body only says what it shows, and what a code holds is no text on the panel. */
function partsOf({ title, body, signature, publicity, pictures = [], displayKind }: Content): readonly Lit[] {
  const lit = body.replace(/\{\{qr:[^}]*\}\}/g, blank);
  return [
    { part: "title", text: title },
    ...(displayKind === "picture" ? [] : [{ part: "body", text: lit } as const]),
    { part: "signature", text: signature.org },
    ...pictures.map(({ caption = "" }, picture) => ({ part: "caption", text: caption, picture }) as const),
    { part: "contact", text: publicity?.contact ?? "" },
  ];
}

/** As long as it was in UTF-16 units, so that what follows keeps its place, and one character each. */
function blank(code: string): string {
  return graphemesOf(code)
    .map((one) => " ".repeat(one.length))
    .join("");
}
