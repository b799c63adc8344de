/**
 * Words for a card that has a font: GB2312 or GBK, with the card's own marks in them. A backslash is the card's own; in a
 * notice it is no glyph of the card's.
 */
import type { CardCells } from "../../config/types.ts";

type Glyphs = CardCells["glyphs"];

/** Lead and trail byte of two-byte characters, as the WHATWG encoding "gbk" has them. */
const leads = { from: 0x81, to: 0xfe } as const;
const trails = { from: 0x40, to: 0xfe } as const;
/** GB2312 is the first part of GBK: rows of symbols and Greek, then ideographs; both bytes are high there. */
const gb2312 = { from: 0xa1, to: 0xf7 } as const;
/** Characters that GBK put into gaps there: small Roman numerals, upright marks, letters of pinyin. First and last code. */
const gaps: readonly (readonly [number, number])[] = [
  [0xa2a1, 0xa2b0],
  [0xa6e0, 0xa6fe],
  [0xa8bb, 0xa8c4],
];
const backslash = 0x5c;

let table: ReadonlyMap<string, number> | null = null;

/** By character, lead byte first. Read at once: asking for each of 24,000 takes 50 ms. */
function codes(): ReadonlyMap<string, number> {
  if (table) return table;
  const lineFeed = 0x0a;
  const bytes: number[] = [];
  for (let lead: number = leads.from; lead <= leads.to; lead++)
    for (let trail: number = trails.from; trail <= trails.to; trail++) bytes.push(lead, trail, lineFeed);
  const made = new Map<string, number>();
  for (const [index, character] of new TextDecoder("gbk").decode(Uint8Array.from(bytes)).split("\n").entries()) {
    // No character has these two bytes; or one that somebody made for himself.
    if ([...character].length !== 1 || /[\ufffd\p{Co}]/u.test(character) || made.has(character)) continue;
    made.set(character, (bytes[index * 3] ?? 0) * 256 + (bytes[index * 3 + 1] ?? 0));
  }
  table = made;
  return made;
}

/** Everything that a card with this font has, in the order of its codes, ASCII first. */
export function charactersOf(glyphs: Glyphs): readonly string[] {
  const ascii = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
  return [...ascii, ...codes().keys()].filter((character) => bytesOf(character, glyphs) !== null);
}

/** What a card with this font has no cell for, in order. */
export function unknownTo(text: string, glyphs: Glyphs): readonly string[] {
  return [...text].filter((character) => bytesOf(character, glyphs) === null);
}

/** Line feeds are the card's `\n`. Throws a RangeError at a character that the card has not: ask `unknownTo` first. */
export function encodeText(text: string, glyphs: Glyphs): Uint8Array {
  const bytes = [...text].flatMap((character) => {
    const found = bytesOf(character, glyphs);
    if (!found) throw new RangeError(`no glyph for ${character}`);
    return found;
  });
  return Uint8Array.from(bytes);
}

function bytesOf(character: string, glyphs: Glyphs): readonly number[] | null {
  if (character === "\n") return marks.lineEnd;
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x7f) return point < 0x20 || point === backslash ? null : [point];
  const code = codes().get(character);
  if (code === undefined) return null;
  const [lead, trail] = [code >> 8, code & 0xff];
  if (glyphs === "GBK") return [lead, trail];
  const isGb2312 = lead >= gb2312.from && lead <= gb2312.to && trail >= gb2312.from;
  return isGb2312 && !gaps.some(([from, to]) => code >= from && code <= to) ? [lead, trail] : null;
}

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** What a card reads within a text as something else than characters (protocol note, "A3 06 data"). */
export const marks = {
  lineEnd: ascii("\\n"),
  /** 1 red, 2 green, 3 yellow. */
  colour: (number: 1 | 2 | 3) => ascii(`\\C${number}`),
  /** In three digits. */
  font: (number: number) => ascii(`\\FO${String(number).padStart(3, "0")}`),
};
