/**
 * Playlist and programme against the stepwise oracle, on random boards in six zones, on days on which clocks are moved.
 * BOARDCAST_LONG=1 takes forty times as many; BOARDCAST_TEST_SEED=… the same ones again.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { playlistFor } from "../../src/playlist/index.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { piecesOf } from "./oracle.ts";
import { played, ringOf, segmentAt } from "./rotation.ts";
import { runs, tellSeed } from "./runs.ts";
import { always, type Case, contextOf, programmeOf, richCases, shownAt, startOf } from "./towns.ts";
import { reached } from "./wall.ts";

tellSeed("oracle");

describe("the playlist of a day", () => {
  test("is the maximal intervals with one top priority and one eligible set", () => {
    fc.assert(
      fc.property(richCases, (one) => {
        const [day] = playlistFor({ ...contextOf(one), firstDay: one.day, lastDay: one.day });
        expect(day?.intervals).toEqual(expectedIntervals(one));
        expect([day?.start, day?.end]).toEqual([startOf(one), startOf(one, 1)]);
      }),
      runs(250),
    );
  });

  test("has nothing where the zone skips the day, whose slots begin with the day after", () => {
    const zone = "Pacific/Apia";
    const day = dayNumberOf("2011-12-30") as number;
    const rule = { cron: "0 8 30 12 *", slotMinutes: 20, calendar: "everyday" as const };
    const town = {
      candidates: [always("a", { rule, window: { from: 0, until: Date.UTC(2012, 1) } })],
      hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" as const },
      zone,
      restDays: new Set<number>(),
    };
    const days = playlistFor({ ...contextOf({ day, town }), firstDay: day, lastDay: day + 1 });
    expect(days[0]).toMatchObject({ start: reached(zone, day + 1), end: reached(zone, day + 1), intervals: [] });
    expect(days[1]?.intervals[0]).toMatchObject({ notices: ["a"], end: reached(zone, day + 1, 20) });
    expect(days[1]?.intervals).toEqual(expectedIntervals({ day: day + 1, town }));
  });
});

/** The oracle's pieces, joined wherever nothing changes. */
function expectedIntervals(one: Case) {
  const intervals: { start: number; end: number; priority: number | null; pinned?: true; notices: string[] }[] = [];
  let before: readonly unknown[] = [];
  for (const { from, until, eligible } of piecesOf(one.town, one.day)) {
    const last = intervals.at(-1);
    const same = eligible.length === before.length && eligible.every((candidate) => before.includes(candidate));
    if (last && same) last.end = until;
    else
      intervals.push({
        start: from,
        end: until,
        priority: eligible[0]?.priority ?? null,
        ...(eligible[0]?.pinned && { pinned: true }),
        notices: inRingOrder(eligible),
      });
    before = eligible;
  }
  return intervals;
}

function inRingOrder(eligible: ReturnType<typeof piecesOf>[number]["eligible"]): string[] {
  return ringOf(eligible.map((candidate) => ({ ...candidate, weight: 1 }))).map(({ candidate }) => candidate.notice);
}

describe("the programme", () => {
  test("shows what the oracle shows, to the millisecond", () => {
    let looked = 0;
    fc.assert(
      fc.property(
        richCases,
        fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 60, maxLength: 60 }),
        (one, drawn) => {
          const planned = programmeOf(one);
          const segments = played(one.town, one.day);
          const edges = segments.slice(0, 60).flatMap(({ from, until }) => [from - 1, from, until - 1, until]);
          const inside = (at: number) => at >= startOf(one) && at < startOf(one, 1);
          for (const at of [...drawn.map((ms) => startOf(one) + ms), ...edges].filter(inside)) {
            const segment = segmentAt(segments, at);
            const wanted = segment
              ? `${segment.candidate.notice} ${segment.candidate.message} ${segment.elapsedMs + at - segment.from}`
              : "nothing";
            expect(shownAt(planned, at), new Date(at).toISOString()).toBe(wanted);
            looked++;
          }
        },
      ),
      runs(100),
    );
    expect(looked).toBeGreaterThan(5000);
  });

  test("is the same for any cut: days and pieces of days join", () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 3 * 86_400_000 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(
        richCases,
        cuts,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (one, drawn, parts) => {
          const start = startOf(one, -1);
          const whole = programmeOf(one, start, start + 3 * 86_400_000);
          const ends = [...new Set(drawn)].sort((a, b) => a - b);
          for (let at = 0; at + 1 < ends.length; at++) {
            const [from, until] = [start + (ends[at] as number), start + (ends[at + 1] as number)];
            const cut = programmeOf(one, from, until);
            for (const instant of [from, until - 1, ...parts.map((part) => Math.floor(from + part * (until - from)))])
              expect(shownAt(cut, instant)).toBe(shownAt(whole, instant));
          }
        },
      ),
      runs(60),
    );
  });
});
