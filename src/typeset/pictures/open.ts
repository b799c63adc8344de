/** A kept picture opened for setting: its dots, and what they show. The last few stay open: one notice is set for many panels. */
import { createHash } from "node:crypto";
import { limits } from "../../limits.ts";
import { measurePageText, type PageText } from "./page-text.ts";
import { decodeRaster, type Raster } from "./raster.ts";

/** As pictures travel beside a notice's content. */
export interface PictureBytes {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface OpenPicture {
  readonly raster: Raster;
  /** Null where it is no page of writing. */
  readonly text: PageText | null;
  /** A small drawing, of so few colours that its dots may become squares. */
  readonly fewColours: boolean;
}

const opened = new Map<string, OpenPicture>();

/** Null if the bytes are not what their name says, or no picture of ours. */
export function openPicture({ sha256, bytes }: PictureBytes): OpenPicture | null {
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) return null;
  const known = opened.get(sha256);
  if (known) {
    // Used again: the last to be let go.
    opened.delete(sha256);
    opened.set(sha256, known);
    return known;
  }
  const raster = decodeRaster(bytes);
  if (!raster) return null;
  const picture = { raster, text: measurePageText(raster), fewColours: hasFewColours(raster) };
  opened.set(sha256, picture);
  let held = 0;
  for (const one of opened.values()) held += one.raster.pixels.length;
  for (const [name, one] of opened) {
    if (held <= limits.openPictureBytes) break;
    held -= one.raster.pixels.length;
    opened.delete(name);
  }
  return picture;
}

/** Larger ones are no pixel art, however few their colours. Dots a side. */
const drawingSideMost = 256;
const coloursMost = 64;

function hasFewColours({ width, height, channels, pixels }: Raster): boolean {
  if (width > drawingSideMost || height > drawingSideMost) return false;
  const colours = new Set<number>();
  for (let at = 0; at < pixels.length && colours.size <= coloursMost; at += channels) {
    let colour = 0;
    for (let channel = 0; channel < channels; channel++) colour = colour * 256 + (pixels[at + channel] as number);
    colours.add(colour);
  }
  return colours.size <= coloursMost;
}
