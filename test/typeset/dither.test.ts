import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bitmap, type ColourKind, rowStride } from "../../src/message/index.ts";
import { ditherErrorDiffusion, ditherOrdered } from "../../src/typeset/dither.ts";
import { ditherKernel } from "../../src/typeset/kernel/dither.ts";
import { fullLight, lightOf, lightThresholds, sampleThresholds } from "../../src/typeset/kernel/light.ts";
import { ditherWidthMax } from "../../src/typeset/kernel/memory.ts";
import { plainDiffusion, plainOrdered } from "../../src/typeset/kernel/plain-dither.ts";

const kinds: readonly ColourKind[] = ["mono", "dual", "rgb"];
const ways = { ordered: ditherOrdered, "error diffusion": ditherErrorDiffusion } as const;
const plain = { ordered: plainOrdered, "error diffusion": plainDiffusion } as const;
const names = Object.keys(ways) as (keyof typeof ways)[];

/** Noise, or noise with flat parts, in which errors travel far. */
const anyPicture = fc
  .tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 1, max: 40 }),
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
  )
  .map(([width, height, noise]) => {
    const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) => noise[at % noise.length] as number);
    return { width, height, rgb };
  });

function flat(width: number, height: number, colour: readonly [number, number, number]): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => colour[at % 3] as number);
}

/** Channel `channel` (0 red or all) of each dot, 0 or 1. */
function dotsOf({ width, height, format, pixels, palette }: Bitmap, channel: number): readonly number[] {
  const stride = rowStride(width, format);
  return Array.from({ length: width * height }, (_, dot) => {
    const [x, y] = [dot % width, Math.floor(dot / width)];
    if (format === "index4") {
      const index = ((pixels[y * stride + (x >> 1)] ?? 0) >> (x & 1 ? 0 : 4)) & 15;
      return (palette[index * 3 + channel] ?? 0) / 255;
    }
    const plane = channel * stride * height;
    return ((pixels[plane + y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  });
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

describe.each(names)("%s", (name) => {
  const dither = ways[name];

  test.each(kinds)("of a %s picture is the same with the kernel and without", (colour) => {
    expect(ditherKernel()).not.toBeNull();
    fc.assert(
      fc.property(anyPicture, ({ width, height, rgb }) => {
        const made = dither(rgb, width, height, colour);
        const expected = new Uint8Array(made.pixels.length);
        plain[name]({ width, height, rgb }, colour, expected);
        expect([...made.pixels]).toEqual([...expected]);
      }),
      { numRuns: 200 },
    );
  });

  test.each(kinds)("of a %s picture of more rows, or longer ones, than the kernel takes at once", (colour) => {
    for (const [width, height] of [
      [301, 333],
      // Bands of an odd number of rows: the next one begins from the right.
      [300, 333],
      [1, 20_000],
      [ditherWidthMax, 9],
      [ditherWidthMax + 1, 9],
    ] as const) {
      const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7919) >> 5);
      const made = dither(rgb, width, height, colour);
      const expected = new Uint8Array(made.pixels.length);
      plain[name]({ width, height, rgb }, colour, expected);
      expect(Buffer.compare(made.pixels, expected), `${width} x ${height}`).toBe(0);
    }
  });

  test.each(kinds)("lights no dot of black and every dot of white, and nothing beyond (%s)", (colour) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 20 }), (width, height) => {
        const black = dither(flat(width, height, [0, 0, 0]), width, height, colour);
        expect(black.pixels.every((byte) => byte === 0)).toBe(true);
        const white = dither(flat(width, height, [255, 255, 255]), width, height, colour);
        const channels = colour === "mono" ? 1 : colour === "dual" ? 2 : 3;
        for (let channel = 0; channel < channels; channel++) expect(sum(dotsOf(white, channel))).toBe(width * height);
        const ones = sum([...white.pixels].map((byte) => byte.toString(2).replaceAll("0", "").length));
        expect(ones).toBe(width * height * channels);
      }),
    );
  });

  test("lights as many dots of a flat picture as its light asks for", () => {
    const [width, height] = [64, 64];
    for (const sample of [30, 64, 96, 128, 160, 192, 224]) {
      const share = (lightOf[sample] as number) / fullLight;
      const made = dither(flat(width, height, [sample, sample, sample]), width, height, "mono");
      expect(Math.abs(sum(dotsOf(made, 0)) / (width * height) - share), `${sample}`).toBeLessThan(1 / 64);
    }
  });

  test("gives each channel its own light; a dual panel leaves blue out", () => {
    const [width, height] = [64, 64];
    const picture = flat(width, height, [200, 120, 60]);
    for (const colour of ["dual", "rgb"] as const) {
      const made = dither(picture, width, height, colour);
      for (const [channel, sample] of [200, 120, 60].slice(0, colour === "dual" ? 2 : 3).entries())
        expect(sum(dotsOf(made, channel)) / (width * height)).toBeCloseTo((lightOf[sample] as number) / fullLight, 1);
    }
    const blue = dither(flat(width, height, [0, 0, 255]), width, height, "dual");
    expect(blue.pixels.every((byte) => byte === 0)).toBe(true);
  });

  test("refuses a picture whose bytes are not its size's", () => {
    expect(() => dither(new Uint8Array(11), 2, 2, "mono")).toThrow("2 x 2 dots of 3 bytes are 12 bytes, not 11");
  });
});

describe("ordered", () => {
  test("a brighter picture lights all that a darker one does", () => {
    fc.assert(
      fc.property(anyPicture, fc.nat({ max: 80 }), ({ width, height, rgb }, more) => {
        const brighter = rgb.map((sample) => Math.min(255, sample + more));
        const [dark, bright] = [rgb, brighter].map((one) => dotsOf(ditherOrdered(one, width, height, "mono"), 0));
        expect(dark?.every((dot, at) => dot <= (bright?.[at] ?? 0))).toBe(true);
      }),
    );
  });

  test("a dot depends on nothing but itself and its place", () => {
    fc.assert(
      fc.property(anyPicture, fc.nat(), ({ width, height, rgb }, at) => {
        const dot = at % (width * height);
        const alone = new Uint8Array(rgb.length);
        alone.set(rgb.subarray(dot * 3, dot * 3 + 3), dot * 3);
        for (const channel of [0, 1, 2])
          expect(dotsOf(ditherOrdered(alone, width, height, "rgb"), channel)[dot]).toBe(
            dotsOf(ditherOrdered(rgb, width, height, "rgb"), channel)[dot],
          );
      }),
    );
  });
});

describe("error diffusion", () => {
  test("no light is lost or made, but at the borders", () => {
    fc.assert(
      fc.property(anyPicture, ({ width, height, rgb }) => {
        const wanted = sum([...rgb].filter((_, at) => at % 3 === 0).map((sample) => lightOf[sample] as number));
        const given = fullLight * sum(dotsOf(ditherErrorDiffusion(rgb, width, height, "rgb"), 0));
        // Each dot of a border can lose most of one dot's light, and every dot one unit to rounding.
        expect(Math.abs(given - wanted)).toBeLessThanOrEqual((width + 2 * height) * fullLight + width * height);
      }),
    );
  });

  test("rows go to and fro: a flat grey is even on both sides", () => {
    const [width, height] = [65, 64];
    const dots = dotsOf(ditherErrorDiffusion(flat(width, height, [60, 60, 60]), width, height, "mono"), 0);
    const left = sum(dots.filter((_, at) => at % width < 32));
    const right = sum(dots.filter((_, at) => at % width > 32));
    expect(Math.abs(left - right)).toBeLessThanOrEqual(8);
  });
});

describe("light", () => {
  test("is the sRGB standard's", () => {
    // The standard's own corner, and the well-known middle: 188 gives half of the light.
    expect([0, 1, 10, 11, 128, 188, 255].map((sample) => lightOf[sample])).toEqual([
      0, 20, 199, 219, 14146, 32957, 65535,
    ]);
  });

  test("is the same on every machine: engines may differ in the last digit of a power, and one entry off is another message", () => {
    expect(createHash("sha256").update(lightOf.join(" ")).digest("hex")).toBe(
      "47a3fffd53cfed807398aabbe96ee9508535ae0578fe46536031c4d9f388d472",
    );
    // How far the nearest one is from being rounded the other way: far more than the last digit of a power.
    const exact = (s: number) => 65535 * (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4);
    const nearest = Math.min(...Array.from({ length: 256 }, (_, at) => Math.abs((exact(at / 255) % 1) - 0.5)));
    expect(nearest).toBeGreaterThan(1e-6);
  });

  test("thresholds are 64 different ones, and those for samples say the same", () => {
    expect(new Set(lightThresholds).size).toBe(64);
    for (let place = 0; place < 64; place++)
      for (let sample = 0; sample < 256; sample++)
        expect(sample >= (sampleThresholds[place] as number)).toBe(
          (lightOf[sample] as number) >= (lightThresholds[place] as number),
        );
  });
});
