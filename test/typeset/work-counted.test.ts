/** How much work long texts and large panels are, counted: nothing is done again for each day, row or line. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Content } from "../../src/notices/types.ts";
import { glyphBytesHeld } from "../../src/typeset/fonts/index.ts";
import { type TypesetRequest, typeset } from "../../src/typeset/index.ts";
import { brokenWords, firstWithPrefix, tailOf } from "../../src/typeset/report-broken.ts";
import { saidOf } from "../../src/typeset/report-words.ts";
import { instant, request } from "./samples.ts";

const screen = { width: 1920, height: 1080, colour: "rgb" } as const;

/** Texts parted into graphemes: once for each face that a text with an accent in it is measured in. */
function textsMeasured(asked: TypesetRequest): number {
  const parted = vi.spyOn(Intl.Segmenter.prototype, "segment");
  try {
    expect(typeset(asked)).toMatchObject({ ok: true });
    return parted.mock.calls.length;
  } finally {
    parted.mockRestore();
  }
}

/** What `Math.max` looks through, values altogether. */
function valuesCompared(work: () => void): number {
  const compared = vi.spyOn(Math, "max");
  try {
    work();
    return compared.mock.calls.reduce((sum, values) => sum + values.length, 0);
  } finally {
    compared.mockRestore();
  }
}

describe("a size is sought", () => {
  const days = (count: number) => ({
    ...request(screen, { displayKind: "countdown", body: `${count} e\u0301 距离竣工验收还有{{daysTo:2017-09-01}}天` }),
    window: {
      from: instant("2017-03-06T00:00"),
      until: instant(`2017-03-${String(6 + count).padStart(2, "0")}T00:00`),
    },
  });

  it("once for all days of a countdown whose counts have as many figures", () => {
    const [one, ten] = [textsMeasured(days(1)), textsMeasured(days(10))];
    // Each further day: in ordinary letters for its length, and in those that were found.
    expect(ten - one).toBeLessThanOrEqual(9 * 2);
  });

  it("among those of which the lines are not too high together", () => {
    const body = ["欢迎", "e\u0301 检查组", "莅临"].join("\n");
    expect(textsMeasured(request(screen, { displayKind: "welcome", body }))).toBeLessThan(sizesMost);
  });
});

/** Of some eighty from 1080 dots downwards. */
const sizesMost = 12;

describe("a table", () => {
  it("is set with as much work for each row, however many there are", () => {
    const rows = (count: number): Partial<Content> => ({
      displayKind: "table",
      body: `甲|乙\n${Array.from({ length: count }, (_, at) => `${at}|${at}.5`).join("\n")}`,
    });
    const small = { width: 256, height: 96, colour: "mono" } as const;
    const [few, many] = [500, 1000].map((count) => valuesCompared(() => typeset(request(small, rows(count)))));
    expect(many).toBeLessThan((few as number) * 2.5);
  });
});

describe("a fit report", () => {
  it("draws no character to learn which face has it", () => {
    const asked = request(screen, { displayKind: "slogan", body: "翕羿翀翊" });
    const set = typeset(asked);
    if (!set.ok) throw new Error("not set");
    const held = glyphBytesHeld();
    saidOf(asked, set, { charactersPerSecond: 5, hasMs: null, pitchMm: null }, typeset);
    expect(glyphBytesHeld()).toBe(held);
  });

  it("looks up a line's word without going through all words", () => {
    const words = Array.from({ length: 3000 }, (_, at) => `${at.toString(36)}x${at}`);
    const lines = words.flatMap((word) => [word.slice(0, -1), word.slice(-1)]);
    const compared = vi.spyOn(String.prototype, "startsWith");
    const broken = brokenWords(words.join(" "), [{ lines, stands: true }]);
    const calls = compared.mock.calls.length;
    compared.mockRestore();
    expect(broken.length).toBeGreaterThanOrEqual(words.length - 10);
    expect(calls).toBeLessThan(lines.length * 4);
  });

  it("finds the word that a search from the first would", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "\u00e9", "1", "."), maxLength: 5 });
    fc.assert(
      fc.property(fc.uniqueArray(word), word, (words, prefix) => {
        expect(firstWithPrefix(words)(prefix)).toBe(words.find((one) => one.startsWith(prefix)));
      }),
    );
  });

  it("takes as a line's last word what a pattern would, and looks at each character once", () => {
    const tail = /[\p{Script=Latin}\d][\p{Script=Latin}\d.,:/%-]*$/u;
    const line = fc.string({ unit: fc.constantFrom("a", "7", ".", "-", "%", " ", "国", "\u{20000}"), maxLength: 12 });
    fc.assert(
      fc.property(line, (text) => {
        expect(tailOf(text)).toBe(tail.exec(text)?.[0] ?? "");
      }),
    );
    const looked = vi.spyOn(RegExp.prototype, "test");
    const [none, all] = [tailOf(`${"a".repeat(1000)}国`), tailOf(`国${"a".repeat(1000)}`)];
    const looks = looked.mock.calls.length;
    looked.mockRestore();
    expect([none, all.length]).toEqual(["", 1000]);
    expect(looks).toBeLessThanOrEqual(2 * 1001 + 1);
  });
});
