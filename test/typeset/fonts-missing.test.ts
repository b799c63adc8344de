/** What a card's font lacks, where, and what is proposed (R14). */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charset } from "../../src/typeset/fonts/charsets.ts";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import { missingFromFace, missingFromProfile, mistypedZeros } from "../../src/typeset/missing.ts";

interface Sample {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly expect: { readonly glyphs?: readonly string[] };
}
const fixture = new URL("../../fixtures/sample-notices.json", import.meta.url);
const samples = (JSON.parse(readFileSync(fixture, "utf8")) as { notices: readonly Sample[] }).notices;
const n33 = samples.find(({ id }) => id === "N33") as Sample;
const hits = (text: string, profile: "GB2312" | "GBK" | "GB18030") =>
  missingFromProfile(text, profile).map(({ character, position }) => [character, position]);

describe("a card with a font of GB2312 only", () => {
  it("lacks exactly the five of N33, each told with its place", () => {
    const found = missingFromProfile(n33.body, "GB2312");
    expect(found.map(({ character }) => character)).toEqual(n33.expect.glyphs);
    expect(found.map(({ position }) => [...n33.body][position])).toEqual(n33.expect.glyphs);
    expect(missingFromProfile(n33.title, "GB2312")).toEqual([]);
  });

  it("has all that the other samples say", () => {
    const others = samples.filter(({ id }) => id !== "N33");
    expect(others.length).toBeGreaterThan(30);
    expect(others.flatMap(({ id, title, body }) => hits(title + body, "GB2312").map((hit) => [id, ...hit]))).toEqual(
      [],
    );
  });

  it("lacks less the more its font holds", () => {
    expect(hits(n33.body, "GBK").map(([character]) => character)).toEqual(["\u4dae"]);
    expect(hits(n33.body, "GB18030")).toEqual([]);
    expect(hits("\u{2cb4a}", "GB18030")).toEqual([["\u{2cb4a}", 0]]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const lacked = (profile: "GB2312" | "GBK" | "GB18030") =>
          new Set(hits(text, profile).map(([, position]) => position));
        for (const position of lacked("GB18030")) expect(lacked("GBK")).toContain(position);
        for (const position of lacked("GBK")) expect(lacked("GB2312")).toContain(position);
      }),
    );
  });

  it("and lists of the size that the standards say", () => {
    const size = (name: Parameters<typeof charset>[0]) => charset(name).size;
    expect([size("gb2312-level1"), size("gb2312-level2"), size("gb2312-symbols"), size("tongyong-8105")]).toEqual([
      3755, 3008, 682, 8105,
    ]);
    expect(hits("\u3000\u3001\u3002\u00b7\u2014\u2026\uff0c\uff1a\uff08\uffe5 A~\n", "GB2312")).toEqual([]);
  });
});

describe("what is proposed", () => {
  const proposal = (character: string) => missingFromProfile(character, "GB2312")[0]?.proposal;

  it.each([
    ["\u33a1", "平方米"],
    ["\u247f", undefined],
    ["\u246b", "(12)"],
    ["\u32bf", "(50)"],
    ["\u2776", "(1)"],
    ["\u2022", "\u00b7"],
    ["\u00bd", "1/2"],
    ["\u339d", "厘米"],
    ["\ufb01", "fi"],
    ["\u00a5", "\uffe5"],
  ])("for %s is %s", (character, replacement) => expect(proposal(character)?.replacement).toBe(replacement));

  it("for a character of a name is never another character", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x4e00, max: 0x9fa5 }), (codePoint) => {
        const found = proposal(String.fromCodePoint(codePoint));
        if (found === undefined) return;
        expect(found.replacement).toBeNull();
        expect(found.sentence.zh).toContain(String.fromCodePoint(codePoint));
      }),
      { examples: [[0x5586], [0x5803]] },
    );
    expect(proposal("\u3007")?.replacement).toBeNull();
  });

  it("can always be shown by the card", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0xa0, max: 0x1ffff }), (codePoint) => {
        const replacement = proposal(String.fromCodePoint(codePoint))?.replacement;
        if (replacement) expect(hits(replacement, "GB2312")).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("names what cannot be seen by its number", () => {
    expect(missingFromProfile("公\u202e开", "GB2312")).toMatchObject([{ character: "U+202E", position: 1 }]);
    expect(missingFromFace("公\ud83d\ude00开\u0007", faceOf({ sizePx: 16, weight: "regular" }))).toMatchObject([
      { character: "\ud83d\ude00", position: 1 },
      { character: "U+0007", position: 3 },
    ]);
  });
});

describe("a nought typed as something else in Chinese figures", () => {
  it("is found in N33's old draft, and nowhere else there", () => {
    expect(mistypedZeros(n33.body)).toMatchObject([{ character: "0", proposal: { replacement: "\u3007" } }]);
  });

  it.each([
    ["二00九年", [1, 2]],
    ["二O一七", [1]],
    ["二\u25cb一七", [1]],
    ["2017年10月", []],
    ["二0", []],
    ["一0天", []],
  ] as const)("%s", (text, places) => expect(mistypedZeros(text).map(({ position }) => position)).toEqual(places));

  it("a run as long as a notice is looked through once", () => {
    const noughts = "0".repeat(20_000);
    expect(mistypedZeros(noughts)).toEqual([]);
    expect(mistypedZeros(`甲\n二${noughts}一`)).toHaveLength(20_000);
    expect(mistypedZeros(`甲\n二${noughts}一`)[0]?.position).toBe(3);
  });
});
