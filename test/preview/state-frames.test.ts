/** Whatever changes and whoever misses it, each one that looks can tell the whole state from what it was sent. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StateFrames } from "../../src/preview/state-frames.ts";
import type { PreviewBoard, PreviewState, PreviewUpdate } from "../../src/preview/types.ts";
import { withProgrammes } from "../../src/web/player/previews.ts";

const names = ["B1", "B2", "B3"];
const secret = "tcp 10.0.0.7";

/** A state whose programmes are of these versions, at this instant. */
function stateOf(versions: readonly number[], now: number, lines: boolean): PreviewState {
  const boards = names.map((id, index): PreviewBoard => {
    const fact = { message: "0".repeat(64), notice: lines ? secret : null, at: now };
    return {
      id,
      facts: { intended: fact, sent: null, confirmed: null, faults: [], link: "connected" },
      programme: {
        shape: { width: 8, height: 8, colour: "mono" },
        base: versions[index] ?? 0,
        endMs: 0,
        messages: [],
        spans: [],
      },
      owners: [],
      notices: {},
    } as PreviewBoard;
  });
  return { v: 1, clockId: "c", now, boards };
}

/** The frame's text: header bytes as RFC 6455 §5.2 counts them. */
const textOf = (frame: Buffer) => frame.subarray(frame[1] === 127 ? 10 : frame[1] === 126 ? 4 : 2).toString("utf8");

describe("frames of states", () => {
  test("what each has after any sequence is the state, with programmes sent again only where they must be", () => {
    const step = fc.record({
      change: fc.option(fc.nat(names.length - 1)),
      present: fc.uniqueArray(fc.nat(3)),
      /** Sees lines from now on, or no longer. */
      turned: fc.option(fc.nat(3), { freq: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const versions = [0, 0, 0];
        let now = 0;
        const frames = new StateFrames((lines) => stateOf(versions, now, lines));
        const lookers = Array.from({ length: 4 }, (_, index) => ({
          lines: index % 2 === 0,
          has: 0,
          boards: new Map() as ReadonlyMap<string, PreviewBoard>,
        }));
        for (const { change, present, turned } of steps) {
          now++;
          if (change !== null) versions[change] = (versions[change] ?? 0) + 1;
          const other = turned === null ? undefined : lookers[turned];
          if (other) other.lines = !other.lines;
          frames.renew();
          for (const index of present) {
            const looker = lookers[index];
            if (!looker) continue;
            const { frame, plan } = frames.frame(looker.lines, looker.has);
            const update = JSON.parse(textOf(frame)) as PreviewUpdate;
            expect(update.boards.every((board) => "programme" in board)).toBe(plan !== looker.has);
            looker.has = plan;
            looker.boards = withProgrammes(update.boards, looker.boards);
            expect([...looker.boards.values()]).toEqual(stateOf(versions, now, looker.lines).boards);
            if (!looker.lines) expect(textOf(frame)).not.toContain(secret);
          }
        }
      }),
    );
  });

  test("all who have the same get the same buffer, and the second state is a fraction of the first", () => {
    const frames = new StateFrames((lines) => stateOf([1, 2, 3], 5, lines));
    const first = frames.frame(false, 0);
    expect(frames.frame(false, 0).frame).toBe(first.frame);
    const second = frames.frame(false, first.plan);
    expect(frames.frame(false, first.plan).frame).toBe(second.frame);
    expect(second.frame.length).toBeLessThan(first.frame.length);
    expect(frames.frame(true, first.plan).plan).not.toBe(first.plan);
  });

  test("a board whose programme never came is left out", () => {
    const [board] = stateOf([1, 1, 1], 0, false).boards;
    if (!board) throw new Error("no board");
    const { programme: _, owners: __, notices: ___, ...bare } = board;
    expect([...withProgrammes([bare], new Map())]).toEqual([]);
  });
});
