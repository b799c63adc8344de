/** Faces as the layout meets them: complete, inside their box, the same on every machine, within bounds. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GlyphCache } from "../../src/typeset/fonts/cache.ts";
import { type Charset, charset } from "../../src/typeset/fonts/charsets.ts";
import { coverageTable, faceHas } from "../../src/typeset/fonts/coverage.ts";
import { type Face, faceOf, type Glyph, nearestSize } from "../../src/typeset/fonts/index.ts";
import { unifont } from "../../src/typeset/fonts/unifont.ts";

const data = new URL("../../src/typeset/data/", import.meta.url);
const sizes = [7, 8, 12, 16, 24, 25, 28, 32, 36, 40, 48, 53, 64, 72, 96, 120] as const;
const anySize = fc.oneof(fc.constantFrom(...sizes), fc.integer({ min: 24, max: 120 }));
const anyWeight = fc.constantFrom("regular", "bold");
const anyFace = fc.record({ sizePx: anySize, weight: anyWeight }).map(faceOf);
const gb2312 = ["gb2312-level1", "gb2312-level2", "gb2312-symbols"] as const;
const listed = (...names: readonly Charset[]) => names.flatMap((name) => [...charset(name)]);
const anyCodePoint = fc.oneof(
  fc.integer({ min: 0x20, max: 0x24f }),
  fc.constantFrom(...listed(...gb2312, "gbk-symbols", "tongyong-8105")),
  fc.integer({ min: 0x370, max: 0x33ff }),
  fc.integer({ min: 0x3400, max: 0x9fff }),
  fc.integer({ min: 0, max: 0x2ffff }),
);
const isMark = (codePoint: number) => /^\p{M}/u.test(String.fromCodePoint(codePoint));
const code = (character: string) => character.codePointAt(0) ?? 0;

function lit({ bits, width, height }: Glyph): number[] {
  const stride = Math.ceil(width / 8);
  const out: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if ((bits[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) out.push(y * width + x);
  return out;
}

function glyphOf(face: Face, character: string): Glyph {
  const glyph = face.glyph(code(character));
  if (glyph === null) throw new Error(`${face.name} lacks ${character}`);
  return glyph;
}

describe("every face", () => {
  it.each([12, 16, 24, 48])("of %i dots has all of GB2312 and of the 8,105, each drawn", (sizePx) => {
    const face = faceOf({ sizePx, weight: "bold" });
    const blank = /^[\s\u3000]$/;
    const missing = listed(...gb2312, "tongyong-8105").filter((codePoint) => {
      const glyph = face.glyph(codePoint);
      return glyph === null || (lit(glyph).length === 0 && !blank.test(String.fromCodePoint(codePoint)));
    });
    expect(String.fromCodePoint(...missing)).toBe("");
  });

  it("keeps its glyphs inside their box: advance wide, the line high", () => {
    fc.assert(
      fc.property(anyFace, anyCodePoint, (face, codePoint) => {
        const glyph = face.glyph(codePoint);
        if (glyph === null) return;
        const { left, top, width, height, advance, bits, levels } = glyph;
        expect(bits.length).toBe(Math.ceil(width / 8) * height);
        expect([0, width * height]).toContain(levels?.length ?? 0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top + height).toBeLessThanOrEqual(face.sizePx);
        if (isMark(codePoint)) return;
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left + width).toBeLessThanOrEqual(advance);
        expect(advance).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it("pads its rows with nothing", () => {
    fc.assert(
      fc.property(anyFace, anyCodePoint, (face, codePoint) => {
        const glyph = face.glyph(codePoint);
        if (glyph === null || glyph.width % 8 === 0) return;
        const stride = Math.ceil(glyph.width / 8);
        for (let row = 1; row <= glyph.height; row++)
          expect((glyph.bits[row * stride - 1] ?? 0) & (0xff >> (glyph.width & 7))).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives ideographs the whole size, and all figures one width", () => {
    for (const sizePx of [...sizes.filter((size) => size >= 12)])
      for (const weight of ["regular", "bold"] as const) {
        const face = faceOf({ sizePx, weight });
        for (const character of sizePx === 16 ? "永〇。《一齉" : "永〇。《——…“”一齉")
          expect([character, glyphOf(face, character).advance]).toEqual([character, sizePx]);
      }
    for (const sizePx of sizes) {
      const face = faceOf({ sizePx, weight: "regular" });
      expect(new Set([..."0123456789"].map((figure) => glyphOf(face, figure).advance)).size).toBe(1);
    }
  });

  it("has no picture for what is not text", () => {
    for (const sizePx of [7, 12, 16, 32])
      for (const codePoint of [0x07, 0x7f, 0xad, 0x200b, 0x202e, 0xd800, 0xe000, 0xfffd, 0xffff, 0x10ffff, 0x110000])
        expect(faceOf({ sizePx, weight: "regular" }).glyph(codePoint)).toBeNull();
  });

  it("is asked by its size; others are refused with the nearest", () => {
    expect([1, 7, 9, 15, 16, 23, 24, 31.5].map(nearestSize)).toEqual([7, 7, 8, 12, 16, 16, 24, 31]);
    for (const sizePx of [0, -1, 9, 17, 30.5, Number.NaN, 1e9])
      expect(() => faceOf({ sizePx, weight: "regular" })).toThrow(RangeError);
    expect(faceOf({ sizePx: 32, weight: "bold" })).toBe(faceOf({ sizePx: 32, weight: "bold" }));
    expect(faceOf({ sizePx: 16, weight: "bold" })).toBe(faceOf({ sizePx: 16, weight: "regular" }));
  });
});

describe("the 16-dot face", () => {
  it("names the slots that the fast blitter stores from, for whole cells only", () => {
    const face = faceOf({ sizePx: 16, weight: "regular" });
    const { slots, rows } = unifont();
    for (const codePoint of charset("gb2312-level1")) {
      const { wide, advance } = face.glyph(codePoint) as Glyph;
      expect([wide, advance]).toEqual([slots[codePoint], 16]);
    }
    const first = glyphOf(face, "一").wide * 16;
    expect([...rows.subarray(first, first + 16)].filter(Boolean)).toHaveLength(1);
    for (const narrow of "Aé1\u0301") expect(face.glyph(code(narrow))?.wide).toBe(0);
    expect(glyphOf(face, "A").advance).toBe(8);
    expect(face.glyph(0x301)?.advance).toBe(0);
  });
});

describe("the outline face", () => {
  it("in bold has thicker strokes: from 32 dots in all of the first level, at 24 in all but the densest few", () => {
    for (const sizePx of [24, 32, 48]) {
      const [regular, bold] = (["regular", "bold"] as const).map((weight) => faceOf({ sizePx, weight }));
      expect(bold?.strokePx).toBeGreaterThan(regular?.strokePx ?? 0);
      const ink = (face: Face | undefined, character: number) => lit(face?.glyph(character) as Glyph).length;
      const thinner = [...charset("gb2312-level1")].filter((one) => ink(bold, one) <= ink(regular, one));
      // Seven level strokes and the gaps between are all that 24 dots hold: no room to be bold in.
      expect(String.fromCodePoint(...thinner)).toBe(sizePx === 24 ? "鄙蹭醇赠蘸罩" : "");
    }
  });

  it("draws two dashes as one line, and stands letters on one baseline", () => {
    for (const sizePx of [24, 33, 48]) {
      const face = faceOf({ sizePx, weight: "regular" });
      expect(glyphOf(face, "\u2014")).toMatchObject({ left: 0, width: sizePx });
      const feet = [..."HTExn1470z"].map((letter) => glyphOf(face, letter)).map(({ top, height }) => top + height);
      expect(new Set(feet).size).toBe(1);
    }
  });

  it("thickens by itself what it has in one weight only", () => {
    const traditional = "臺";
    const [regular, bold] = (["regular", "bold"] as const).map((weight) =>
      glyphOf(faceOf({ sizePx: 40, weight }), traditional),
    );
    expect(lit(bold as Glyph).length).toBeGreaterThan(lit(regular as Glyph).length * 1.15);
  });
});

describe("coverage", () => {
  it("is as its table says", () => {
    expect(coverageTable()).toEqual(JSON.parse(readFileSync(new URL("coverage.json", data), "utf8")));
  });

  it("of each face is what it draws", () => {
    const faces = ([7, 8, 12, 16, 24] as const).map((sizePx) => [sizePx, faceOf({ sizePx, weight: "bold" })] as const);
    fc.assert(
      fc.property(fc.constantFrom(...faces), anyCodePoint, ([sizePx, face], codePoint) => {
        expect(face.glyph(codePoint) !== null).toBe(faceHas[sizePx](codePoint));
      }),
      { numRuns: 2000 },
    );
  });

  it("has the rare names at every size from 12 dots up", () => {
    for (const sizePx of [12, 16, 24, 64])
      for (const character of "喆堃玥䶮\u{2cb4a}翀〇")
        expect(lit(glyphOf(faceOf({ sizePx, weight: "bold" }), character)).length).toBeGreaterThan(9);
  });
});

describe("the cache", () => {
  const glyph = (bytes: number): Glyph => ({
    advance: 8,
    left: 0,
    top: 0,
    width: 8,
    height: bytes,
    bits: new Uint8Array(bytes),
    levels: null,
    wide: 0,
  });

  it("never holds more than its bytes, and gives what was made", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.nat(60), bytes: fc.nat(2000) })), (asked) => {
        const cache = new GlyphCache(10_000);
        for (const { key, bytes } of asked) {
          const got = cache.get(key, () => glyph(bytes));
          expect(got).not.toBeNull();
          expect(cache.heldBytes).toBeLessThanOrEqual(10_000);
        }
      }),
    );
  });

  it("keeps what is used again and again while others pass through", () => {
    const cache = new GlyphCache(10_000);
    let made = 0;
    const often = () =>
      cache.get(0, () => {
        made++;
        return glyph(100);
      });
    for (let key = 1; key < 500; key++) {
      often();
      cache.get(key, () => glyph(100));
    }
    expect(made).toBe(1);
  });

  it("does not keep what is larger than itself", () => {
    const cache = new GlyphCache(1000);
    expect(cache.get(1, () => glyph(5000))?.height).toBe(5000);
    expect(cache.heldBytes).toBe(0);
  });
});

/** Every dot and every advance of a sheet of text. */
describe("the same glyphs on every machine", () => {
  const text =
    "关于2017年度政府信息公开工作年度报告的公示。青石港办事处(〔2017〕15号)The quick brown fox 0123456789 ¥1,234.50 25℃ ①㎡ 喆堃玥䶮翀鼗赝齉";
  const hashes: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(new URL("font-hashes.json", import.meta.url), "utf8"),
  );

  it.each(sizes.flatMap((sizePx) => (["regular", "bold"] as const).map((weight) => [sizePx, weight] as const)))(
    "%i %s",
    (sizePx, weight) => {
      const face = faceOf({ sizePx, weight });
      const hash = createHash("sha256");
      for (const character of text) {
        const glyph = face.glyph(code(character));
        if (glyph === null) continue;
        hash.update(`${character} ${glyph.advance} ${glyph.left} ${glyph.top} ${glyph.width} ${glyph.height}\n`);
        hash.update(glyph.bits).update(glyph.levels ?? new Uint8Array(0));
      }
      expect(
        hash.digest("hex").slice(0, 16),
        `${face.name}: look at it, then change test/typeset/font-hashes.json`,
      ).toBe(hashes[face.name]);
    },
  );
});
