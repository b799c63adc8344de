/** The guarantees of semantics.md, one by one, and the limits. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lookup, programmeProblem } from "../../src/message/index.ts";
import { playlistFor } from "../../src/playlist/index.ts";
import { dayPoint, placesOf, pointOf } from "../../src/playlist/ring.ts";
import type { Candidate } from "../../src/playlist/types.ts";
import { midnight } from "./oracle.ts";
import { ringOf } from "./rotation.ts";
import { always, cases, contextOf, programmeOf, quietDay as day, shownAt, townOf, withCandidates } from "./towns.ts";

const dayMs = 86_400_000;
const start = midnight(day);
const instants = fc.array(fc.integer({ min: 0, max: dayMs - 1 }), { minLength: 25, maxLength: 25 });

const rings = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 6 }),
    durationMs: fc.integer({ min: 1000, max: 90_000 }),
    weight: fc.integer({ min: 1, max: 3 }),
  }),
  { selector: ({ id }) => id, minLength: 2, maxLength: 8 },
);
const someRing = rings.map((all) => all.map(({ id, ...rest }) => always(id, rest)));
const moment = fc.integer({ min: 1, max: dayMs - 600_000 }).map((ms) => start + ms);

describe("the ring", () => {
  test("a notice's point is the first four bytes of SHA-256 of its id, the day's the golden ratio's", () => {
    expect([pointOf("abc"), dayPoint(0), dayPoint(1), dayPoint(17_476)]).toEqual([
      0xba7816bf,
      0,
      0x9e3779b1,
      Number((17_476n * 0x9e3779b1n) % 0x1_0000_0000n),
    ]);
  });

  test("copies lie evenly round it, the first at the notice's own point", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 16 }), (id, weight) => {
        expect(
          placesOf(id, weight)
            .map(({ point }) => point)
            .sort((a, b) => a - b),
        ).toEqual(ringOf([always(id, { weight })]).map(({ point }) => point));
        expect(placesOf(id, weight)[0]?.point).toBe(pointOf(id));
      }),
    );
  });

  test("whoever comes or goes, the others keep their order", () => {
    fc.assert(
      fc.property(someRing, fc.nat(), (all, pick) => {
        const [whole] = playlistFor({ ...contextOf(townOf(all)), firstDay: day, lastDay: day });
        const gone = all[pick % all.length]?.notice;
        const [less] = playlistFor({
          ...contextOf(townOf(all.filter(({ notice }) => notice !== gone))),
          firstDay: day,
          lastDay: day,
        });
        expect(less?.intervals[0]?.notices).toEqual(whole?.intervals[0]?.notices.filter((notice) => notice !== gone));
      }),
    );
  });
});

describe("what is decided later changes nothing before", () => {
  test("a notice whose time begins later changes nothing now", () => {
    fc.assert(
      fc.property(cases, instants, fc.integer({ min: 0, max: dayMs }), (one, drawn, from) => {
        const later = always("later", {
          priority: 0,
          window: { from: midnight(one.day) + from, until: midnight(one.day + 9) },
        });
        const [before, after] = [programmeOf(one), programmeOf(withCandidates(one, [...one.town.candidates, later]))];
        for (const ms of drawn.filter((ms) => ms < from))
          expect(shownAt(after, midnight(one.day) + ms)).toBe(shownAt(before, midnight(one.day) + ms));
      }),
      { numRuns: 60 },
    );
  });

  test.each(["withdrawnAt", "supersededAt"] as const)("%s never changes the past", (end) => {
    fc.assert(
      fc.property(cases, instants, fc.integer({ min: 0, max: dayMs }), (one, drawn, from) => {
        const at = midnight(one.day) + from;
        const [first, ...others] = one.town.candidates as [Candidate, ...Candidate[]];
        const ended = { ...first, [end]: Math.min(at, first[end] ?? at) };
        const [before, after] = [programmeOf(one), programmeOf(withCandidates(one, [ended, ...others]))];
        for (const ms of drawn.filter((ms) => ms < from))
          expect(shownAt(after, midnight(one.day) + ms)).toBe(shownAt(before, midnight(one.day) + ms));
      }),
      { numRuns: 60 },
    );
  });

  test("signing never changes the past: not a new notice, nor a new revision of one that is on", () => {
    fc.assert(
      fc.property(cases, instants, fc.integer({ min: 0, max: dayMs }), (one, drawn, from) => {
        const at = midnight(one.day) + from;
        const [first, ...others] = one.town.candidates as [Candidate, ...Candidate[]];
        const until = Math.min(at, first.supersededAt ?? at);
        const revision = { ...first, signedAt: at, message: "ab".repeat(32), durationMs: first.durationMs + 1 };
        const changed = [{ ...first, supersededAt: until }, ...others, revision, always("new", { signedAt: at })];
        const [before, after] = [programmeOf(one), programmeOf(withCandidates(one, changed))];
        for (const ms of drawn.filter((ms) => ms < from))
          expect(shownAt(after, midnight(one.day) + ms)).toBe(shownAt(before, midnight(one.day) + ms));
      }),
      { numRuns: 60 },
    );
  });
});

describe("rotation", () => {
  test("adding never cuts what is on: it plays to the end of its turn", () => {
    fc.assert(
      fc.property(someRing, moment, (all, at) => {
        const before = programmeOf(townOf(all));
        const after = programmeOf(
          townOf([...all, always("added later", { window: { from: at, until: midnight(30_000) } })]),
        );
        const { until } = lookup(before.programme, at);
        for (const when of [at, Math.floor((at + until - 1) / 2), until - 1])
          expect(shownAt(after, when)).toBe(shownAt(before, when));
      }),
    );
  });

  test("removing what is on starts its successor from its beginning", () => {
    fc.assert(
      fc.property(someRing, moment, (all, at) => {
        const before = programmeOf(townOf(all));
        const found = lookup(before.programme, at);
        const gone = before.owners[found.span]?.[found.turn];
        const after = programmeOf(townOf(all.map((one) => (one.notice === gone ? { ...one, withdrawnAt: at } : one))));
        const turns = before.owners[found.span] ?? [];
        const successor = [...turns.slice(found.turn + 1), ...turns].find((notice) => notice !== gone);
        expect(shownAt(after, at)).toMatch(/ 0$/);
        expect(shownAt(after, at).startsWith(`${successor} `)).toBe(true);
      }),
    );
  });

  test("the return from an interruption is exact: as if the clock had stood still", () => {
    fc.assert(
      fc.property(someRing, moment, fc.integer({ min: 1, max: 500_000 }), instants, (all, at, length, drawn) => {
        const alarm = always("alarm", { priority: 0, window: { from: at, until: at + length } });
        const [before, after] = [programmeOf(townOf(all)), programmeOf(townOf([...all, alarm]))];
        for (const ms of drawn) {
          const when = start + ms;
          if (when < at) expect(shownAt(after, when)).toBe(shownAt(before, when));
          else if (when < at + length) expect(shownAt(after, when)).toMatch(/^alarm /);
          else expect(shownAt(after, when)).toBe(shownAt(before, when - length));
        }
      }),
    );
  });

  test("each returns within one loop of its priority's time on air, interruptions left out", () => {
    fc.assert(
      fc.property(
        someRing,
        fc.array(fc.tuple(moment, fc.integer({ min: 1, max: 200_000 })), { maxLength: 6 }),
        (all, breaks) => {
          const alarms = breaks.map(([from, length], index) =>
            always(`alarm ${index}`, { priority: 0, window: { from, until: from + length } }),
          );
          const { programme, owners } = programmeOf(townOf([...all, ...alarms]), start, start + 6 * 3600_000);
          const loopMs = all.reduce((sum, one) => sum + one.durationMs * one.weight, 0);
          const seen = new Map(all.map(({ notice }) => [notice, 0]));
          let onAirMs = 0;
          for (let at = programme.base; at < programme.base + programme.endMs; ) {
            const found = lookup(programme, at);
            const notice = owners[found.span]?.[found.turn] ?? "";
            const length = Math.min(found.until, programme.base + programme.endMs) - at;
            if (seen.has(notice)) {
              expect(onAirMs - (seen.get(notice) ?? 0), notice).toBeLessThanOrEqual(loopMs);
              onAirMs += length;
              seen.set(notice, onAirMs);
            }
            at += length;
          }
          for (const [notice, last] of seen) expect(onAirMs - last, notice).toBeLessThanOrEqual(loopMs);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("cursors begin anew at civil midnight, where the day's point says", () => {
    const all = ["a", "b", "c", "d"].map((notice) => always(notice));
    const first = (on: number) => {
      const { owners } = programmeOf({ ...townOf(all), day: on });
      const { programme } = programmeOf({ ...townOf(all), day: on });
      return owners[0]?.[lookup(programme, midnight(on)).turn];
    };
    const days = Array.from({ length: 40 }, (_, index) => day + index);
    const expected = days.map((on) => {
      const ring = ringOf(all);
      const point = Number((BigInt(on) * 0x9e3779b1n) % 0x1_0000_0000n);
      return (ring.find((place) => place.point >= point) ?? ring[0])?.candidate.notice;
    });
    expect(days.map(first)).toEqual(expected);
    expect(new Set(expected).size).toBeGreaterThan(2);
  });
});

test("the same inputs give the same programme, in whatever order they come", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const planned = programmeOf(one);
      expect(programmeOf(withCandidates(one, [...one.town.candidates].reverse()))).toEqual(planned);
      expect(programmeProblem(planned.programme)).toBeNull();
    }),
    { numRuns: 60 },
  );
});
