/**
 * Words for a card that has a font: GB2312 or GBK, with the card's own marks in them, and where its cells break them. A
 * backslash is the card's own; in a notice it is no glyph of the card's.
 */
import type { CardGlyphs } from "../../config/types.ts";

/** Two bytes for each character beyond ASCII, as the WHATWG encoding "gbk" has them. */
let table: ReadonlyMap<string, number> | null = null;

function codes(): ReadonlyMap<string, number> {
  if (table) return table;
  const decoder = new TextDecoder("gbk", { fatal: true });
  const made = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      try {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        if ([...character].length === 1 && !made.has(character)) made.set(character, lead * 256 + trail);
      } catch {
        // No character has these two bytes.
      }
    }
  table = made;
  return made;
}

/** What a card with this font has no cell for, in order; the first part of GBK is GB2312. */
export function unknownTo(text: string, glyphs: CardGlyphs): readonly string[] {
  return [...text].filter((character) => bytesOf(character, glyphs) === null);
}

/** Line feeds are the card's `\n`. Throws a RangeError at a character that the card has not: ask `unknownTo` first. */
export function encodeText(text: string, glyphs: CardGlyphs): Uint8Array {
  const bytes = [...text].flatMap((character) => {
    const found = bytesOf(character, glyphs);
    if (!found) throw new RangeError(`no glyph for ${character}`);
    return found;
  });
  return Uint8Array.from(bytes);
}

const backslash = 0x5c;

function bytesOf(character: string, glyphs: CardGlyphs): readonly number[] | null {
  if (character === "\n") return [backslash, 0x6e];
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0x20 && point < 0x7f) return point === backslash ? null : [point];
  const code = codes().get(character);
  if (code === undefined) return null;
  const [lead, trail] = [code >> 8, code & 0xff];
  const isGb2312 = lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1;
  return glyphs !== "GB2312" || isGb2312 ? [lead, trail] : null;
}

export interface Cells {
  /** Dots of the area, and of its font: a Chinese character is as wide as it is high, a Latin letter half of it. */
  readonly width: number;
  readonly height: number;
  readonly fontPx: number;
  readonly lineSpace: number;
}

/**
 * Pages of lines as the card breaks a text by itself: at line feeds, and where the next character does not fit. A card knows
 * no rules for the beginnings and ends of lines. null: not even one character fits.
 */
export function fitOf(
  text: string,
  { width, height, fontPx, lineSpace }: Cells,
): readonly (readonly string[])[] | null {
  const halves = Math.floor((width * 2) / fontPx);
  const lines = Math.floor((height + lineSpace) / (fontPx + lineSpace));
  if (halves < 2 || lines < 1) return null;
  const broken: string[] = [];
  for (const paragraph of text.split("\n")) {
    let [line, used] = ["", 0];
    for (const character of paragraph) {
      const needs = (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
      if (used + needs > halves) {
        broken.push(line);
        [line, used] = ["", 0];
      }
      line += character;
      used += needs;
    }
    broken.push(line);
  }
  return Array.from({ length: Math.ceil(broken.length / lines) }, (_, page) =>
    broken.slice(page * lines, (page + 1) * lines),
  );
}
