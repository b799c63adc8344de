/** No mark at the wrong edge, no run broken, nothing lost: for texts that nobody here has seen. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breaksOf, prices } from "../../src/typeset/break-rules.ts";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import { breakLines, longestRun, setParagraph } from "../../src/typeset/line-break.ts";
import { type Cell, cellsOf } from "../../src/typeset/text.ts";
import { anyText, mayNotBegin, mayNotEnd, officeText, textOfLine, wholes, widthOfLine } from "./office-text.ts";
import { annualReport } from "./samples.ts";

const em = 16;
const face = faceOf({ sizePx: em, weight: "regular" });
const cellsFor = (text: string) => cellsOf(text, face).cells;

/** Lines as text, and where in the text each begins. */
function set(text: string, widthEm: number, differences: { firstWidth?: number; justify?: boolean } = {}) {
  const cells = cellsFor(text);
  const width = widthEm * em;
  const lines = setParagraph(cells, { width, em, ...differences });
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length;
    while (at < cells.length && (cells[at]?.text === " " || cells[at]?.text === "\u3000")) at++;
  }
  return { cells, lines, starts, end: at, texts: lines.map(textOfLine) };
}

const widths = fc.integer({ min: 1, max: 60 });
const reportParagraphs = annualReport.split("\n").filter((paragraph) => paragraph !== "");

describe("whatever the text", () => {
  it("every cell stands in a line, in order, once; only spaces at the lines' ends go", () => {
    fc.assert(
      fc.property(fc.oneof(officeText, anyText), widths, widths, fc.boolean(), (text, width, first, justify) => {
        const { cells, lines, starts, end } = set(text, width, { firstWidth: Math.min(first, width) * em, justify });
        expect(end).toBe(cells.length);
        for (const [index, line] of lines.entries()) {
          const own = cells.slice(starts[index], (starts[index] ?? 0) + line.length);
          expect(line.map((cell) => cell.text)).toEqual(own.map((cell) => cell.text));
          expect(line.map((cell) => cell.glyphs)).toEqual(own.map((cell) => cell.glyphs));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("no line is wider than it may be, but a single cell that is", () => {
    fc.assert(
      fc.property(fc.oneof(officeText, anyText), widths, widths, fc.boolean(), (text, width, first, justify) => {
        const firstWidth = Math.min(first, width) * em;
        const { lines } = set(text, width, { firstWidth, justify });
        for (const [index, line] of lines.entries())
          expect(widthOfLine(line)).toBeLessThanOrEqual(index === 0 ? firstWidth : width * em);
      }),
      { numRuns: 400 },
    );
    // Half an em: each full-width character alone, too wide as it is.
    expect(breakLines(cellsFor("中a。国"), 8).map(textOfLine)).toEqual(["中", "a", "。", "国"]);
    expect(breakLines(cellsFor("中国"), 0, 0).map(textOfLine)).toEqual(["中", "国"]);
  });

  it("marks stand where they may, once a line is as long as the longest run", () => {
    fc.assert(
      fc.property(officeText, widths, fc.boolean(), (text, width, justify) => {
        const cells = cellsFor(text);
        fc.pre(longestRun(cells) <= width * em);
        const { texts } = set(text, width, { justify });
        for (const line of texts.slice(1)) expect(line).not.toMatch(mayNotBegin);
        for (const line of texts.slice(0, -1)) expect(line).not.toMatch(mayNotEnd);
      }),
      { numRuns: 1000 },
    );
  });

  it("a run is broken only if it is longer than a line, and in lines too short for it marks still stand where they may", () => {
    fc.assert(
      fc.property(officeText, widths, fc.boolean(), (text, width, justify) => {
        const { cells, starts } = set(text, width, { justify });
        const { price } = breaksOf(cells);
        for (const start of starts.slice(1)) {
          if ((price[start] ?? 0) < prices.joint) continue;
          const [from, to] = runAround(price, start);
          expect(longestRun(cells.slice(from, to)), `${text} at ${start}`).toBeGreaterThan(width * em);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("what a reader calls one piece is a run, wherever it stands", () => {
    fc.assert(
      fc.property(fc.constantFrom(...wholes), fc.constantFrom("为", "。", "《", " ", "\uff0c"), (whole, before) => {
        const { price } = breaksOf(cellsFor(`社区${before}${whole}情况`));
        const inside = price.slice(3, 3 + whole.length - 0).slice(1);
        expect([...inside].every((one) => one >= prices.joint)).toBe(true);
        // And nothing more: a line may end behind it.
        expect(price[3 + whole.length]).toBeLessThan(prices.joint);
      }),
    );
  });

  it("the last line is one character only where no setting of whole runs ends in more", () => {
    fc.assert(
      fc.property(officeText, fc.integer({ min: 3, max: 9 }), (text, width) => {
        const { cells, starts, texts } = set(text.trimEnd(), width);
        const { price } = breaksOf(cells);
        const allWhole = starts.slice(1).every((start) => (price[start] ?? 0) < prices.joint);
        if (starts.length === 1 || !allWhole || !isLone(texts.at(-1) ?? "")) return;
        // Where lines of whole runs may end, from the beginning on.
        const ends = new Set([0]);
        for (let start = 0; start < cells.length; start++) {
          if (!ends.has(start)) continue;
          for (let end = start + 1; end < cells.length; end++)
            if ((price[end] ?? 0) < prices.joint && isOneLine(cells.slice(start, end), width)) ends.add(end);
        }
        const better = [...ends].filter(
          (end) => end > 0 && !isLone(textOfLine(cells.slice(end))) && isOneLine(cells.slice(end), width),
        );
        expect(better, text).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("is set the same each time", () => {
    fc.assert(
      fc.property(anyText, widths, fc.boolean(), (text, width, justify) => {
        const places = () =>
          set(text, width, { justify }).lines.map((line) => line.map(({ width, dx }) => [width, dx]));
        expect(places()).toEqual(places());
      }),
    );
  });
});

const isLone = (line: string) =>
  [...line.replace(/[\uff08《“「【\uff0c\uff1b\uff1a\uff1f\uff01\uff09、。》”』」】…—·)\s]+/g, "")].length < 2;
const isOneLine = (cells: readonly Cell[], width: number) => breakLines(cells, width * em).length === 1;

/** The cells between the nearest free breaks on both sides. */
function runAround(price: Float64Array, index: number): [number, number] {
  let from = index;
  while (from > 0 && (price[from] as number) >= prices.joint) from--;
  let to = index;
  while (to < price.length && (price[to] as number) >= prices.joint) to++;
  return [from, to];
}

describe("the annual report, in lines of 1 to 60 characters", () => {
  it.each(Array.from({ length: 60 }, (_, index) => index + 1))("%i", (width) => {
    for (const paragraph of reportParagraphs)
      for (const justify of [false, true]) {
        const { cells, lines, end, texts } = set(paragraph, width, { justify });
        expect(end).toBe(cells.length);
        for (const line of lines) expect(widthOfLine(line)).toBeLessThanOrEqual(width * em);
        if (longestRun(cells) > width * em) continue;
        for (const line of texts.slice(1)) expect(line).not.toMatch(mayNotBegin);
        for (const line of texts.slice(0, -1)) expect(line).not.toMatch(mayNotEnd);
        if (width >= 3 && lines.length > 1)
          expect([...(texts.at(-1) ?? "").replace(/[。\uff1b.;]$/, "")].length).toBeGreaterThan(1);
      }
  });
});
