/** 公开期限: which rule counts on which day, and how a notice stands to it. R01, R02. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deadlineOf, dueOn } from "../../src/notices/deadlines.ts";
import { disclosureRule, lawOfDisclosure, lawOfReplies, type RuleSet, ruleOn } from "../../src/notices/disclosure.ts";
import { plainContent } from "../../src/notices/draft.ts";
import type { Content } from "../../src/notices/types.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { dateOf, dayNumberOf } from "../../src/time/days.ts";
import { calendar, sample } from "./samples.ts";

const packaged = workCalendar({ kind: "state-council", overrides: [] });
const formed = (formedOn: string, changedOn?: string): Content => ({
  ...plainContent,
  title: "通知",
  body: "字",
  formedOn,
  ...(changedOn !== undefined && { changedOn }),
});
const promise = (workingDays: number, from = "2017-01-01"): RuleSet => ({
  from,
  workingDays,
  source: `${workingDays}`,
});

describe("which rule counts", () => {
  test.each<[string, string, readonly RuleSet[], string]>([
    ["the law of 2007", "2019-05-14", [], "492"],
    ["that of 2019 from its day on", "2019-05-15", [], "711"],
    ["a shorter promise", "2019-05-15", [promise(15)], "15"],
    ["no longer one", "2019-05-15", [promise(25)], "711"],
    ["nor one of as many days", "2019-05-15", [promise(20)], "711"],
    ["nor a promise of later", "2016-12-31", [promise(15)], "492"],
    ["the last promise, in whatever order", "2018-01-01", [promise(7, "2018-01-01"), promise(15)], "7"],
    ["the one before, the day before", "2017-12-31", [promise(7, "2018-01-01"), promise(15)], "15"],
    ["a promise that was given up again", "2018-01-01", [promise(15), promise(20, "2018-01-01")], "492"],
    ["before there was a law, its first", "2004-03-01", [], "492"],
  ])("%s", (_, day, promises, source) => {
    expect(disclosureRule(day, promises).source).toContain(source);
  });

  test("replies had 15 working days, and have 20 since 15 May 2019", () => {
    expect(["2008-04-30", "2019-05-14", "2019-05-15"].map((day) => ruleOn(lawOfReplies, day)?.workingDays)).toEqual([
      undefined,
      15,
      20,
    ]);
    expect(lawOfDisclosure.map(({ workingDays }) => workingDays)).toEqual([20, 20]);
  });

  test("what was formed earlier is never due later, whatever was promised from a day on", () => {
    const day = fc.integer({ min: dayNumberOf("2016-01-01") ?? 0, max: dayNumberOf("2019-10-01") ?? 0 });
    const property = fc.property(day, day, fc.integer({ min: 1, max: 40 }), (one, other, count) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      const due = (at: number) => dueOn(formed(dateOf(at)), packaged, [promise(count, "2008-01-01")]) ?? "";
      expect(due(first) <= due(second)).toBe(true);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe("how a notice stands to it", () => {
  const promises = [promise(15)];
  const n04 = sample("N04").content;
  const on = (today: string, first: string | null = null, content: Content = n04) =>
    deadlineOf(content, first, today, calendar, promises);

  // Due on 19 October 2017, the eight days of the holiday between.
  test.each<[string, string, number, string]>([
    ["six working days before", "2017-10-11", 6, "ample"],
    ["five", "2017-10-12", 5, "near"],
    ["over the holiday nine, though three weeks are left", "2017-09-30", 9, "ample"],
    ["on the day itself", "2017-10-19", 0, "near"],
    ["the day after", "2017-10-20", -1, "late"],
    ["on the weekend after, a working day late as on Friday", "2017-10-22", -1, "late"],
  ])("%s", (_, today, daysLeft, colour) => {
    expect(on(today)).toMatchObject({ dueOn: "2017-10-19", daysLeft, colour, lagDays: null });
  });

  test("a day off after it is late, though no working day has passed", () => {
    const friday = formed("2017-10-27");
    expect(on("2017-11-18", null, friday)).toMatchObject({ dueOn: "2017-11-17", daysLeft: 0, colour: "late" });
  });

  test("shown, it is met or late for good, and its lag is in working days", () => {
    expect(on("2017-12-01", "2017-10-19")).toMatchObject({ colour: "met", daysLeft: null, lagDays: 15 });
    expect(on("2017-12-01", "2017-10-20")).toMatchObject({ colour: "late", daysLeft: null, lagDays: 16 });
    expect(on("2017-12-01", n04.formedOn)).toMatchObject({ colour: "met", lagDays: 0 });
  });

  test("a day that is only planned shows nothing", () => {
    expect(on("2017-10-11", "2017-10-12")).toMatchObject({ colour: "ample", lagDays: null });
  });

  test("of what was changed the change counts, by the rule of that day (R02)", () => {
    const changed = { ...n04, changedOn: "2017-10-09" };
    expect(on("2017-10-20", null, changed)).toMatchObject({ dueOn: "2017-10-30", colour: "ample" });
    const later = formed("2019-05-01", "2019-05-20");
    expect(deadlineOf(later, null, "2019-05-20", packaged, [])?.rule.source).toContain("711");
  });

  test("none: other tracks, what is not disclosed proactively, fillers", () => {
    for (const other of [{ track: "党务" }, { openness: "依申请公开" }, { formedOn: null }] as const)
      expect(on("2017-10-20", null, { ...n04, ...other })).toBeNull();
  });
});
