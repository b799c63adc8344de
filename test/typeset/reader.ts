/**
 * Reads text back out of pixels, knowing the faces' glyphs and nothing of the layout: what this cannot read, or reads
 * differently, a person would not read right either. Every lit dot must belong to a glyph or to a rule, at exactly the
 * glyph's own strength, or the page is not readable.
 */
import type { Bitmap } from "../../src/message/index.ts";
import type { Face } from "../../src/typeset/fonts/face.ts";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import type { TypesetResult } from "../../src/typeset/index.ts";
import { type Dots, dotsOf, eraseRules, isSoft, nextInk } from "./dots.ts";

export type SetOk = Extract<TypesetResult, { ok: true }>;

/** Characters that a text may be mistaken for, beside its own. */
const decoys =
  "己已巳末未土士日曰目自白百千干于大太犬天夫无元云公开办事处社区通知示信息0123456789OIl.,:;-一二三十()%年月日今\uff1a";

interface Inked {
  readonly character: string;
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly levels: Uint8Array;
}

/** The glyphs of an alphabet in one face, by the look of their first column of ink. */
type Index = ReadonlyMap<string, readonly Inked[]>;

interface Keyed {
  /** The look of its first column. */
  readonly first: string;
  readonly inked: Inked;
}
/** By face and strength, for all readers: a glyph looks the same in every text. Null: nothing to see. */
const looks = new Map<string, Map<string, Keyed | null>>();

function indexOf(face: Face, alphabet: readonly string[], soft: boolean): Index {
  const key = `${face.name} ${soft}`;
  const known = looks.get(key) ?? new Map<string, Keyed | null>();
  looks.set(key, known);
  const index = new Map<string, Inked[]>();
  for (const character of alphabet) {
    const look = known.has(character) ? known.get(character) : lookOf(face, character, soft);
    known.set(character, look ?? null);
    if (!look) continue;
    const list = index.get(look.first);
    if (list) list.push(look.inked);
    else index.set(look.first, [look.inked]);
  }
  // The widest first: 川 before what begins like it.
  for (const list of index.values()) list.sort((a, b) => b.width - a.width);
  return index;
}

function lookOf(face: Face, character: string, soft: boolean): Keyed | null {
  const glyph = face.glyph(character.codePointAt(0) ?? 0);
  if (glyph === null || glyph.height === 0) return null;
  const { width, height, bits } = glyph;
  const top = Math.max(0, Math.min(glyph.top, face.sizePx - height));
  const levels =
    soft && glyph.levels
      ? glyph.levels
      : Uint8Array.from({ length: width * height }, (_, at) => {
          const [x, y] = [at % width, Math.floor(at / width)];
          return (bits[y * Math.ceil(width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? 3 : 0;
        });
  const first = levels.length === 0 ? "" : columnKey(levels, width, firstColumn(levels, width), top, face.sizePx);
  return { first, inked: { character, top, ...trimmed(levels, width, height) } };
}

/** Without the columns at both sides that have no ink at this strength. */
function trimmed(levels: Uint8Array, width: number, height: number) {
  const from = firstColumn(levels, width);
  let to = width - 1;
  while (to > from && !hasInk(levels, width, to)) to--;
  const columns = to - from + 1;
  const out = new Uint8Array(columns * height);
  for (let y = 0; y < height; y++) out.set(levels.subarray(y * width + from, y * width + from + columns), y * columns);
  return { width: columns, height, levels: out };
}

function firstColumn(levels: Uint8Array, width: number): number {
  let column = 0;
  while (column < width - 1 && !hasInk(levels, width, column)) column++;
  return column;
}

function hasInk(levels: Uint8Array, width: number, column: number): boolean {
  for (let at = column; at < levels.length; at += width) if (levels[at] !== 0) return true;
  return false;
}

function columnKey(levels: Uint8Array, width: number, column: number, top: number, size: number): string {
  const key = new Uint8Array(size);
  for (let at = column, y = top; at < levels.length; at += width, y++) key[y] = levels[at] ?? 0;
  return String.fromCharCode(...key);
}

/** A page without its rules. */
interface Page extends Dots {
  /** For each dot, the column of the first lit one at or after it in its row; the page's width: none. */
  readonly next: Uint16Array;
}

/** Half of a page is blank, and each line of it is sought in many places. */
function nextLit({ width, height, lit }: Dots): Uint16Array {
  const next = new Uint16Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = width - 1, column = width; x >= 0; x--) {
      if (lit[y * width + x] !== 0) column = x;
      next[y * width + x] = column;
    }
  return next;
}

type Tries = Generator<{ readonly line: string; readonly bottom: number } | null, undefined>;

export class Reader {
  private readonly alphabet: readonly string[];
  private readonly indexes = new Map<string, Index>();

  /** `text`: what may be written; it is read among characters that look alike. */
  constructor(text: string) {
    this.alphabet = [...new Set([...text.normalize("NFC").replace(/\s/g, ""), ...decoys])];
  }

  /** Lines from the top; null: something is lit that is no glyph, or a glyph is cut. */
  lines(dots: Dots, faces: readonly Face[]): string[] | null {
    const page = { ...dots, lit: dots.lit.slice() };
    eraseRules(page, Math.min(...faces.map(({ sizePx }) => sizePx)));
    return this.linesFrom({ ...page, next: nextLit(page) }, faces, isSoft(page));
  }

  /** Line by line from the top; where no line box can be read any more, the line before is tried elsewhere. */
  private linesFrom(page: Page, faces: readonly Face[], soft: boolean): string[] | null {
    const stack = [this.linesAt(page, faces, soft, 0)];
    const lines: string[] = [];
    while (stack.length > 0) {
      const found = (stack[stack.length - 1] as Tries).next();
      if (found.done) {
        stack.pop();
        lines.pop();
      } else if (found.value === null) return lines;
      else {
        lines[stack.length - 1] = found.value.line;
        stack.push(this.linesAt(page, faces, soft, found.value.bottom));
      }
    }
    return null;
  }

  /** Every way to read the next line below `from`; null: there is nothing below. */
  private *linesAt(page: Page, faces: readonly Face[], soft: boolean, from: number): Tries {
    const { width, height, lit } = page;
    const row = Math.floor(nextInk(lit, from * width) / width);
    if (row >= height) yield null;
    for (const face of row < height ? faces : [])
      for (let top = row; top >= Math.max(from, row - face.sizePx + 1); top--) {
        const line = top + face.sizePx > height ? null : this.line(page, face, soft, top);
        if (line !== null) yield { line, bottom: top + face.sizePx };
      }
  }

  /** The glyphs whose line box has this top; null if its rows hold anything else. */
  private line(page: Page, face: Face, soft: boolean, top: number): string | null {
    const { width, lit, next } = page;
    const { sizePx } = face;
    const key = `${face.name} ${soft}`;
    const index = this.indexes.get(key) ?? indexOf(face, this.alphabet, soft);
    this.indexes.set(key, index);
    const hopeless = new Set<number>();
    const read = (from: number): string | null => {
      if (hopeless.has(from)) return null;
      let x = width;
      for (let y = top; from < width && y < top + sizePx; y++) x = Math.min(x, next[y * width + from] as number);
      if (x >= width) return "";
      const column = new Uint8Array(sizePx);
      for (let y = 0; y < sizePx; y++) column[y] = lit[(top + y) * width + x] as number;
      for (const glyph of index.get(String.fromCharCode(...column)) ?? []) {
        if (!isAt(page, glyph, x, top, sizePx)) continue;
        const rest = read(x + glyph.width);
        if (rest !== null) return glyph.character + rest;
      }
      hopeless.add(from);
      return null;
    };
    return read(0);
  }

  /** As text, lines joined with "/"; fails loudly where the pixels cannot be read. */
  page(bitmap: Bitmap, facts: SetOk["facts"][number]): string {
    const lines = this.lines(dotsOf(bitmap), facesOf(facts));
    if (lines === null)
      throw new Error(`a page of ${bitmap.width}x${bitmap.height} cannot be read: ${facts.lines.join("/")}`);
    return lines.join("/");
  }

  /** The text of every page, in order. */
  pages({ message, facts }: SetOk): string[] {
    return message.pages.map(({ bitmap }, index) => this.page(bitmap, facts[index] as SetOk["facts"][number]));
  }

  /** Every character of a message, in reading order. */
  all(set: SetOk): string {
    return this.pages(set).join("").replaceAll("/", "");
  }
}

function isAt({ width, lit }: Dots, glyph: Inked, x: number, top: number, size: number): boolean {
  if (x + glyph.width > width) return false;
  for (let y = 0; y < size; y++)
    for (let column = 0; column < glyph.width; column++) {
      const inside = y >= glyph.top && y < glyph.top + glyph.height;
      const wanted = inside ? glyph.levels[(y - glyph.top) * glyph.width + column] : 0;
      if (lit[(top + y) * width + x + column] !== wanted) return false;
    }
  return true;
}

export function facesOf({ faces }: SetOk["facts"][number]): Face[] {
  return faces.map(({ name, sizePx }) => {
    const face = [faceOf({ sizePx, weight: "regular" }), faceOf({ sizePx, weight: "bold" })].find(
      (one) => one.name === name,
    );
    if (!face) throw new Error(`no face ${name}`);
    return face;
  });
}

/** A text as it is compared: blanks show nothing, and some full-width forms look like their narrow twins, a dash of 12 dots like a one. */
export function plain(text: string): string {
  return text.replace(/\s/g, "").normalize("NFKC").replaceAll("/", "").replaceAll("\u2014", "\u4e00");
}
