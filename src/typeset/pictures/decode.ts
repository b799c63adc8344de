/**
 * An upload made into rasters: bounded before and while it is decoded, and always by what its bytes say it is. PNG, JPEG,
 * WebP, GIF and TIFF by sharp, PDF by PDFium. To be run in `picture-thread.ts`, never where others wait.
 */
import sharp, { type Metadata, type Sharp } from "sharp";
import type { Fault, Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { atMost, atMostKept, atMostPages, bounded, dots, PictureError, uploadBytes } from "./bounds.ts";
import { drawPdf } from "./pdf.ts";
import type { Raster } from "./raster.ts";
import { type PictureKind, sniff } from "./sniff.ts";

export type Decoded =
  | { readonly ok: true; readonly rasters: readonly Raster[]; readonly warnings: readonly Sentence[] }
  | { readonly ok: false; readonly fault: Fault };

/** `name`: the file's, for the sentences only. Every failure of the bytes is a fault. */
export async function decodeUpload(bytes: Uint8Array, name: string): Promise<Decoded> {
  try {
    atMost(name, uploadBytes, bytes.length, limits.pictureUploadBytes);
    const sniffed = sniff(bytes);
    if (!("kind" in sniffed))
      return { ok: false, fault: { code: "notice/picture-format", name, found: sniffed.found } };
    if (sniffed.kind !== "pdf") return await decodeImage(bytes, name, sniffed.kind);
    return { ok: true, rasters: await drawPdf(bytes, name), warnings: [] };
  } catch (error) {
    if (error instanceof PictureError) return { ok: false, fault: error.fault };
    return { ok: false, fault: broken(name, error) };
  }
}

function broken(name: string, error: unknown): Fault {
  // A library's words may go on for lines, and may repeat what the file holds.
  const detail = String(error instanceof Error ? error.message : error)
    .replace(/[^\x20-\x7e]+/g, " ")
    .slice(0, 120);
  if (/timeout/i.test(detail)) return { code: "notice/picture-slow", name, seconds: limits.pictureDecodeMs / 1000 };
  return { code: "notice/picture-broken", name, detail: detail.trim() || "?" };
}

async function decodeImage(bytes: Uint8Array, name: string, kind: PictureKind): Promise<Decoded> {
  const opened = (page: number): Sharp =>
    sharp(bytes, { page, failOn: "error", limitInputPixels: limits.pictureSourcePx, sequentialRead: true });
  // Only its head is read: how large it is, whatever that is, is ours to say.
  const headOf = (page: number): Promise<Metadata> => sharp(bytes, { page, limitInputPixels: false }).metadata();
  const head = await headOf(0);
  // Some files are two kinds at once: the library must see what we see.
  if (head.format !== kind) throw new Error(`${kind} outside, ${head.format} inside`);
  const count = head.pages ?? 1;
  const moves = kind !== "tiff" && count > 1;
  if (!moves) atMostPages(name, count);
  const rasters: Raster[] = [];
  for (let page = 0; page < (moves ? 1 : count); page++) {
    const { width, height } = page === 0 ? head : await headOf(page);
    atMost(name, dots, width * height, limits.pictureSourcePx);
    rasters.push(bounded(await rasterOf(opened(page))));
    atMostKept(name, rasters);
  }
  return { ok: true, rasters, warnings: moves || isAnimatedPng(bytes, kind) ? [firstFrameOnly] : [] };
}

/** What moves is not what is signed. */
const firstFrameOnly: Sentence = {
  zh: "这是动图，只取第一帧",
  en: "this picture is animated; only its first frame is taken",
};

/** APNG: the animation's control chunk stands before the image data, which is the first frame to whoever does not know it. */
function isAnimatedPng(bytes: Uint8Array, kind: PictureKind): boolean {
  if (kind !== "png") return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = view.getUint32(at + 4);
    if (name === 0x6163544c) return true; // acTL
    if (name === 0x49444154) return false; // IDAT
  }
  return false;
}

/** Upright, in sRGB, 8 bits, nothing transparent. */
async function rasterOf(image: Sharp): Promise<Raster> {
  const { data, info } = await image
    .autoOrient()
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .timeout({ seconds: limits.pictureDecodeMs / 1000 })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 1 || channels === 3) return { width, height, channels, pixels: data };
  return onGround(data, width, height, channels === 2 ? 1 : 3);
}

/** Drawn darker than this, on the whole, what stands on a transparent ground would not be seen on black. */
const darkInkBelow = 96;

/** A transparent ground is dark, as an unlit panel is; white under drawings in dark ink. */
function onGround(data: Uint8Array, width: number, height: number, channels: 1 | 3): Raster {
  const samples = channels + 1;
  let sum = 0;
  let weight = 0;
  for (let at = 0; at < data.length; at += samples) {
    const alpha = data[at + channels] as number;
    const green = data[at + (channels === 3 ? 1 : 0)] as number;
    const value =
      channels === 3 ? Math.floor(((data[at] as number) * 3 + green * 6 + (data[at + 2] as number)) / 10) : green;
    sum += value * alpha;
    weight += alpha;
  }
  const ground = weight > 0 && sum < darkInkBelow * weight ? 255 : 0;
  const pixels = new Uint8Array(width * height * channels);
  let to = 0;
  for (let at = 0; at < data.length; at += samples) {
    const alpha = data[at + channels] as number;
    for (let channel = 0; channel < channels; channel++)
      pixels[to++] = Math.floor(((data[at + channel] as number) * alpha + ground * (255 - alpha) + 127) / 255);
  }
  return { width, height, channels, pixels };
}
