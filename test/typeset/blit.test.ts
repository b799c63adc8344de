import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blitCells, createMask, type Mask } from "../../src/typeset/blit.ts";
import { unifont } from "../../src/typeset/font.ts";
import { type Cell, cellsOf, graphemesOf, widthOf } from "../../src/typeset/text.ts";

const font = unifont();

/** Full-width, narrow, a letter with marks over it, spaces of both widths. */
const grapheme = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(..."街道办事处政府信息公开公示公告居委会\uff0c\u3002\u3000") },
  { weight: 2, arbitrary: fc.constantFrom(..."aW1 -") },
  { weight: 1, arbitrary: fc.constantFrom("e\u0301", "\u56fd\u0301", "o\u0302\u0323", "a\u20dd", "\u56fd\u20dd") },
);

/** The same by dots: each glyph's, within its cell. */
function drawnByDots(width: number, x: number, y: number, cells: readonly Cell[]): readonly string[] {
  const dots = Array.from({ length: y + 18 }, () => new Array<string>(width).fill("."));
  let at = x;
  for (const cell of cells) {
    for (const slot of cell.slots)
      for (let row = 0; row < 16; row++)
        for (let column = 0; column < cell.width; column++)
          if ((font.rows[slot * 16 + row] ?? 0) & (0x8000 >> column)) (dots[y + row] as string[])[at + column] = "@";
    at += cell.width;
  }
  return dots.map((row) => row.join(""));
}

function rowsOf({ bits, stride, width, height }: Mask): readonly string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => ((bits[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? "@" : ".")).join(
      "",
    ),
  );
}

describe("blitting", () => {
  test("puts every glyph's dots in its place, at any column, on masks of any width", () => {
    const lines = fc.array(grapheme, { maxLength: 12 }).map((text) => cellsOf(text.join(""), font).cells);
    fc.assert(
      fc.property(lines, fc.nat({ max: 40 }), fc.nat({ max: 3 }), fc.nat({ max: 40 }), (cells, x, y, spare) => {
        const width = Math.max(1, x + widthOf(cells) + spare);
        const mask = createMask(width, y + 18);
        expect(blitCells(font, mask, x, y, cells)).toBe(x + widthOf(cells));
        expect(rowsOf(mask)).toEqual(drawnByDots(width, x, y, cells));
      }),
      { numRuns: 400 },
    );
  });

  test("leaves what stands on either side", () => {
    const { cells } = cellsOf("公开", font);
    fc.assert(
      fc.property(fc.nat({ max: 40 }), (x) => {
        const mask = createMask(x + 32 + 40, 16);
        const framed = (dots: readonly string[]) =>
          dots.map((row) => `${"@".repeat(x)}${row.slice(x, x + 32)}${"@".repeat(40)}`);
        mask.bits.fill(0xff);
        for (let y = 0; y < 16; y++)
          for (let column = x; column < x + 32; column++) {
            const at = y * mask.stride + (column >> 3);
            mask.bits[at] = (mask.bits[at] ?? 0) & ~(0x80 >> (column & 7));
          }
        blitCells(font, mask, x, 0, cells);
        expect(rowsOf(mask)).toEqual(framed(drawnByDots(mask.width, x, 0, cells).slice(0, 16)));
      }),
    );
  });
});

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
  });
});
