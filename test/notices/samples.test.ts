/** What the samples expect of a notice by itself: dates, lateness, posting periods, personal numbers. R01, R04, R08, R14. */
import { describe, expect, test } from "vitest";
import { dueOn, isLate } from "../../src/notices/deadlines.ts";
import { screenContent, screenNumbers } from "../../src/notices/screening/index.ts";
import { dateOf, dayNumberOf } from "../../src/time/days.ts";
import { postingLength, workingDaysAfter } from "../../src/time/working-days.ts";
import { dayNumberAt } from "../../src/time/zone.ts";
import { calendar, expecting, file, parsed, sample, site } from "./samples.ts";

/** Every key of every `expect`, and where it is tested; or the issue that will. */
const accounts: Readonly<Record<string, string>> = {
  dueOn: "here",
  lateForDisclosure: "here, and by what is really shown in test/playlist/samples.test.ts",
  pii: "here",
  piiNote: "here",
  publicity: "here (the record's own `actual`)",
  displayable: "test/playlist/samples.test.ts",
  blockReason: "test/playlist/samples.test.ts",
  cronNote: "test/playlist/samples.test.ts",
  rotationNote: "test/playlist/samples.test.ts",
  effectiveBoards: "test/playlist/samples.test.ts",
  handback: "test/playlist/samples.test.ts",
  preempt: "test/playlist/samples.test.ts; the list of boards that a warning cannot reach is issue 4's",
  quietHours: "test/playlist/samples.test.ts",
  alert: "test/playlist/samples.test.ts; severity and expiry are read from CAP files, a later issue's",
  note: "counted days here (N05, N06, N31), slots in test/playlist/samples.test.ts (N16, N18, N35), fillers here (N17); N20 as `preempt`; N34 and N39 export and statistics, a later issue's",
  track: "here: no deadline, not counted",
  layout: "test/typeset",
  tableCheck: "test/typeset; the sums are checked when a table is entered, a later issue's",
  glyphs: "test/typeset",
  glyphNote: "test/typeset",
  namePolicy: "here: full names are no hit; masking by category in screening-mend.test.ts (R15)",
  nameNote: "here: full names are no hit; masking by category in screening-mend.test.ts (R15)",
  warning:
    "shown as the reason `closed` in test/playlist/samples.test.ts; said when scheduling in the issue of the web forms",
  printOut: "paper boards: a later issue (R26)",
  boardIssue: "issues of a board (期): a later issue (R25)",
  links: "a result linked to its 公示: a later issue (R08)",
  ruleset: "the change of rule set in 2019: a later issue (R35)",
  textExport: "short-message texts: a later issue (R43)",
  source: "says where the sample is from; nothing to test",
  fixtureNote: "says that the numbers are made up; nothing to test",
};

test("every key of every expectation is accounted for", () => {
  const keys = new Set(file.notices.flatMap((notice) => Object.keys(notice.expect)));
  expect([...keys].filter((key) => accounts[key] === undefined)).toEqual([]);
  expect(Object.keys(accounts).filter((key) => !keys.has(key) && key !== "publicity")).toEqual([]);
});

test("all forty samples are good records", () => {
  expect(parsed.refused).toEqual([]);
  expect(parsed.accepted.length).toBe(40);
});

const promises = site.disclosure ?? [];

describe("the last day in time (R01)", () => {
  test.each(expecting<string>("dueOn"))("%s: %s", (id, day) => {
    expect(dueOn(sample(id).content, calendar, promises)).toBe(day);
  });

  test("what has no deadline says so: other tracks, fillers, what is not disclosed proactively", () => {
    const without = parsed.accepted
      .filter(({ content }) => dueOn(content, calendar, promises) === null)
      .map(({ id }) => id);
    const with_ = new Set(expecting("dueOn").map(([id]) => id));
    expect(without).toEqual(file.notices.map(({ id }) => id).filter((id) => !with_.has(id)));
    expect(without).toContain("N12");
    expect(without).toContain("N17");
    expect(without).toContain("N27");
  });

  test("without a promise the law's 20 working days count; one that is longer does not count at all", () => {
    expect(dueOn(sample("N04").content, calendar, [])).toBe("2017-10-26");
    expect(dueOn(sample("N04").content, calendar, [{ from: "2017-01-01", workingDays: 30, source: "s" }])).toBe(
      "2017-10-26",
    );
  });

  test("28 of the samples count as 政府信息, by their five kinds (R06)", () => {
    const counts = new Map<string, number>();
    for (const { content } of parsed.accepted)
      if (content.track === "政府信息")
        counts.set(content.fiveOpen ?? "", (counts.get(content.fiveOpen ?? "") ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ 决策公开: 3, 执行公开: 4, 管理公开: 3, 服务公开: 6, 结果公开: 12 });
  });
});

describe("late or in time, by the day planned (R01)", () => {
  test.each(expecting<boolean>("lateForDisclosure"))("%s: %s", (id, late) => {
    const { content, schedule } = sample(id);
    const first = dateOf(dayNumberAt(site.zone, schedule.from));
    expect(isLate(dueOn(content, calendar, promises), first)).toBe(late);
  });

  test("N31 came 35 working days after it was formed", () => {
    expect(workingDaysAfter(day("2017-03-01"), day("2017-04-20"), calendar)).toBe(35);
  });

  test("on the day itself it is in time; the day after it is late; unseen or without deadline it is neither", () => {
    expect(isLate("2017-03-22", "2017-03-22")).toBe(false);
    expect(isLate("2017-03-22", "2017-03-23")).toBe(true);
    expect(isLate("2017-03-22", null)).toBeNull();
    expect(isLate(null, "2017-03-23")).toBeNull();
  });
});

describe("how long a 公示 hangs (R08)", () => {
  const posted = file.notices.flatMap(({ id, publicity, from, until }) =>
    publicity ? [{ id, ...publicity, from: from.slice(0, 10), until: until.slice(0, 10) }] : [],
  );
  test.each(posted)("$id: $actual of at least $required ($unit)", ({ from, until, unit, actual, required }) => {
    expect(postingLength(day(from), day(until), unit, calendar)).toBe(actual);
    expect(actual).toBeGreaterThanOrEqual(required);
  });

  test.each([
    ["to 11 October: exactly the 7 working days", "2017-10-11", "workday", 7],
    ["a day shorter: 6", "2017-10-10", "workday", 6],
    ["by calendar days to 3 October: 4 working days only", "2017-10-03", "workday", 4],
    ["by calendar days to 3 October: 7 days", "2017-10-03", "day", 7],
  ] as const)("N05 %s", (_what, until, unit, length) => {
    expect(postingLength(day("2017-09-27"), day(until), unit, calendar)).toBe(length);
  });
});

describe("personal numbers (R14)", () => {
  test.each(expecting<{ type: string; masked: string }[]>("pii"))("%s: each is found and masked", (id, hits) => {
    const found = screenContent(sample(id).content);
    expect(found.map(({ rule, proposal }) => ({ type: rule, masked: proposal }))).toEqual(hits);
  });

  test("no other sample has a hit: words without numbers, project numbers, credit codes, full names", () => {
    const hit = parsed.accepted.filter(({ content }) => screenContent(content).length > 0).map(({ id }) => id);
    expect(hit).toEqual(["N29"]);
  });

  test("N30 holds what looks like an identity number by its check digit, inside a longer run", () => {
    const { body } = sample("N30").content;
    expect(body).toContain("420000201706150000018");
    const cut = body.replace("420000201706150000018", "420000201706150000");
    expect(screenNumbers(cut).map(({ rule }) => rule)).toEqual(["id18"]);
  });
});

function day(date: string): number {
  return dayNumberOf(date) ?? Number.NaN;
}
