/** Files of calendar years: whole or not at all, each mistake with its line in both languages. */
import { describe, expect, test } from "vitest";
import { mistakesInYear, readCalendarFile } from "../../src/config/index.ts";
import { limits } from "../../src/limits.ts";
import { remedy, sentence } from "../../src/fault.ts";

const good = `year: 2027
source: 国办发明电〔2026〕9号
restDays: [2027-01-01, 2027-01-02, 2027-01-03]
workingWeekends: [2027-01-09]
`;
const told = (text: string) => {
  const read = readCalendarFile(text, "f.yaml");
  return read.ok ? read.years.map(({ year }) => year) : read.faults.map((fault) => sentence(fault).en);
};

describe("what is read", () => {
  test("one year, as it stands", () => {
    expect(readCalendarFile(good, "f")).toEqual({
      ok: true,
      years: [
        {
          year: 2027,
          source: "国办发明电〔2026〕9号",
          restDays: ["2027-01-01", "2027-01-02", "2027-01-03"],
          workingWeekends: ["2027-01-09"],
        },
      ],
    });
  });

  const year = (year: number) => ({ year, source: "s", restDays: [`${year}-01-01`], workingWeekends: [] });
  test.each<[string, unknown]>([
    ["a list of them", [year(2027), year(2028)]],
    ["a list under years", { years: [year(2027), year(2028)] }],
  ])("%s, in JSON, too", (_, value) => {
    expect(told(JSON.stringify(value, null, 2))).toEqual([2027, 2028]);
  });

  test("the installation file's own form of a year", () => {
    expect(mistakesInYear(year(2027))).toEqual([]);
    expect(mistakesInYear({ ...year(2027), restDays: ["2028-01-01"] }).map(({ path }) => path.join("."))).toEqual([
      "restDays.0",
      "restDays",
    ]);
  });
});

describe("what is refused", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a day of another year",
      good.replace("2027-01-02", "2026-12-31"),
      ["f.yaml:3:24 2026-12-31 is not a day of 2027"],
    ],
    ["a day that is none", good.replace("2027-01-02", "2027-02-30"), ["f.yaml:3:24 2027-02-30 is not a day of 2027"]],
    [
      "a day that is off and worked",
      good.replace("2027-01-09", "2027-01-02"),
      ["f.yaml:4:19 2027-01-02 stands here twice"],
    ],
    [
      "a weekday that is said to be a weekend",
      good.replace("2027-01-09", "2027-01-08"),
      ["f.yaml:4:19 2027-01-08 is not a Saturday or Sunday"],
    ],
    ["no source", good.replace(/source: .*/, 'source: ""'), ['f.yaml:2:1 "source" is too short: at least 1']],
    [
      "a year that nobody filled in",
      "year: 2027\nsource: s\nrestDays: []\nworkingWeekends: []\n",
      ["f.yaml:3:11 New Year's Day of 2027 is not there"],
    ],
    [
      "New Year's Day worked",
      "year: 2028\nsource: s\nrestDays: []\nworkingWeekends: [2028-01-01]\n",
      ["f.yaml:3:11 New Year's Day of 2028 is not there"],
    ],
    ["a name that is not known", `${good}days: []\n`, ['f.yaml:5:1 unknown key "days"']],
    ["nothing", "", ["f.yaml:1:1 there is no year in it"]],
    ["years without any", "years: []\n", ["f.yaml:1:1 there is no year in it"]],
    [
      "a year twice",
      `years:\n  - { year: 2027, source: s, restDays: [2027-01-01], workingWeekends: [] }\n` +
        "  - { year: 2027, source: s, restDays: [2027-01-01], workingWeekends: [] }\n",
      ["f.yaml:3:13 year 2027 stands here twice"],
    ],
    ["more than a file may have", " ".repeat(limits.configFileBytes + 1), ["f.yaml:1:1 is larger than 262144 bytes"]],
    [
      "more years than may be kept",
      JSON.stringify(Array.from({ length: limits.calendarYears + 1 }, (_, at) => ({ year: 2000 + at }))),
      ["f.yaml:1:1 has more than 100 years"],
    ],
  ])("%s", (_, text, mistakes) => {
    expect(told(text)).toEqual(mistakes);
  });

  test("all that is wrong at once, a line each, and what to do in both languages", () => {
    const read = readCalendarFile(good.replace("2027-01-02", "2027-13-01").replace("2027-01-09", "2027-01-08"), "f");
    if (read.ok) throw new Error("it was read");
    expect(read.faults.map(({ line }) => line)).toEqual([3, 4]);
    for (const fault of read.faults) {
      expect(sentence(fault).zh).not.toBe("");
      expect(remedy(fault).zh).not.toBe(remedy(fault).en);
    }
  });
});
