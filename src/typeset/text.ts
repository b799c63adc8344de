/** Text as cells: what a reader sees as one character, its glyphs and its width. Missing glyphs are found here, before anything is signed. */
import { graphemesOf } from "../graphemes.ts";
import { limits } from "../limits.ts";
import type { Face, Glyph } from "./fonts/face.ts";

export interface Cell {
  /** The grapheme, as written; every kind of narrow space is " ". */
  readonly text: string;
  /** Base glyph, then marks drawn over it, all from one pen position. Empty: nothing to draw. */
  readonly glyphs: readonly Glyph[];
  /** Dots from this cell's left edge to the next one's; 0 for what only joins or selects. */
  readonly width: number;
  /** Dots from the left edge to the pen: not 0 where punctuation is set in half its width, or a mark reaches out to the left. */
  readonly dx: number;
  /** `Glyph.wide` where the cell is one such glyph, 16 dots wide, and nothing else, as nearly all small Chinese is; else 0. */
  readonly wide: number;
}

export interface Celled {
  readonly cells: readonly Cell[];
  /** Graphemes that the face cannot show, as written; they have no cell. */
  readonly missing: readonly string[];
}

const noBreakOrExoticSpace = /^(?:\r\n|[\t\n\r\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f])$/;
const withoutDots = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff|[\ufe00-\ufe0f]|\udb40[\udd00-\uddef]/g;

/**
 * Cells of one paragraph. Tabs, line ends and exotic spaces become spaces; joiners and variation selectors are
 * dropped, they have no dots. Everything else that the face lacks, control characters included, is missing.
 */
export function cellsOf(text: string, face: Face): Celled {
  const cells: Cell[] = [];
  const missing: string[] = [];
  let known = knownOf(face);
  for (const grapheme of graphemesOf(text)) {
    let cell = known.get(grapheme);
    if (cell === undefined) {
      cell = cellOf(noBreakOrExoticSpace.test(grapheme) ? " " : grapheme, face);
      knownBytes += bytesOf(grapheme, cell);
      if (knownBytes > limits.cellCacheBytes) {
        forgetCells();
        known = knownOf(face);
      }
      known.set(grapheme, cell);
    }
    // A zero-width space that stands alone has nothing to set.
    if (cell) {
      if (cell.width > 0 || cell.glyphs.length > 0) cells.push(cell);
    } else missing.push(grapheme);
  }
  return { cells, missing };
}

/**
 * By grapheme; null: the face cannot show it. A few hundred characters make most of what an office writes. Dropped
 * whole when full: cells hold glyphs, and those of large faces are large.
 */
const knownByFace = new Map<Face, Map<string, Cell | null>>();
let knownBytes = 0;

/** Bytes of all cells that are kept; at most `limits.cellCacheBytes`. */
export function cellBytesHeld(): number {
  return knownBytes;
}

function knownOf(face: Face): Map<string, Cell | null> {
  let known = knownByFace.get(face);
  if (!known) {
    known = new Map();
    knownByFace.set(face, known);
  }
  return known;
}

function forgetCells(): void {
  knownByFace.clear();
  knownBytes = 0;
}

/** An entry, its cell and its glyph objects, roughly. */
const entryBytes = 300;

function bytesOf(grapheme: string, cell: Cell | null): number {
  let bytes = entryBytes + grapheme.length * 2;
  for (const { bits, levels } of cell?.glyphs ?? []) bytes += bits.length + (levels?.length ?? 0);
  return bytes;
}

/** Of a text that is kept with its cells: each of them once, as if no other text had it. */
export function bytesOfText(text: string, cells: readonly Cell[]): number {
  let bytes = entryBytes + (text.length + cells.length * 4) * 2;
  for (const cell of new Set(cells)) bytes += bytesOf(cell.text, cell);
  return bytes;
}

function cellOf(text: string, face: Face): Cell | null {
  const glyphs: Glyph[] = [];
  for (const character of text.normalize("NFC").replace(withoutDots, "")) {
    // What follows the base must be drawn over it: two pictures joined to one (a flag, a family) are another picture.
    if (glyphs.length > 0 && !mark.test(character)) return null;
    const glyph = glyphOf(character, face);
    if (glyph === null) return null;
    glyphs.push(glyph);
  }
  const [base] = glyphs;
  if (!base) return { text, glyphs, width: 0, dx: 0, wide: 0 };
  const dx = Math.max(0, ...glyphs.map(({ left }) => -left));
  const width = Math.max(base.advance, ...glyphs.map((glyph) => dx + glyph.left + glyph.width));
  return { text, glyphs, width, dx, wide: glyphs.length === 1 && width === 16 && dx === 0 ? base.wide : 0 };
}

const mark = /^\p{M}/u;

function glyphOf(character: string, face: Face): Glyph | null {
  const code = character.codePointAt(0) ?? 0;
  // Nearly all text is here, and the pattern is slow.
  if (!(code >= 0x4e00 && code <= 0x9fa5) && notText.test(character)) return null;
  const glyph = face.glyph(code);
  return glyph === null ? null : insideBox(glyph, face);
}

/** A line owns its box and nothing beyond: a mark that stands too high or too low is moved into it, not cut. */
function insideBox(glyph: Glyph, { sizePx }: Face): Glyph | null {
  const top = Math.max(0, Math.min(glyph.top, sizePx - glyph.height));
  if (top === glyph.top) return glyph;
  return glyph.height > sizePx ? null : { ...glyph, top, wide: 0 };
}

/**
 * Control, format, private and unassigned characters, fillers, and the sign for text that was damaged in decoding: the
 * font may have a boxed picture of the code, but nobody means that to be shown. Direction marks are among them: these
 * panels do not reorder text.
 */
const notText = /^[\p{C}\p{Default_Ignorable_Code_Point}\ufffc\ufffd]/u;

/**
 * Where `wanted` graphemes stand in `text`, counted in graphemes from 0. A line that is cut or trimmed for the layout may
 * begin with the rest of a grapheme, so containing a wanted one is enough.
 */
export function placesOf(text: string, wanted: ReadonlySet<string>): { character: string; position: number }[] {
  const lengths = [...new Set(Array.from(wanted, (part) => part.length))];
  return graphemesOf(text).flatMap((grapheme, position) =>
    wanted.has(grapheme) || containsOne(grapheme, wanted, lengths) ? [{ character: visible(grapheme), position }] : [],
  );
}

/** By looking up every part that is as long as one that is wanted: there may be as many wanted as there is text. */
function containsOne(grapheme: string, wanted: ReadonlySet<string>, lengths: readonly number[]): boolean {
  return lengths.some((length) => {
    for (let from = 0; from + length <= grapheme.length; from++)
      if (wanted.has(grapheme.slice(from, from + length))) return true;
    return false;
  });
}

/** A character that can be put into a message to people. */
function visible(segment: string): string {
  if (!notText.test(segment)) return segment;
  return `U+${(segment.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A space of either width: a line may end after it, and it may hang out of the line. */
export function isSpace(cell: Cell | undefined): boolean {
  return cell?.text === " " || cell?.text === "\u3000";
}

export function widthOf(cells: readonly Cell[]): number {
  let width = 0;
  for (const cell of cells) width += cell.width;
  return width;
}

export function textOf(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join("");
}
