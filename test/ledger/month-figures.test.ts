/** A month's figures: totals that are the sums of their parts, shares and averages that flatter nobody. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { averageWords, type MonthItem, monthSheet, monthTotals, shareWords } from "../../src/ledger/reports/index.ts";
import { noHash } from "../../src/ledger/row.ts";

const zone = "Asia/Shanghai";

describe("月报", () => {
  const item = fc.record({
    title: fc.constant("t"),
    unit: fc.constantFrom("民政办", "城管办", "综治办"),
    formedOn: fc.constant("2017-12-01"),
    shownOn: fc.constant("2017-12-04"),
    dueOn: fc.constant("2017-12-22"),
    lagDays: fc.option(fc.nat(60)),
    late: fc.option(fc.boolean()),
  });

  test("the units' figures add up to the register's", () => {
    fc.assert(
      fc.property(fc.array(item), (items: readonly MonthItem[]) => {
        const { units, all: sum } = monthTotals(items);
        expect(sum.items).toBe(items.length);
        expect(sum.late).toBe(items.filter(({ late }) => late === true).length);
        expect(sum.lagDays).toBe(items.reduce((days, { lagDays }) => days + (lagDays ?? 0), 0));
        for (const key of ["items", "dated", "late", "lagged", "lagDays"] as const)
          expect(units.reduce((total, unit) => total + unit[key], 0)).toBe(sum[key]);
      }),
    );
  });

  test("shares are never rounded up to the whole, averages half up, and nothing is divided by nothing", () => {
    expect([shareWords(9999, 10_000), shareWords(10_000, 10_000), shareWords(0, 0)]).toEqual(["99.9%", "100.0%", "—"]);
    expect([averageWords(7, 2), averageWords(1, 20), averageWords(1, 21), averageWords(0, 0)]).toEqual([
      "3.5",
      "0.1",
      "0.0",
      "—",
    ]);
  });

  test("a board without read-back has no share", () => {
    const sheet = [
      ...monthSheet({
        office: "办事处",
        zone,
        practice: false,
        period: "2017年12月",
        items: [],
        boards: [{ board: "B8", name: "屏", openMs: 3_600_000, confirmedMs: 0, readBack: false }],
        notes: [],
        foot: { seq: 0, hash: noHash, checkpoint: null },
        printedAt: 0,
      }),
    ].join("");
    expect(sheet).toContain("<td>1.0</td><td>无回读</td><td>—</td>");
    expect(sheet).not.toContain("演练");
  });
});
