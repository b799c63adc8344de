/**
 * Remakes `unifont-15.0.01.bin.gz` from GNU Unifont's own `unifont.hex`:
 *
 *     npx tsx src/typeset/data/pack-unifont.ts PATH/TO/unifont.hex src/typeset/data/unifont-15.0.01.bin.gz
 *
 * The file is gzip over: u32 glyph count; count × u16 code point, ascending; count × u8 width (8 or 16);
 * then each glyph's 16 rows, one byte a row for width 8 and two (big-endian) for width 16. Little-endian otherwise.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [source = "", target = ""] = process.argv.slice(2);
const glyphs = readFileSync(source, "utf8")
  .split("\n")
  .filter((line) => line.includes(":"))
  .map((line) => {
    const [code = "", bitmap = ""] = line.split(":");
    return { code: Number.parseInt(code, 16), rows: Buffer.from(bitmap.trim(), "hex") };
  })
  .filter(({ code, rows }) => code <= 0xffff && (rows.length === 16 || rows.length === 32))
  .sort((left, right) => left.code - right.code);

const head = Buffer.alloc(4 + glyphs.length * 3);
head.writeUInt32LE(glyphs.length, 0);
for (const [index, glyph] of glyphs.entries()) {
  head.writeUInt16LE(glyph.code, 4 + index * 2);
  head.writeUInt8(glyph.rows.length / 2, 4 + glyphs.length * 2 + index);
}
writeFileSync(target, gzipSync(Buffer.concat([head, ...glyphs.map((glyph) => glyph.rows)]), { level: 9 }));
console.log(`${glyphs.length} glyphs`);
