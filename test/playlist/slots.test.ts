/** Slots and opening hours across midnight, across zone changes, and in years without a calendar. */
import { describe, expect, test } from "vitest";
import { UnknownYear, workCalendar } from "../../src/time/calendar.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { formatCivil } from "../../src/time/zone.ts";
import { openWindows, quietWindows, slotWindows } from "../../src/playlist/slots.ts";
import type { Rule } from "../../src/playlist/types.ts";

const known = workCalendar({
  kind: "state-council",
  overrides: [
    { year: 2017, source: "test", restDays: ["2017-10-02"], workingWeekends: ["2017-09-30"] },
    { year: 2099, source: "test", restDays: [], workingWeekends: [] },
  ],
});
const day = (date: string) => dayNumberOf(date) ?? Number.NaN;

/** "2017-10-01T00:00 → 2017-10-01T01:00" */
function told(windows: readonly { from: number; until: number }[], zone: string): string[] {
  return windows.map(
    ({ from, until }) => `${formatCivil(zone, from).slice(5, 16)} → ${formatCivil(zone, until).slice(5, 16)}`,
  );
}

const slots = (
  date: string,
  cron: string,
  slotMinutes: number,
  calendar: "everyday" | "workday" | "restday" = "everyday",
  zone = "Asia/Shanghai",
) => told(slotWindows({ cron, slotMinutes, calendar }, day(date), zone, known), zone);

describe("slots", () => {
  test.each<[string, string[], string[]]>([
    ["touching ones are one", slots("2017-11-06", "0,5 8 * * *", 5), ["11-06T08:00 → 11-06T08:10"]],
    ["overlapping ones are one", slots("2017-11-06", "0,5 8 * * *", 30), ["11-06T08:00 → 11-06T08:35"]],
    ["every minute is the whole day", slots("2017-11-06", "* * * * *", 1), ["11-06T00:00 → 11-07T00:00"]],
    [
      "one across midnight belongs to both days",
      slots("2017-11-06", "30 23 * * *", 60),
      ["11-05T23:30 → 11-06T00:30", "11-06T23:30 → 11-07T00:30"],
    ],
    ["one that ends at midnight is not the next day's", slots("2017-11-06", "0 23 5 11 *", 60), []],
    ["a day long", slots("2017-11-06", "0 12 5 11 *", 1440), ["11-05T12:00 → 11-06T12:00"]],
    [
      "an evening's is the evening's: Friday is a working day, Saturday is not",
      slots("2017-11-04", "30 23 * * *", 60, "workday"),
      ["11-03T23:30 → 11-04T00:30"],
    ],
    ["and the other way round", slots("2017-11-06", "30 23 * * *", 60, "restday"), ["11-05T23:30 → 11-06T00:30"]],
    ["a Saturday worked is no rest day", slots("2017-09-30", "0 8 * * *", 10, "restday"), []],
    ["and is a working day", slots("2017-09-30", "0 8 * * *", 10, "workday"), ["09-30T08:00 → 09-30T08:10"]],
    [
      "in the hour that spring skips: when it is over",
      slots("2017-03-26", "30 2 * * *", 10, "everyday", "Europe/Berlin"),
      ["03-26T03:00 → 03-26T03:10"],
    ],
    [
      "across that hour: as long as ever",
      slots("2017-03-26", "30 1 * * *", 60, "everyday", "Europe/Berlin"),
      ["03-26T01:30 → 03-26T03:30"],
    ],
    [
      "in the hour that autumn repeats: the first time",
      slots("2017-10-29", "30 2 * * *", 10, "everyday", "Europe/Berlin"),
      ["10-29T02:30 → 10-29T02:40"],
    ],
    [
      "through it: until the clock is past its end",
      slots("2017-10-29", "30 2 * * *", 60, "everyday", "Europe/Berlin"),
      ["10-29T02:30 → 10-29T03:30"],
    ],
  ])("%s", (_what, found, wanted) => {
    expect(found).toEqual(wanted);
  });

  const night = { fromMinute: 60, untilMinute: 180 };
  const across = { fromMinute: 1320, untilMinute: 120 };
  const york = "America/New_York";
  const ruled = (date: string, rule: Partial<Rule>, zone = "Asia/Shanghai") =>
    told(slotWindows({ cron: null, slotMinutes: 10, calendar: "everyday", ...rule }, day(date), zone, known), zone);

  test.each<[string, string[], string[]]>([
    ["hours alone are the slot", ruled("2017-11-06", { hours: night }), ["11-06T01:00 → 11-06T03:00"]],
    [
      "hours across midnight belong to the day on which they begin",
      ruled("2017-11-04", { hours: across, weekdays: [5] }),
      ["11-03T22:00 → 11-04T02:00"],
    ],
    ["and the evening of the Saturday is the Saturday's", ruled("2017-11-05", { hours: across, weekdays: [5] }), []],
    [
      "slots are cut to them",
      ruled("2017-11-06", { cron: "50 0,2 * * *", slotMinutes: 30, hours: night }),
      ["11-06T01:00 → 11-06T01:20", "11-06T02:50 → 11-06T03:00"],
    ],
    [
      "a slot in their early part is the day before's",
      ruled("2017-11-04", { cron: "0 1,12,23 * * *", hours: across, weekdays: [5] }),
      ["11-04T01:00 → 11-04T01:10"],
    ],
    [
      "an exception plays whatever weekday and calendar say; the last one counts",
      ruled("2017-11-05", {
        calendar: "workday",
        weekdays: [1],
        exceptions: [
          { name: "检修", from: "2017-11-01", until: "2017-11-30", plays: false },
          { name: "开放日", from: "2017-11-05", until: "2017-11-05", plays: true },
        ],
      }),
      ["11-05T00:00 → 11-06T00:00"],
    ],
    [
      "an exception does not bring back what the cron's own day fields leave out",
      ruled("2017-11-05", {
        cron: "0 8 * * 1",
        exceptions: [{ name: "开放日", from: "2017-11-05", until: "2017-11-05", plays: true }],
      }),
      [],
    ],
    ["01:00-03:00 is an hour in spring", ruled("2017-03-12", { hours: night }, york), ["03-12T01:00 → 03-12T03:00"]],
    [
      "hours that are skipped are none",
      ruled("2017-03-12", { hours: { fromMinute: 120, untilMinute: 180 } }, york),
      [],
    ],
  ])("%s", (_what, found, wanted) => {
    expect(found).toEqual(wanted);
  });

  test("01:00-03:00 is one hour of elapsed time in spring, three in autumn", () => {
    const lasting = (date: string) =>
      slotWindows({ cron: null, slotMinutes: 0, calendar: "everyday", hours: night }, day(date), york, known).map(
        ({ from, until }) => (until - from) / 3_600_000,
      );
    expect([lasting("2017-03-12"), lasting("2017-11-05"), lasting("2017-11-06")]).toEqual([[1], [3], [2]]);
  });

  test("no cron is the whole day, if the calendar lets it", () => {
    const all = { cron: null, slotMinutes: 0, calendar: "workday" as const };
    expect(told(slotWindows(all, day("2017-11-06"), "Asia/Shanghai", known), "Asia/Shanghai")).toEqual([
      "11-06T00:00 → 11-07T00:00",
    ]);
    expect(slotWindows(all, day("2017-11-05"), "Asia/Shanghai", known)).toEqual([]);
  });

  test("a year without a calendar is asked about only where the answer depends on it", () => {
    const at8 = { cron: "0 8 * * *", slotMinutes: 10, calendar: "workday" as const };
    const late = { ...at8, cron: "55 23 * * *" };
    expect(() => slotWindows(at8, day("2098-03-03"), "Asia/Shanghai", known)).toThrow(UnknownYear);
    expect(() =>
      slotWindows({ ...at8, calendar: "everyday" }, day("2098-03-03"), "Asia/Shanghai", known),
    ).not.toThrow();
    expect(() => slotWindows({ ...at8, cron: "0 8 4 * *" }, day("2098-03-03"), "Asia/Shanghai", known)).not.toThrow();
    // The last evening of 2098 ends in 2099 only if its slot reaches over.
    expect(told(slotWindows(at8, day("2099-01-01"), "Asia/Shanghai", known), "Asia/Shanghai")).toEqual([
      "01-01T08:00 → 01-01T08:10",
    ]);
    expect(() => slotWindows(late, day("2099-01-01"), "Asia/Shanghai", known)).toThrow(UnknownYear);
  });
});

const open = (
  date: string,
  fromMinute: number,
  untilMinute: number,
  days: "everyday" | "workday" | "restday" = "everyday",
) => told(openWindows({ fromMinute, untilMinute, days }, day(date), "Asia/Shanghai", known), "Asia/Shanghai");

describe("opening hours", () => {
  test.each<[string, string[], string[]]>([
    ["of a day", open("2017-11-06", 480, 1080), ["11-06T08:00 → 11-06T18:00"]],
    ["all day", open("2017-11-06", 0, 1440), ["11-06T00:00 → 11-07T00:00"]],
    [
      "over midnight: a morning and an evening",
      open("2017-11-06", 1200, 120),
      ["11-06T00:00 → 11-06T02:00", "11-06T20:00 → 11-07T00:00"],
    ],
    ["over midnight to midnight: an evening", open("2017-11-06", 1200, 0), ["11-06T20:00 → 11-07T00:00"]],
    ["from one minute to the same: a whole day", open("2017-11-06", 480, 480), ["11-06T00:00 → 11-07T00:00"]],
    ["not on a Saturday", open("2017-11-04", 480, 1080, "workday"), []],
    [
      "over midnight, the morning belongs to the evening before",
      open("2017-11-04", 1200, 120, "workday"),
      ["11-04T00:00 → 11-04T02:00"],
    ],
    [
      "a Monday's evening only: no Sunday before it was open",
      open("2017-11-06", 1200, 120, "workday"),
      ["11-06T20:00 → 11-07T00:00"],
    ],
    ["a Saturday worked", open("2017-09-30", 480, 1080, "workday"), ["09-30T08:00 → 09-30T18:00"]],
    ["a Monday off", open("2017-10-02", 480, 1080, "workday"), []],
    [
      "a year that nobody knows: open, for a dark board serves nobody",
      open("2098-03-02", 480, 1080, "workday"),
      ["03-02T08:00 → 03-02T18:00"],
    ],
  ])("%s", (_what, found, wanted) => {
    expect(found).toEqual(wanted);
  });
});

describe("quiet hours", () => {
  const night = { fromMinute: 1320, untilMinute: 420, days: "everyday" as const, shows: "default" as const };
  const noon = { fromMinute: 750, untilMinute: 840, days: "workday" as const, shows: "nothing" as const };
  const quiet = (date: string, priority: number) =>
    told(quietWindows([night, noon], priority, day(date), "Asia/Shanghai", known), "Asia/Shanghai");

  test.each<[string, string[], string[]]>([
    [
      "keep what rotates off",
      quiet("2017-11-06", 5),
      ["11-06T00:00 → 11-06T07:00", "11-06T12:30 → 11-06T14:00", "11-06T22:00 → 11-07T00:00"],
    ],
    ["keep the default picture off where they show nothing", quiet("2017-11-06", 10), ["11-06T12:30 → 11-06T14:00"]],
    ["keep no warning off", quiet("2017-11-06", 0), []],
    ["of working days are not on Sundays", quiet("2017-11-05", 10), []],
    ["of working days are not in a year that nobody knows", quiet("2098-03-03", 10), []],
  ])("%s", (_what, found, wanted) => {
    expect(found).toEqual(wanted);
  });
});
