/** No message flashes more than three times in any second (SPEC.md 5.8; WCAG 2.1, 2.3.1). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeMessage, messageFrame, messageProblem, type Page, type Transition } from "../../src/message/index.ts";
import { epoch } from "./arbitrary.ts";

const shape = { width: 8, height: 2, colour: "mono" } as const;

/** Pages that all differ from each other and from black: every step is a change that can be seen. */
function page(step: number, change: Partial<Page> = {}): Page {
  const pixels = Uint8Array.of(0x80 | step, 0xff);
  const bitmap = { width: 8, height: 2, format: "mono1", pixels, palette: new Uint8Array(0) } as const;
  return { bitmap, motion: "hold", msPerPx: 0, holdMs: 1000, step, window: null, fields: [], ...change };
}

const holds = (...ms: readonly number[]) => ms.map((holdMs, step) => page(step, { holdMs }));
const problem = (pages: readonly Page[]) => messageProblem(shape, pages);
const moves = (msPerPx: number): Transition => ({ name: "wipe", direction: "down", msPerPx });

/** Watches the message round and round, ms by ms: does any second have more than six changes of the picture? */
function flashes(pages: readonly Page[]): boolean {
  // Made of parts that are messages each: what makeMessage says of the whole is what is tested.
  const parts = pages.map((one) => makeMessage(shape, [{ ...one, step: 0 }]));
  const shown: string[] = [];
  for (const part of parts)
    for (let ms = 0; ms < part.durationMs; ms++) shown.push(`${messageFrame(part, ms, epoch, 0).pixels}`);
  const loop = shown.length;
  const changes: number[] = [];
  for (let ms = 0; ms < loop; ms++) if (shown[ms] !== shown[(ms + loop - 1) % loop]) changes.push(ms);
  if (changes.length === 0) return false;
  const rounds = Math.ceil(8 / changes.length) + 1;
  const all = Array.from({ length: rounds }, (_, round) => changes.map((ms) => ms + round * loop)).flat();
  return all.some((ms, index) => (all[index + 6] ?? Infinity) - ms < 1000);
}

describe("what flashes above 3 Hz is no message", () => {
  test("as one finds who watches it: pages that hold and blink", () => {
    const part = fc.oneof(
      fc.integer({ min: 1, max: 400 }).map((holdMs): Partial<Page> => ({ holdMs })),
      fc.integer({ min: 150, max: 200 }).map((holdMs): Partial<Page> => ({ holdMs })),
      fc
        .tuple(fc.integer({ min: 167, max: 260 }), fc.integer({ min: 1, max: 9 }))
        .map(([msPerPx, times]): Partial<Page> => ({ motion: "blink", msPerPx, holdMs: times * 2 * msPerPx })),
    );
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 9 }), (parts) => {
        const pages = parts.map((one, step) => page(step, one));
        const found = problem(pages);
        expect(found === null ? null : "flashes").toBe(flashes(pages) ? "flashes" : null);
        if (found === null) taken++;
        else {
          refused++;
          expect(found).toMatch(/flashes: more than 6 changes in the second after \d+ ms/);
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(30);
  });

  test("at its very edge", () => {
    expect(problem(holds(167, 167))).toBeNull();
    expect(problem(holds(166, 167))).toMatch(/flashes/);
    expect(problem(holds(1000, 1))).toBeNull();
    expect(problem(holds(1))).toBeNull();
    // Six changes in a moment are three flashes; the seventh comes a second after the first.
    expect(problem(holds(1, 1, 1, 1, 1, 995))).toBeNull();
    expect(problem(holds(1, 1, 1, 1, 1, 994))).toMatch(/flashes/);
  });

  test("a blink at 3 Hz is the fastest one, and ends with its black half", () => {
    const blink = (msPerPx: number, holdMs: number) => [page(0, { motion: "blink", msPerPx, holdMs })];
    expect(problem(blink(167, 334))).toBeNull();
    expect(problem(blink(166, 332))).toMatch(/at 3 Hz at most: 167 ms/);
    expect(problem(blink(200, 600))).toMatch(/whole blinks of 400 ms/);
    expect(problem(blink(65_535, 131_070 * 16_000))).toBeNull();
  });

  test("entries and exits are changes, but not from black to black", () => {
    const both = { entry: moves(10), exit: moves(10) };
    // Round and round: whole after its entry, black after its exit, nothing in between.
    expect(problem([page(0, { ...both, holdMs: 294 })])).toBeNull();
    expect(problem([page(0, { ...both, holdMs: 293 })])).toMatch(/flashes/);
    expect(problem([page(0, { entry: moves(10), holdMs: 314 })])).toBeNull();
    expect(problem([page(0, { entry: moves(10), holdMs: 313 })])).toMatch(/flashes/);
    const comes = (holdMs: number) => [page(0, { ...both, holdMs }), page(1, { holdMs: 1000 })];
    expect(problem(comes(100))).toBeNull();
    expect(problem(comes(1))).toBeNull();
    expect(problem([...comes(1), page(2, { ...both, holdMs: 1 }), page(3, { holdMs: 300 })])).toMatch(/flashes/);
  });

  test("so are windows' edges, whose steps count twice", () => {
    const daily = (everyMs: number, lastMs: number) =>
      Array.from({ length: 8 }, (_, index) => {
        const from = epoch + index * everyMs;
        return { ...page(index), step: 0, window: { from, until: from + lastMs } };
      });
    expect(problem(daily(1000, 1000))).toBeNull();
    expect(problem(daily(167, 167))).toBeNull();
    expect(problem(daily(166, 166))).toMatch(/page 5: flashes: more than 6 edges of windows/);
    expect(problem(daily(332, 100))).toMatch(/flashes/);
    expect(problem(daily(334, 100))).toBeNull();
    const windowed = { window: { from: epoch, until: epoch + 1 } };
    expect(problem(holds(200, 200, 200))).toBeNull();
    expect(problem(holds(200, 200, 200).map((one) => ({ ...one, ...windowed })))).toMatch(/flashes/);
    expect(problem(holds(334, 333, 333).map((one) => ({ ...one, ...windowed })))).toBeNull();
  });
});
