/** Totals are the sums of their rows, counted exactly; what cannot be added is left alone. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitReport } from "../../src/typeset/report.ts";
import { sentenceOf, totalsOf } from "../../src/typeset/templates/totals.ts";
import { typeset } from "../../src/typeset/index.ts";
import { boardShape, noticeIds, sampleContent, sampleRequest } from "./samples.ts";

const table = (...rows: string[]) => rows.join("\n");

describe("the samples", () => {
  it.each(noticeIds)("%s adds up, every row with as many cells as its heading", (id) => {
    expect(totalsOf(sampleContent(id).body)).toEqual([]);
  });

  it("any one figure of N09's table altered is told, in its column", () => {
    const { body } = sampleContent("N09");
    const figures = [...body.matchAll(/\d+\.\d\d/g)];
    expect(figures).toHaveLength(10);
    for (const [index, { 0: text, index: at }] of figures.entries()) {
      const altered = `${body.slice(0, at)}${(Number(text) + 0.1).toFixed(2)}${body.slice(at + text.length)}`;
      expect(totalsOf(altered)).toMatchObject([
        { kind: "total", row: "合计", column: index % 2 === 0 ? "预算数" : "决算数", difference: "0.10" },
      ]);
    }
  });

  it("and said so that it can be found, beside the pages", () => {
    const asked = sampleRequest("N09", boardShape("B3"));
    const body = asked.content.body.replace("9.50", "9.60");
    const set = typeset({ ...asked, content: { ...asked.content, body } });
    expect(set.ok && set.warnings).toEqual([
      {
        zh: "合计行“预算数”为 21.50\uff0c各行相加为 21.60\uff0c差 0.10\uff1b请核对",
        en: '"合计" of "预算数" is 21.50, its rows add up to 21.60: 0.10 apart; check the figures',
      },
    ]);
    const right = typeset(asked);
    expect(right.ok && right.warnings).toEqual([]);
  });

  it("whole in either language, whatever its row is called", () => {
    const asked = sampleRequest("N09", boardShape("B3"));
    const body = table("项目|收入 / 支出", "甲|1", "乙|2", "合计|4");
    const set = typeset({ ...asked, content: { ...asked.content, body } });
    if (!set.ok) throw new Error(JSON.stringify(set.faults));
    const options = { charactersPerSecond: 5, hasMs: null, pitchMm: null };
    const { warnings } = fitReport({ ...asked, ...set }, options);
    const said = warnings.flatMap((one) => (one.code === "setting" ? [one.what] : []));
    expect(said).toEqual([
      {
        zh: "合计行“收入 / 支出”为 4\uff0c各行相加为 3\uff0c差 1\uff1b请核对",
        en: '"合计" of "收入 / 支出" is 4, its rows add up to 3: 1 apart; check the figures',
      },
    ]);
  });
});

describe("a total", () => {
  it.each([
    ["thousands", table("户|金额", "甲|1,234.50", "乙|12,000", "合计|13,234.50")],
    ["万", table("户|金额", "甲|1.2万", "乙|8000", "合计|2万")],
    ["a unit behind", table("户|人数", "甲|3人", "乙|4人", "合计|7人")],
    ["blanks and dashes", table("户|金额", "甲|", "乙|—", "丙|5", "合计|5")],
    ["negative figures", table("项目|金额", "收|3.5", "退|-1.2", "合计|2.3")],
    ["parts", table("项目|金额", "甲|1", "乙|2", "小计|3", "丙|4", "小计|4", "合计|7")],
    ["totals of sections, and of all", table("项目|金额", "甲|1", "合计|1", "乙|2", "合计|2", "总计|3")],
    ["of which", table("项目|金额", "甲|5", "其中:乙|2", "丙|1", "合计|6")],
    ["spaced letters", table("项目|金额", "甲|0.1", "乙|0.2", "合 计|0.3")],
    ["a serial number before", table("序号|项目|金额", "1|甲|1", "2|乙|2", "|合计|3")],
    ["a total above its rows", table("项目|金额", "合计|3", "甲|1", "乙|2")],
  ])("is right with %s", (_, body) => expect(totalsOf(body)).toEqual([]));

  it.each([
    ["about", table("项目|次数", "电视|45余次", "报刊|75", "合计|1")],
    ["percentages", table("项目|完成", "甲|85%", "乙|90%", "合计|88%")],
    ["words", table("项目|金额", "甲|见附件", "乙|2", "合计|9")],
    ["different units", table("项目|数量", "甲|3人", "乙|2户", "合计|9")],
    ["unit prices", table("项目|单价", "甲|3", "乙|2", "合计|9")],
  ])("is not counted over %s", (_, body) => expect(totalsOf(body)).toEqual([]));

  it.each([
    [table("户|金额", "甲|1,234.5", "乙|1", "合计|1,236"), "1236.0", "1235.5", "0.5"],
    [table("户|金额", "甲|1", "乙|2", "小计|4", "丙|1", "合计|4"), "4", "3", "1"],
    [table("户|金额", "甲|1.2万", "乙|8000", "合计|3万"), "30000", "20000", "10000"],
    [
      table("户|金额", "甲|0.1", "乙|0.2", "合计|0.30000000000000004"),
      "0.30000000000000004",
      "0.30000000000000000",
      "0.00000000000000004",
    ],
    [table("户|金额", "甲|-3", "乙|1", "合计|2"), "2", "-2", "4"],
  ])("%j is wrong", (body, stated, computed, difference) =>
    expect(totalsOf(body)).toMatchObject([{ stated, computed, difference }]),
  );

  it("of any decimals is right as summed, and wrong by any other amount", () => {
    const figure = fc.record({ units: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), places: fc.nat(6) });
    const text = ({ units, places }: { units: bigint; places: number }) => {
      const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
      const point = digits.length - places;
      return `${units < 0n ? "-" : ""}${digits.slice(0, point)}${places > 0 ? "." : ""}${digits.slice(point)}`;
    };
    fc.assert(
      fc.property(
        fc.array(figure, { minLength: 1, maxLength: 8 }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (all, off) => {
          const sum = all.reduce((total, { units, places }) => total + units * 10n ** BigInt(6 - places), 0n);
          const rows = all.map((one, index) => `户${index}|${text(one)}`);
          const withTotal = (units: bigint) => table("户|金额", ...rows, `合计|${text({ units, places: 6 })}`);
          expect(totalsOf(withTotal(sum))).toEqual([]);
          expect(totalsOf(withTotal(sum + off))).toMatchObject([
            { difference: text({ units: off, places: 6 }).replace(/^0+(?=\d)/, "") },
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never throws, whatever stands in the table", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (cells) => {
        const remarks = totalsOf(`项目|金额\n${cells.join("|")}\n合计|${cells.join("\n")}`);
        for (const remark of remarks) expect(sentenceOf(remark).zh).not.toBe("");
      }),
    );
  });
});

describe("a row", () => {
  it("with a cell too few or too many is told by its line", () => {
    const remarks = totalsOf(table("说明", "户|人数|金额", "甲|1|2", "乙|3", "丙|1|2|3"));
    expect(remarks).toEqual([
      { kind: "cells", line: 4, row: "乙", has: 2, wants: 3 },
      { kind: "cells", line: 5, row: "丙", has: 4, wants: 3 },
    ]);
    expect(remarks.map((remark) => sentenceOf(remark).zh)[0]).toBe(
      "正文第 4 行“乙”有 2 格\uff0c表头是 3 格\uff1b请补齐或删去多余的竖线",
    );
  });
});
