/** Civil time at the edges: zones with and without daylight saving, gaps, repeated hours, skipped days. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOf, dayNumberOf, partsOf } from "../../src/time/days.ts";
import {
  dateAt,
  dayNumberAt,
  formatCivil,
  instantOf,
  minuteOfDayAt,
  offsetIfTwice,
  parseCivil,
  sayCivil,
  utcOffsetMin,
} from "../../src/time/zone.ts";

const zones = [
  "Asia/Shanghai",
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Africa/Casablanca",
  "Asia/Tehran",
];
const zoned = fc.constantFrom(...zones);
/** 1972 to 2099, whole seconds. */
const instants = fc.integer({ min: 63_072_000, max: 4_102_444_799 }).map((seconds) => seconds * 1000);

/** As `Intl` writes it, which shares nothing with ours but the zone's data. */
function written(zone: string, at: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })
    .format(at)
    .replace(" ", "T");
}

describe("there and back", () => {
  test("what is written is what Intl writes", () => {
    fc.assert(
      fc.property(zoned, instants, (zone, at) => {
        expect(formatCivil(zone, at)).toBe(written(zone, at));
      }),
      { numRuns: 500 },
    );
  });

  test("what was written is read as the same instant, or as the first of two that are written alike", () => {
    let twice = 0;
    fc.assert(
      fc.property(zoned, instants, (zone, at) => {
        const text = formatCivil(zone, at);
        const back = parseCivil(zone, text) ?? Number.NaN;
        expect(formatCivil(zone, back)).toBe(text);
        expect(back).toBeLessThanOrEqual(at);
        if (back < at) {
          twice++;
          expect(at - back).toBeLessThanOrEqual(86_400_000);
          expect(utcOffsetMin(zone, back)).toBeGreaterThan(utcOffsetMin(zone, at));
        }
      }),
      { numRuns: 1000 },
    );
    expect(twice).toBeLessThan(50);
  });

  test("any civil time means the first instant that is not before it", () => {
    const civil = fc.tuple(instants, fc.integer({ min: 0, max: 1439 }));
    fc.assert(
      fc.property(zoned, civil, (zone, [near, minute]) => {
        const day = dayNumberAt(zone, near);
        const at = instantOf(zone, day, minute);
        const asked = `${dateOf(day)}T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00`;
        expect(formatCivil(zone, at) >= asked).toBe(true);
        expect(formatCivil(zone, at - 60_000) < asked).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("days follow each other without gap or overlap", () => {
    fc.assert(
      fc.property(zoned, instants, (zone, at) => {
        const day = dayNumberAt(zone, at);
        expect(instantOf(zone, day, 1440)).toBe(instantOf(zone, day + 1, 0));
        expect(instantOf(zone, day, 0)).toBeLessThanOrEqual(at);
        expect(dateAt(zone, at)).toBe(formatCivil(zone, at).slice(0, 10));
        expect(minuteOfDayAt(zone, at)).toBe(
          Number(formatCivil(zone, at).slice(11, 13)) * 60 + Number(formatCivil(zone, at).slice(14, 16)),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("where clocks are changed", () => {
  test.each<[string, string, string, string]>([
    ["a skipped hour begins when it is over", "Europe/Berlin", "2017-03-26T02:30", "2017-03-26T01:00:00Z"],
    ["its first minute too", "Europe/Berlin", "2017-03-26T02:00", "2017-03-26T01:00:00Z"],
    ["the minute before it is itself", "Europe/Berlin", "2017-03-26T01:59", "2017-03-26T00:59:00Z"],
    ["a repeated hour is meant the first time", "Europe/Berlin", "2017-10-29T02:30", "2017-10-29T00:30:00Z"],
    ["the minute after it is itself", "Europe/Berlin", "2017-10-29T03:00", "2017-10-29T02:00:00Z"],
    ["a skipped half hour", "Australia/Lord_Howe", "2017-10-01T02:10", "2017-09-30T15:30:00Z"],
    ["a skipped midnight", "America/Sao_Paulo", "2017-10-15T00:00", "2017-10-15T03:00:00Z"],
    ["a skipped day", "Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00:00Z"],
    ["no change at all", "Asia/Shanghai", "2017-03-26T02:30", "2017-03-25T18:30:00Z"],
    ["the summer time that Shanghai had", "Asia/Shanghai", "1988-07-01T12:00", "1988-07-01T03:00:00Z"],
    ["24:00 is the next midnight", "Asia/Shanghai", "2017-12-31T24:00", "2017-12-31T16:00:00Z"],
    ["seconds and their parts", "UTC", "2017-12-05T09:00:01.25", "2017-12-05T09:00:01.250Z"],
    ["a day is its midnight", "Asia/Shanghai", "2017-12-05", "2017-12-04T16:00:00Z"],
  ])("%s", (_what, zone, text, instant) => {
    expect(new Date(parseCivil(zone, text) ?? Number.NaN).toISOString()).toBe(new Date(instant).toISOString());
  });
});

describe("for people", () => {
  test.each([
    ["America/New_York", "2027-11-07T04:59Z", "2027-11-07 00:59", "before the repeated hour"],
    ["America/New_York", "2027-11-07T05:00Z", "2027-11-07 01:00-04:00", "its first minute, the first time"],
    ["America/New_York", "2027-11-07T05:59Z", "2027-11-07 01:59-04:00", "its last"],
    ["America/New_York", "2027-11-07T06:00Z", "2027-11-07 01:00-05:00", "the second time"],
    ["America/New_York", "2027-11-07T06:59Z", "2027-11-07 01:59-05:00", "its last"],
    ["America/New_York", "2027-11-07T07:00Z", "2027-11-07 02:00", "after it"],
    ["America/New_York", "2027-03-14T07:00Z", "2027-03-14 03:00", "after a skipped hour"],
    ["Australia/Lord_Howe", "2027-04-03T15:00Z", "2027-04-04 01:30+10:30", "half an hour"],
    ["Asia/Shanghai", "2027-11-07T05:00Z", "2027-11-07 13:00", "no change at all"],
  ])("%s %s: %s, %s", (zone, at, said) => {
    expect(sayCivil(zone, Date.parse(at), "minutes")).toBe(said);
  });

  test("an offset stands where another instant is written the same, and only there", () => {
    const near = fc.tuple(zoned, fc.integer({ min: 0, max: 365 * 24 * 4 - 1 }));
    fc.assert(
      fc.property(near, ([zone, quarter]) => {
        const at = Date.UTC(2017, 0, 1) + quarter * 900_000;
        const others = Array.from({ length: 17 }, (_, index) => at + (index - 8) * 900_000).filter((one) => one !== at);
        const same = others.some((one) => formatCivil(zone, one) === formatCivil(zone, at));
        expect(offsetIfTwice(zone, at) !== "").toBe(same);
      }),
      { numRuns: 2000, examples: [[["Europe/Berlin", 28_994]], [["Europe/Berlin", 28_990]]] },
    );
  });
});

test.each([
  "",
  "2017-02-29",
  "2017-13-01",
  "2017-1-1",
  "2017-01-01T25:00",
  "2017-01-01T24:01",
  "2017-01-01T12:60",
  "2017-01-01T12:00:60",
  "2017-01-01T1:00",
  "2017-01-01T12:00Z",
  " 2017-01-01",
  "0050-01-01",
  "20170101",
])("%j is no civil time", (text) => expect(parseCivil("UTC", text)).toBeNull());

test("a zone that nobody knows is an error, not UTC", () => {
  expect(() => utcOffsetMin("Asia/Xianning", 0)).toThrow(RangeError);
});

test("dates and day numbers: there and back, weekdays in step", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), (day) => {
      expect(dayNumberOf(dateOf(day))).toBe(day);
      const { year, month, day: number, weekday } = partsOf(day);
      expect(`${year}-${String(month).padStart(2, "0")}-${String(number).padStart(2, "0")}`).toBe(dateOf(day));
      expect(weekday).toBe((day + 4) % 7);
    }),
  );
  expect([
    dayNumberOf("1970-01-01"),
    dayNumberOf("2017-11-06"),
    dayNumberOf("2017-02-29"),
    dayNumberOf("17-01-01"),
  ]).toEqual([0, 17_476, null, null]);
});
