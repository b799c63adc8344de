/**
 * Sealed dots read back as characters: every cell of a page is, dot for dot, our drawing of one that the card has, or the page
 * has no text. So a card that draws by itself is sent what was signed and nothing else; only the shapes of its glyphs are its
 * own.
 */
import type { CardCells } from "../../config/types.ts";
import type { Frame, Shape } from "../../message/index.ts";
import { charactersOf } from "./text.ts";

/** Our drawing of a character: 8 dots wide, or 16; 16 rows, the leftmost dot is bit 15. null: there is none. */
export type CellFont = (codePoint: number) => { readonly width: number; readonly rows: ArrayLike<number> } | null;

/** 1 red (or the only one), 2 green, 3 both: yellow. */
export type Colour = 1 | 2 | 3;

export interface Written {
  /** An ideograph takes two columns, a space or another character of ASCII one. */
  readonly character: string;
  /** null: a space, which has none. */
  readonly colour: Colour | null;
}

export type PageRead =
  | { readonly ok: true; readonly lines: readonly (readonly Written[])[] }
  /** The first cell that is no character; counted from 1, columns in halves of cells. */
  | { readonly ok: false; readonly line: number; readonly column: number };

const cellPx = 16;
const halfPx = 8;

/**
 * Characters by how wide they are and all of their dots. Of those that are drawn alike (晚 and 晩, Greek and Cyrillic А) the first
 * one of GB2312, which has what people write. No text is drawn as another one in other places (`cells.test.ts` tries them all).
 */
export type Alphabet = ReadonlyMap<string, string>;

/** Nothing can be read with it. */
export const noAlphabet: Alphabet = new Map();

/** Made once for all boards, which takes some 50 ms: before a daemon begins, that is, and not when a page is due. */
export function alphabetOf(glyphs: CardCells["glyphs"], font: CellFont): Alphabet {
  const ofFont = known.get(font) ?? new Map<CardCells["glyphs"], Alphabet>();
  known.set(font, ofFont);
  const alphabet = ofFont.get(glyphs) ?? makeAlphabet(glyphs, font);
  ofFont.set(glyphs, alphabet);
  return alphabet;
}
const known = new WeakMap<CellFont, Map<CardCells["glyphs"], Alphabet>>();

function makeAlphabet(glyphs: CardCells["glyphs"], font: CellFont): Alphabet {
  const made = new Map<string, string>();
  for (const character of [...charactersOf("GB2312"), ...charactersOf(glyphs)]) {
    const drawing = font(character.codePointAt(0) ?? 0);
    if (drawing === null) continue;
    const key = keyOf(drawing.width, drawing.rows);
    if (!made.has(key)) made.set(key, character);
  }
  return made;
}

const keyOf = (width: number, rows: ArrayLike<number>) => String.fromCharCode(width, ...Array.from(rows));

export function readPage(frame: Frame, alphabet: Alphabet): PageRead {
  const { shape } = frame;
  const [columns, rows] = [Math.floor(shape.width / halfPx), Math.floor(shape.height / cellPx)];
  const bits = planesOf(frame);
  const lines: (readonly Written[])[] = [];
  for (let row = 0; row < rows; row++) {
    const line = readLine(row, columns, bits, alphabet);
    if (typeof line === "number") return { ok: false, line: row + 1, column: line + 1 };
    lines.push(line);
  }
  const beside = besideCells(shape, bits);
  return beside === null ? { ok: true, lines } : { ok: false, ...beside };
}

/** Eight dots of a plane, the leftmost the highest bit. */
type Bits = (plane: number, column: number, y: number) => number;

/** Red, and green; of one colour both are not needed, and the second is black. */
function planesOf({ shape: { width, height, colour }, pixels }: Frame): Bits {
  const stride = Math.ceil(width / halfPx);
  return (plane, column, y) =>
    plane === 1 && colour !== "dual" ? 0 : (pixels[(plane * height + y) * stride + column] ?? 0);
}

/** The line's characters; or the column as far as which it can be read. */
function readLine(row: number, columns: number, bits: Bits, alphabet: Alphabet): readonly Written[] | number {
  const plane = (which: number, column: number, width: number) => {
    const right = (y: number) => (width === cellPx ? bits(which, column + 1, y) : 0);
    return Uint16Array.from({ length: cellPx }, (_, index) => {
      const y = row * cellPx + index;
      return (bits(which, column, y) << halfPx) | right(y);
    });
  };
  const at = (column: number, width: number): Written | null => {
    const [red, green] = [plane(0, column, width), plane(1, column, width)];
    const [isRed, isGreen] = [red.some(isLit), green.some(isLit)];
    if (!isRed && !isGreen) return width === halfPx ? { character: " ", colour: null } : null;
    if (isRed && isGreen && red.some((dots, index) => dots !== green[index])) return null;
    const character = alphabet.get(keyOf(width, isRed ? red : green));
    return character === undefined ? null : { character, colour: isRed ? (isGreen ? 3 : 1) : 2 };
  };
  // How each column can be reached from the line's beginning: halves of one character may look like another one.
  const reached: (Written | null)[] = new Array<Written | null>(columns + 1).fill(null);
  const steps = new Uint8Array(columns + 1);
  let farthest = 0;
  for (let column = 0; column < columns; column++) {
    if (column > 0 && steps[column] === 0) continue;
    farthest = column;
    const wide = column + 2 <= columns ? at(column, cellPx) : null;
    if (wide) [reached[column + 2], steps[column + 2]] = [wide, 2];
    const narrow = at(column, halfPx);
    if (narrow && steps[column + 1] === 0) [reached[column + 1], steps[column + 1]] = [narrow, 1];
  }
  if (columns > 0 && steps[columns] === 0) return farthest;
  const line: Written[] = [];
  for (let column = columns; column > 0; column -= steps[column] ?? 1) line.unshift(reached[column] as Written);
  return line;
}

const isLit = (dots: number) => dots !== 0;

/** Where a dot is lit that is in no cell; null: nowhere. */
function besideCells({ width, height }: Shape, bits: Bits): { readonly line: number; readonly column: number } | null {
  const [columns, bottom] = [Math.ceil(width / halfPx), Math.floor(height / cellPx) * cellPx];
  const cut = Math.floor(width / halfPx);
  for (let y = 0; y < height; y++)
    for (let column = y < bottom ? cut : 0; column < columns; column++)
      if ((bits(0, column, y) | bits(1, column, y)) !== 0)
        return { line: Math.floor(y / cellPx) + 1, column: column + 1 };
  return null;
}
