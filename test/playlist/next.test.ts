/** Next starts against the slow way to find them, and against the playlist's own slots. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextStart, nextStarts } from "../../src/playlist/index.ts";
import { slotWindows } from "../../src/playlist/slots.ts";
import type { Rule } from "../../src/playlist/types.ts";
import { UnknownYear, workCalendar } from "../../src/time/calendar.ts";
import { formatCivil } from "../../src/time/zone.ts";
import { startsFrom } from "./oracle.ts";
import { runs, tellSeed } from "./runs.ts";
import { calendarOf, richCases, startOf } from "./towns.ts";
import { dayOn } from "./wall.ts";

tellSeed("next");
const dayMs = 86_400_000;

describe("the next start", () => {
  test("is the first minute at which the slow scheduler begins a slot, wherever one asks from", () => {
    let found = 0;
    fc.assert(
      fc.property(
        richCases,
        fc.array(fc.integer({ min: -dayMs, max: dayMs }), { minLength: 3, maxLength: 3 }),
        (one, drawn) => {
          const until = startOf(one, 2);
          for (const { rule } of one.town.candidates) {
            const starts = startsFrom(rule, one.town, one.day - 1, one.day + 1);
            const edges = starts.slice(0, 20).flatMap((start) => [start - 1, start]);
            for (const after of [...drawn.map((ms) => startOf(one) + ms), ...edges]) {
              if (dayOn(one.zone, after) < one.day - 1) continue;
              const wanted = starts.find((start) => start > after && start < until) ?? null;
              expect(nextStart(rule, after, one.zone, calendarOf(one), until), JSON.stringify(rule)).toBe(wanted);
              if (wanted !== null) found++;
            }
            const first = startOf(one, -1);
            expect(nextStarts(rule, first - 1, 5, one.zone, calendarOf(one), until)).toEqual(
              starts.filter((start) => start >= first && start < until).slice(0, 5),
            );
          }
        },
      ),
      runs(50),
    );
    expect(found).toBeGreaterThan(500);
  });

  test("begins each of the slots that the playlist has, and nothing else", () => {
    fc.assert(
      fc.property(richCases, (one) => {
        const calendar = calendarOf(one);
        for (const { rule } of one.town.candidates) {
          const windows = slotWindows(rule, one.day, one.zone, calendar);
          for (const { from, until } of windows) {
            expect(nextStart(rule, from - 1, one.zone, calendar, until)).toBe(from);
            const later = nextStart(rule, until - 1, one.zone, calendar, startOf(one, 1));
            if (later !== null)
              expect(
                [
                  ...windows,
                  ...slotWindows(rule, one.day + 1, one.zone, calendar),
                  ...slotWindows(rule, dayOn(one.zone, later), one.zone, calendar),
                ].some((slot) => slot.from === later),
              ).toBe(true);
          }
        }
      }),
      runs(60),
    );
  });

  const none = workCalendar({ kind: "none", overrides: [] });
  const rule = (cron: string | null, more: Partial<Rule> = {}): Rule => ({
    cron,
    slotMinutes: 10,
    calendar: "everyday",
    ...more,
  });
  const told = (one: Rule, after: string, count: number, zone = "Asia/Shanghai") =>
    nextStarts(one, Date.parse(after), count, zone, none, Date.UTC(2300, 0)).map((at) =>
      formatCivil(zone, at).slice(0, 16),
    );

  test.each<[string, string[], string[]]>([
    [
      "29 February",
      told(rule("0 9 29 2 *"), "2017-01-01T00:00Z", 3),
      ["2020-02-29T09:00", "2024-02-29T09:00", "2028-02-29T09:00"],
    ],
    ["one on a Monday, forty years on", told(rule("0 9 29 2 1"), "2072-03-01T00:00Z", 1), ["2112-02-29T09:00"]],
    ["the end of the year", told(rule("59 23 31 12 *"), "2017-12-31T15:59Z", 1), ["2018-12-31T23:59"]],
    [
      "in a skipped hour: after it",
      told(rule("30 2 * * *"), "2017-03-12T05:00Z", 2, "America/New_York"),
      ["2017-03-12T03:00", "2017-03-13T02:30"],
    ],
    [
      "in a repeated hour: once",
      told(rule("30 1 * * *"), "2017-11-05T04:00Z", 2, "America/New_York"),
      ["2017-11-05T01:30", "2017-11-06T01:30"],
    ],
    [
      "from within the repetition of an hour: not again",
      told(rule("0,40 1 * * *"), "2017-11-05T06:10Z", 1, "America/New_York"),
      ["2017-11-06T01:00"],
    ],
    [
      "half an hour at Lord Howe",
      told(rule("15 2 1 10 *"), "2017-09-30T00:00Z", 1, "Australia/Lord_Howe"),
      ["2017-10-01T02:30"],
    ],
    [
      "where a whole day is skipped: with the next",
      told(rule("0 8 30 12 *"), "2011-12-20T00:00Z", 1, "Pacific/Apia"),
      ["2011-12-31T00:00"],
    ],
    [
      "cut by its hours",
      told(rule("55 7 * * *", { hours: { fromMinute: 480, untilMinute: 600 } }), "2017-11-06T00:00Z", 2),
      ["2017-11-07T08:00", "2017-11-08T08:00"],
    ],
    [
      "after midnight it is still Friday's",
      told(
        rule("0 1,23 * * *", { hours: { fromMinute: 1320, untilMinute: 120 }, weekdays: [5] }),
        "2017-11-06T00:00Z",
        3,
      ),
      ["2017-11-10T23:00", "2017-11-11T01:00", "2017-11-17T23:00"],
    ],
    [
      "an exception plays on a day that the rule does not, the last one counting",
      told(
        rule(null, {
          weekdays: [1],
          exceptions: [
            { name: "春节", from: "2018-02-15", until: "2018-02-21", plays: false },
            { name: "初一", from: "2018-02-16", until: "2018-02-16", plays: true },
          ],
        }),
        "2018-02-11T16:00Z",
        3,
      ),
      ["2018-02-16T00:00", "2018-02-26T00:00", "2018-03-05T00:00"],
    ],
    ["never: a weekday that its cron has not", told(rule("0 8 * * 2", { weekdays: [1] }), "2017-11-06T00:00Z", 1), []],
    ["never: no length", told(rule("0 8 * * *", { slotMinutes: 0 }), "2017-11-06T00:00Z", 1), []],
    ["never: a cron that cannot be read", told(rule("0 8 L * *"), "2017-11-06T00:00Z", 1), []],
  ])("%s", (_what, found, wanted) => {
    expect(found).toEqual(wanted);
  });

  test("a year without a calendar is asked about only where the answer depends on it", () => {
    const calendar = workCalendar({ kind: "state-council", overrides: [] });
    const after = Date.UTC(2098, 0, 5);
    const ask = (one: Rule, until = Date.UTC(2300, 0)) => nextStart(one, after, "Asia/Shanghai", calendar, until);
    expect(() => ask(rule("0 8 * * *", { calendar: "workday" }))).toThrow(UnknownYear);
    expect(ask(rule("0 8 * * *"))).toBe(Date.UTC(2098, 0, 6));
    expect(ask(rule("0 8 1 3 *", { calendar: "workday" }), Date.UTC(2098, 1))).toBeNull();
    const plays = [{ name: "开放日", from: "2098-01-07", until: "2098-01-07", plays: true }];
    expect(ask(rule("0 8 7 * *", { calendar: "workday", exceptions: plays }))).toBe(Date.UTC(2098, 0, 7));
  });
});
