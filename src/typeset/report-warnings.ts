/** What a reader, a writer or a signer would stumble over on a panel: each a fact, said in `report-words.ts`. */
import type { Sentence } from "../fault.ts";
import { pageMs } from "../message/index.ts";
import type { GlyphWarning } from "./card-glyphs.ts";
import { faceOf, hasOutline, outlineFromPx } from "./fonts/index.ts";
import type { FitInput, FitReport, Step } from "./report.ts";
import { brokenWords } from "./report-broken.ts";

export type FitWarning =
  | { readonly code: "nothing-lit" }
  /** One slot does not hold it. `wholePages`: that a slot shows whole from the start; `slots`: until all was shown. */
  | { readonly code: "short-slot"; readonly wholePages: number; readonly slots: number }
  /** Pages, counted from 1, that stand shorter than they are read. */
  | {
      readonly code: "read-too-fast";
      readonly page: number;
      readonly count: number;
      readonly ms: number;
      readonly readingMs: number;
    }
  | { readonly code: "long"; readonly pages: number; readonly ms: number }
  | { readonly code: "scrolls" }
  | { readonly code: "scroll-fast" }
  | { readonly code: "last-page-empty"; readonly characters: number }
  | { readonly code: "title-long"; readonly lines: number }
  | { readonly code: "small-text"; readonly sizePx: number }
  | { readonly code: "word-broken"; readonly page: number; readonly word: string; readonly count: number }
  | { readonly code: "table-parted" }
  | { readonly code: "table-listed" }
  | { readonly code: "blinks"; readonly perSecond: number }
  /** In another face than the page's. */
  | { readonly code: "fallback-glyphs"; readonly characters: readonly string[] }
  | { readonly code: "setting"; readonly what: Sentence }
  | GlyphWarning;

type Figures = Omit<FitReport, "warnings" | "shorter">;

/** More pages than a passer-by waits for; and how long that is, ms. */
const pagesMany = 8;
const longMs = 60_000;
/** A last page with less than this part of a usual one looks like a mistake. */
const nearlyEmpty = 0.2;
const titleLinesMost = 2;
/** A size that is seen to be smaller. */
const clearlySmaller = 0.9;
/** A page may be a little short without anyone noticing. */
const tooFastBy = 1.05;

export function warningsOf(input: FitInput, figures: Figures, steps: readonly Step[]): FitWarning[] {
  return [
    ...nothingLit(input, figures),
    ...time(figures, steps),
    ...pages(input, steps),
    ...letters(input, figures, steps),
    ...tables(input, steps),
    ...fallbacks(input),
    ...(input.warnings ?? []).map((said): FitWarning => ({ code: "setting", what: said })),
  ];
}

function nothingLit({ message, content }: FitInput, { characters }: Figures): FitWarning[] {
  if (characters > 0 || content.pictures?.length) return [];
  return message.pages.some(({ fields, bitmap }) => fields.length > 0 || bitmap.pixels.some((byte) => byte !== 0))
    ? []
    : [{ code: "nothing-lit" }];
}

function time({ needsMs, hasMs, reading, scroll }: Figures, steps: readonly Step[]): FitWarning[] {
  const found: FitWarning[] = [];
  if (hasMs !== null && hasMs > 0 && needsMs > hasMs) {
    let wholePages = 0;
    for (let used = steps[0]?.ms ?? 0; used <= hasMs && wholePages < steps.length; used += steps[wholePages]?.ms ?? 0)
      wholePages++;
    found.push({ code: "short-slot", wholePages, slots: Math.ceil(needsMs / hasMs) });
  }
  if (scroll !== null && scroll.charactersPerSecond > reading.charactersPerSecond * tooFastBy)
    found.push({ code: "scroll-fast" });
  const hurried = steps
    .map(({ units, ms, stands }, index) => ({
      page: index + 1,
      ms,
      readingMs: Math.ceil((units * 1000) / reading.charactersPerSecond),
      stands,
    }))
    .filter(({ stands, ms, readingMs }) => stands && readingMs > ms * tooFastBy);
  const [worst] = [...hurried].sort((a, b) => b.readingMs - b.ms - (a.readingMs - a.ms) || a.page - b.page);
  if (worst)
    found.push({
      code: "read-too-fast",
      page: worst.page,
      count: hurried.length,
      ms: worst.ms,
      readingMs: worst.readingMs,
    });
  return found;
}

function pages({ message, content }: FitInput, steps: readonly Step[]): FitWarning[] {
  const found: FitWarning[] = [];
  const ms = message.durationMs;
  if (steps.length > pagesMany || ms > longMs) found.push({ code: "long", pages: steps.length, ms });
  const unasked = message.pages.some(({ motion }) => motion.startsWith("scroll-") && motion !== content.motion?.moving);
  if (unasked) found.push({ code: "scrolls" });
  const last = steps.at(-1);
  const before = steps.slice(0, -1).filter(({ characters }) => characters > 0);
  if (last && before.length > 0 && !content.pictures?.length) {
    const usual = before.reduce((sum, { characters }) => sum + characters, 0) / before.length;
    if (last.characters < usual * nearlyEmpty) found.push({ code: "last-page-empty", characters: last.characters });
  }
  const blink = message.pages.find(({ motion }) => motion === "blink");
  if (blink && pageMs(blink) > 0) found.push({ code: "blinks", perSecond: 1000 / (2 * blink.msPerPx) });
  return found;
}

function letters({ content }: FitInput, { faces, usualPx }: Figures, steps: readonly Step[]): FitWarning[] {
  const found: FitWarning[] = [];
  const lines = titleLines(content.title, steps[0]?.lines ?? []);
  if (lines > titleLinesMost) found.push({ code: "title-long", lines });
  const sizePx = Math.min(...faces.map((face) => face.sizePx));
  if (sizePx < usualPx * clearlySmaller) found.push({ code: "small-text", sizePx });
  const broken = brokenWords(`${content.title}\n${content.body}\n${content.signature.org}`, steps);
  const [first] = broken;
  if (first) found.push({ code: "word-broken", ...first, count: broken.length });
  return found;
}

/** How many of the first lines make up the title. 0: it is not set, or not as a title. */
function titleLines(title: string, lines: readonly string[]): number {
  const wanted = title.replace(/\s/gu, "");
  let so = "";
  for (const [index, line] of lines.entries()) {
    so += line.replace(/\s/gu, "");
    if (so === wanted) return so === "" ? 0 : index + 1;
    if (!wanted.startsWith(so)) return 0;
  }
  return 0;
}

const colons = /[\uff1a:]/g;

/** A table whose headings do not stand in one line was parted into groups of columns, or turned into lists. */
function tables({ content }: FitInput, steps: readonly Step[]): FitWarning[] {
  if (content.displayKind !== "table" && content.displayKind !== "duty") return [];
  const rows = content.body.split("\n").filter((line) => line.includes("|"));
  const headings = (rows[0] ?? "").split("|").map((heading) => heading.trim());
  const named = headings.filter((heading) => heading !== "");
  if (rows.length < 2 || named.length < 2) return [];
  const squeezed = steps.flatMap(({ lines }) => lines).map((line) => line.replace(/\s/gu, ""));
  if (squeezed.includes(headings.join("").replace(/\s/gu, ""))) return [];
  const labels = new Set(named.slice(1));
  const listed = squeezed.some((line) =>
    Array.from(line.matchAll(colons)).some(({ index }) => labels.has(line.slice(0, index))),
  );
  const first = (named[0] ?? "").replace(/\s/gu, "");
  if (listed || !squeezed.some((line) => line.startsWith(first))) return [{ code: "table-listed" }];
  return [{ code: "table-parted" }];
}

/** Characters that the page's own face lacks: dots among outlines, and outlines among dots. */
function fallbacks({ facts }: FitInput): FitWarning[] {
  const found = new Set<string>();
  const asked = new Map<number, Set<string>>();
  for (const { lines, faces } of facts) {
    if (faces.length === 0) continue;
    const sizePx = Math.min(...faces.map((face) => face.sizePx));
    const face = faceOf({ sizePx, weight: "regular" });
    const known = asked.get(sizePx) ?? new Set();
    asked.set(sizePx, known);
    for (const line of lines)
      for (const character of line) {
        if (known.has(character)) continue;
        known.add(character);
        const code = character.codePointAt(0) ?? 0;
        // What is among the outlines need not be drawn to know that: a text may have twenty thousand different ones.
        if (sizePx >= outlineFromPx && hasOutline(code, false)) continue;
        const glyph = face.glyph(code);
        if (glyph && glyph.height > 0 && (glyph.levels !== null) !== sizePx >= outlineFromPx) found.add(character);
      }
  }
  return found.size > 0 ? [{ code: "fallback-glyphs", characters: [...found] }] : [];
}
