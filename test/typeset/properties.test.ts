/**
 * What holds of every notice on every panel from 16 x 7 up. What is lit is read back from the pixels by `reader.ts`, which
 * knows the faces and nothing of the layout; a failure prints its seed.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { remedy, sentence } from "../../src/fault.ts";
import { decodeMessage, messageProblem, pageMs, rowStride, type Shape } from "../../src/message/index.ts";
import { chineseFromPx } from "../../src/typeset/grid.ts";
import { createTypesetter, typeset } from "../../src/typeset/index.ts";
import { longestRun } from "../../src/typeset/line-break.ts";
import { cellsOf } from "../../src/typeset/text.ts";
import { anyNotice, junk, notices, oddText, screens, shapes, wideShapes, type Written } from "./generators.ts";
import { hashOf } from "./hashes.ts";
import { mayNotBegin, mayNotEnd, wholes } from "./office-text.ts";
import { facesOf, plain, Reader, type SetOk } from "./reader.ts";
import { request } from "./samples.ts";

/** Null: it cannot be set, and says so in sentences. */
function set(shape: Shape, content: Written["content"]): SetOk | null {
  const result = typeset(request(shape, content));
  if (result.ok) return result;
  expect(result.faults.length).toBeGreaterThan(0);
  for (const fault of result.faults)
    for (const { zh, en } of [sentence(fault), remedy(fault)]) {
      expect(zh).toMatch(/\p{Script=Han}{2}/u);
      expect(en).toMatch(/[A-Za-z]{2,} [A-Za-z]{2,}/);
    }
  return null;
}

/** Only panels too low for Chinese refuse it. */
function setUnlessLow(shape: Shape, { content }: Written): SetOk | null {
  const made = set(shape, content);
  if (made === null) expect(shape.height).toBeLessThan(chineseFromPx);
  return made;
}

/** Pages' texts as told: what stands again on a page goes. */
function toldOnce(pages: readonly string[], again: string): string {
  return pages
    .map(plain)
    .reduce((told, page) => told + (told !== "" && page.startsWith(again) ? page.slice(again.length) : page), "");
}

function countOf(text: string, part: string): number {
  return part === "" ? 0 : text.split(part).length - 1;
}

/** What of `wanted` is not in `found`, each character as often as it is missing; and what is there too often. */
function difference(wanted: string, found: string): { readonly missing: string; readonly extra: string } {
  const counts = new Map<string, number>();
  for (const character of wanted) counts.set(character, (counts.get(character) ?? 0) + 1);
  for (const character of found) counts.set(character, (counts.get(character) ?? 0) - 1);
  const times = (sign: number) =>
    [...counts].map(([character, count]) => character.repeat(Math.max(0, sign * count))).join("");
  return { missing: times(1), extra: times(-1) };
}

/** Labels have them narrow in letters of dots, else as wide as an ideograph. */
const bothWidths = "()\uff08\uff09:\uff1a";

function expectTold({ told, again, cells }: Written, made: SetOk): void {
  const pages = new Reader(`${told.join("")}${again}${bothWidths}`).pages(made);
  if (cells.length === 0) {
    expect(told.map(plain)).toContain(toldOnce(pages, plain(again)));
    return;
  }
  // Cells stand beside one another, or one under another behind their headings; the name of a row may stand again.
  const { missing, extra } = difference(plain(told[0] ?? ""), plain(pages.join("")));
  expect(missing).toBe("");
  const rowNames = cells.filter((cell) => /\p{Script=Han}/u.test(cell)).join("");
  expect([...extra].filter((character) => !plain(`${again}${rowNames}:`).includes(character))).toEqual([]);
  const all = plain(pages.join(""));
  for (const cell of new Set(cells)) expect(countOf(all, plain(cell))).toBeGreaterThanOrEqual(1);
}

function expectExact(made: SetOk, shape: Shape): void {
  expect(messageProblem(shape, made.message.pages)).toBeNull();
  const decoded = decodeMessage(made.message.bytes);
  expect(decoded.ok && decoded.message.hash).toBe(made.message.hash);
  expect(made.facts).toHaveLength(made.message.pages.length);
  for (const { bitmap, motion } of made.message.pages) {
    if (motion === "hold") expect([bitmap.width, bitmap.height]).toEqual([shape.width, shape.height]);
    const padding = (8 - (bitmap.width % 8)) % 8;
    if (bitmap.format !== "mono1" && bitmap.format !== "dual2") continue;
    const stride = rowStride(bitmap.width, bitmap.format);
    for (let at = stride - 1; at < bitmap.pixels.length; at += stride)
      expect((bitmap.pixels[at] as number) & (2 ** padding - 1)).toBe(0);
  }
}

/** The narrowest that a line of running text is: margins, an indent of two, half an ideograph that is not used. */
function lineLeastPx({ width }: Shape, em: number): number {
  const side = em >= 24 ? Math.max(em * 1.5, width * 0.04) : 8;
  return width - 2 * Math.ceil(side) - Math.ceil(em * 2.5);
}

/** Whether every run of the texts fits a line in every face of the page, so that nothing has to be broken. */
function hasRoom(texts: readonly string[], shape: Shape, facts: SetOk["facts"]): boolean {
  return facts
    .flatMap(facesOf)
    .every((face) =>
      texts.every((text) => longestRun(cellsOf(text, face).cells, face.sizePx) <= lineLeastPx(shape, face.sizePx)),
    );
}

function expectLines({ running, content }: Written, made: SetOk, shape: Shape): boolean {
  const stands = made.message.pages.every(({ motion }) => motion === "hold" || motion === "scroll-up");
  if (running.length === 0 || !stands || !hasRoom(running, shape, made.facts)) return false;
  const lines = made.facts.flatMap((facts) => facts.lines);
  for (const line of lines) {
    expect(line.trim()).not.toMatch(mayNotBegin);
    expect(line.trim()).not.toMatch(mayNotEnd);
  }
  for (const whole of wholes) {
    const wanted = countOf([content.title, content.body].join("\n"), whole);
    const found = lines.reduce((sum, line) => sum + countOf(line, whole), 0);
    if (running.some((text) => text.includes(whole))) expect(found, whole).toBeGreaterThanOrEqual(wanted);
  }
  return true;
}

/** More of them: `BOARDCAST_RUNS=1000`. */
const settled = { numRuns: Number(process.env.BOARDCAST_RUNS ?? 60) };

describe.each(Object.keys(notices))("a %s on any panel", (kind) => {
  const arbitrary = notices[kind] as fc.Arbitrary<Written>;

  it("is told whole, in order, once, by the dots alone; or refused in sentences", () => {
    let count = 0;
    const property = fc.property(arbitrary, shapes, (written, shape) => {
      const made = setUnlessLow(shape, written);
      if (made === null) return;
      expectTold(written, made);
      count++;
    });
    fc.assert(property, settled);
    expect(count).toBeGreaterThan(settled.numRuns / 2);
  });

  it("lights nothing outside, and nothing that flashes", () => {
    fc.assert(
      fc.property(arbitrary, shapes, (written, shape) => {
        const made = setUnlessLow(shape, written);
        if (made === null) return;
        expectExact(made, shape);
        for (const page of made.message.pages) {
          expect(page.motion).not.toBe("blink");
          expect(pageMs(page)).toBeGreaterThanOrEqual(1000);
        }
      }),
      settled,
    );
  });
});

describe.each(["slogan", "notice", "list", "emergency", "cover", "publicity"])("the lines of a %s", (kind) => {
  it("begin and end where they may, and no number, date or word is broken that fits one", () => {
    let looked = 0;
    const property = fc.property(notices[kind] as fc.Arbitrary<Written>, wideShapes, (written, shape) => {
      const made = set(shape, written.content);
      if (made && expectLines(written, made, shape)) looked++;
    });
    fc.assert(property, settled);
    // Mostly a third of them; fewer by the luck of the draw.
    expect(looked).toBeGreaterThan(settled.numRuns / 10);
  });
});

describe("on large screens", () => {
  it("a notice of any kind is told whole, its lines as they should be", () => {
    fc.assert(
      fc.property(anyNotice, screens, (written, shape) => {
        const made = set(shape, written.content);
        if (made === null) throw new Error("refused");
        expectTold(written, made);
        expectExact(made, shape);
        expectLines(written, made, shape);
      }),
      { numRuns: 8 },
    );
  });
});

describe("whatever was pasted", () => {
  it("is a message, or refused in sentences", () => {
    fc.assert(
      fc.property(junk, shapes, (content, shape) => {
        const made = set(shape, content);
        if (made !== null) expectExact(made, shape);
      }),
      { numRuns: 100 },
    );
  });

  it("has every grapheme in its lines, in order", () => {
    let count = 0;
    const property = fc.property(oddText, shapes, (content, shape) => {
      const made = set(shape, content);
      if (made === null) return;
      const { title, body, signature } = content;
      const all = [title, body, signature.org, signature.date === null ? "" : "2017年3月6日"].join("");
      expect(visible(made.facts.flatMap(({ lines }) => lines).join(""))).toBe(visible(all));
      count++;
    });
    fc.assert(property, { numRuns: 100 });
    expect(count).toBeGreaterThan(45);
  });
});

/** Without spaces, and what has no dots. */
function visible(text: string): string {
  return text.replace(/\s|\u00ad|[\u200b-\u200d]|\u2060|\ufeff|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu, "");
}

describe("the same notice", () => {
  it("is the same message: again, after others, and in a thread that has set nothing yet", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyNotice, shapes), { minLength: 12, maxLength: 24 }), async (asked) => {
        const requests = asked.map(([{ content }, shape]) => request(shape, content));
        const hashes = requests.map(hashOf);
        expect(requests.toReversed().map(hashOf).toReversed()).toEqual(hashes);
        const typesetter = createTypesetter();
        const answers = await Promise.all(requests.toReversed().map((one) => typesetter.ask(one)));
        const answered = answers.map((one) => (one.ok ? one.message.hash : JSON.stringify(one.faults)));
        expect(answered.toReversed()).toEqual(hashes);
      }),
      { numRuns: 2 },
    );
  });
});
