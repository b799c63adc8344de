/** A picture in the colours that a panel has. */
import { type Bitmap, type ColourKind, emptyBitmap, type PixelFormat, rowStride } from "../../message/index.ts";
import type { PictureDither } from "../../notices/types.ts";
import { ditherErrorDiffusion, ditherOrdered } from "../dither.ts";
import type { Raster } from "./raster.ts";

function rgbOf({ width, height, channels, pixels }: Raster): Uint8Array {
  if (channels === 3) return pixels;
  const rgb = new Uint8Array(width * height * 3);
  for (let dot = 0, to = 0; dot < pixels.length; dot++, to += 3) rgb.fill(pixels[dot] as number, to, to + 3);
  return rgb;
}

/** `dither` for panels whose lights are on or off; full colour needs none: nominal values have 8 bits a channel. */
export function bitmapOf(raster: Raster, colour: ColourKind, dither: PictureDither): Bitmap {
  const { width, height } = raster;
  const rgb = rgbOf(raster);
  if (colour === "rgb") return packed({ width, height, format: "rgb24", pixels: rgb, palette: new Uint8Array(0) });
  if (dither === "ordered") return ditherOrdered(rgb, width, height, colour);
  if (dither === "diffusion") return ditherErrorDiffusion(rgb, width, height, colour);
  return thresholded(rgb, width, height, colour);
}

/** From here on a value is light (of 255). */
const lightFrom = 128;

/** Line art has no shades to keep: dots stay whole, edges sharp. mono: by luma (ITU-R BT.601); dual: red and green each. */
function thresholded(rgb: Uint8Array, width: number, height: number, colour: "mono" | "dual"): Bitmap {
  const bitmap = emptyBitmap(width, height, colour === "mono" ? "mono1" : "dual2");
  const { pixels } = bitmap;
  const stride = rowStride(width, "mono1");
  for (let y = 0, from = 0; y < height; y++)
    for (let x = 0; x < width; x++, from += 3) {
      const red = rgb[from] as number;
      const green = rgb[from + 1] as number;
      const at = y * stride + (x >> 3);
      const bit = 0x80 >> (x & 7);
      const luma = Math.floor((red * 299 + green * 587 + (rgb[from + 2] as number) * 114) / 1000);
      if ((colour === "mono" ? luma : red) >= lightFrom) pixels[at] = (pixels[at] as number) | bit;
      if (colour === "dual" && green >= lightFrom) {
        const second = at + stride * height;
        pixels[second] = (pixels[second] as number) | bit;
      }
    }
  return bitmap;
}

/** Values within this of black or white are ink or paper; of line art all but this part of the samples are. */
const nearEnds = 56;
const betweenMost = 0.12;

/** Print, drawings, QR codes: each channel dark or light, hardly anything between (edges are, after scanning). */
export function isLineArt({ pixels }: Raster): boolean {
  let between = 0;
  for (const value of pixels) if (value > nearEnds && value < 255 - nearEnds) between++;
  return between <= pixels.length * betweenMost;
}

/** Samples left dark, and light, of a stretched picture. */
const clipped = 0.005;

/** Contrast stretched: the darkest part becomes black and the brightest full light, all channels alike. */
export function stretched(raster: Raster): Raster {
  const counts = new Uint32Array(256);
  for (const value of raster.pixels) counts[value] = (counts[value] as number) + 1;
  const most = raster.pixels.length * clipped;
  let low = 0;
  let high = 255;
  for (let seen = counts[0] as number; seen <= most && low < 255; seen += counts[low] as number) low++;
  for (let seen = counts[255] as number; seen <= most && high > 0; seen += counts[high] as number) high--;
  if (high - low < 16) return raster;
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.min(255, Math.max(0, Math.floor(((value - low) * 255 * 2 + (high - low)) / (2 * (high - low))))),
  );
  return { ...raster, pixels: raster.pixels.map((value) => table[value] as number) };
}

/** A full-colour bitmap in the smallest index format that has all of its colours; as it is where they are more than 256. */
export function packed(bitmap: Bitmap): Bitmap {
  if (bitmap.format !== "rgb24") return bitmap;
  const { width, height, pixels } = bitmap;
  const entries = new Map<number, number>();
  const indexes = new Uint8Array(width * height);
  let last = -1;
  let entry = 0;
  for (let dot = 0, from = 0; dot < indexes.length; dot++, from += 3) {
    const colour =
      ((pixels[from] as number) << 16) | ((pixels[from + 1] as number) << 8) | (pixels[from + 2] as number);
    if (colour !== last) {
      const known = entries.get(colour);
      if (known === undefined && entries.size === 256) return bitmap;
      entry = known ?? entries.size;
      if (known === undefined) entries.set(colour, entry);
      last = colour;
    }
    indexes[dot] = entry;
  }
  const bits = entries.size <= 2 ? 1 : entries.size <= 4 ? 2 : entries.size <= 16 ? 4 : 8;
  const format: PixelFormat = bits === 1 ? "index1" : bits === 2 ? "index2" : bits === 4 ? "index4" : "index8";
  const palette = Uint8Array.from(
    [...entries.keys()].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]),
  );
  const packedInto = emptyBitmap(width, height, format, palette);
  const stride = rowStride(width, format);
  for (let y = 0, dot = 0; y < height; y++)
    for (let x = 0; x < width; x++, dot++) {
      const bit = x * bits;
      const at = y * stride + (bit >> 3);
      packedInto.pixels[at] = (packedInto.pixels[at] as number) | ((indexes[dot] as number) << (8 - bits - (bit & 7)));
    }
  return packedInto;
}
