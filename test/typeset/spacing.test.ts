/** What becomes of the cells of a line: marks in half their width, gaps, whole dots shared out. Ink is counted dot by dot. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pixelSizes, faceOf } from "../../src/typeset/fonts/index.ts";
import { balancedLines, setParagraph } from "../../src/typeset/line-break.ts";
import { type Cell, cellsOf } from "../../src/typeset/text.ts";
import { officeText, textOfLine, widthOfLine } from "./office-text.ts";

const face = faceOf({ sizePx: 16, weight: "regular" });
const cellsFor = (text: string) => cellsOf(text, face).cells;
const plain = { em: 16, width: 60 * 16 };

/** Widths of a line's cells against their own, where they differ: "，-7". */
function changes(text: string, widthPx = plain.width): string {
  const line = setParagraph(cellsFor(text), { em: 16, width: widthPx })[0] ?? [];
  return differences(line, cellsFor(text)).join(" ");
}

function differences(line: readonly Cell[], own: readonly Cell[]): string[] {
  return line.flatMap((cell, index) => {
    const change = cell.width - (own[index]?.width ?? 0);
    const pen = cell.dx - (own[index]?.dx ?? 0);
    if (change === 0 && pen === 0) return [];
    return [`${cell.text}${change < 0 ? "" : "+"}${change}${pen === 0 ? "" : `@${pen}`}`];
  });
}

describe("marks that meet share a blank half, a dot of it kept", () => {
  it.each([
    ["a full stop behind a title", "见《条例》。完", "》-4"],
    ["two titles, the first mark and the second", "见《条例》、《办法》完", "》-4 、-7"],
    ["a bracket and a comma", "处\uff08站\uff09\uff0c完", "\uff09-5"],
    ["a colon and an opening bracket", "答\uff1a「可」完", "\uff1a-5"],
    ["two opening ones", "见\uff08《条例》\uff09完", "《-4@-4 》-4"],
    ["quotation marks of half width have no blank half to share", "“三公”“五公开”完", ""],
    ["a full-width question mark is not narrowed, what opens behind it is", "何在\uff1f《条例》", "《-4@-4"],
    ["nor is a comma by itself", "一\uff0c二", ""],
  ])("%s", (_, text, expected) => {
    expect(changes(text)).toBe(expected);
  });
});

describe("words of letters have a gap to the ideographs beside them", () => {
  it.each([
    ["a word", "关注WeChat群", "W+4@4 t+4"],
    ["a word with figures in it", "测PM2.5值", "P+4@4 5+4"],
    ["figures with a letter", "建5G网", "5+4@4 G+4"],
    ["at the text's edges none", "LED屏", "D+4"],
    ["none where a space is typed", "关注 WeChat 群", ""],
    ["none to a mark", "见《LED》、APP。", "》-4"],
    ["figures are set tight, as offices do", "共121条\uff0c2017年9月25日8:30前", ""],
    ["a masked name too", "户主王*兰与李**", ""],
    ["on lines shorter than ten characters the gap is half as wide", "关注WeChat群", "W+2@2 t+2", 9 * 16],
    ["and goes altogether where the line is full", "关注WeChat群", "", 6 * 16],
    ["or in part", "关注WeChat群", "W+1@1 t+1", 6 * 16 + 2],
  ] as const)("%s", (_, text, expected, width: number = plain.width) => {
    expect(changes(text, width)).toBe(expected);
  });
});

describe("an opening mark at a line's beginning", () => {
  it.each([
    ["loses its blank half, however much room there is", "《条例》完", "《-5@-5"],
    ["only there", "见《条例》完", ""],
    [
      "of two marks the first, and the second shares as elsewhere",
      "\uff08《条例》\uff09完",
      "\uff08-6@-6 《-4@-4 》-4",
    ],
    ["none that is of half width anyway", "“三公”经费", ""],
    ["nor one of letters", "(一)经费", ""],
  ])("%s", (_, text, expected) => {
    expect(changes(text)).toBe(expected);
  });

  it.each([24, 32, 52])("in the %d-dot face too, on each line", (em) => {
    const face = faceOf({ sizePx: em, weight: "regular" });
    const { cells } = cellsOf(`《条例》\uff08以下简称${"《条例》".repeat(20)}`, face);
    const starts = setParagraph(cells, { em, width: 14 * em, justify: true }).map(([first]) => first as Cell);
    const marks = starts.filter(({ text }) => "《\uff08".includes(text));
    expect(marks.length).toBeGreaterThan(1);
    for (const mark of marks) expect(inkOf(mark)[0] === 0 || mark.width === em / 2, `${mark.width}`).toBe(true);
  });
});

describe("a line that is a little too long", () => {
  it.each([
    ["first loses the blank half of its last mark, as far as needed", "街道办事处\uff0c", 5 * 16 + 11, "\uff0c-5"],
    ["the whole of it", "街\uff08道办事\uff09", 5 * 16 + 10, "\uff09-6"],
    ["then gaps", "用LED屏\uff0c", 4 * 16 + 3, "D+1 \uff0c-6"],
    ["then a quarter em beside each mark inside", "街\uff0c道、办事。", 7 * 16 - 16, "\uff0c-4 、-4 。-8"],
  ])("%s", (_, text, width, expected) => {
    expect(setParagraph(cellsFor(text), { em: 16, width })).toHaveLength(1);
    expect(changes(text, width)).toBe(expected);
  });

  it("takes no more than there is: the next dot is a second line", () => {
    const cells = cellsFor("街\uff0c道、办事。");
    expect(setParagraph(cells, { em: 16, width: 6 * 16 })).toHaveLength(1);
    expect(setParagraph(cells, { em: 16, width: 6 * 16 - 1 })).toHaveLength(2);
  });
});

describe("a line that is to be flush", () => {
  const justified = (text: string, widthEm: number) =>
    setParagraph(cellsFor(text), { em: 16, width: widthEm * 16, justify: true });

  it("is stretched alike at all places where it might end, marks and words no more than others", () => {
    const text = `市民可关注\uff0c街道APP一一${"0".repeat(20)}`;
    const stretchedTo = (widthPx: number) => {
      const [line = []] = justified(text, widthPx / 16);
      expect(textOfLine(line)).toBe("市民可关注\uff0c街道APP一一");
      expect(widthOfLine(line)).toBe(widthPx);
      return differences(line, cellsFor(text)).join(" ");
    };
    // Between the two words of letters and the ideographs there are gaps of four.
    expect(stretchedTo(192)).toBe("A+4@4 P+4");
    expect(stretchedTo(192 + 3)).toBe("民+1 \uff0c+1 A+4@4 P+5");
    expect(stretchedTo(192 + 9)).toBe("市+1 民+1 可+1 关+1 \uff0c+1 街+1 A+5@5 P+5 一+1");
    expect(stretchedTo(192 + 14)).toBe("市+2 民+1 可+2 关+1 \uff0c+2 街+1 A+6@6 P+5 一+2");
  });

  it.each([16, 24, 52])(
    "has places of equal width but for a single dot, spread regularly, in the %d-dot face",
    (em) => {
      const face = faceOf({ sizePx: em, weight: "regular" });
      const phrases = fc.array(fc.constantFrom("街道", "办事处", "公开", "、", "\uff0c", "》", "。更", "一"), {
        minLength: 30,
        maxLength: 60,
      });
      let stretched = 0;
      fc.assert(
        fc.property(phrases, fc.integer({ min: 14 * em, max: 30 * em }), (parts, width) => {
          const { cells } = cellsOf(`始${parts.join("")}`, face);
          for (const line of setParagraph(cells, { em, width, justify: true }).slice(0, -1)) {
            const [alone = []] = setParagraph(cellsOf(textOfLine(line), face).cells, { em, width: 99 * em });
            if (widthOfLine(line) <= widthOfLine(alone)) continue;
            stretched++;
            // Dots more than the line by itself has from each cell's ink to the next one's, where a line may end.
            const more = pens(line).flatMap((pen, index, all) => {
              const own = pens(alone);
              const after = line[index + 1]?.text;
              if (after === undefined || "、\uff0c》。".includes(after)) return [];
              return [(all[index + 1] ?? 0) - pen - ((own[index + 1] ?? 0) - (own[index] ?? 0))];
            });
            const least = Math.min(...more);
            expect(Math.max(...more) - least).toBeLessThanOrEqual(1);
            // The odd dots: between any two of the same number of places, as many but for one.
            const odd = more.map((dots) => dots - least);
            for (let length = 2; length < odd.length; length++) {
              const sums = odd
                .slice(length - 1)
                .map((_, from) => odd.slice(from, from + length).reduce((a, b) => a + b));
              expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(1);
            }
          }
        }),
        { numRuns: 60 },
      );
      expect(stretched).toBeGreaterThan(50);
    },
  );

  it("keeps a number as it is", () => {
    const [line = []] = justified(`自2017年9月25日起停水${"一".repeat(20)}`, 10.25);
    expect(widthOfLine(line)).toBe(164);
    const number = line.slice(1, 10);
    expect(textOfLine(number)).toBe("2017年9月25");
    // Only what stands before and behind it moved.
    expect(differences(number, cellsFor(textOfLine(number))).length).toBeLessThanOrEqual(1);
    expect(number.slice(1)).toEqual(cellsFor("017年9月25"));
  });

  it("is left ragged where it would be torn, where it is narrow, and where the text ends", () => {
    const long = `街道办事处${"0".repeat(18)}街道`;
    const widthsOf = (lines: readonly (readonly Cell[])[]) => lines.map(widthOfLine);
    expect(widthsOf(justified(long, 12))).toEqual([5 * 16, 9 * 16 + 32]);
    expect(widthsOf(justified("街道办事处一二三四五六七八九", 9.5))[0]).toBe(9 * 16);
    expect(justified("街道办事处公开", 7.25)).toEqual([cellsFor("街道办事处公开")]);
    const almostFull = "街道办事处公开栏更新";
    expect(justified(almostFull, 10.5)).toEqual([cellsFor(almostFull)]);
  });

  it("keeps full cells of a full line the very same objects", () => {
    const cells = cellsFor("街道办事处公开栏更新发布街道办事处公开栏更新发布");
    const lines = justified(cells.map(({ text }) => text).join(""), 12);
    expect(lines.flat()).toEqual(cells);
    for (const [index, cell] of lines.flat().entries()) expect(cell).toBe(cells[index]);
  });
});

/** Faces that draw each mark elsewhere in its cell. */
const faces = [...pixelSizes.filter((size) => size >= 12), 24, 32, 48].map((sizePx) =>
  faceOf({ sizePx, weight: "regular" }),
);

describe.each(faces)("in $name", (face) => {
  const em = face.sizePx;
  const lineSets = (text: string, width: number): readonly (readonly (readonly Cell[])[])[] => {
    const { cells } = cellsOf(text, face);
    return [
      setParagraph(cells, { em, width, justify: true }),
      setParagraph(cells, { em, width }),
      balancedLines(cells, width, Number.POSITIVE_INFINITY, false, em) ?? [],
    ];
  };

  it("no ink is cut: each changed cell's dots lie between its own edges, and where dots were free between two cells one stays", () => {
    fc.assert(
      fc.property(officeText, fc.integer({ min: 2, max: 40 }), (text, widthEm) => {
        const own = new Map(cellsOf(text, face).cells.map((cell) => [cell.text, cell]));
        for (const line of lineSets(text, widthEm * em).flat())
          for (const [index, cell] of line.entries()) {
            const before = own.get(cell.text) as Cell;
            expect(cell.glyphs).toBe(before.glyphs);
            const next = line[index + 1];
            if (next && freeBetween(before, own.get(next.text) as Cell) >= 1)
              expect(freeBetween(cell, next), cell.text + next.text).toBeGreaterThanOrEqual(1);
            if (cell === before) continue;
            expect(cell.wide).toBe(0);
            const [left, right] = inkOf(cell);
            const [ownLeft, ownRight] = inkOf(before);
            // Marks that reach out of their cell in the face itself reach no further.
            expect(left, cell.text).toBeGreaterThanOrEqual(Math.min(0, ownLeft));
            expect(right, cell.text).toBeLessThanOrEqual(cell.width + Math.max(0, ownRight - before.width));
          }
      }),
      { numRuns: 60 },
    );
  });

  it("lines are never too wide, and exactly flush where they were stretched", () => {
    fc.assert(
      fc.property(officeText, fc.integer({ min: 10 * em, max: 40 * em }), (text, width) => {
        const { cells } = cellsOf(text, face);
        fc.pre(cells.every((cell) => cell.width <= em));
        const lines = setParagraph(cells, { em, width, justify: true });
        const ragged = setParagraph(cells, { em, width });
        expect(inkTextOf(ragged)).toBe(inkTextOf(lines));
        for (const line of lines.slice(0, -1)) {
          const stretched = setParagraph(cellsOf(textOfLine(line), face).cells, { em, width });
          expect(widthOfLine(line)).toBeLessThanOrEqual(width);
          if (widthOfLine(line) > widthOfLine(stretched[0] ?? [])) expect(widthOfLine(line)).toBe(width);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Each cell's pen, from the line's left edge. */
function pens(line: readonly Cell[]): number[] {
  let x = 0;
  return line.map(({ dx, width }) => {
    x += width;
    return x - width + dx;
  });
}

/** Columns between the ink of two cells side by side; of one without ink, many. */
const freeBetween = (cell: Cell, next: Cell) => cell.width - inkOf(cell)[1] + inkOf(next)[0];
const inkTextOf = (lines: readonly (readonly Cell[])[]) =>
  lines
    .map(textOfLine)
    .join("")
    .replace(/[ \u3000]/g, "");

/** Leftmost dot and the one behind the rightmost, from the cell's left edge; read from the bits. */
function inkOf({ glyphs, dx }: Cell): [number, number] {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const glyph of glyphs)
    for (let y = 0; y < glyph.height; y++)
      for (let x = 0; x < glyph.width; x++) {
        const byte = glyph.bits[y * Math.ceil(glyph.width / 8) + (x >> 3)] ?? 0;
        const shade = glyph.levels?.[y * glyph.width + x] ?? 0;
        if ((byte & (0x80 >> (x & 7))) === 0 && shade === 0) continue;
        left = Math.min(left, dx + glyph.left + x);
        right = Math.max(right, dx + glyph.left + x + 1);
      }
  return [left, right];
}
