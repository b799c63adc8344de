/** Kept pictures turned and trimmed: dot for dot against a library, and what has no margin is left as it is. */
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeRaster, encodeRaster, type Raster } from "../../src/typeset/pictures/raster.ts";
import { reshaped, thumbnail, trimmed, turned } from "../../src/typeset/pictures/reshape.ts";

const side = fc.integer({ min: 1, max: 16 });
const rasters = fc
  .record({ width: side, height: side, channels: fc.constantFrom(1 as const, 3 as const) })
  .chain(({ width, height, channels }) =>
    fc
      .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
      .map((pixels): Raster => ({ width, height, channels, pixels })),
  );

describe("turned", () => {
  test("as a library turns it, and back again", async () => {
    await fc.assert(
      fc.asyncProperty(rasters, async (raster) => {
        const { width, height, channels } = raster;
        const right = turned(raster, "right");
        const theirs = await sharp(raster.pixels, { raw: { width, height, channels } })
          .rotate(90)
          .toColourspace(channels === 1 ? "b-w" : "srgb")
          .raw()
          .toBuffer();
        expect([right.width, right.height]).toEqual([height, width]);
        expect(Buffer.from(right.pixels)).toEqual(theirs);
        expect(turned(right, "left")).toEqual(raster);
        const around = (["right", "right", "right"] as const).reduce((one, to) => turned(one, to), right);
        expect(around).toEqual(raster);
      }),
      { numRuns: 100 },
    );
  });
});

describe("trimmed", () => {
  /** Paper with a little grain, ink in a box of it. */
  const page = (width: number, height: number, box: readonly [number, number, number, number], paper = 250): Raster => {
    const pixels = new Uint8Array(width * height).fill(paper);
    for (let dot = 0; dot < pixels.length; dot += 7) pixels[dot] = paper - 20;
    const [left, top, right, bottom] = box;
    for (let y = top; y < bottom; y++) pixels.fill(10, y * width + left, y * width + right);
    return { width, height, channels: 1, pixels };
  };

  test("to what is on it, and a little air", () => {
    const made = trimmed(page(200, 300, [60, 100, 110, 200]));
    expect([made.width, made.height]).toEqual([50 + 4, 100 + 4]);
    expect(made.pixels.filter((value) => value === 10)).toHaveLength(50 * 100);
    // White on black as well.
    expect(
      trimmed({
        ...page(80, 80, [0, 0, 0, 0], 20),
        pixels: page(80, 80, [30, 30, 50, 50]).pixels.map((one) => 255 - one),
      }).width,
    ).toBe(22);
  });

  test("what is empty, full to a corner, or trimmed already stays as it is", () => {
    const empty = page(40, 40, [0, 0, 0, 0]);
    expect(trimmed(empty)).toBe(empty);
    const cornered = page(40, 40, [0, 0, 20, 20]);
    expect(trimmed(cornered)).toBe(cornered);
    const once = trimmed(page(200, 300, [60, 100, 110, 200]));
    expect(trimmed(once)).toEqual(once);
  });

  test("one corner that is no paper is enough: the margin is the picture's own", () => {
    for (const [x, y] of [
      [0, 0],
      [39, 0],
      [0, 39],
      [39, 39],
    ] as const) {
      const cornered = page(40, 40, [15, 15, 25, 25]);
      cornered.pixels[y * 40 + x] = 10;
      expect(trimmed(cornered), `${x} ${y}`).toBe(cornered);
    }
  });

  test("air grows with what is on it, whichever way that is longer, and ends with the paper", () => {
    const sizeOf = (box: readonly [number, number, number, number]) => {
      const { width, height } = trimmed(page(400, 400, box));
      return [width, height];
    };
    // 299 steps from the first dot to the last: six dots of air.
    expect(sizeOf([50, 180, 350, 190])).toEqual([312, 22]);
    expect(sizeOf([180, 50, 190, 350])).toEqual([22, 312]);
    const near = page(120, 120, [1, 1, 119, 119]);
    expect(trimmed(near)).toEqual(near);
  });

  test("faint ink is ink and grain is not, in any colour", () => {
    const dots = (width: number, height: number, ink: readonly number[]): Raster => {
      const pixels = new Uint8Array(width * height * 3).fill(250);
      pixels.set(ink, (10 * width + 20) * 3);
      return { width, height, channels: 3, pixels };
    };
    for (const channel of [0, 1, 2]) {
      const ink = (by: number) => [250, 250, 250].map((value, at) => (at === channel ? value - by : value));
      const faint = trimmed(dots(40, 30, ink(41)));
      expect([faint.width, faint.height, ...faint.pixels]).toEqual([1, 1, ...ink(41)]);
      const grain = dots(40, 30, ink(40));
      expect(trimmed(grain)).toBe(grain);
    }
  });

  test("no dot of ink is lost, wherever it lies", () => {
    fc.assert(
      fc.property(side, side, fc.nat(29), fc.nat(29), (w, h, x, y) => {
        const raster = page(48, 48, [x + 1, y + 1, x + 1 + w, y + 1 + h]);
        const ink = (one: Raster) => one.pixels.filter((value) => value === 10).length;
        expect(ink(trimmed(raster))).toBe(ink(raster));
      }),
    );
  });
});

test("kept bytes come back as kept bytes, named by what is in them; others are refused", async () => {
  const raster: Raster = {
    width: 640,
    height: 400,
    channels: 3,
    pixels: new Uint8Array(640 * 400 * 3).map((_, at) => at % 251),
  };
  const bytes = encodeRaster(raster);
  const made = reshaped(bytes, "left");
  expect(made && decodeRaster(made.bytes)).toMatchObject({ width: 400, height: 640, channels: 3 });
  expect(reshaped(made?.bytes ?? bytes, "right")?.bytes).toEqual(bytes);
  expect(reshaped(bytes.subarray(1), "left")).toBeNull();
  const dot: Raster = { width: 30, height: 20, channels: 1, pixels: new Uint8Array(600).fill(255).fill(0, 310, 311) };
  const cut = reshaped(encodeRaster(dot), "trim");
  expect(cut && decodeRaster(cut.bytes)).toEqual({ width: 1, height: 1, channels: 1, pixels: Uint8Array.of(0) });
  const { width, height } = await sharp((await thumbnail(bytes)) ?? new Uint8Array()).metadata();
  expect([width, height]).toEqual([240, 150]);
  expect(await thumbnail(new Uint8Array(100))).toBeNull();
  // None is made larger, and none has no dots.
  const small = await sharp((await thumbnail(encodeRaster(dot))) ?? new Uint8Array()).metadata();
  expect([small.width, small.height]).toEqual([30, 20]);
  for (const [width, height] of [
    [2000, 1],
    [1, 2000],
  ] as const) {
    const line = encodeRaster({ width, height, channels: 1, pixels: new Uint8Array(2000) });
    const seen = await sharp((await thumbnail(line)) ?? new Uint8Array()).metadata();
    expect([seen.width, seen.height]).toEqual([Math.min(width, 240), Math.min(height, 240)]);
  }
});
