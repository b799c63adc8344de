/** Dithering, dot by dot: what the kernel's dithering must equal, and what runs where there is no such kernel. */
import {
  blueLuminance,
  fullLight,
  greenLuminance,
  lightOf,
  lightThresholds,
  redLuminance,
  sampleThresholds,
} from "./light.ts";

/** Red, green, blue bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** What a picture becomes: packed as `Bitmap.pixels` of the formats mono1, dual2, and index4 with `rgb`'s three bits as index. */
export type Depth = "mono" | "dual" | "rgb";

/** Lights the dot at (`x`, `y`) in plane `plane`: 0 red (or all there is), 1 green, 2 blue. */
type Light = (plane: number, x: number, y: number) => void;

function lighter({ width, height }: Picture, depth: Depth, into: Uint8Array): Light {
  const stride = (width + 7) >> 3;
  const nibbles = (width + 1) >> 1;
  return depth === "rgb"
    ? (plane, x, y) => {
        const at = y * nibbles + (x >> 1);
        into[at] = (into[at] as number) | ((4 >> plane) << (x & 1 ? 0 : 4));
      }
    : (plane, x, y) => {
        const at = (plane * height + y) * stride + (x >> 3);
        into[at] = (into[at] as number) | (0x80 >> (x & 7));
      };
}

/** Each dot by itself, against the threshold of its place in an 8 x 8 pattern. `into`: zeros. */
export function plainOrdered(picture: Picture, depth: Depth, into: Uint8Array): void {
  const { width, height, rgb } = picture;
  const light = lighter(picture, depth, into);
  const channels = depth === "rgb" ? 3 : 2;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 3) {
      const place = ((y & 7) << 3) | (x & 7);
      if (depth === "mono") {
        if (luminanceAt(rgb, at) >= (lightThresholds[place] as number)) light(0, x, y);
        continue;
      }
      const threshold = sampleThresholds[place] as number;
      for (let channel = 0; channel < channels; channel++)
        if ((rgb[at + channel] as number) >= threshold) light(channel, x, y);
    }
}

/**
 * Floyd and Steinberg's: what a dot gives too much or too little is made good by the four dots around it that are still
 * to come, 7, 3, 5 and 1 sixteenths; rows go to and fro, or all errors would wander to the right. `into`: zeros.
 */
export function plainDiffusion(picture: Picture, depth: Depth, into: Uint8Array): void {
  const channels = depth === "mono" ? 1 : depth === "dual" ? 2 : 3;
  for (let channel = 0; channel < channels; channel++) diffuse(picture, depth, channel, into);
}

function diffuse(picture: Picture, depth: Depth, channel: number, into: Uint8Array): void {
  const { width, height, rgb } = picture;
  const light = lighter(picture, depth, into);
  // Sixteenths, one place more on either side.
  let here = new Int32Array(width + 2);
  let below = new Int32Array(width + 2);
  for (let y = 0; y < height; y++) {
    const step = y & 1 ? -1 : 1;
    for (let n = 0, x = step === 1 ? 0 : width - 1; n < width; n++, x += step) {
      const at = (y * width + x) * 3;
      const wanted = depth === "mono" ? luminanceAt(rgb, at) : (lightOf[rgb[at + channel] as number] as number);
      let error = wanted + (((here[x + 1] as number) + 8) >> 4);
      if (error > fullLight >> 1) {
        error -= fullLight;
        light(channel, x, y);
      }
      here[x + 1 + step] = (here[x + 1 + step] as number) + error * 7;
      below[x + 1 - step] = (below[x + 1 - step] as number) + error * 3;
      below[x + 1] = (below[x + 1] as number) + error * 5;
      below[x + 1 + step] = (below[x + 1 + step] as number) + error;
    }
    [here, below] = [below, here];
    below.fill(0);
  }
}

function luminanceAt(rgb: Uint8Array, at: number): number {
  return (
    (redLuminance[rgb[at] as number] as number) +
    (greenLuminance[rgb[at + 1] as number] as number) +
    (blueLuminance[rgb[at + 2] as number] as number)
  );
}
