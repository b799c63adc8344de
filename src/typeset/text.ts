/** Text as cells: what a reader sees as one character, its glyphs and its width. Missing glyphs are found here, before anything is signed. */
import type { PixelFont } from "./font.ts";

export interface Cell {
  /** The grapheme, as written; every kind of narrow space is " ". */
  readonly text: string;
  /** Base glyph, then marks drawn over it. Empty: nothing to draw. */
  readonly slots: readonly number[];
  /** Unscaled columns: 8 or 16; 0 for what only joins or selects. */
  readonly width: number;
  /** The slot, where the cell is one full-width glyph and nothing else, as nearly all Chinese is; else 0. */
  readonly wide: number;
}

export interface Celled {
  readonly cells: readonly Cell[];
  /** Graphemes that the font cannot show, as written; they have no cell. */
  readonly missing: readonly string[];
}

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });
const noBreakOrExoticSpace = /^(?:\r\n|[\t\n\r\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f])$/;
const withoutDots = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff|[\ufe00-\ufe0f]/g;

/**
 * Cells of one paragraph. Tabs, line ends and exotic spaces become spaces; joiners and variation selectors are
 * dropped, they have no dots. Everything else that the font lacks, control characters included, is missing.
 */
export function cellsOf(text: string, font: PixelFont): Celled {
  const cells: Cell[] = [];
  const missing: string[] = [];
  const known = cellsKnown(font);
  for (const grapheme of graphemesOf(text)) {
    let cell = known.get(grapheme);
    if (cell === undefined) {
      cell = cellOf(noBreakOrExoticSpace.test(grapheme) ? " " : grapheme, font);
      if (known.size >= cellsKnownMax) known.clear();
      known.set(grapheme, cell);
    }
    if (cell) cells.push(cell);
    else missing.push(grapheme);
  }
  return { cells, missing };
}

/** Printable ASCII, full-width punctuation and ideographs: none of them joins with its neighbour. */
const eachAlone = /^[ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff9d]*$/;

/** As `Intl.Segmenter` parts them; it takes ten times as long for text that is one character a grapheme anyway. */
export function graphemesOf(text: string): readonly string[] {
  if (eachAlone.test(text)) return text.split("");
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** By grapheme; null: the font cannot show it. A few hundred characters make most of what an office writes. */
const knownByFont = new WeakMap<PixelFont, Map<string, Cell | null>>();
const cellsKnownMax = 20_000;

function cellsKnown(font: PixelFont): Map<string, Cell | null> {
  let known = knownByFont.get(font);
  if (!known) {
    known = new Map();
    knownByFont.set(font, known);
  }
  return known;
}

function cellOf(text: string, font: PixelFont): Cell | null {
  const slots: number[] = [];
  for (const character of text.replace(withoutDots, "")) {
    const slot = slotOf(character, font);
    if (slot === 0) return null;
    slots.push(slot);
  }
  const [base = 0] = slots;
  const width = slots.length === 0 ? 0 : (font.widths[base] ?? 8);
  return { text, slots, width, wide: width === 16 && slots.length === 1 ? base : 0 };
}

function slotOf(character: string, font: PixelFont): number {
  const code = character.codePointAt(0) ?? 0;
  // Nearly all text is here, and the pattern is slow.
  if (code >= 0x4e00 && code <= 0x9fa5) return font.slots[code] ?? 0;
  return code > 0xffff || notText.test(character) ? 0 : (font.slots[code] ?? 0);
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
  const parts = [...wanted];
  return [...segmenter.segment(text)].flatMap(({ segment }, position) =>
    parts.some((part) => segment.includes(part)) ? [{ character: visible(segment), position }] : [],
  );
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
