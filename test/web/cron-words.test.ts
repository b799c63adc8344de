/** Rules as words: what is said is what the playlist plays, and the other way round. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextStarts, parseCron } from "../../src/playlist/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { parseCivil } from "../../src/time/zone.ts";
import {
  cronOf,
  datesIn,
  every,
  lastStarts,
  mistakeOf,
  type RuleFields,
  type RuleWords,
  ruleOf,
  steps,
  timesIn,
  wordsOf,
} from "../../src/web/cron-words.ts";

const zone = "Asia/Shanghai";
const at = (civil: string) => parseCivil(zone, civil) ?? Number.NaN;
const calendar = workCalendar({ kind: "state-council", overrides: [] });
const rule = (cron: string | null, more: Partial<RuleFields> = {}): RuleFields => ({
  ...{ cron, slotMinutes: 5, calendar: "everyday", ...more },
});
const subset = (least: number, most: number, count: number) =>
  fc
    .uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: count })
    .map((all) => all.sort((a, b) => a - b));

const everyTimes = fc
  .record({ step: fc.constantFrom(...steps), start: fc.integer({ min: 0, max: 1439 }), last: fc.nat() })
  .map(({ step, start, last }) => {
    const first = step < 60 ? Math.floor(start / 60) * 60 + (start % step) : start;
    const lasts = lastStarts(first, step);
    return every(step, first, lasts[last % lasts.length] ?? first);
  });
const atTimes = fc.record({ minutes: subset(0, 59, 3), hours: subset(0, 23, 4) }).map(({ minutes, hours }) => ({
  ...{ kind: "at" as const, times: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)) },
}));
const anyWords: fc.Arbitrary<RuleWords> = fc.record({
  days: fc.constantFrom("everyday" as const, "workday" as const, "restday" as const),
  weekdays: fc.option(subset(0, 6, 6)),
  dates: fc.option(subset(1, 31, 30)),
  times: fc.oneof(everyTimes, atTimes),
  slotMinutes: fc.integer({ min: 1, max: 1440 }),
});

/** Minutes of a day at which something begins. */
function starts({ times }: RuleWords): number[] {
  if (times.kind === "at") return [...times.times];
  if (times.kind === "whole") return [];
  const found: number[] = [];
  for (let minute = times.from; minute <= times.until; minute += times.step) found.push(minute);
  return found;
}

describe("words and expressions", () => {
  test("what words say is what the expression's minutes, days and weekdays are; read back, it is said again", () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        expect(mistakeOf(words)).toBe(null);
        const fields = ruleOf(words);
        const parsed = parseCron(fields.cron ?? "");
        if (!parsed.ok) throw new Error(parsed.en);
        const { hours, minutes, days } = parsed.fields;
        expect(hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute))).toEqual(starts(words));
        expect([...days]).toEqual(words.dates ?? Array.from({ length: 31 }, (_, index) => index + 1));
        const { weekdays, ...rest } = fields;
        const again = wordsOf({ ...rest, ...(weekdays && { weekdays }) });
        if (again === null) throw new Error(`no words for ${fields.cron}`);
        expect({ ...again, times: starts(again) }).toEqual({ ...words, times: starts(words) });
        // And said once more nothing changes: the words are the expression's own.
        expect(wordsOf({ ...ruleOf(again), weekdays: undefined } as unknown as RuleFields)?.times).toEqual(again.times);
      }),
    );
  });

  test("an expression that has words begins when they do, and others stay expressions", () => {
    const part = (most: number, least = 0) =>
      fc.oneof(
        ...[fc.constant("*"), fc.integer({ min: least, max: most }).map(String)],
        fc.constantFrom(2, 5, 7, 15).map((step) => `*/${step}`),
        fc.tuple(fc.integer({ min: least, max: 5 }), fc.integer({ min: 6, max: 6 })).map(([a, b]) => `${a}-${b}`),
      );
    const expressions = fc
      .tuple(part(59), part(23), part(28, 1), part(6))
      .map(([m, h, d, w]) => `${m} ${h} ${d} * ${w}`);
    const from = at("2017-09-20T00:00");
    const next = (fields: RuleFields) => nextStarts(fields, from, 10, zone, calendar, at("2017-12-30T00:00"));
    fc.assert(
      fc.property(expressions, (cron) => {
        const words = wordsOf(rule(cron));
        if (words === null) return;
        const { weekdays, ...fields } = ruleOf(words);
        expect(next({ ...fields, ...(weekdays && { weekdays }) })).toEqual(next(rule(cron)));
      }),
      { numRuns: 60 },
    );
  });

  test("the forms that people use", () => {
    expect(wordsOf(rule("0 8-17 * * *", { calendar: "workday" }))).toEqual({
      ...{ days: "workday", weekdays: null, dates: null, slotMinutes: 5 },
      times: { kind: "every", step: 60, from: 480, until: 1020 },
    });
    expect(cronOf({ times: every(60, 480, 1020), dates: null })).toBe("0 8-17 * * *");
    expect(cronOf({ times: every(30, 480, 1020), dates: null })).toBe("*/30 8-16 * * *");
    expect(wordsOf(rule("0 9,15 1,15 * *"))?.dates).toEqual([1, 15]);
    expect(wordsOf(rule("0 9 * * 1-5"))?.weekdays).toEqual([1, 2, 3, 4, 5]);
    expect(wordsOf(rule("0 9 * * 7"))?.weekdays).toEqual([0]);
    expect(wordsOf(rule(null))?.times).toEqual({ kind: "whole" });
  });

  test("what cannot be said keeps its expression: months, names, steps that hours break, days of two kinds", () => {
    for (const cron of ["0 9 * 3 *", "0 9 * * MON", "*/7 * * * *", "0-40 9 * * *", "61 9 * * *", "x", "5/10 * * * *"])
      expect([cron, wordsOf(rule(cron))]).toEqual([cron, null]);
    const plays = [{ name: "\u6625\u8282", from: "2018-02-15", until: "2018-02-16", plays: true }];
    expect(wordsOf(rule("0 9 * * 1", { exceptions: plays }))).toBe(null);
    expect(wordsOf(rule("0 1 * * 1", { hours: { fromMinute: 1320, untilMinute: 120 } }))).toBe(null);
    expect(wordsOf(rule("0 9 * * 1", { weekdays: [2] }))).toBe(null);
  });

  test("times that are not one rule are refused by name", () => {
    const words = (times: RuleWords["times"], more: Partial<RuleWords> = {}): RuleWords => ({
      ...{ days: "everyday", weekdays: null, dates: null, times, slotMinutes: 5, ...more },
    });
    expect(mistakeOf(words({ kind: "at", times: [480, 570] }))).toBe("times-apart");
    expect(mistakeOf(words({ kind: "at", times: [] }))).toBe("no-time");
    expect(mistakeOf(words({ kind: "at", times: [480] }, { weekdays: [] }))).toBe("no-weekday");
    expect(mistakeOf(words({ kind: "at", times: [480] }, { slotMinutes: 0 }))).toBe("slot");
    expect(mistakeOf(words({ kind: "whole" }, { dates: [1] }))).toBe("no-date");
    expect(timesIn("8:00\uff0c15\uff1a30")).toEqual([480, 930]);
    expect(timesIn("8:00 25:00")).toBe(null);
    expect(datesIn("1\u300115-17")).toEqual([1, 15, 16, 17]);
    expect(datesIn("32")).toBe(null);
  });
});
