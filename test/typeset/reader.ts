/**
 * Reads text back out of pixels, knowing the faces' glyphs and nothing of the layout: what this cannot read, or reads
 * differently, a person would not read right either. Every lit dot must belong to a glyph or to a rule, at exactly the
 * glyph's own strength, or the page is not readable.
 */
import { type Bitmap, bitsPerDot, rowStride } from "../../src/message/index.ts";
import type { Face } from "../../src/typeset/fonts/face.ts";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import type { TypesetResult } from "../../src/typeset/index.ts";

export type SetOk = Extract<TypesetResult, { ok: true }>;

/** Dots of any bitmap: one byte a dot, 0 black, 3 full strength, 1 and 2 the shades of soft edges. */
export interface Dots {
  readonly width: number;
  readonly height: number;
  readonly lit: Uint8Array;
}

export function dotsOf({ width, height, format, pixels, palette }: Bitmap): Dots {
  const lit = new Uint8Array(width * height);
  const stride = rowStride(width, format);
  if (format === "mono1" || format === "dual2") {
    for (let plane = 0; plane < (format === "dual2" ? 2 : 1); plane++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          if ((pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) lit[y * width + x] = 3;
    return { width, height, lit };
  }
  const bits = bitsPerDot[format];
  const colourAt = (x: number, y: number) => {
    if (bits === 24) return colour(pixels, y * stride + x * 3);
    const byte = pixels[y * stride + ((x * bits) >> 3)] ?? 0;
    return colour(palette, ((byte >> (8 - bits - ((x * bits) & 7))) & (2 ** bits - 1)) * 3);
  };
  const colours = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) colours[y * width + x] = colourAt(x, y);
  const levels = levelsOf([...new Set(colours)]);
  for (const [at, value] of colours.entries()) lit[at] = levels.get(value) ?? 0;
  return { width, height, lit };
}

function colour(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

/** A colour that is a third, or two thirds, of another one on the page is a shade of it. */
function levelsOf(colours: readonly number[]): Map<number, number> {
  const part = (value: number, level: number) =>
    colour(Uint8Array.of(...[16, 8, 0].map((shift) => Math.round((((value >> shift) & 255) * level) / 3))), 0);
  return new Map(
    colours.map((one) => {
      if (one === 0) return [one, 0];
      const shade = [1, 2].find((level) => colours.some((full) => full !== one && part(full, level) === one));
      return [one, shade ?? 3];
    }),
  );
}

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

function indexOf(face: Face, alphabet: readonly string[], soft: boolean): Index {
  const index = new Map<string, Inked[]>();
  for (const character of alphabet) {
    const glyph = face.glyph(character.codePointAt(0) ?? 0);
    if (glyph === null || glyph.height === 0) continue;
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
    const known = index.get(first);
    const inked = { character, top, ...trimmed(levels, width, height) };
    if (known) known.push(inked);
    else index.set(first, [inked]);
  }
  // The widest first: 川 before what begins like it.
  for (const list of index.values()) list.sort((a, b) => b.width - a.width);
  return index;
}

/** Without the columns at both sides that have no ink at this strength. */
function trimmed(levels: Uint8Array, width: number, height: number) {
  const from = firstColumn(levels, width);
  let to = width - 1;
  while (to > from && !hasInk(levels, width, to)) to--;
  const columns = to - from + 1;
  const out = Uint8Array.from(
    { length: columns * height },
    (_, at) => levels[Math.floor(at / columns) * width + from + (at % columns)] ?? 0,
  );
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
    const soft = page.lit.some((level) => level === 1 || level === 2);
    return this.linesFrom(page, faces, soft);
  }

  /** Line by line from the top; where no line box can be read any more, the line before is tried elsewhere. */
  private linesFrom(page: Dots, faces: readonly Face[], soft: boolean): string[] | null {
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
  private *linesAt(page: Dots, faces: readonly Face[], soft: boolean, from: number): Tries {
    const { width, height, lit } = page;
    let row = from;
    while (row < height && isBlank(lit, row * width, width)) row++;
    if (row >= height) yield null;
    for (const face of row < height ? faces : [])
      for (let top = row; top >= Math.max(from, row - face.sizePx + 1); top--) {
        const line = top + face.sizePx > height ? null : this.line(page, face, soft, top);
        if (line !== null) yield { line, bottom: top + face.sizePx };
      }
  }

  /** The glyphs whose line box has this top; null if its rows hold anything else. */
  private line(page: Dots, face: Face, soft: boolean, top: number): string | null {
    const { width, lit } = page;
    const { sizePx } = face;
    const key = `${face.name} ${soft}`;
    const index = this.indexes.get(key) ?? indexOf(face, this.alphabet, soft);
    this.indexes.set(key, index);
    const hopeless = new Set<number>();
    const read = (from: number): string | null => {
      if (hopeless.has(from)) return null;
      let x = from;
      const column = new Uint8Array(sizePx);
      for (; x < width; x++) {
        let any = 0;
        for (let y = 0; y < sizePx; y++) any |= column[y] = lit[(top + y) * width + x] ?? 0;
        if (any !== 0) break;
      }
      if (x >= width) return "";
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

function isBlank(lit: Uint8Array, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) if (lit[at] !== 0) return false;
  return true;
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

/** A dash of two ideographs is no rule, a bar over a panel of three is one. Ideographs. */
const ruleLeast = 5;
const acrossLeast = 3;

/**
 * Rows in which one run of at least `ruleLeast` ideographs, or the whole of a row of `acrossLeast`, is lit, and nothing else, are rules, and go. A box that such rows begin and
 * end is a bar with text cut out of it, and is turned into text.
 */
function eraseRules({ width, height, lit }: Dots, em: number): void {
  const ends = (y: number) => {
    const row = lit.subarray(y * width, (y + 1) * width);
    return { row, from: row.findIndex((level) => level !== 0), to: row.findLastIndex((level) => level !== 0) };
  };
  for (let y = 0; y < height; y++) {
    const { row, from, to } = ends(y);
    const isSolid = (one: Uint8Array) => one.subarray(from, to + 1).every((level) => level === 3);
    const run = to - from + 1;
    const isWide = run >= ruleLeast * em || (run === width && width >= acrossLeast * em);
    if (from < 0 || !isWide || !isSolid(row)) continue;
    let last = y;
    for (let below = y + 1; below < height; below++) {
      const next = ends(below);
      if (next.from !== from || next.to !== to) break;
      if (isSolid(next.row)) last = below;
    }
    for (; y <= last; y++) for (let x = from; x <= to; x++) lit[y * width + x] = 3 - (lit[y * width + x] ?? 0);
    y--;
  }
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
