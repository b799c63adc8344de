/** Uploads taken in tests, and what colour a dot is. */
import { expect } from "vitest";
import { type Decoded, decodeUpload } from "../../src/typeset/pictures/decode.ts";
import type { Raster } from "../../src/typeset/pictures/raster.ts";
import { type Rgb, raster } from "./picture-files.ts";

export const red: Rgb = [200, 30, 30];
export const blue: Rgb = [20, 40, 210];
/** Left half red, right half blue, a green corner top left: shows what was turned or mirrored. */
export const flag = raster(40, 24, (x, y) => (x < 8 && y < 8 ? [0, 160, 0] : x < 20 ? red : blue));

export async function taken(bytes: Uint8Array, name = "upload"): Promise<readonly Raster[]> {
  const decoded = await decodeUpload(bytes, name);
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.fault));
  return decoded.rasters;
}

export async function faultOf(bytes: Uint8Array): Promise<Extract<Decoded, { ok: false }>["fault"]> {
  const decoded = await decodeUpload(bytes, "upload");
  if (decoded.ok) throw new Error("was taken");
  return decoded.fault;
}

export function at({ width, channels, pixels }: Raster, x: number, y: number): Rgb {
  const dot = y * width + x;
  if (channels === 1) return [pixels[dot] as number, pixels[dot] as number, pixels[dot] as number];
  return [pixels[dot * 3] as number, pixels[dot * 3 + 1] as number, pixels[dot * 3 + 2] as number];
}

export function near(found: Rgb, wanted: Rgb, by: number): void {
  for (let channel = 0; channel < 3; channel++)
    expect(
      Math.abs((found[channel] as number) - (wanted[channel] as number)),
      `${found} for ${wanted}`,
    ).toBeLessThanOrEqual(by);
}
