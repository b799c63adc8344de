/** The rasteriser against one that asks of each of many points whether it is inside, as the non-zero rule says. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Contour, coverageOf } from "../../src/typeset/fonts/raster.ts";

const [width, height] = [9, 7];
/** Points looked at across and down each dot. */
const points = 24;

/** Turns of all contours around a point: crossings of the ray to its right, upward against downward. */
function winding(contours: readonly Contour[], x: number, y: number): number {
  let turns = 0;
  for (const contour of contours)
    for (let at = 0; at < contour.length; at += 2) {
      const [x0 = 0, y0 = 0] = [contour[at], contour[at + 1]];
      const next = (at + 2) % contour.length;
      const [x1 = 0, y1 = 0] = [contour[next], contour[next + 1]];
      if (y0 <= y === y1 <= y) continue;
      if (x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) > x) turns += y1 > y0 ? 1 : -1;
    }
  return turns;
}

function slow(contours: readonly Contour[]): number[] {
  return Array.from({ length: width * height }, (_, dot) => {
    let inside = 0;
    for (let point = 0; point < points * points; point++) {
      const x = (dot % width) + ((point % points) + 0.5) / points;
      const y = Math.floor(dot / width) + (Math.floor(point / points) + 0.5) / points;
      if (winding(contours, x, y) !== 0) inside++;
    }
    return (inside / points / points) * 255;
  });
}

const place = fc.double({ min: -3, max: 12, noNaN: true });
const contour = fc.array(place, { minLength: 6, maxLength: 16 }).map((values) => values.slice(0, values.length & ~1));

describe("coverage", () => {
  it("is what many points say, of any contours, crossing, overlapping and outside", () => {
    fc.assert(
      fc.property(fc.array(contour, { maxLength: 4 }), (contours) => {
        const fast = coverageOf(contours, width, height);
        const reference = slow(contours);
        // Eight lines sample a dot: a side that lies nearly level in it may be wrong by one of them, two sides by two.
        for (const [dot, covered] of fast.entries()) expect(Math.abs(covered - (reference[dot] ?? 0))).toBeLessThan(90);
        const error = fast.reduce((sum, covered, dot) => sum + Math.abs(covered - (reference[dot] ?? 0)), 0);
        expect(error / fast.length).toBeLessThan(12);
      }),
      { numRuns: 150 },
    );
  });

  it("is exact where sides lie on dots or stand upright between them", () => {
    const square = [1, 1, 1, 4, 3.5, 4, 3.5, 1];
    const covered = coverageOf([square], 5, 5);
    expect([...covered.subarray(5, 10)]).toEqual([0, 255, 255, 128, 0]);
    expect([...covered.subarray(0, 5), ...covered.subarray(20)]).toEqual(new Array(10).fill(0));
  });

  it("joins contours of one direction and cuts holes by those of the other", () => {
    const outer = [0, 0, 6, 0, 6, 6, 0, 6];
    const inner = [2, 2, 4, 2, 4, 4, 2, 4];
    const reversed = [2, 2, 2, 4, 4, 4, 4, 2];
    expect(coverageOf([outer, inner], 6, 6)[14]).toBe(255);
    expect(coverageOf([outer, reversed], 6, 6)[14]).toBe(0);
  });

  it("leaves nothing behind for the next", () => {
    fc.assert(
      fc.property(fc.array(contour, { maxLength: 3 }), fc.array(contour, { maxLength: 3 }), (one, other) => {
        const first = coverageOf(one, width, height);
        coverageOf(other, 31, 17);
        expect(coverageOf(one, width, height)).toEqual(first);
      }),
    );
  });
});
