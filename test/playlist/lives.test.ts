import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Lives } from "../../src/playlist/lives.ts";
import { lifeOf } from "../../src/playlist/playlist.ts";
import type { Candidate } from "../../src/playlist/types.ts";

const instant = fc.integer({ min: 0, max: 60 });
const maybe = fc.option(instant);

const candidate: fc.Arbitrary<Candidate> = fc
  .record({ from: instant, until: instant, signedAt: maybe, withdrawnAt: maybe, supersededAt: maybe, name: fc.nat(9) })
  .map(({ from, until, signedAt, withdrawnAt, supersededAt, name }) => ({
    notice: `notice ${name}`,
    title: "公示",
    window: { from, until },
    signedAt,
    withdrawnAt,
    supersededAt,
    rule: { cron: null, slotMinutes: 0, calendar: "everyday" },
    priority: 5,
    weight: 1,
    message: null,
    durationMs: 0,
    blocked: null,
  }));

describe("lives", () => {
  test("during a window: exactly those alive in it, in the order given, however many others there are", () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 70 }), instant, instant, (candidates, from, until) => {
        const alive = candidates.filter((one) => {
          const life = lifeOf(one);
          return Math.max(life.from, from) < Math.min(life.until, until);
        });
        expect(new Lives(candidates).during({ from, until })).toEqual(alive);
      }),
      { numRuns: 500 },
    );
  });
});
