/** Faces 7 and 8 dots high, for signs on which no ideograph can stand: `data/latin-7.txt` and `latin-8.txt`, read as they are. */
import { glyphOf } from "./bits.ts";
import { readData } from "./data.ts";
import type { Glyph } from "./face.ts";

type Rows = readonly string[];

/** A character's glyph in the face of 7 or 8 dots. */
export function lowGlyph(codePoint: number, sizePx: 7 | 8): Glyph | null {
  const plain = plainOf(codePoint);
  const rows = (sizePx === 8 ? drawn8().get(plain) : undefined) ?? drawn7().get(plain);
  if (rows === undefined) return null;
  const width = rows[0]?.length ?? 0;
  return glyphOf({ width, height: sizePx, advance: width + 1 }, (x, y) => rows[y]?.[x] === "#");
}

/** Chinese punctuation that stands on such signs as its narrow twin, by code point. */
const narrowTwins: ReadonlyMap<number, string> = new Map([
  [0x3000, " "],
  [0x3001, ","],
  [0x3002, "."],
  [0x3003, '"'],
  [0x3008, "<"],
  [0x3009, ">"],
  [0x300a, "\u00ab"],
  [0x300b, "\u00bb"],
  [0x300c, "\u201c"],
  [0x300d, "\u201d"],
  [0x300e, "\u201c"],
  [0x300f, "\u201d"],
  [0x3010, "["],
  [0x3011, "]"],
  [0x3014, "["],
  [0x3015, "]"],
  [0x3007, "0"],
  [0x2015, "\u2014"],
  [0x2010, "-"],
  [0x2011, "-"],
  [0x2212, "-"],
  [0x2215, "/"],
  [0x2022, "\u00b7"],
  [0x2103, "\u2103"],
  [0x22c5, "\u00b7"],
  [0x30fb, "\u00b7"],
  [0xff65, "\u00b7"],
  [0xffe0, "\u00a2"],
  [0xffe1, "\u00a3"],
  [0xffe5, "\u00a5"],
  [0x2002, " "],
  [0x2003, " "],
  [0x2009, " "],
  [0x202f, " "],
]);

function plainOf(codePoint: number): string {
  if (codePoint >= 0xff01 && codePoint <= 0xff5e) return String.fromCodePoint(codePoint - 0xfee0);
  return narrowTwins.get(codePoint) ?? String.fromCodePoint(codePoint);
}

const drawn7 = once("latin-7.txt", 7);
const drawn8 = once("latin-8.txt", 8);

function once(name: string, height: number): () => ReadonlyMap<string, Rows> {
  let read: ReadonlyMap<string, Rows> | null = null;
  return () => {
    read ??= bandsOf(readData(name).toString("utf8"), height, name);
    return read;
  };
}

/** Bands: a line "= A B C", then `height` rows in which glyphs stand side by side. Error with the file and line of what is amiss. */
function bandsOf(text: string, height: number, name: string): ReadonlyMap<string, Rows> {
  const glyphs = new Map<string, Rows>();
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith("= ")) continue;
    const names = line.slice(2).trim().split(/ +/);
    const rows = lines.slice(index + 1, index + 1 + height).map((row) => row.trim().split(/ +/));
    const whole = rows.length === height && rows.every((row) => row.length === names.length);
    for (const [column, character] of names.map(characterOf).entries()) {
      const glyph = rows.map((row) => row[column] ?? "");
      if (!whole || glyph.some((row) => row.length !== glyph[0]?.length || !/^[#.]+$/.test(row)))
        throw new Error(
          `${name}:${index + 1}: “${character}”的点阵不齐 / the glyph "${character}" is not ${height} even rows`,
        );
      glyphs.set(character, glyph);
    }
  }
  return glyphs;
}

function characterOf(name: string): string {
  return /^U\+[0-9A-F]{4,6}$/.test(name) ? String.fromCodePoint(Number.parseInt(name.slice(2), 16)) : name;
}
