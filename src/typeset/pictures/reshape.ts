/** A kept picture turned, or its empty margin cut off: by the dots that are kept, so that the same wish gives the same bytes. */
import { limits } from "../../limits.ts";
import { type KeptPicture, keptOf } from "./picturing.ts";
import { decodeRaster, type Raster } from "./raster.ts";
import { reduce } from "./scale.ts";

/** By a quarter, counter-clockwise or clockwise; `trim`: without the empty margin, of which a little stays. */
type Reshaping = "left" | "right" | "trim";

/** null: the bytes are no kept picture. A picture that is empty, or without a margin, comes back as it is. */
export function reshaped(bytes: Uint8Array, how: Reshaping): KeptPicture | null {
  const raster = decodeRaster(bytes);
  return raster && keptOf(how === "trim" ? trimmed(raster) : turned(raster, how));
}

export function turned({ width, height, channels, pixels }: Raster, to: "left" | "right"): Raster {
  const made = new Uint8Array(pixels.length);
  const [across, down] = [height, width];
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const [fromX, fromY] = to === "right" ? [y, height - 1 - x] : [width - 1 - y, x];
      const from = (fromY * width + fromX) * channels;
      const at = (y * across + x) * channels;
      for (let channel = 0; channel < channels; channel++) made[at + channel] = pixels[from + channel] ?? 0;
    }
  return { width: across, height: down, channels, pixels: made };
}

/** Grain of a scan, and what JPEG leaves around ink: less is no dot of the picture. */
const grain = 40;

export function trimmed(raster: Raster): Raster {
  const { width, height, channels, pixels } = raster;
  // What all four corners agree on is paper; else the margin is the picture's own.
  const corners = [0, width - 1, (height - 1) * width, height * width - 1].map((dot) => dot * channels);
  const paper = pixels.subarray(0, channels);
  const isPaper = (at: number) => {
    for (let channel = 0; channel < channels; channel++)
      if (Math.abs((pixels[at + channel] ?? 0) - (paper[channel] ?? 0)) > grain) return false;
    return true;
  };
  if (!corners.every(isPaper)) return raster;
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (isPaper((y * width + x) * channels)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  if (right < 0) return raster;
  // Letters that touch the edge of a panel are hard to read.
  const air = Math.ceil(Math.max(right - left, bottom - top) / 50);
  const [x, y] = [Math.max(0, left - air), Math.max(0, top - air)];
  const [across, down] = [Math.min(width, right + 1 + air) - x, Math.min(height, bottom + 1 + air) - y];
  const made = new Uint8Array(across * down * channels);
  for (let row = 0; row < down; row++) {
    const from = ((y + row) * width + x) * channels;
    made.set(pixels.subarray(from, from + across * channels), row * across * channels);
  }
  return { width: across, height: down, channels, pixels: made };
}

/** As a PNG of at most `limits.thumbnailPx` a side, to be told from others in a list; null as above. */
export async function thumbnail(bytes: Uint8Array): Promise<Uint8Array | null> {
  const raster = decodeRaster(bytes);
  if (raster === null) return null;
  const ratio = Math.min(1, limits.thumbnailPx / Math.max(raster.width, raster.height));
  const side = (length: number) => Math.max(1, Math.round(length * ratio));
  const small = ratio === 1 ? raster : reduce(raster, side(raster.width), side(raster.height), "light");
  return keptOf(small).bytes;
}
