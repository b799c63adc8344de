/** Dragging in the office's civil time, also where clocks change; pieces of a row; what lies outside of what was signed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCivil, parseCivil } from "../../src/time/zone.ts";
import { cardLoads, marksOf } from "../../src/web/schedule/looks.ts";
import {
  dragged,
  type Interval,
  outsideOf,
  placeOf,
  segmentsOf,
  shifted,
  spanOf,
} from "../../src/web/schedule-moves.ts";

const shanghai = "Asia/Shanghai";
const york = "America/New_York";
const at = (civil: string, zone = shanghai) => parseCivil(zone, civil) ?? Number.NaN;
const said = ({ from, until }: { from: number; until: number }, zone = shanghai) =>
  `${formatCivil(zone, from).slice(5, 16)} ${formatCivil(zone, until).slice(5, 16)}`;

describe("dragging", () => {
  const window = { from: at("2017-11-06T08:00"), until: at("2017-11-10T18:00") };
  test("moves by days, hours and quarters; stretches one end, and never past the other", () => {
    expect(said(dragged(window, "whole", 2, "month", shanghai))).toBe("11-08T08:00 11-12T18:00");
    expect(said(dragged(window, "whole", -3, "week", shanghai))).toBe("11-06T05:00 11-10T15:00");
    expect(said(dragged(window, "until", 2, "day", shanghai))).toBe("11-06T08:00 11-10T18:30");
    expect(said(dragged(window, "from", 99, "month", shanghai))).toBe("11-09T18:00 11-10T18:00");
    expect(said(dragged(window, "until", -99, "month", shanghai))).toBe("11-06T08:00 11-07T08:00");
  });

  test("over a change of clocks the time on the wall stays; what does not exist is the first instant after it", () => {
    const spring = { from: at("2018-03-09T09:00", york), until: at("2018-03-10T02:30", york) };
    expect(said(dragged(spring, "whole", 1, "month", york), york)).toBe("03-10T09:00 03-11T03:00");
    const autumn = { from: at("2018-11-03T09:00", york), until: at("2018-11-03T18:00", york) };
    expect(said(dragged(autumn, "whole", 1, "month", york), york)).toBe("11-04T09:00 11-04T18:00");
  });

  test("there and back again is where it was, wherever no clock changes; days keep the time of day everywhere", () => {
    const instants = fc.integer({ min: at("2016-01-01"), max: at("2019-01-01") });
    fc.assert(
      fc.property(instants, fc.integer({ min: -5000, max: 5000 }), (one, minutes) => {
        expect(shifted(shanghai, shifted(shanghai, one, minutes), -minutes)).toBe(one);
      }),
    );
    fc.assert(
      fc.property(instants, fc.integer({ min: -60, max: 60 }), (one, days) => {
        const noon = at(`${formatCivil(york, one).slice(0, 10)}T12:00`, york);
        expect(formatCivil(york, shifted(york, noon, days * 1440)).slice(11, 16)).toBe("12:00");
      }),
    );
  });

  test("days, weeks from Monday, months", () => {
    const now = at("2017-11-08T10:00");
    expect(said(spanOf("day", now, shanghai))).toBe("11-08T00:00 11-09T00:00");
    expect(said(spanOf("week", now, shanghai))).toBe("11-06T00:00 11-13T00:00");
    expect(said(spanOf("month", now, shanghai))).toBe("11-01T00:00 12-01T00:00");
  });
});

describe("drawing", () => {
  test("what was not signed is named", () => {
    const envelope = { boards: ["B1", "B2"], from: 100, until: 200, bestPriority: 4 };
    const schedule = { boards: ["B1"], from: 100, until: 200, priority: 4 };
    const full = { cron: null, slotMinutes: 0, calendar: "everyday" as const, weight: 1 };
    expect(outsideOf({ ...full, ...schedule }, envelope)).toEqual([]);
    const out = { boards: ["B3"], from: 99, until: 201, priority: 3 };
    expect(outsideOf({ ...full, ...out }, envelope)).toEqual(["boards", "from", "until", "priority"]);
    expect(placeOf({ from: 50, until: 150 }, { from: 100, until: 200 })).toEqual({ left: 0, width: 50 });
    expect(placeOf({ from: 0, until: 100 }, { from: 100, until: 200 })).toBe(null);
  });

  test("pieces cover what the intervals cover, in order, name all of their notices, and are not more than fit", () => {
    const lengths = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 40 }), id: fc.constantFrom("a", "b", "c") }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 30 }), (list, least) => {
        let end = 0;
        const intervals: Interval[] = list.map(({ ms, id }) => {
          end += ms;
          return { from: end - ms, until: end, priority: 5, notices: [id], suspended: null };
        });
        const pieces = segmentsOf(intervals, least);
        expect(pieces[0]?.from).toBe(0);
        expect(pieces[pieces.length - 1]?.until).toBe(end);
        for (const [index, { from }] of pieces.slice(1).entries()) expect(from).toBe(pieces[index]?.until);
        expect(pieces.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
        const dark = [
          ...intervals,
          { ...(intervals[0] as Interval), from: end, until: end + 1, priority: null, notices: [] },
        ];
        expect(segmentsOf(dark, least).pop()).toMatchObject({ from: end, priority: null, count: 1 });
        for (const { from, notices } of intervals) {
          const piece = pieces.find((one) => one.from <= from && from < one.until);
          expect(piece?.notices).toContain(notices[0]);
        }
        // Two pieces in a row are as wide as one that can be seen, the last perhaps not.
        expect(pieces.length).toBeLessThanOrEqual((2 * end) / least + 2);
      }),
    );
  });
});

test("what does not come about is marked where it first does not; marks that would cover each other are one", () => {
  const sentence = { zh: "让位", en: "gives way" };
  const span = { from: Date.parse("2017-11-06T00:00Z"), until: Date.parse("2017-11-07T00:00Z") };
  const finding = (from?: string) => ({
    ...{ kind: "covered" as const, sentence },
    ...(from && { first: { from, until: "2017-11-08T00:00Z" } }),
  });
  const found = ["2017-11-06T18:00Z", "2017-11-06T06:10Z", "2017-11-06T06:00Z", undefined, "2017-11-07T00:00Z"];
  const marks = marksOf(found.map(finding), span);
  expect(marks.map(({ left, findings }) => [left, findings.length])).toEqual([
    [25, 2],
    [75, 1],
  ]);
});

test("a card's loads are told each with its end, default pictures once; of an instant the one that counts then", () => {
  const [nine, ten, noon, night] = ["09:00", "10:00", "12:00", "23:00"].map((time) => `2017-11-06T${time}:00.000Z`);
  const pieces = [
    { from: nine as string, until: ten as string, loaded: null, notices: [] },
    { from: ten as string, until: noon as string, loaded: ten as string, notices: ["N2", "default:B9", "N1"] },
    { from: noon as string, until: night as string, loaded: noon as string, notices: ["default:B9", "default:B8"] },
  ];
  const [atTen, atNoon] = [Date.parse(ten as string), Date.parse(noon as string)];
  const all = [
    { loaded: null, until: atTen, notices: [] },
    { loaded: atTen, until: atNoon, notices: ["N2", null, "N1"] },
    { loaded: atNoon, until: null, notices: [null] },
  ];
  expect(cardLoads(pieces, null)).toEqual(all);
  expect([atTen - 1, atTen, atNoon - 1, atNoon].map((now) => cardLoads(pieces, now))).toEqual(
    [0, 1, 1, 2].map((index) => [all[index]]),
  );
  // Spans of before and of after now tell of the nearest.
  expect(cardLoads(pieces, 0)).toEqual([all[0]]);
  expect(cardLoads(pieces, atNoon * 2)).toEqual([all[2]]);
  expect(cardLoads([], 0)).toEqual([]);
});
