import sharp from "sharp";
import { expect, test } from "vitest";
import { pngOf, textOf } from "../../src/api/picture.ts";
import type { Bitmap } from "../../src/message/index.ts";

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
