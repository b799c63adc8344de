import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphemesOf } from "../../src/graphemes.ts";

describe("graphemes", () => {
  test("are Intl.Segmenter's, whatever the text", () => {
    const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });
    const plain = fc.oneof(
      fc.integer({ min: 0x20, max: 0x7e }),
      fc.integer({ min: 0x3000, max: 0x303f }),
      fc.integer({ min: 0x4e00, max: 0x9fff }),
      fc.integer({ min: 0xff00, max: 0xffef }),
    );
    const other = fc.constantFrom(0x0301, 0x200d, 0x3099, 0xfe0f, 0x1f468, 0x0d, 0x0a, 0x1100, 0x1161);
    const texts = fc
      .array(fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: other }), { maxLength: 12 })
      .map((codes) => String.fromCodePoint(...codes));
    fc.assert(
      fc.property(texts, (text) => {
        expect(graphemesOf(text)).toEqual([...segmenter.segment(text)].map(({ segment }) => segment));
      }),
      { numRuns: 2000 },
    );
    // In pieces: wherever one is cut off, it is between two graphemes.
    const long = fc.tuple(texts, fc.nat(300), texts, fc.nat(300), texts, fc.nat(300));
    fc.assert(
      fc.property(long, ([one, some, other, more, last, rest]) => {
        const text = `${one}${"字".repeat(some)}${other}${"\u0301".repeat(more % 7)}${"a".repeat(more)}${last}${"🇨🇳".repeat(rest)}${one}`;
        expect(graphemesOf(text)).toEqual([...segmenter.segment(text)].map(({ segment }) => segment));
      }),
      { numRuns: 300 },
    );
  });
});
