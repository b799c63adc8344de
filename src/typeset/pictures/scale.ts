/**
 * Making pictures smaller by exact area averages, and small drawings larger by whole factors. Integers only (sums stay below
 * 2^53), so the dots are the same on every machine; libraries' resizing differs by version and by processor.
 */
import { lightOf } from "../kernel/light.ts";
import type { Raster } from "./raster.ts";

/** What is averaged: `light` (photographs keep their brightness) or `ink`, the values as they are (thin dark strokes stay dark). */
export type Averaging = "light" | "ink";

/** Light to the nearest sRGB value (by light; the brighter of two as near). */
const srgbOf: Uint8Array = (() => {
  const table = new Uint8Array(65536);
  for (let light = 0, value = 0; light < 65536; light++) {
    while (value < 255 && 2 * light >= (lightOf[value] as number) + (lightOf[value + 1] as number)) value++;
    table[light] = value;
  }
  return table;
})();

/** Each dot of the result is the average of the part of the picture that it covers. Neither side may grow. */
export function reduce(raster: Raster, width: number, height: number, averaging: Averaging): Raster {
  if (width === raster.width && height === raster.height) return raster;
  if (width < 1 || height < 1 || width > raster.width || height > raster.height)
    throw new RangeError(`${raster.width}x${raster.height} cannot be reduced to ${width}x${height}`);
  const { channels } = raster;
  const pixels = new Uint8Array(width * height * channels);
  const row = new Float64Array(width * channels);
  const sums = new Float64Array(width * channels);
  const area = raster.width * raster.height;
  const half = Math.floor(area / 2);
  // In units of 1/height of a source row: source row y covers [y·height, (y+1)·height), result row t [t·H, (t+1)·H).
  let to = 0;
  for (let y = 0; y < raster.height; y++) {
    averageRow(raster, y, width, averaging, row);
    const end = (y + 1) * height;
    const edge = (to + 1) * raster.height;
    const first = Math.min(end, edge) - y * height;
    addTimes(sums, row, first);
    if (end < edge) continue;
    for (let at = 0; at < sums.length; at++) {
      const mean = Math.floor(((sums[at] as number) + half) / area);
      pixels[to * sums.length + at] = averaging === "light" ? (srgbOf[mean] as number) : mean;
    }
    sums.fill(0);
    to++;
    if (end > edge) addTimes(sums, row, end - edge);
  }
  return { width, height, channels, pixels };
}

function addTimes(sums: Float64Array, row: Float64Array, times: number): void {
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (row[at] as number) * times;
}

/** One row's sums over `width` dots, each of weight `raster.width` in all; a source dot lies on two of them at most. */
function averageRow(
  { width: across, channels, pixels }: Raster,
  y: number,
  width: number,
  averaging: Averaging,
  into: Float64Array,
): void {
  const table = averaging === "light" ? lightOf : plain;
  for (let channel = 0; channel < channels; channel++) {
    let from = y * across * channels + channel;
    let to = channel;
    // Whole dots of weight `width` are counted together; the first may be there in part.
    let whole = 0;
    let part = 0;
    let edge = across;
    for (let end = width; end <= across * width; end += width, from += channels) {
      const value = table[pixels[from] as number] as number;
      if (end < edge) {
        whole += value;
        continue;
      }
      const spill = end - edge;
      into[to] = whole * width + part + value * (width - spill);
      to += channels;
      edge += across;
      whole = 0;
      part = value * spill;
    }
  }
}

const plain: Int32Array = Int32Array.from({ length: 256 }, (_, value) => value);

/** Every dot a square of `factor` dots. */
export function enlarge(raster: Raster, factor: number): Raster {
  if (factor === 1) return raster;
  const { channels } = raster;
  const width = raster.width * factor;
  const height = raster.height * factor;
  const pixels = new Uint8Array(width * height * channels);
  for (let y = 0; y < raster.height; y++) {
    const start = y * factor * width * channels;
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++)
        pixels[start + x * channels + channel] = raster.pixels[
          (y * raster.width + Math.floor(x / factor)) * channels + channel
        ] as number;
    for (let again = 1; again < factor; again++)
      pixels.copyWithin(start + again * width * channels, start, start + width * channels);
  }
  return { width, height, channels, pixels };
}

/** The largest size of the picture's form within the room, each side at least 1; never larger than the picture. */
export function sizeWithin(
  picture: { readonly width: number; readonly height: number },
  room: { readonly width: number; readonly height: number },
): { width: number; height: number } {
  const { width, height } = picture;
  if (width <= room.width && height <= room.height) return { width, height };
  // The side that is the tighter is filled exactly.
  return width * room.height > height * room.width
    ? { width: room.width, height: Math.max(1, Math.round((height * room.width) / width)) }
    : { width: Math.max(1, Math.round((width * room.height) / height)), height: room.height };
}
