/** 工作日 by the State Council's calendar, and counting by it. */
import chineseDays from "chinese-days";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UnknownYear, type WorkCalendar, workCalendar } from "../../src/time/calendar.ts";
import { dateOf, dayNumberOf, partsOf } from "../../src/time/days.ts";
import { nthWorkingDayAfter, postingLength, workingDaysAfter } from "../../src/time/working-days.ts";
import { site } from "../notices/samples.ts";

const day = (date: string) => dayNumberOf(date) ?? Number.NaN;
const packaged = workCalendar({ kind: "state-council", overrides: [] });
const samples = workCalendar(site.calendar);
const none = workCalendar({ kind: "none", overrides: [] });

function yearOf(year: number): number[] {
  const first = day(`${year}-01-01`);
  return Array.from({ length: day(`${year + 1}-01-01`) - first }, (_, index) => first + index);
}

describe("which days are worked", () => {
  test.each<[string, string, string]>([
    ["an ordinary Monday", "2017-11-06", "workday"],
    ["an ordinary Saturday", "2017-11-04", "restday"],
    ["a Saturday worked for a holiday", "2017-09-30", "workday"],
    ["a Monday off", "2017-10-02", "restday"],
    ["a Sunday worked", "2018-02-11", "workday"],
  ])("%s", (_what, date, kind) => {
    expect([packaged.kind(day(date)), samples.kind(day(date))]).toEqual([kind, kind]);
  });

  test.each([2017, 2018])("the samples' calendar of %i and the package's agree on every day", (year) => {
    expect(
      yearOf(year)
        .filter((one) => samples.kind(one) !== packaged.kind(one))
        .map(dateOf),
    ).toEqual([]);
  });

  test("a year in the overrides is known from there alone", () => {
    const own = workCalendar({
      kind: "state-council",
      overrides: [{ year: 2017, source: "office", restDays: ["2017-11-06"], workingWeekends: ["2017-11-05"] }],
    });
    expect(["2017-11-05", "2017-11-06", "2017-10-02", "2017-09-30"].map((date) => own.kind(day(date)))).toEqual([
      "workday",
      "restday",
      "workday",
      "restday",
    ]);
    expect(own.kind(day("2018-02-11"))).toBe("workday");
  });

  test("a year may be told before the package knows it", () => {
    const own = workCalendar({
      kind: "state-council",
      overrides: [{ year: 2098, source: "国办发明电", restDays: [], workingWeekends: [] }],
    });
    expect([own.covers(2098), packaged.covers(2098)]).toEqual([true, false]);
    expect(own.kind(day("2098-01-01"))).toBe("workday");
  });

  test.each([1999, 2098])("%i is not known: a fault, not an ordinary week", (year) => {
    expect(packaged.covers(year)).toBe(false);
    expect(() => packaged.kind(day(`${year}-05-05`))).toThrow(UnknownYear);
  });

  test("a year counts as known only if the package knows its holidays, whatever it answers", () => {
    const covered = Array.from({ length: 200 }, (_, index) => 1950 + index).filter((year) => packaged.covers(year));
    expect(covered).toContain(2017);
    for (const year of covered) {
      const rests = yearOf(year).filter(
        (one) => packaged.kind(one) === "restday" && ![0, 6].includes(partsOf(one).weekday),
      );
      // Seven statutory days off at the least, and weekends moved for them.
      expect(rests.length, String(year)).toBeGreaterThanOrEqual(7);
      expect(chineseDays.getDayDetail(`${year}-10-01`).work).toBe(false);
    }
  });

  test("`none`: every day is worked, in any year", () => {
    expect([none.kind(day("2017-10-01")), none.kind(day("2098-01-01")), none.covers(9999)]).toEqual([
      "workday",
      "workday",
      true,
    ]);
  });
});

describe("counting", () => {
  const days = fc.integer({ min: day("2017-01-01"), max: day("2018-10-01") });

  test("the nth working day after a day: that day does not count, and there are n of them", () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom<WorkCalendar>(samples, none),
        (from, count, calendar) => {
          const last = nthWorkingDayAfter(from, count, calendar);
          expect(calendar.kind(last)).toBe("workday");
          const between = Array.from({ length: last - from }, (_, index) => from + 1 + index);
          expect(between.filter((one) => calendar.kind(one) === "workday").length).toBe(count);
          expect(workingDaysAfter(from, last, calendar)).toBe(count);
        },
      ),
    );
  });

  test("lengths add up, first and last day included", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (first, more) => {
        expect(postingLength(first, first + more, "day", samples)).toBe(more + 1);
        const single = Array.from({ length: more + 1 }, (_, index) =>
          postingLength(first + index, first + index, "workday", samples),
        );
        expect(postingLength(first, first + more, "workday", samples)).toBe(single.reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  test("into a year that is not known is a fault", () => {
    expect(() => nthWorkingDayAfter(day("2097-12-31"), 1, packaged)).toThrow(UnknownYear);
  });
});
