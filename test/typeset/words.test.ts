/** Where words begin: by the list alone, whatever was asked before. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { wordStarts } from "../../src/typeset/words.ts";

const data = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const listed = gunzipSync(data("src/typeset/data/words.txt.gz"))
  .toString("utf8")
  .trimEnd()
  .split("\n")
  .flatMap((line) => {
    const [cost, length, run = ""] = line.split(" ");
    return (run.match(new RegExp(`.{${length}}`, "gu")) ?? []).map((word) => [word, Number(cost)] as const);
  });
const report = data("fixtures/annual-report-2017.txt").toString("utf8");

const wordsIn = (text: string) => {
  const starts = wordStarts(text);
  return [...text].map((character, at) => (at > 0 && starts[at] === 1 ? `|${character}` : character)).join("");
};

test("every word of the list is one word, unless two likelier ones make it", () => {
  const costs = new Map(listed);
  const long = listed.filter(([word]) => word.length > 1);
  expect(long.length).toBeGreaterThan(30_000);
  const parts = (word: string, cost: number) =>
    [1, 2, 3].some((at) => (costs.get(word.slice(0, at)) ?? 26) + (costs.get(word.slice(at)) ?? 26) <= cost);
  const torn = long.filter(([word, cost]) => wordsIn(word) !== word && !parts(word, cost));
  expect(torn).toEqual([]);
});

test("words of two, three and four, of the trade, and what is none", () => {
  expect(wordsIn("街道办公示低保户名单")).toBe("街道办|公示|低保户|名单");
  expect(wordsIn("明天上午停水")).toBe("明天|上午|停水");
  expect(wordsIn("喆堃翀")).toBe("喆|堃|翀");
  expect([...wordStarts("医疗保险")]).toEqual([1, 0, 2, 0]);
  expect([...wordStarts("")]).toEqual([]);
});

test("the same again after as many other texts as are kept", () => {
  const piece = fc
    .tuple(fc.nat(report.length - 40), fc.integer({ min: 0, max: 40 }))
    .map(([from, length]) => report.slice(from, from + length));
  fc.assert(
    fc.property(piece, fc.array(piece, { minLength: limits.textsParted, maxLength: 20 }), (text, others) => {
      const first = Array.from(wordStarts(text));
      for (const other of others) expect(wordStarts(other).length).toBe(other.length);
      expect(Array.from(wordStarts(text))).toEqual(first);
    }),
    { numRuns: 50 },
  );
});
