/** One calendar for all who ask, whose years are replaced while they do. */
import { expect, test } from "vitest";
import { changingCalendar, UnknownYear, workCalendar } from "../../src/time/calendar.ts";
import { dayNumberOf } from "../../src/time/days.ts";

const day = (date: string) => dayNumberOf(date) ?? Number.NaN;
const year = { year: 2099, source: "s", restDays: ["2099-01-01"], workingWeekends: ["2099-01-03"] };

test("a year that comes in is known to whoever holds the calendar, and its version says so", () => {
  const calendar = changingCalendar({ kind: "state-council", overrides: [] });
  expect(calendar.version).toBe(0);
  expect(() => calendar.kind(day("2099-01-03"))).toThrow(UnknownYear);
  calendar.replace({ kind: "state-council", overrides: [year] });
  expect(calendar.version).toBe(1);
  expect(["2099-01-01", "2099-01-02", "2099-01-03", "2099-01-04"].map((date) => calendar.kind(day(date)))).toEqual([
    "restday",
    "workday",
    "workday",
    "restday",
  ]);
  expect(calendar.covers(2099)).toBe(true);
  calendar.replace({ kind: "state-council", overrides: [] });
  expect([calendar.covers(2099), calendar.version]).toEqual([false, 2]);
});

test("without a calendar every day of every year is a working day", () => {
  const none = workCalendar({ kind: "none", overrides: [] });
  expect([none.covers(2150), none.kind(day("2150-01-01"))]).toEqual([true, "workday"]);
});
