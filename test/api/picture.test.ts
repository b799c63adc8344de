import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { pngOf, textBlocks, textOf } from "../../src/api/picture.ts";
import { limits } from "../../src/limits.ts";
import { type Bitmap, bitsPerDot, type PixelFormat, rowStride } from "../../src/message/index.ts";
import { bitmaps } from "../message/arbitrary.ts";

const palette = Uint8Array.of(0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255);
const bitmap = (format: Bitmap["format"], pixels: number[], colours = palette): Bitmap => ({
  width: 5,
  height: 2,
  format,
  pixels: Uint8Array.from(pixels),
  palette: colours,
});

test.each<[string, Bitmap]>([
  ["@.@..\n....@\n", bitmap("mono1", [0b10100000, 0b00001000], new Uint8Array(0))],
  ["rgy..\n....y\n", bitmap("dual2", [0b10100000, 0b00001000, 0b01100000, 0b00001000], new Uint8Array(0))],
  [".r.r.\nr....\n", bitmap("index1", [0b01010000, 0b10000000])],
  [".rgb.\nb...r\n", bitmap("index2", [0b00011011, 0, 0b11000000, 0b01000000])],
  [".rgb.\nb...r\n", bitmap("index4", [0x01, 0x23, 0x00, 0x30, 0x00, 0x10])],
  [".rgb.\nb...r\n", bitmap("index8", [0, 1, 2, 3, 0, 3, 0, 0, 0, 1])],
])("every format of bitmap is drawn: %s", async (text, drawn) => {
  expect(await textOf(drawn)).toBe(text);
  const png = await sharp(await pngOf(drawn, "#ff0000", 1))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([png.info.width, png.info.height]).toEqual([5, 2]);
  const black = [...text.replaceAll("\n", "")].map((letter) => letter === ".");
  expect(black.map((_, dot) => Math.max(...png.data.subarray(dot * 3, dot * 3 + 3)) === 0)).toEqual(black);
});

const formats: readonly PixelFormat[] = ["mono1", "dual2", "index1", "index2", "index4", "index8", "rgb24"];
const drawn = fc
  .record({
    format: fc.constantFrom(...formats),
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 9 }),
  })
  .chain(({ width, height, format }) => bitmaps(width, height, format));

test("dot for dot the letters of its colours, whatever the width and format", async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (one) => {
      expect(await textOf(one)).toBe(plainText(one));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["the longest page", 65_535, 5],
  ["a page of three blocks", 1000, 530],
  ["a page of one column", 1, 4096],
])("%s comes in blocks of whole rows, each in bounds", async (_, width, height) => {
  const one: Bitmap = {
    ...{ width, height, format: "index4", palette },
    pixels: Uint8Array.from({ length: Math.ceil(width / 2) * height }, (_, at) => (at * at + (at >> 8)) & 0x33),
  };
  const blocks = Array.from(textBlocks(one), (block) => Buffer.from(block).toString("latin1"));
  expect(blocks.filter((block) => block.length > limits.dotTextBytes || block.length % (width + 1) !== 0)).toEqual([]);
  expect(blocks.length).toBe(Math.ceil(height / Math.floor(limits.dotTextBytes / (width + 1))));
  const text = blocks.join("");
  expect(text === plainText(one)).toBe(true);
  expect(text === (await textOf(one))).toBe(true);
});

/** Told slowly, from what `Bitmap` says of its formats. */
function plainText({ width, height, format, pixels, palette }: Bitmap): string {
  const bits = bitsPerDot[format];
  const stride = rowStride(width, format);
  const sample = (x: number, y: number, plane = 0) =>
    ((pixels[plane + y * stride + ((x * bits) >> 3)] ?? 0) >> (8 - bits - ((x * bits) & 7))) & (2 ** bits - 1);
  const channels = (x: number, y: number): number[] => {
    if (format === "rgb24") return [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    if (format === "dual2") return [sample(x, y), sample(x, y, stride * height), 0];
    return [...palette.subarray(sample(x, y) * 3, sample(x, y) * 3 + 3)];
  };
  const letter = (x: number, y: number) => {
    if (format === "mono1") return sample(x, y) ? "@" : ".";
    const values = channels(x, y);
    const most = Math.max(...values);
    const set = values.map((value) => (most > 0 && value >= most / 2 ? "1" : "0")).join("");
    return { "000": ".", "100": "r", "010": "g", "110": "y", "001": "b", "101": "m", "011": "c", "111": "w" }[set];
  };
  return Array.from(
    { length: height },
    (_, y) => `${Array.from({ length: width }, (_, x) => letter(x, y)).join("")}\n`,
  ).join("");
}
