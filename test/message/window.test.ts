import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bitmap, bitmapBytes, rowStride } from "../../src/message/index.ts";
import { copyWindow } from "../../src/message/window.ts";

/** A strip at least as large as the panel, its dots, and where the panel's left top corner stands on it. */
const windows = fc
  .record({
    // Narrow panels, and wide ones, whose dots go in words.
    width: fc.oneof(fc.integer({ min: 1, max: 140 }), fc.integer({ min: 32, max: 140 })),
    height: fc.integer({ min: 1, max: 6 }),
    moreX: fc.integer({ min: 0, max: 300 }),
    moreY: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 })),
    format: fc.constantFrom("mono1" as const, "dual2" as const),
    acrossX: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    downY: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    dots: fc.infiniteStream(fc.nat({ max: 255 })),
    /** Pages are views into a message's bytes: they begin anywhere. */
    before: fc.nat({ max: 5 }),
  })
  .map(({ width, height, moreX, moreY, format, acrossX, downY, dots, before }) => {
    const strip = { width: width + moreX, height: height + moreY };
    const bytes = bitmapBytes(strip.width, strip.height, format);
    const pixels = new Uint8Array(before + bytes).subarray(before);
    const stride = rowStride(strip.width, format);
    const padding = stride * 8 - strip.width;
    for (let at = 0; at < bytes; at++) {
      const byte = dots.next().value as number;
      pixels[at] = (at + 1) % stride === 0 ? byte & (0xff << padding) : byte;
    }
    const bitmap: Bitmap = { ...strip, format, pixels, palette: new Uint8Array(0) };
    const offset = { x: Math.floor(acrossX * strip.width), y: Math.floor(downY * strip.height) };
    return { bitmap, width, height, offset };
  });

/** Rows of "." and "@", plane after plane, padding included. */
function rowsOf(
  { width, height, planes }: { width: number; height: number; planes: number },
  dot: (plane: number, x: number, y: number) => boolean,
): readonly string[] {
  return Array.from({ length: planes * height }, (_, row) =>
    Array.from({ length: rowStride(width, "mono1") * 8 }, (_, x) =>
      dot(Math.floor(row / height), x, row % height) ? "@" : ".",
    ).join(""),
  );
}

function isLit(pixels: Uint8Array, width: number, height: number, plane: number, x: number, y: number): boolean {
  const byte = pixels[(plane * height + y) * Math.ceil(width / 8) + Math.floor(x / 8)] ?? 0;
  return (byte & (0x80 >> (x % 8))) !== 0;
}

describe("a panel's window on a strip", () => {
  test("holds the strip's dots, round both its edges, and nothing in the padding", () => {
    fc.assert(
      fc.property(windows, ({ bitmap, width, height, offset }) => {
        const planes = bitmap.format === "dual2" ? 2 : 1;
        const shape = { width, height, colour: planes === 2 ? "dual" : "mono" } as const;
        const into = new Uint8Array(bitmapBytes(width, height, bitmap.format)).fill(0xa5);
        copyWindow(bitmap, offset.x, offset.y, { shape, pixels: into });
        const found = rowsOf({ width, height, planes }, (plane, x, y) => isLit(into, width, height, plane, x, y));
        const wanted = rowsOf({ width, height, planes }, (plane, x, y) => {
          const from = [(offset.x + x) % bitmap.width, (offset.y + y) % bitmap.height] as const;
          return x < width && isLit(bitmap.pixels, bitmap.width, bitmap.height, plane, ...from);
        });
        expect(found).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });
});
