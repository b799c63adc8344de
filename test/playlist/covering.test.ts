/**
 * Rules that leave no minute of the day out leave no instant out, whatever the zone does with its clocks: in the playlist,
 * in the slow scheduler, in what is said of an instant, and in what lies ahead.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { playlistFor, reasonFor } from "../../src/playlist/index.ts";
import { slotWindows } from "../../src/playlist/slots.ts";
import { timelineOf } from "../../src/playlist/timeline.ts";
import type { Rule } from "../../src/playlist/types.ts";
import { merged } from "../../src/playlist/windows.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { piecesOf } from "./oracle.ts";
import { runs, tellSeed } from "./runs.ts";
import { always, type Case, calendarOf, contextOf, startOf } from "./towns.ts";

tellSeed("covering");

/** Hours skipped and repeated, a skipped day, midnights skipped and repeated, and a day of nothing of the kind. */
const changes = [
  ["America/New_York", "2017-03-12"],
  ["America/New_York", "2017-11-05"],
  ["Australia/Lord_Howe", "2017-10-01"],
  ["Australia/Lord_Howe", "2018-04-01"],
  ["Asia/Shanghai", "1988-04-17"],
  ["Asia/Shanghai", "1988-09-11"],
  ["Asia/Shanghai", "2017-11-06"],
  ["Pacific/Apia", "2011-09-24"],
  ["Pacific/Apia", "2011-12-31"],
  ["Pacific/Apia", "2012-04-01"],
  ["America/Sao_Paulo", "2017-10-15"],
  ["America/Sao_Paulo", "2018-02-17"],
] as const;

const dayMin = 1440;
const everyday = "everyday" as const;

/** One piece of the clock's round, [from, from + length): as a cron, with length to spare, or as hours. */
function pieceOf(from: number, length: number, as: number): Rule {
  if (as < 0)
    return {
      ...{ cron: null, slotMinutes: 0, calendar: everyday },
      hours: { fromMinute: from, untilMinute: (from + length) % dayMin || dayMin },
    };
  const cron = `${from % 60} ${Math.floor(from / 60)} * * *`;
  return { cron, slotMinutes: Math.min(dayMin, length + as), calendar: everyday };
}

/** The same on days that nobody else has: two rules, or three, that share the days. */
function shared(rule: Rule, how: "one" | "calendar" | "weekdays"): Rule[] {
  switch (how) {
    case "one":
      return [rule];
    case "calendar":
      return [
        { ...rule, calendar: "workday" },
        { ...rule, calendar: "restday" },
      ];
    case "weekdays":
      return [
        [0, 6],
        [1, 3, 5],
        [2, 4],
      ].map((weekdays) => ({ ...rule, weekdays }));
  }
}

const cuts = fc.oneof(
  fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 6 }).map((all) => all.map((h) => h * 60)),
  fc.uniqueArray(fc.integer({ min: 0, max: dayMin - 1 }), { minLength: 1, maxLength: 6 }),
);
const whole = fc.constantFrom<Rule>(
  { cron: "0 * * * *", slotMinutes: 60, calendar: everyday },
  { cron: "0,30 * * * *", slotMinutes: 30, calendar: everyday },
  { cron: "0,15,40 * * * *", slotMinutes: 25, calendar: everyday },
  { cron: "* * * * *", slotMinutes: 1, calendar: everyday },
  { cron: "17 * * * *", slotMinutes: 60, calendar: everyday },
  { cron: null, slotMinutes: 0, calendar: everyday },
  { cron: null, slotMinutes: 0, calendar: everyday, hours: { fromMinute: 0, untilMinute: dayMin } },
);

/** Every minute of the clock's round is in one of them, on every day. */
const coverings: fc.Arbitrary<readonly Rule[]> = fc
  .oneof(
    { weight: 1, arbitrary: whole.map((rule) => [rule]) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(cuts, fc.array(fc.constantFrom(-1, 0, 0, 20), { minLength: 6, maxLength: 6 }))
        .map(([drawn, how]) => {
          const starts = [...drawn].sort((a, b) => a - b);
          return starts.map((from, index) => {
            const next = starts[index + 1] ?? (starts[0] as number) + dayMin;
            // Hours that are a whole day long are written without.
            const as = next - from === dayMin ? 0 : (how[index] as number);
            return pieceOf(from, next - from, as);
          });
        }),
    },
  )
  .chain((rules) =>
    fc
      .array(fc.constantFrom("one" as const, "calendar" as const, "weekdays" as const), {
        minLength: rules.length,
        maxLength: rules.length,
      })
      .map((how) => rules.flatMap((rule, index) => shared(rule, how[index] ?? "one"))),
  );

const covered: fc.Arbitrary<Case & { readonly zone: string }> = fc
  .tuple(fc.constantFrom(...changes), fc.constantFrom(0, 0, 1), coverings, fc.subarray([-2, -1, 0, 1, 2]))
  .map(([[zone, date], near, rules, rest]) => {
    const day = (dayNumberOf(date) as number) + near;
    const candidates = rules.map((rule, index) =>
      always(`n${index}`, { rule, window: { from: 0, until: Date.UTC(2100, 0) }, priority: 1 + (index % 9) }),
    );
    const hours = { fromMinute: 0, untilMinute: dayMin, days: everyday };
    return { day, zone, town: { candidates, hours, zone, restDays: new Set(rest.map((one) => day + one)) } };
  });

describe("rules that leave no minute of the day out", () => {
  test("leave no instant out, where clocks are moved too", () => {
    fc.assert(
      fc.property(covered, fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 5 }), (one, drawn) => {
        const [from, until] = [startOf(one), startOf(one, 1)];
        const board = contextOf(one);
        const slots = one.town.candidates.flatMap(({ rule }) =>
          slotWindows(rule, one.day, one.zone, calendarOf(one)).map((window) => ({
            from: Math.max(window.from, from),
            until: Math.min(window.until, until),
          })),
        );
        expect(merged(slots)).toEqual([{ from, until }]);
        const blank = ({ notices }: { readonly notices: readonly string[] }) => notices.length === 0;
        const [day] = playlistFor({ ...board, firstDay: one.day, lastDay: one.day });
        expect(day?.intervals.filter(blank)).toEqual([]);
        expect(timelineOf(board, { from, until }).filter(blank)).toEqual([]);
        expect(piecesOf(one.town, one.day).filter(({ eligible }) => eligible.length === 0)).toEqual([]);
        for (const part of drawn) {
          const at = Math.floor(from + part * (until - from));
          const codes = one.town.candidates.map((candidate) => reasonFor(board, candidate, at).code);
          expect(codes, new Date(at).toISOString()).toContain("shown");
        }
      }),
      runs(150),
    );
  });

  test("an hour at every hour: as long as the clock stands in it", () => {
    const rule = { cron: "0 1 * * *", slotMinutes: 60, calendar: everyday };
    const hours = (zone: string, date: string) => {
      const found = slotWindows(rule, dayNumberOf(date) as number, zone, contextOf({ day: 0, town }).calendar);
      return found.map(({ from, until }) => (until - from) / 3_600_000);
    };
    const town = {
      candidates: [],
      hours: { fromMinute: 0, untilMinute: dayMin, days: everyday },
      restDays: new Set([0]),
    };
    expect(hours("America/New_York", "2017-11-04")).toEqual([1]);
    expect(hours("America/New_York", "2017-11-05")).toEqual([2]);
    expect(hours("America/New_York", "2017-03-12")).toEqual([1]);
    expect(hours("Australia/Lord_Howe", "2018-04-01")).toEqual([1.5]);
  });
});
