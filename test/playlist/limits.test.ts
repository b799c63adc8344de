/** What is too much for a panel is a fault, not a programme that it would refuse. */
import { describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { programmeProblem } from "../../src/message/index.ts";
import { programmeFor } from "../../src/playlist/index.ts";
import type { Candidate, PlaylistDay } from "../../src/playlist/types.ts";
import { midnight, zone } from "./oracle.ts";
import { always, quietDay, shape } from "./towns.ts";

const dayMs = 86_400_000;
const start = midnight(quietDay);

describe("limits", () => {
  const empty: PlaylistDay = { dayNumber: quietDay, start, end: start + dayMs, intervals: [] };
  const made = (intervals: PlaylistDay["intervals"], candidates: readonly Candidate[], until = start + dayMs) =>
    programmeFor({ board: "B1", days: [{ ...empty, intervals }], candidates, shape, zone, from: start, until });
  const names = (count: number) => Array.from({ length: count }, (_, index) => `notice ${index}`);
  const slices = (count: number, notices: readonly string[]) =>
    Array.from({ length: count }, (_, index) => ({
      start: start + index * 1000,
      end: start + index * 1000 + 1000,
      priority: 5,
      notices,
    }));

  test.each<[string, ReturnType<typeof made>, object | null]>([
    ["as many spans as there may be", made(slices(limits.spansPerProgramme, ["notice 0"]), [always("notice 0")]), null],
    [
      "one span more",
      made(slices(limits.spansPerProgramme + 1, ["notice 0"]), [always("notice 0")]),
      { spans: limits.spansPerProgramme + 1, max: limits.spansPerProgramme },
    ],
    [
      "as many turns as there may be",
      made(
        slices(1, names(limits.turnsPerSpan)),
        names(limits.turnsPerSpan).map((id) => always(id)),
      ),
      null,
    ],
    [
      "one turn more",
      made(
        slices(1, names(limits.turnsPerSpan + 1)),
        names(limits.turnsPerSpan + 1).map((id) => always(id)),
      ),
      { max: limits.turnsPerSpan },
    ],
    [
      "copies are turns too",
      made(
        slices(1, names(40)),
        names(40).map((id) => always(id, { weight: 16 })),
      ),
      { spans: 640, max: limits.turnsPerSpan },
    ],
    [
      "more bytes than a panel takes",
      made(
        slices(400, names(512)),
        names(512).map((id) => always(id)),
      ),
      { spans: 400, max: 164 },
    ],
    [
      "a loop longer than 32 bits of milliseconds",
      made(
        slices(1, names(3)),
        names(3).map((id) => always(id, { durationMs: 2 ** 31 })),
      ),
      { max: 1 },
    ],
  ])("%s", (_what, result, fault) => {
    if (fault === null) {
      expect(result.ok && programmeProblem(result.planned.programme)).toBeNull();
      return;
    }
    expect(result).toMatchObject({ ok: false, fault: { code: "board/overfull", board: "B1", ...fault } });
  });
});
