/** Any text on any panel: a message that is one, with a report, or faults in both languages; never an exception, twice the same. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { remedy, sentence } from "../../src/fault.ts";
import { messageProblem, type Shape } from "../../src/message/index.ts";
import { plainContent } from "../../src/notices/draft.ts";
import { contentSchema } from "../../src/notices/import-format.ts";
import type { Content } from "../../src/notices/types.ts";
import { plainText, typeset } from "../../src/typeset/index.ts";
import { saidOf } from "../../src/typeset/report-words.ts";

const seed = Number(process.env.BOARDCAST_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const parameters = (numRuns: number): fc.Parameters<unknown> => ({ seed, numRuns, verbose: 1 });

const shape: fc.Arbitrary<Shape> = fc.record({
  width: fc.oneof(fc.integer({ min: 16, max: 400 }), fc.constantFrom(16, 17, 80, 128, 400)),
  height: fc.oneof(fc.integer({ min: 7, max: 200 }), fc.constantFrom(7, 8, 12, 16, 32, 64)),
  colour: fc.constantFrom("mono", "dual", "rgb"),
});

/** What offices write. */
const office = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.stringMatching(/^[\u4e00\u4e8c\u653f\u52a1\u516c\u5f00\u680f\u505c\u6c34\u901a\u77e5]{1,30}$/),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "〔2017〕15号",
      "2017年9月25日8:00至18:00",
      "0715-5331234",
      "Wi-Fi",
      "\u3001",
      "\u3002\u201d",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.string({ unit: fc.constantFrom("|", "\t", "\n", " ", "\u3000", "甲", "1"), maxLength: 20 }),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-zA-Z]{1,40}$/) },
);
/** What people paste, and what nobody should. */
const wild = fc.oneof(
  office,
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "😀",
    "👨‍👩‍👧",
    "שלום",
    "مرحبا",
    "བོད",
    "\u202e",
    "\ud800",
    "\udc00",
    "\0",
    "\u0007",
    "e\u0301".repeat(40),
  ),
);
const text = (piece: fc.Arbitrary<string>) => fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(""));

const kinds = contentSchema.shape.displayKind.options;
const contentOf = (piece: fc.Arbitrary<string>): fc.Arbitrary<Content> =>
  fc
    .record({
      title: text(piece),
      body: text(piece),
      displayKind: fc.constantFrom(...kinds),
      org: fc.oneof(fc.constant(""), text(piece)),
      date: fc.constantFrom(null, "2017-09-24"),
    })
    .map(({ org, date, ...rest }) => ({ ...plainContent, ...rest, signature: { org, date } }));

const from = Date.parse("2017-12-05T00:00:00+08:00");
const options = { charactersPerSecond: 5, hasMs: 20_000, pitchMm: 10 };

/** Whether anything was set. */
function holds(content: Content, on: Shape): boolean {
  const request = {
    notice: "F1",
    content,
    shape: on,
    zone: "Asia/Shanghai",
    window: { from, until: from + 3 * 86_400_000 },
  };
  const result = typeset(request);
  expect(typeset(request)).toEqual(result);
  if (!result.ok) {
    expect(result.faults.length).toBeGreaterThan(0);
    for (const fault of result.faults)
      for (const said of [sentence(fault), remedy(fault)]) {
        expect(said.zh).toMatch(/\p{Script=Han}/u);
        expect(said.en).toMatch(/[A-Za-z]{3}/);
        expect(said.zh + said.en).not.toMatch(/undefined|NaN|\[object/);
      }
    return false;
  }
  expect(messageProblem(on, result.message.pages)).toBeNull();
  expect(result.facts).toHaveLength(result.message.pages.length);
  const report = saidOf(request, result, options, typeset);
  for (const { zh, en } of [
    report.words.summary,
    ...report.words.facts,
    ...report.words.remarks.map(({ what }) => what),
  ])
    expect(zh + en).not.toMatch(/undefined|NaN|Infinity|\[object/);
  return true;
}

test(`what offices write, on any panel; most of it can be set (seed ${seed})`, () => {
  let [set, all] = [0, 0];
  const counted = (content: Content, on: Shape) => {
    all++;
    if (holds(content, on)) set++;
  };
  fc.assert(fc.property(contentOf(office), shape, counted), parameters(100));
  expect(set).toBeGreaterThan(all / 3);
}, 120_000);

test(`any content on any panel (seed ${seed})`, () => {
  fc.assert(
    fc.property(contentOf(wild), shape, (content, on) => void holds(content, on)),
    parameters(150),
  );
}, 120_000);

test(`any text file on any panel (seed ${seed})`, () => {
  fc.assert(
    fc.property(text(wild), shape, (file, on) => void holds(plainText(file), on)),
    parameters(150),
  );
}, 120_000);
