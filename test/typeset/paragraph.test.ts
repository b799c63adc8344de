/** The lines of a paragraph are the best ones: compared with all there are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import { bestStarts, lineCost, lineCosts, type Measure, setParagraph } from "../../src/typeset/paragraph.ts";
import { type Measured, measure } from "../../src/typeset/spacing.ts";
import { prices } from "../../src/typeset/break-rules.ts";
import { cellsOf, textOf } from "../../src/typeset/text.ts";
import { anyText, officeText } from "./office-text.ts";

const em = 16;
const face = faceOf({ sizePx: em, weight: "regular" });
const measured = (text: string, wanted: Measure) =>
  measure(cellsOf(text, face).cells, em, wanted.width, !wanted.keepWords);

/** What a setting costs, all told. */
function costOf(one: Measured, starts: readonly number[], wanted: Measure): number {
  return starts.reduce((sum, start, line) => {
    const ending = line === 0 ? 0 : (one.price[start] as number);
    return sum + ending + lineCost(one, start, starts[line + 1] ?? one.cells.length, wanted);
  }, 0);
}

/** The least cost of any setting at all, by trying each: from `start` on. */
function leastCost(one: Measured, wanted: Measure, start = 0, known = new Map<number, number>()): number {
  const count = one.cells.length;
  if (start === count) return 0;
  let least = known.get(start);
  if (least !== undefined) return least;
  least = Number.POSITIVE_INFINITY;
  for (let end = start + 1; end <= count; end++) {
    const ending = end === count ? 0 : (one.price[end] as number);
    if (ending === Number.POSITIVE_INFINITY) continue;
    least = Math.min(least, ending + lineCost(one, start, end, wanted) + leastCost(one, wanted, end, known));
  }
  known.set(start, least);
  return least;
}

const measures: fc.Arbitrary<Measure> = fc
  .record({
    width: fc.integer({ min: 1, max: 20 * em }),
    indent: fc.constantFrom(0, 2 * em),
    justify: fc.boolean(),
    keepWords: fc.boolean(),
  })
  .map(({ indent, ...rest }) => ({ ...rest, firstWidth: Math.max(em, rest.width - indent), em }));

describe("the best lines", () => {
  it("cost what the cheapest of all settings costs", () => {
    fc.assert(
      fc.property(fc.oneof(officeText, anyText), measures, (text, wanted) => {
        const one = measured(text, wanted);
        const starts = bestStarts(one, wanted);
        const cost = costOf(one, starts, wanted);
        // Sums in another order may differ in the last bits.
        expect(Math.abs(cost - leastCost(one, wanted))).toBeLessThanOrEqual(cost * 1e-9);
      }),
      { numRuns: 400 },
    );
  });

  it("a line that does not fit is followed by none that does, so that the search may stop there", () => {
    fc.assert(
      fc.property(fc.oneof(officeText, anyText), measures, fc.nat(), (text, wanted, somewhere) => {
        const one = measured(text, wanted);
        const count = one.cells.length;
        if (count === 0) return;
        const start = somewhere % count;
        if (start > 0 && one.price[start] === Number.POSITIVE_INFINITY) return;
        let over = false;
        for (let end = start + 1; end <= count; end++) {
          if (end < count && one.price[end] === Number.POSITIVE_INFINITY) continue;
          const cost = lineCost(one, start, end, wanted);
          if (over) expect(cost).toBe(Number.POSITIVE_INFINITY);
          over = cost === Number.POSITIVE_INFINITY;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("costs keep their order: a mark, a run, a single character, a line, and only then the looks", () => {
    const { line, lone, raggedMost, torn, stretched, shortLast } = lineCosts;
    // Three lines at most look worse when one break moves, and one line may be added.
    const looks = 3 * (raggedMost + torn + stretched + shortLast + prices.insideWord);
    expect(looks).toBeLessThan(line);
    expect(line + looks).toBeLessThan(lone);
    expect(line + lone + looks).toBeLessThan(prices.joint);
    expect(2 * (prices.forced + line) + lone + looks).toBeLessThan(prices.never);
    expect(prices.never * 2).toBeLessThan(lineCosts.overfull);
  });

  it("never take a line more than filling each to the brim, where no run is broken and no character alone", () => {
    fc.assert(
      fc.property(officeText, measures, (text, wanted) => {
        const one = measured(text, wanted);
        const starts = bestStarts(one, wanted);
        const cost = costOf(one, starts, wanted);
        if (cost >= starts.length * lineCosts.line + lineCosts.line) return;
        let lines = 0;
        for (let start = 0; start < one.cells.length; lines++) {
          let furthest = start;
          for (let end = start + 1; end <= one.cells.length; end++) {
            const may = end === one.cells.length || (one.price[end] as number) < prices.joint;
            if (may && lineCost(one, start, end, wanted) < Number.POSITIVE_INFINITY) furthest = end;
          }
          start = furthest;
        }
        expect(starts.length).toBe(lines);
      }),
      { numRuns: 300 },
    );
  });
});

describe("words", () => {
  const linesOf = (text: string, wanted: Measure) => {
    const { cells } = cellsOf(text, face);
    return setParagraph(cells, wanted).map(textOf);
  };

  it("of running text are broken rather than lines left short; of titles and tables they are not", () => {
    const text = "根据工作需要讨论";
    expect(linesOf(text, { width: 5 * em, em })).toEqual(["根据工作需", "要讨论"]);
    expect(linesOf(text, { width: 5 * em, em, keepWords: true })).toEqual(["根据工作", "需要讨论"]);
  });

  it("decide where running text is broken between settings that are otherwise as good", () => {
    // The comma cannot begin a line, so one of the first two is short by an ideograph.
    const linesBefore = (text: string) => linesOf(text, { width: 3 * em, em }).slice(0, 2);
    expect(linesBefore("报送政府信息,公开指南")).toEqual(["报送", "政府信"]);
    expect(linesBefore("要街道政府信,公开指南")).toEqual(["要街道", "政府"]);
  });

  it("stay whole where a line must be short anyway: two short lines rather than one that is hardly there", () => {
    const text = "公示时间：2017年9月25日至9月29日(5个工作日)。";
    const [first, second] = linesOf(text, { width: 10 * em, firstWidth: 8 * em, em });
    expect([first, second]).toEqual(["公示时间：", "2017年9月25日至"]);
  });

  it("without marks and numbers, running text leaves a line short only to give the last one a second character", () => {
    const words = fc.array(fc.constantFrom("街道", "办事处", "公开", "信息", "的", "政府", "在", "居民委员会"), {
      minLength: 4,
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 3, max: 7 }), (parts, count) => {
        const text = parts.join("");
        const lines = linesOf(text, { width: count * em, em });
        const short = lines.slice(0, -1).reduce((sum, line) => sum + count - line.length, 0);
        expect(short).toBe(text.length % count === 1 ? 1 : 0);
      }),
    );
  });
});
