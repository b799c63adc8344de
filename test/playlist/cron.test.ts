/** Five-field cron as we walk it, against node-cron's own judgement. */
import fc from "fast-check";
import { createTask } from "node-cron";
import { describe, expect, test } from "vitest";
import { matchesDay, minutesOf, parseCron } from "../../src/playlist/cron.ts";
import { dayNumberOf, partsOf } from "../../src/time/days.ts";
import { instantOf } from "../../src/time/zone.ts";

const zone = "Asia/Shanghai";

const part = (from: number, to: number): fc.Arbitrary<string> => {
  const number = fc.integer({ min: from, max: to });
  const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: to });
  return fc.oneof(
    fc.constant("*"),
    number.map(String),
    range,
    fc.tuple(fc.oneof(fc.constant("*"), range), step).map(([over, by]) => `${over}/${by}`),
  );
};
const list = (one: fc.Arbitrary<string>) =>
  fc.array(one, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(","));
const months = fc.oneof(list(part(1, 12)), fc.constantFrom("JAN", "jul,dec", "March-May"));
const weekdays = fc.oneof(list(part(0, 7)), fc.constantFrom("MON-FRI", "sun", "Wednesday,SAT"));
const expressions = fc
  .tuple(list(part(0, 59)), list(part(0, 23)), list(part(1, 31)), months, weekdays)
  .map((fields) => fields.join(" "));

describe("days × hours × minutes", () => {
  test("are exactly the minutes that node-cron matches, day of month AND day of week", () => {
    let hits = 0;
    const first = dayNumberOf("2015-01-01") ?? 0;
    fc.assert(
      fc.property(
        expressions,
        fc.integer({ min: 0, max: 2000 }),
        fc.array(fc.nat(1439), { minLength: 30, maxLength: 30 }),
        (expression, after, drawn) => {
          const parsed = parseCron(expression);
          const task = taskOr(expression);
          expect(parsed.ok).toBe(task !== null);
          if (!parsed.ok || !task) return;
          const day = first + after;
          const ours = new Set(matchesDay(parsed.fields, partsOf(day)) ? minutesOf(parsed.fields) : []);
          for (const minute of [...drawn, ...[...ours].slice(0, 20)]) {
            const theirs = task.match(new Date(instantOf(zone, day, minute)));
            expect(ours.has(minute), `${expression} on day ${day}, minute ${minute}`).toBe(theirs);
            if (theirs) hits++;
          }
        },
      ),
      { numRuns: 250 },
    );
    expect(hits).toBeGreaterThan(100);
  });

  test("both days are asked for: the 13th if it is a Friday", () => {
    const parsed = parseCron("0 8 13 * 5");
    const days = range("2017-01-01", "2017-12-31").filter(
      (day) => parsed.ok && matchesDay(parsed.fields, partsOf(day)),
    );
    expect(days).toEqual(["2017-01-13", "2017-10-13"].map(dayNumberOf));
  });

  test.each([
    ["0 8 * * 7", "0 8 * * 0"],
    ["0 8 * * SUN", "0 8 * * 0"],
    ["*/20 8 * * *", "0,20,40 8 * * *"],
    ["  0   8 * *  1 ", "0 8 * * Monday"],
    ["0 8 1-7,10-12 JUL *", "0 8 1,2,3,4,5,6,7,10,11,12 7 *"],
  ])("%s is %s", (one, other) => {
    const [left, right] = [parseCron(one), parseCron(other)];
    expect(left.ok && left.fields).toEqual(right.ok && right.fields);
    expect(left.ok).toBe(true);
  });
});

function taskOr(expression: string) {
  try {
    return createTask(`0 ${expression}`, () => {}, { timezone: zone });
  } catch {
    return null;
  }
}

function range(from: string, until: string): number[] {
  const first = dayNumberOf(from) ?? 0;
  return Array.from({ length: (dayNumberOf(until) ?? 0) - first + 1 }, (_, index) => first + index);
}

describe("refused, in both languages", () => {
  test.each([
    ["nothing", ""],
    ["four fields", "0 8 * *"],
    ["six fields, with seconds", "0 0 8 * * *"],
    ["a macro", "@daily"],
    ["minute 60", "60 * * * *"],
    ["hour 24", "0 24 * * *"],
    ["day 0", "0 8 0 * *"],
    ["day 32", "0 8 32 * *"],
    ["month 13", "0 8 * 13 *"],
    ["weekday 8", "0 8 * * 8"],
    ["a day that never comes", "0 8 30 2 *"],
    ["the last day", "0 8 L * *"],
    ["the last day, in small letters", "0 8 l * *"],
    ["the nearest weekday", "0 8 15W * *"],
    ["the nearest weekday, in small letters", "0 8 15w * *"],
    ["the last Friday", "0 8 * * 5L"],
    ["the second Friday", "0 8 * * 5#2"],
    ["a question mark", "0 8 ? * *"],
    ["a step of nothing", "*/0 * * * *"],
    ["words", "a b c d e"],
    ["a fraction", "1.5 * * * *"],
    ["an empty place in a list", "1,,2 * * * *"],
  ])("%s: %s", (_what, expression) => {
    const parsed = parseCron(expression);
    expect(parsed).toEqual({
      ok: false,
      zh: expect.stringMatching(/^播放时间.+\p{Script=Han}/u),
      en: expect.stringMatching(/^cron ".*": .+/),
    });
  });

  test("whatever is written, it is parsed or refused, never thrown", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseCron(text);
        if (parsed.ok) expect(minutesOf(parsed.fields).every((minute) => minute >= 0 && minute < 1440)).toBe(true);
      }),
    );
  });
});
