/** Playlist and programme against the stepwise oracle, on random boards. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { playlistFor } from "../../src/playlist/index.ts";
import { midnight, piecesOf, played, ringOf, segmentAt } from "./oracle.ts";
import { type Case, cases, contextOf, programmeOf, shownAt } from "./towns.ts";

describe("the playlist of a day", () => {
  test("is the maximal intervals with one top priority and one eligible set", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [day] = playlistFor({ ...contextOf(one), firstDay: one.day, lastDay: one.day });
        expect(day?.intervals).toEqual(expectedIntervals(one));
      }),
      { numRuns: 90 },
    );
  });
});

/** The oracle's pieces, joined wherever nothing changes. */
function expectedIntervals(one: Case) {
  const intervals: { start: number; end: number; priority: number | null; notices: string[] }[] = [];
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
        cases,
        fc.array(fc.integer({ min: 0, max: 86_399_999 }), { minLength: 60, maxLength: 60 }),
        (one, drawn) => {
          const planned = programmeOf(one);
          const segments = played(one.town, one.day);
          const edges = segments.slice(0, 60).flatMap(({ from, until }) => [from - 1, from, until - 1, until]);
          const inside = (at: number) => at >= midnight(one.day) && at < midnight(one.day + 1);
          for (const at of [...drawn.map((ms) => midnight(one.day) + ms), ...edges.filter(inside)]) {
            const segment = segmentAt(segments, at);
            const wanted = segment
              ? `${segment.candidate.notice} ${segment.candidate.message} ${segment.elapsedMs + at - segment.from}`
              : "nothing";
            expect(shownAt(planned, at), new Date(at).toISOString()).toBe(wanted);
            looked++;
          }
        },
      ),
      { numRuns: 90 },
    );
    expect(looked).toBeGreaterThan(5000);
  });

  test("is the same for any cut: days and pieces of days join", () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 3 * 86_400_000 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(
        cases,
        cuts,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (one, drawn, parts) => {
          const start = midnight(one.day - 1);
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
      { numRuns: 60 },
    );
  });
});
