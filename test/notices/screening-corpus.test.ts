/** Precision and recall of the rules that read text, over the lines of `corpus/` (README.md there). */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plainContent } from "../../src/notices/draft.ts";
import { defaultRules, type Hit, screenNotice } from "../../src/notices/screening/index.ts";
import { calendar, file, parsed, site } from "./samples.ts";

type Expected = readonly [rule: string, found: string, proposal: string];
interface Line {
  readonly from: string;
  readonly text: string;
  readonly hits: readonly Expected[];
  readonly title?: string;
  readonly category?: string;
  readonly known?: string;
}

const folder = new URL("corpus/", import.meta.url);
const lines = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) =>
    readFileSync(new URL(name, folder), "utf8")
      .trim()
      .split("\n")
      .map((line): Line => ({ from: name, ...(JSON.parse(line) as Omit<Line, "from">) })),
  );

const context = { rules: defaultRules, zone: site.zone, calendar };
const textRules = ["id18", "id15", "mobile", "bankcard", "labelled", "address", "column", "name", "term"];
const isOfText = (hit: Hit) => textRules.includes(hit.rule);

function screened({ text, title = "标题", category = "政策落实" }: Line): Expected[] {
  const hits = screenNotice({ ...plainContent, title, category, body: text, fiveOpen: "结果公开" }, context);
  return hits.filter(isOfText).map(({ rule, found, proposal }) => [rule, found, proposal ?? ""]);
}

/** Taken out of `from`, one for one, by rule and by what stands there. */
function without(from: readonly Expected[], those: readonly Expected[]): Expected[] {
  const left = those.map(String);
  return from.filter((one) => {
    const at = left.indexOf(String(one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

test("the corpus is as large as it should be, and no line stands in it twice", () => {
  expect(lines.length).toBeGreaterThan(450);
  expect(new Set(lines.map(({ text, title, category }) => `${title} ${category} ${text}`)).size).toBe(lines.length);
});

test("each line comes out as it says, but those that are known not to", () => {
  const wrong = lines.filter((line) => JSON.stringify(screened(line)) !== JSON.stringify(line.hits));
  const told = (line: Line) => `${line.from}: ${line.text} → ${JSON.stringify(screened(line))}`;
  expect(wrong.filter(({ known }) => known === undefined).map(told), "mend the rule, or say why in `known`").toEqual(
    [],
  );
  const mended = lines.filter((line) => line.known !== undefined && !wrong.includes(line));
  expect(mended.map(told), "right by now: take its `known` out").toEqual([]);
});

describe("precision and recall", () => {
  const figures = textRules.map((rule) => {
    const of = (hits: readonly Expected[]) => hits.filter(([one]) => one === rule);
    const count = (pick: (line: Line) => readonly Expected[]) =>
      lines.reduce((sum, line) => sum + of(pick(line)).length, 0);
    const found = count(screened);
    const wanted = count(({ hits }) => hits);
    const missed = count((line) => without(line.hits, screened(line)));
    const falsely = count((line) => without(screened(line), line.hits));
    return { rule, wanted, found, precision: (found - falsely) / found, recall: (wanted - missed) / wanted };
  });
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    figures
      .map(
        ({ rule, wanted, precision, recall }) =>
          `${rule}: precision ${percent(precision)}, recall ${percent(recall)} of ${wanted}`,
      )
      .join("\n"),
  );

  test.each(figures)("$rule: $precision, $recall", ({ wanted, precision, recall }) => {
    expect(wanted).toBeGreaterThanOrEqual(6);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });
});

describe("texts of offices, as they are", () => {
  test("the annual report has no hit", () => {
    const body = readFileSync(new URL("../../fixtures/annual-report-2017.txt", import.meta.url), "utf8");
    expect(screened({ from: "", text: body, hits: [] })).toEqual([]);
  });

  test("nor have the samples, but N29", () => {
    const hit = parsed.accepted.filter(({ content }) => screenNotice(content, context).some(isOfText));
    expect(hit.map(({ id }) => id)).toEqual(["N29"]);
    expect(file.notices.length).toBe(40);
  });
});
