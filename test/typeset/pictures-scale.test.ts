/** Scaling dot for dot against a slow reference, and the one form in which pictures are kept. */
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeRaster, encodeRaster, type Raster } from "../../src/typeset/pictures/raster.ts";
import { type Averaging, enlarge, reduce, sizeWithin } from "../../src/typeset/pictures/scale.ts";
import { photo, raster } from "./picture-files.ts";

const side = fc.integer({ min: 1, max: 24 });
const rasters = fc
  .record({ width: side, height: side, channels: fc.constantFrom(1 as const, 3 as const) })
  .chain(({ width, height, channels }) =>
    fc
      .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
      .map((pixels): Raster => ({ width, height, channels, pixels })),
  );

/** sRGB's curve written down again, to 16 bits. */
const light = (value: number) => {
  const v = value / 255;
  return Math.round(65535 * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
};

/** In whole numbers without end: each dot is cut into width × height pieces, and every piece is looked at. */
function slow(picture: Raster, width: number, height: number, averaging: Averaging): number[] {
  const found: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < picture.channels; channel++) {
        let sum = 0n;
        // Columns in units of 1/width of a dot, rows of 1/height.
        for (let row = y * picture.height; row < (y + 1) * picture.height; row++)
          for (let column = x * picture.width; column < (x + 1) * picture.width; column++) {
            const dot = Math.floor(row / height) * picture.width + Math.floor(column / width);
            const value = picture.pixels[dot * picture.channels + channel] as number;
            sum += BigInt(averaging === "light" ? light(value) : value);
          }
        const area = BigInt(picture.width * picture.height);
        const mean = Number((sum + area / 2n) / area);
        if (averaging === "ink") found.push(mean);
        else {
          let nearest = 0;
          for (let value = 0; value < 256; value++)
            if (Math.abs(light(value) - mean) <= Math.abs(light(nearest) - mean)) nearest = value;
          found.push(nearest);
        }
      }
  return found;
}

describe("reduced", () => {
  it("every dot is the average of what it covers", () => {
    fc.assert(
      fc.property(
        rasters,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom("light" as const, "ink" as const),
        (picture, across, down, averaging) => {
          const width = 1 + Math.floor(across * (picture.width - 1));
          const height = 1 + Math.floor(down * (picture.height - 1));
          const made = reduce(picture, width, height, averaging);
          expect([made.width, made.height, made.channels]).toEqual([width, height, picture.channels]);
          expect([...made.pixels]).toEqual(slow(picture, width, height, averaging));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("light keeps the brightness of a chequered ground, ink its value", () => {
    const chequered = raster(64, 64, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
    expect(new Set(reduce(chequered, 16, 16, "light").pixels)).toEqual(new Set([188]));
    expect(new Set(reduce(chequered, 16, 16, "ink").pixels)).toEqual(new Set([128]));
  });

  it("no entry of the curve lies so near a half that another machine could round it otherwise", () => {
    for (let value = 0; value < 256; value++) {
      const v = value / 255;
      const exact = 65535 * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      expect(Math.abs(exact - Math.floor(exact) - 0.5)).toBeGreaterThan(1e-6);
    }
  });

  it("the largest pictures stay within whole numbers", () => {
    // 65535 in each of 72 Mi dots.
    expect(65535 * 72 * 1024 * 1024 * 2).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });

  it("does not grow", () => {
    expect(() => reduce(photo(8, 8), 9, 8, "light")).toThrow(RangeError);
    expect(() => reduce(photo(8, 8), 8, 0, "light")).toThrow(RangeError);
  });
});

it("enlarged, every dot is a square", () => {
  fc.assert(
    fc.property(rasters, fc.integer({ min: 1, max: 5 }), (picture, factor) => {
      const made = enlarge(picture, factor);
      expect([made.width, made.height]).toEqual([picture.width * factor, picture.height * factor]);
      for (let y = 0; y < made.height; y++)
        for (let at = 0; at < made.width * made.channels; at++) {
          const x = Math.floor(at / made.channels / factor);
          const from = (Math.floor(y / factor) * picture.width + x) * picture.channels + (at % made.channels);
          if (made.pixels[y * made.width * made.channels + at] !== picture.pixels[from]) return false;
        }
      return true;
    }),
    { numRuns: 50 },
  );
});

it("a size within a room fills one side of it and keeps the form", () => {
  const large = fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) });
  fc.assert(
    fc.property(large, large, (picture, room) => {
      const size = sizeWithin(picture, room);
      expect(size.width <= room.width && size.height <= room.height).toBe(true);
      expect(size.width >= 1 && size.height >= 1 && size.width <= picture.width && size.height <= picture.height).toBe(
        true,
      );
      if (picture.width <= room.width && picture.height <= room.height) {
        expect(size).toEqual(picture);
        return;
      }
      expect(size.width === room.width || size.height === room.height).toBe(true);
      // Less than a dot off the true form.
      const form = picture.width / picture.height;
      expect(
        Math.min(Math.abs(size.width - size.height * form), Math.abs(size.height - size.width / form)),
      ).toBeLessThanOrEqual(1);
    }),
  );
});

describe("as kept", () => {
  it("is the picture, and nothing else is", () => {
    fc.assert(
      fc.property(rasters, (picture) => {
        const bytes = encodeRaster(picture);
        const back = decodeRaster(bytes);
        if (!back) return false;
        const grey = back.channels === 1 && picture.channels === 3;
        const pixels = grey
          ? Uint8Array.from(picture.pixels, (_, at) => back.pixels[Math.floor(at / 3)] as number)
          : back.pixels;
        return Buffer.compare(pixels, picture.pixels) === 0 && back.width === picture.width;
      }),
    );
  });

  it("any byte changed, cut or added: not a picture", () => {
    fc.assert(
      fc.property(
        rasters,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        fc.nat({ max: 3 }),
        (picture, place, by, how) => {
          const bytes = encodeRaster(picture);
          const at = Math.floor(place * (bytes.length - 1));
          const changed = Uint8Array.from(bytes);
          changed[at] = (changed[at] as number) ^ by;
          const hurt = [changed, bytes.subarray(0, at), Uint8Array.from([...bytes, 0]), Uint8Array.from([0, ...bytes])][
            how
          ] as Uint8Array;
          const found = decodeRaster(hurt);
          // A sample changed with its sums unmended is found by them.
          return found === null;
        },
      ),
    );
  });

  it("other libraries read it", async () => {
    const picture = photo(300, 211);
    const { data, info } = await sharp(encodeRaster(picture)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([300, 211, 3]);
    expect(Buffer.compare(data, picture.pixels)).toBe(0);
    const grey = raster(70_000, 1, (x) => [x % 251, x % 251, x % 251]);
    const bytes = encodeRaster(grey);
    expect(bytes.length).toBeLessThan(71_000);
    expect(
      Buffer.compare(
        await sharp(bytes).toColourspace("b-w").raw().toBuffer(),
        Buffer.from(Array.from({ length: 70_000 }, (_, x) => x % 251)),
      ),
    ).toBe(0);
  });

  it("what others made is not read as ours", async () => {
    expect(
      decodeRaster(
        await sharp(photo(8, 8).pixels, { raw: { width: 8, height: 8, channels: 3 } })
          .png()
          .toBuffer(),
      ),
    ).toBe(null);
    expect(decodeRaster(new Uint8Array(0))).toBe(null);
  });
});
