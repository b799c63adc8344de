/** Text as cells: what a reader sees as one character, its glyphs and its width. Missing glyphs are found here, before anything is signed. */
import type { Fault } from "../fault.ts";
import type { PixelFont } from "./font.ts";

export interface Cell {
  /** The grapheme, as written. */
  readonly text: string;
  /** Base glyph, then marks drawn over it. */
  readonly slots: readonly number[];
  /** Unscaled columns: 8 or 16. */
  readonly width: number;
}

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });

export interface Celled {
  readonly cells: readonly Cell[];
  readonly faults: readonly Fault[];
}

/** Cells of one paragraph (no line feeds). Tabs and exotic spaces become spaces; joiners and variation selectors are dropped, they have no dots. */
export function cellsOf(text: string, font: PixelFont, notice: string): Celled {
  const cells: Cell[] = [];
  const faults: Fault[] = [];
  let position = 0;
  for (const { segment } of segmenter.segment(text)) {
    const cell = cellOf(plain(segment), segment, font);
    if (cell) cells.push(cell);
    else faults.push({ code: "notice/missing-glyph", notice, character: visible(segment), position, font: font.name });
    position++;
  }
  return { cells, faults };
}

function plain(segment: string): string {
  return segment
    .replace(/[\t\u00a0\u2000-\u200a\u202f\u205f]/g, " ")
    .replace(/[\u200b\u200c\u2060\ufeff]|\u200d|[\ufe00-\ufe0f]/g, "");
}

function cellOf(shown: string, text: string, font: PixelFont): Cell | null {
  if (shown === "") return { text, slots: [], width: 0 };
  const slots: number[] = [];
  for (const character of shown) {
    const code = character.codePointAt(0) ?? 0;
    const slot = code > 0xffff || isControl(code) ? 0 : (font.slots[code] ?? 0);
    if (slot === 0) return null;
    slots.push(slot);
  }
  return { text, slots, width: font.widths[slots[0] ?? 0] ?? 8 };
}

function isControl(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    (code >= 0xd800 && code <= 0xf8ff) ||
    // Direction marks would say that the text is to be reordered, which these panels do not do.
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** A character that can be put into a message to people. */
function visible(segment: string): string {
  const code = segment.codePointAt(0) ?? 0;
  return isControl(code) ? `U+${code.toString(16).toUpperCase().padStart(4, "0")}` : segment;
}

export function widthOf(cells: readonly Cell[]): number {
  let width = 0;
  for (const cell of cells) width += cell.width;
  return width;
}

export function textOf(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join("");
}
