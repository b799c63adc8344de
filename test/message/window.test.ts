import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { type Bitmap, bitmapBytes, bitsPerDot, type PixelFormat, rowStride } from "../../src/message/index.ts";
import { windowFile, windowFileUrl } from "./assemble-kernel.ts";
import { shiftedBytes } from "../../src/message/shifted-strips.ts";
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

/** A strip and the panel that it scrolls over. */
const strips = fc.record({
  width: fc.oneof(fc.integer({ min: 1, max: 140 }), fc.constantFrom(32, 64, 80, 128)),
  height: fc.integer({ min: 1, max: 4 }),
  more: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constantFrom(0, 8, 32)),
  format: fc.constantFrom("mono1" as const, "dual2" as const),
  dots: fc.infiniteStream(fc.nat({ max: 255 })),
});

function stripOf(width: number, height: number, format: PixelFormat, dots: () => number): Bitmap {
  const pixels = Uint8Array.from({ length: bitmapBytes(width, height, format) }, dots);
  const stride = rowStride(width, format);
  const padding = stride * 8 - width * bitsPerDot[format];
  for (let at = stride - 1; at < pixels.length; at += stride) pixels[at] = (pixels[at] ?? 0) & (0xff << padding);
  return { width, height, format, pixels, palette: new Uint8Array(0) };
}

describe("a strip that scrolls long enough to be shifted beforehand", () => {
  test("has the same dots at every offset, before and after, over its seam too", () => {
    fc.assert(
      fc.property(strips, ({ width, height, more, format, dots }) => {
        const bitmap = stripOf(width + more, height, format, () => dots.next().value as number);
        const planes = format === "dual2" ? 2 : 1;
        const shape = { width, height, colour: planes === 2 ? "dual" : "mono" } as const;
        const pixels = new Uint8Array(bitmapBytes(width, height, format));
        const before = shiftedBytes();
        // A strip as wide as its panel is copied whole where it rests: a round more than a hundred frames in any case.
        for (let frame = 0; frame < bitmap.width + 140; frame++) {
          const offset = frame % bitmap.width;
          pixels.fill(0x5a);
          copyWindow(bitmap, offset, 0, { shape, pixels });
          const found = rowsOf({ width, height, planes }, (plane, x, y) => isLit(pixels, width, height, plane, x, y));
          const wanted = rowsOf(
            { width, height, planes },
            (plane, x, y) =>
              x < width && isLit(bitmap.pixels, bitmap.width, height, plane, (offset + x) % bitmap.width, y),
          );
          if (`${found}` !== `${wanted}`) expect(found, `offset ${offset}, frame ${frame}`).toEqual(wanted);
        }
        // Else nothing of this was about shifted strips; a bitmap of one dot never scrolls.
        if (bitmap.width > 4) expect(shiftedBytes() - before).toBe(8 * bitmap.pixels.length);
      }),
      { numRuns: 60 },
    );
  });

  test("one strip for panels of two widths", () => {
    const bitmap = stripOf(300, 2, "mono1", () => 0b10110100);
    const drawn = (width: number, offset: number) => {
      const shape = { width, height: 2, colour: "mono" } as const;
      const pixels = new Uint8Array(bitmapBytes(width, 2, "mono1"));
      copyWindow(bitmap, offset, 0, { shape, pixels });
      return rowsOf({ width, height: 2, planes: 1 }, (_, x, y) => isLit(pixels, width, 2, 0, x, y))[0];
    };
    for (let frame = 0; frame < 100; frame++) drawn(128, frame);
    expect(drawn(40, 3)?.slice(0, 40)).toBe(drawn(128, 3)?.slice(0, 40));
  });

  test("together they stay within their bound, and each is still right when others needed its room", () => {
    const shape = { width: 384, height: 32, colour: "mono" } as const;
    const pixels = new Uint8Array(bitmapBytes(384, 32, "mono1"));
    const many = Array.from({ length: 10 }, (_, index) => stripOf(60_001, 32, "mono1", () => 0x11 * (index + 1)));
    expect(many.length * 8 * (many[0]?.pixels.length ?? 0)).toBeGreaterThan(limits.shiftedStripBytes);
    for (let round = 0; round < 3; round++)
      for (const bitmap of many)
        for (let frame = 0; frame < 70; frame++) {
          copyWindow(bitmap, 59_900 + frame, 0, { shape, pixels });
          expect(shiftedBytes()).toBeLessThanOrEqual(limits.shiftedStripBytes);
          const lit = isLit(bitmap.pixels, bitmap.width, 32, 0, (59_900 + frame + 383) % 60_001, 31);
          expect(isLit(pixels, 384, 32, 0, 383, 31)).toBe(lit);
        }
  });

  test("its kernel is what its text says", async () => {
    expect(readFileSync(windowFileUrl, "utf8")).toBe(await windowFile());
  });
});

describe("a panel's window on a page in colours", () => {
  test("holds the page's colours, round both its edges; past the palette it is black", () => {
    const formats = ["index1", "index2", "index4", "index8", "rgb24"] as const;
    const pages = fc.record({
      format: fc.constantFrom(...formats),
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 4 }),
      more: fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 3 })),
      at: fc.tuple(fc.nat(), fc.nat()),
      entries: fc.integer({ min: 1, max: 256 }),
      before: fc.nat({ max: 3 }),
      dots: fc.infiniteStream(fc.nat({ max: 255 })),
    });
    fc.assert(
      fc.property(pages, ({ format, width, height, more, at, entries, before, dots }) => {
        const next = () => dots.next().value as number;
        const strip = stripOf(width + more[0], height + more[1], format, next);
        const bits = bitsPerDot[format];
        const palette = Uint8Array.from({ length: format === "rgb24" ? 0 : 3 * Math.min(entries, 2 ** bits) }, next);
        const [offsetX, offsetY] = [at[0] % strip.width, at[1] % strip.height];
        // Frames that do not begin at a word's address as well.
        const pixels = new Uint8Array(before + width * height * 3).subarray(before).fill(0x5a);
        const shape = { width, height, colour: "rgb" } as const;
        copyWindow({ ...strip, palette }, offsetX, offsetY, { shape, pixels });
        const wanted: number[] = [];
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const [column, row] = [(offsetX + x) % strip.width, (offsetY + y) % strip.height];
            const start = row * rowStride(strip.width, format) * 8 + column * bits;
            const number = (from: number, count: number) => {
              let value = 0;
              for (let bit = from; bit < from + count; bit++)
                value = value * 2 + (((strip.pixels[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
              return value;
            };
            for (let channel = 0; channel < 3; channel++)
              wanted.push(
                format === "rgb24" ? number(start + channel * 8, 8) : (palette[number(start, bits) * 3 + channel] ?? 0),
              );
          }
        expect([...pixels]).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });
});

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
