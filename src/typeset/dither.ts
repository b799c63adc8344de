/**
 * Pictures for panels whose lights are on or off. Both ways work in linear light, so that what is half as bright lights
 * half as many dots (`kernel/light.ts`), and leave black black and full light full. Which way: ordered keeps its pattern
 * from picture to picture and suits flat colours, drawings and what moves; error diffusion keeps more of a photograph.
 */
import { type Bitmap, type ColourKind, emptyBitmap } from "../message/index.ts";
import { ditherKernel } from "./kernel/dither.ts";
import { plainDiffusion, plainOrdered } from "./kernel/plain-dither.ts";

/** Index r << 2 | g << 1 | b: what a full-colour panel shows without shades. */
const fullColours = Uint8Array.from({ length: 24 }, (_, at) => ((Math.floor(at / 3) >> (2 - (at % 3))) & 1) * 255);

/**
 * By Bayer's 8 x 8 thresholds. `rgb`: red, green, blue bytes (sRGB), `width * height * 3` of them, else RangeError.
 * mono: luminance, as mono1. dual: red and green as dual2; blue gives no light there, so blue ink is black and blue
 * paper is dark. rgb: index4 into the eight full colours.
 */
export function ditherOrdered(rgb: Uint8Array, width: number, height: number, colour: ColourKind): Bitmap {
  const bitmap = bitmapFor(rgb, width, height, colour);
  const picture = { width, height, rgb };
  if (!ditherKernel()?.ordered(picture, colour, bitmap.pixels)) plainOrdered(picture, colour, bitmap.pixels);
  return bitmap;
}

/** By Floyd and Steinberg's error diffusion, rows to and fro (serpentine). Arguments and formats as `ditherOrdered`. */
export function ditherErrorDiffusion(rgb: Uint8Array, width: number, height: number, colour: ColourKind): Bitmap {
  const bitmap = bitmapFor(rgb, width, height, colour);
  const picture = { width, height, rgb };
  if (!ditherKernel()?.diffusion(picture, colour, bitmap.pixels)) plainDiffusion(picture, colour, bitmap.pixels);
  return bitmap;
}

function bitmapFor(rgb: Uint8Array, width: number, height: number, colour: ColourKind): Bitmap {
  if (rgb.length !== width * height * 3)
    throw new RangeError(`${width} x ${height} dots of 3 bytes are ${width * height * 3} bytes, not ${rgb.length}`);
  if (colour === "rgb") return emptyBitmap(width, height, "index4", fullColours.slice());
  return emptyBitmap(width, height, colour === "mono" ? "mono1" : "dual2");
}
