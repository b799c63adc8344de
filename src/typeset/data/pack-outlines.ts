/**
 * Remakes `noto-sans-sc.bin` from Noto Sans CJK's collections (Debian's `fonts-noto-cjk`; licence in LICENSE-noto.txt):
 *
 *     npx tsx src/typeset/data/pack-outlines.ts PATH/TO/NotoSansCJK-Regular.ttc PATH/TO/NotoSansCJK-Bold.ttc
 *
 * In both weights: the symbols below, GB2312 and the 8,105 characters of the State Council's list. In the regular only:
 * the other ideographs of GBK. `fonts/outlines.ts` reads it. Little-endian:
 *
 *     u32 parts; u32 bytes of each part; then the parts, each compressed by Brotli:
 *     part 0: u32 glyphs; for each a u32, code point + (bold ? 2^31 : 0); for each a u16, its advance (1000 to the em);
 *     part 1…: the outlines of the next 1024 glyphs: u32 operations, u32 bytes of x; then operations, x's and y's.
 *
 * Operations: 0 the glyph ends; 1 move; 2 line along x; 3 line along y; 4 line; 5 cubic curve (three points). Coordinates
 * are differences from the point before (glyphs begin at 0, 0), zigzag; below 192 one byte, else 192 + high byte, low byte.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import * as fontkit from "fontkit";

const glyphsPerPart = 1024;

/** First and last code point of what a notice may have beside ideographs. */
const symbolRanges: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x1cd, 0x1dc],
  [0x2b0, 0x36f],
  [0x370, 0x45f],
  [0x1e80, 0x1eff],
  [0x2000, 0x2bff],
  [0x3000, 0x312f],
  [0x31a0, 0x31bf],
  [0x3220, 0x325f],
  [0x3280, 0x33ff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff65],
  [0xffe0, 0xffe6],
  [0x1f100, 0x1f1ad],
  [0x1f200, 0x1f265],
];

const charset = (name: string): readonly number[] =>
  [...readFileSync(new URL(`./charsets/${name}.txt`, import.meta.url), "utf8").replaceAll("\n", "")].map(
    (character) => character.codePointAt(0) ?? 0,
  );

function open(path: string, name: string): fontkit.Font {
  const opened = fontkit.create(readFileSync(path));
  const fonts = "fonts" in opened ? opened.fonts : [opened];
  const font = fonts.find(({ postscriptName }) => postscriptName === name);
  if (font === undefined) throw new Error(`${path} has no font ${name}`);
  return font as fontkit.Font;
}

class Part {
  private readonly operations: number[] = [];
  private readonly xs: number[] = [];
  private readonly ys: number[] = [];

  add(font: fontkit.Font, codePoint: number): void {
    let [x, y] = [0, 0];
    const move = (toX: number, toY: number, axes: "x" | "y" | "xy") => {
      if (axes !== "y") put(this.xs, toX - x);
      if (axes !== "x") put(this.ys, toY - y);
      [x, y] = [toX, toY];
    };
    for (const { command, args } of font.glyphForCodePoint(codePoint).path.commands) {
      const [toX = 0, toY = 0] = args;
      if (command === "closePath") continue;
      if (command === "moveTo") {
        this.operations.push(1);
        move(toX, toY, "xy");
      } else if (command === "lineTo") {
        if (toX === x && toY === y) continue;
        const axes = toY === y ? "x" : toX === x ? "y" : "xy";
        this.operations.push({ x: 2, y: 3, xy: 4 }[axes]);
        move(toX, toY, axes);
      } else if (command === "bezierCurveTo") {
        this.operations.push(5);
        for (let at = 0; at < 6; at += 2) move(args[at] ?? 0, args[at + 1] ?? 0, "xy");
      } else throw new Error(`no operation for ${command}`);
    }
    this.operations.push(0);
  }

  packed(): Buffer {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(this.operations.length, 0);
    head.writeUInt32LE(this.xs.length, 4);
    return compressed(Buffer.concat([head, Buffer.from(this.operations), Buffer.from(this.xs), Buffer.from(this.ys)]));
  }
}

function put(bytes: number[], difference: number): void {
  if (!Number.isInteger(difference)) throw new Error(`not a whole unit: ${difference}`);
  const zigzag = difference < 0 ? -2 * difference - 1 : 2 * difference;
  if (zigzag < 192) bytes.push(zigzag);
  else bytes.push(192 + ((zigzag - 192) >> 8), (zigzag - 192) & 0xff);
  if (zigzag - 192 >= 64 * 256) throw new Error(`too far: ${difference}`);
}

function compressed(bytes: Buffer): Buffer {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return brotliCompressSync(bytes, { params });
}

const [regularPath = "", boldPath = ""] = process.argv.slice(2);
const regular = open(regularPath, "NotoSansCJKsc-Regular");
const bold = open(boldPath, "NotoSansCJKsc-Bold");
const has = new Set(regular.characterSet);
const symbols = symbolRanges.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index),
);
const common = [...symbols, ...charset("gb2312-symbols"), ...charset("gbk-symbols"), ...charset("gb2312-level1")];
const rarer = [...charset("gb2312-level2"), ...charset("tongyong-8105")];
const gbk = Array.from({ length: 0x9fa5 - 0x4e00 + 1 }, (_, index) => 0x4e00 + index);
const order = [common, rarer].flatMap((list) => [
  ...list.map((codePoint) => ({ codePoint, font: regular })),
  ...list.map((codePoint) => ({ codePoint, font: bold })),
]);
order.push(...gbk.map((codePoint) => ({ codePoint, font: regular })));

const keyOf = (glyph: (typeof order)[number]) => glyph.codePoint + (glyph.font === bold ? 2 ** 31 : 0);
// The first place of each stays: what notices mostly need is together in the first parts.
const glyphs = [
  ...new Map(order.filter(({ codePoint }) => has.has(codePoint)).map((glyph) => [keyOf(glyph), glyph])).values(),
];
const index = Buffer.alloc(4 + glyphs.length * 6);
index.writeUInt32LE(glyphs.length, 0);
const parts: Buffer[] = [index];
let part = new Part();
for (const [number, glyph] of glyphs.entries()) {
  index.writeUInt32LE(keyOf(glyph), 4 + number * 4);
  index.writeUInt16LE(glyph.font.glyphForCodePoint(glyph.codePoint).advanceWidth, 4 + glyphs.length * 4 + number * 2);
  part.add(glyph.font, glyph.codePoint);
  if ((number + 1) % glyphsPerPart === 0 || number + 1 === glyphs.length) {
    parts.push(part.packed());
    part = new Part();
  }
}
parts[0] = compressed(index);
const head = Buffer.alloc(4 + parts.length * 4);
head.writeUInt32LE(parts.length, 0);
for (const [number, { length }] of parts.entries()) head.writeUInt32LE(length, 4 + number * 4);
const file = Buffer.concat([head, ...parts]);
writeFileSync(new URL("./noto-sans-sc.bin", import.meta.url), file);
console.log(`${glyphs.length} glyphs, ${file.length} bytes`);
