/** Pictures set in tests, and the dots that are lit then. */
import { type ColourKind, type Frame, messageFrame, rowStride, type Shape } from "../../src/message/index.ts";
import type { ContentPicture } from "../../src/notices/types.ts";
import { type TypesetResult, typeset } from "../../src/typeset/index.ts";
import type { PictureBytes } from "../../src/typeset/pictures/open.ts";
import { keep } from "../../src/typeset/pictures/picturing.ts";
import type { Raster } from "../../src/typeset/pictures/raster.ts";
import type { Rgb } from "./picture-files.ts";
import { request } from "./samples.ts";

export const shape = (width: number, height: number, colour: ColourKind): Shape => ({ width, height, colour });

export function kept(picture: Raster): PictureBytes {
  const taken = keep({ ok: true, rasters: [picture], warnings: [] });
  if (!taken.ok) throw new Error("refused");
  return taken.pictures[0] as PictureBytes;
}

export function set(
  pictures: readonly Raster[],
  on: Shape,
  how: Omit<ContentPicture, "sha256"> = {},
  change = {},
): TypesetResult {
  const bytes = pictures.map(kept);
  const named = bytes.map(({ sha256 }) => ({ sha256, ...how }));
  return typeset({ ...request(on, { displayKind: "picture", pictures: named, ...change }), pictures: bytes });
}

export type IsSet = Extract<TypesetResult, { ok: true }>;

export function fine(result: TypesetResult): IsSet {
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** The frame when page `step` is up; a strip's where it begins. */
export function frame({ message }: IsSet, step = 0): Frame {
  const before = message.pages.slice(0, step).reduce((sum, page) => sum + page.holdMs, 0);
  return messageFrame(message, before, 0, 0);
}

/** Red, green, blue, 0 to 255, whatever the panel. */
export function dot({ shape: { width, height, colour }, pixels }: Frame, x: number, y: number): Rgb {
  if (colour === "rgb") {
    const at = (y * width + x) * 3;
    return [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
  }
  const stride = rowStride(width, "mono1");
  const lit = (plane: number) =>
    (pixels[(plane * height + y) * stride + (x >> 3)] as number) & (0x80 >> (x & 7)) ? 255 : 0;
  return colour === "mono" ? [lit(0), lit(0), lit(0)] : [lit(0), lit(1), 0];
}

export function dots(of: Frame): Rgb[] {
  const found: Rgb[] = [];
  for (let y = 0; y < of.shape.height; y++) for (let x = 0; x < of.shape.width; x++) found.push(dot(of, x, y));
  return found;
}

export const white: Rgb = [255, 255, 255];
