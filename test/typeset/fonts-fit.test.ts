/** Fitting outlines to dots: nothing is cut off, nothing folds over, strokes are whole dots wide. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charset } from "../../src/typeset/fonts/charsets.ts";
import { edgesOf, stemsOf } from "../../src/typeset/fonts/edges.ts";
import { dotsOf } from "../../src/typeset/fonts/fit.ts";
import { fitsOf } from "../../src/typeset/fonts/outline-face.ts";
import { type Outline, outlineOf, piecesOf } from "../../src/typeset/fonts/outlines.ts";

const ideographs = [...charset("gb2312-level1"), ...charset("gb2312-level2")];
const anyDrawn = fc
  .record({
    codePoint: fc.oneof(
      fc.integer({ min: 0x21, max: 0x17f }),
      fc.constantFrom(...ideographs),
      fc.constantFrom(...charset("gb2312-symbols")),
    ),
    sizePx: fc.integer({ min: 24, max: 120 }),
    weight: fc.constantFrom("regular", "bold"),
  })
  .map(({ codePoint, sizePx, weight }) => {
    const outline = outlineOf(codePoint, weight === "bold");
    if (outline === null || outline.xs.length === 0) return null;
    const scale = sizePx / 1000;
    const width = Math.max(1, Math.round(outline.advance * scale));
    const box = { width, height: sizePx, scale, left: 0, bottom: 0 };
    return { outline, box, fits: fitsOf(outline, box, weight) };
  });

describe("an outline fitted to dots", () => {
  it("lies in its box, all of it", () => {
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        if (drawn === null) return;
        const { outline, box, fits } = drawn;
        const inside = (dots: number, size: number) => dots >= -1e-9 && dots <= size + 1e-9;
        expect(outline.xs.every((x) => inside(dotsOf(fits.x, x), box.width))).toBe(true);
        expect(outline.ys.every((y) => inside(dotsOf(fits.y, y), box.height))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("keeps the order of its points", () => {
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        if (drawn === null) return;
        for (const [fit, values] of [
          [drawn.fits.x, drawn.outline.xs],
          [drawn.fits.y, drawn.outline.ys],
        ] as const) {
          const dots = [...values].sort((a, b) => a - b).map((value) => dotsOf(fit, value));
          expect(dots.every((dot, index) => index === 0 || dot >= (dots[index - 1] as number) - 1e-9)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("has the strokes of ordinary characters on whole dots, all of one width", () => {
    for (const character of "三王土工日田中目十")
      for (const sizePx of [24, 31, 40, 48]) {
        const outline = outlineOf(character.codePointAt(0) ?? 0, false) as Outline;
        const fits = fitsOf(
          outline,
          { width: sizePx, height: sizePx, scale: sizePx / 1000, left: 0, bottom: 0 },
          "regular",
        );
        const stems = stemsOf(edgesOf(outline, "y"), 68);
        expect(stems.length).toBeGreaterThan(0);
        const sides = stems.map(({ low, high }) => [dotsOf(fits.y, low), dotsOf(fits.y, high)] as const);
        const widths = new Set(sides.map(([low, high]) => Math.round((high - low) * 1000) / 1000));
        expect([character, sizePx, [...widths]]).toEqual([character, sizePx, [expect.any(Number)]]);
        for (const dot of sides.flat()) expect(Math.abs(dot - Math.round(dot))).toBeLessThan(0.2);
      }
  });
});

describe("the packed outlines", () => {
  it("are closed contours of whole units inside a reasonable box", () => {
    for (const codePoint of ideographs.slice(0, 1500)) {
      const outline = outlineOf(codePoint, true) as Outline;
      for (const pieces of piecesOf(outline)) {
        expect(pieces.length).toBeGreaterThan(1);
        for (const [index, { to }] of pieces.entries()) {
          const next = pieces[(index + 1) % pieces.length];
          expect([outline.xs[to], outline.ys[to]]).toEqual([
            outline.xs[next?.from ?? -1],
            outline.ys[next?.from ?? -1],
          ]);
        }
      }
      expect(outline.xs.concat(outline.ys).every((at) => Number.isInteger(at) && at > -400 && at < 1400)).toBe(true);
    }
  });
});
