/** What a frame is made of, and how long it stands. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { emptyBitmap, frameAt, makeMessage } from "../../src/message/index.ts";
import type { Instant, Page, Programme } from "../../src/message/types.ts";
import { poseAt, samePose } from "../../src/web/player/pose.ts";
import { stillUntil } from "../../src/web/player/still.ts";
import { type FakeOffice, fakeOffice, practiceStart } from "../preview/fake-office.ts";

let office: FakeOffice;
beforeAll(async () => {
  office = await fakeOffice();
});
const programmeOf = async (board: string, at: Instant) => {
  const found = await office.programme(board, at);
  if (!found) throw new Error(`no board ${board}`);
  return found;
};

describe("poses", () => {
  test("the same pose is the same frame: nothing that changes goes undrawn", async () => {
    const programmes: Programme[] = [];
    for (const board of ["B1", "B2", "B5", "B9"]) programmes.push((await programmeOf(board, practiceStart)).programme);
    const source = (hash: string) => office.messages.get(hash);
    fc.assert(
      fc.property(
        fc.constantFrom(...programmes),
        fc.integer({ min: 8 * 3_600_000, max: 9 * 3_600_000 }),
        fc.integer({ min: 1, max: 1500 }),
        (programme, sinceMs, laterMs) => {
          const at = programme.base + sinceMs;
          if (!samePose(poseAt(programme, source, at), poseAt(programme, source, at + laterMs))) return;
          expect(frameAt(programme, source, at + laterMs)).toEqual(frameAt(programme, source, at));
        },
      ),
      { numRuns: 400 },
    );
  });

  test("while a picture is said to stand, it does: every pose until then is that of now", async () => {
    const programmes: Programme[] = [];
    for (const board of ["B1", "B2", "B5", "B9"]) programmes.push((await programmeOf(board, practiceStart)).programme);
    const source = (hash: string) => office.messages.get(hash);
    let foreseenMs = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...programmes),
        fc.integer({ min: 8 * 3_600_000, max: 9 * 3_600_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (programme, sinceMs, share) => {
          const at = programme.base + sinceMs;
          const until = stillUntil(programme, source, at);
          foreseenMs += until - at;
          for (const later of [at + Math.floor((until - at) * share), until - 1])
            if (later > at)
              expect(samePose(poseAt(programme, source, at), poseAt(programme, source, later))).toBe(true);
        },
      ),
      { numRuns: 600 },
    );
    expect(foreseenMs).toBeGreaterThan(600 * 1000);
  });

  test("what comes, goes, blinks, or has a window is foreseen no further than it stands", () => {
    const shape = { width: 32, height: 16, colour: "mono" } as const;
    const bitmap = emptyBitmap(32, 16, "mono1");
    const page: Page = { bitmap, motion: "hold", msPerPx: 0, holdMs: 900, step: 0, window: null, fields: [] };
    const slide = { name: "push", direction: "left", msPerPx: 7 } as const;
    const pages: readonly (readonly [Page, from: number, until: number])[] = [
      [{ ...page, entry: slide }, 0, 0],
      [{ ...page, entry: slide, exit: slide }, 32 * 7 + 10, 32 * 7 + 900],
      [{ ...page, motion: "blink", msPerPx: 250, holdMs: 1000 }, 260, 500],
      [{ ...page, window: { from: 0, until: 480 } }, 100, 480],
      [page, 1, 900],
    ];
    for (const [one, from, until] of pages) {
      const message = makeMessage(shape, [one]);
      const turns = [{ message: 0, endMs: message.durationMs }];
      const span = { startMs: 0, endMs: 60_000, leadMs: 0, turns, utcOffsetMin: 0 };
      const programme = { shape, base: 0, endMs: 60_000, messages: [message.hash], spans: [span] };
      expect(
        stillUntil(programme, () => message, from),
        JSON.stringify({ ...one, bitmap: null }),
      ).toBe(until);
    }
  });

  test("a still page is one pose, a clock one a second, a scroll one a dot", async () => {
    const { programme } = await programmeOf("B2", practiceStart);
    const source = (hash: string) => office.messages.get(hash);
    const poses = (from: string, ms: number) => {
      const start = Date.parse(from);
      let count = 0;
      let previous = null;
      for (let at = start; at < start + ms; at++) {
        const pose = poseAt(programme, source, at);
        if (!samePose(previous, pose)) count++;
        previous = pose;
      }
      return count;
    };
    expect(poses("2017-11-06T08:10:00+08:00", 3000)).toBeLessThanOrEqual(2);
    expect(poses("2017-11-06T08:00:00+08:00", 2500)).toBe(100);
  });

  test("a message that has not arrived is another pose than one that has", async () => {
    const { programme } = await programmeOf("B1", practiceStart);
    const before = poseAt(programme, () => undefined, practiceStart);
    expect(
      samePose(
        before,
        poseAt(programme, (hash) => office.messages.get(hash), practiceStart),
      ),
    ).toBe(false);
  });
});
