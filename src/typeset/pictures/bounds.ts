/** What keeps an upload from growing: each bound is a fault with its number, and what is decoded is made small enough to keep. */
import type { Fault, Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { type Raster, withoutColour } from "./raster.ts";
import { reduce } from "./scale.ts";

/** What a decoder finds wrong; it becomes the upload's fault. */
export class PictureError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.code);
    this.fault = fault;
  }
}

export const dots: Sentence = { zh: "像素", en: "dots" };
const pages: Sentence = { zh: "页", en: "pages" };
const decodedBytes: Sentence = { zh: "字节（解开后）", en: "bytes when decoded" };
export const uploadBytes: Sentence = { zh: "字节", en: "bytes" };

/** Throws `notice/picture-too-large`. */
export function atMost(name: string, unit: Sentence, has: number, max: number): void {
  if (has > max) throw new PictureError({ code: "notice/picture-too-large", name, unit, has, max });
}

export function atMostPages(name: string, count: number): void {
  atMost(name, pages, count, limits.picturesPerNotice);
}

/** What a notice's pictures may have, once they are decoded: looked at page by page, so that no file is decoded much further. */
export function atMostKept(name: string, rasters: readonly Raster[]): void {
  const bytes = rasters.reduce((sum, { pixels }) => sum + pixels.length, 0);
  atMost(name, decodedBytes, bytes, limits.pictureBytesPerNotice);
}

/** No larger than pictures are kept; a black-and-white page takes a third of a coloured one. */
export function bounded(picture: Raster): Raster {
  const raster = withoutColour(picture);
  const { width, height } = raster;
  const most = limits.picturePx;
  const side = limits.panelSidePx * 2;
  const ratio = Math.min(1, Math.sqrt(most / (width * height)), side / width, side / height);
  if (ratio === 1) return raster;
  return reduce(raster, Math.max(1, Math.floor(width * ratio)), Math.max(1, Math.floor(height * ratio)), "light");
}
