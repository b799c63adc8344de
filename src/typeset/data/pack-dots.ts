/**
 * Remakes the packed faces of dots:
 *
 *     npx tsx src/typeset/data/pack-dots.ts PATH/TO/unifont_upper.otf
 *
 * `unifont-upper-15.0.01.bin.gz`: the ideographs and enclosed characters of Unifont's file for the upper planes.
 * `pixel-12.bin.gz`: Fusion Pixel 12 px SC without its Hangul, and what `squeeze.ts` makes of Unifont, or the outlines fitted
 * to 11 dots where they keep more of the character, for the ideographs that it lacks of GB2312 and the list of 8,105.
 *
 * Both are gzip over: u32 glyphs; u32 rows of each; then for each a u32 code point; for each a byte, its columns; for each
 * its rows, a u16 each, the leftmost dot the highest bit. Little-endian.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import * as fontkit from "fontkit";
import { coverageOf } from "../fonts/raster.ts";
import { outlineDots12 } from "../fonts/outline-face.ts";
import { rowsOfGlyph } from "../fonts/dots.ts";
import { unifont } from "../fonts/unifont.ts";
import { better, inked, squeezed } from "./squeeze.ts";

interface Drawn {
  readonly codePoint: number;
  readonly width: number;
  readonly rows: readonly number[];
}

function write(name: string, height: number, glyphs: readonly Drawn[]): void {
  const sorted = [...glyphs].sort((left, right) => left.codePoint - right.codePoint);
  const count = sorted.length;
  const bytes = Buffer.alloc(8 + count * (5 + 2 * height));
  bytes.writeUInt32LE(count, 0);
  bytes.writeUInt32LE(height, 4);
  for (const [index, { codePoint, width, rows }] of sorted.entries()) {
    bytes.writeUInt32LE(codePoint, 8 + index * 4);
    bytes.writeUInt8(width, 8 + count * 4 + index);
    for (const [row, bits] of rows.entries()) bytes.writeUInt16LE(bits, 8 + count * 5 + (index * height + row) * 2);
  }
  const packed = gzipSync(bytes, { level: 9 });
  writeFileSync(new URL(`./${name}`, import.meta.url), packed);
  console.log(`${name}: ${count} glyphs, ${packed.length} bytes`);
}

/** A glyph whose outline follows dots of `unit` font units, `top` above the baseline. */
function drawn(font: fontkit.Font, codePoint: number, unit: number, top: number, height: number): Drawn {
  const glyph = font.glyphForCodePoint(codePoint);
  const width = Math.round(glyph.advanceWidth / unit);
  const contours: number[][] = [];
  for (const { command, args } of glyph.path.commands) {
    if (command === "moveTo") contours.push([]);
    if (command !== "closePath") contours.at(-1)?.push((args[0] ?? 0) / unit, (top - (args[1] ?? 0)) / unit);
  }
  const coverage = coverageOf(contours, width, height);
  if (coverage.some((covered) => covered !== 0 && covered !== 255))
    throw new Error(`U+${codePoint.toString(16)}: not dots`);
  const rows = Array.from({ length: height }, (_, y) => {
    let bits = 0;
    for (let x = 0; x < width; x++) if (coverage[y * width + x] === 255) bits |= 0x8000 >> x;
    return bits;
  });
  return { codePoint, width, rows };
}

const inUpper = (codePoint: number) => codePoint >= 0x20000 || (codePoint >= 0x1f100 && codePoint <= 0x1f265);
const upper = fontkit.create(readFileSync(process.argv[2] ?? "")) as fontkit.Font;
const unit = upper.unitsPerEm / 16;
const upperGlyphs = upper.characterSet
  .filter(inUpper)
  .map((codePoint) => drawn(upper, codePoint, unit, upper.ascent, 16));
write("unifont-upper-15.0.01.bin.gz", 16, upperGlyphs);

const path = "@fontsource/fusion-pixel-12px-monospaced-sc/files/fusion-pixel-12px-monospaced-sc-latin-400-normal.woff2";
const fusion = fontkit.create(readFileSync(createRequire(import.meta.url).resolve(path))) as fontkit.Font;
const glyphs = fusion.characterSet
  .filter((codePoint) => codePoint >= 0x20 && !(codePoint >= 0xac00 && codePoint <= 0xf8ff))
  .map((codePoint) => drawn(fusion, codePoint, 100, 1000, 12));

const has = new Set(glyphs.map(({ codePoint }) => codePoint));
const wanted = ["gb2312-level1", "gb2312-level2", "tongyong-8105"].flatMap((name) => [
  ...readFileSync(new URL(`./charsets/${name}.txt`, import.meta.url), "utf8").replaceAll("\n", ""),
]);
const upperRows = new Map(upperGlyphs.map(({ codePoint, rows }) => [codePoint, rows]));
const { slots, rows: table } = unifont();
let fromUnifont = 0;
let fromOutline = 0;
for (const codePoint of new Set(wanted.map((character) => character.codePointAt(0) ?? 0))) {
  if (has.has(codePoint)) continue;
  const slot = codePoint > 0xffff ? 0 : (slots[codePoint] ?? 0);
  const large = slot === 0 ? upperRows.get(codePoint) : [...table.subarray(slot * 16, slot * 16 + 16)];
  const fitted = outlineDots12(codePoint);
  const outlined = fitted === null ? null : rowsOfGlyph(fitted, 12);
  const small = large === undefined ? null : squeezed(large, 11);
  const rows =
    large !== undefined && small !== null && outlined !== null
      ? better(inked(large), small, outlined)
      : (small ?? outlined);
  if (rows === null) continue;
  if (rows === small) fromUnifont++;
  else fromOutline++;
  glyphs.push({ codePoint, width: 12, rows });
}
console.log({ fromUnifont, fromOutline });
write("pixel-12.bin.gz", 12, glyphs);
