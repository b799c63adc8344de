/**
 * A bitmap for people: as a PNG, dot for dot in the panel's colours, and as text that a diff can show.
 * The colour of a lit dot follows `ColourKind`: mono in the LED's colour, dual red, green and yellow, rgb as it is.
 */
import sharp from "sharp";
import { type Bitmap, type Frame, frameFormat, rowStride } from "../message/index.ts";

type Rgb = readonly [red: number, green: number, blue: number];

/** Nominal colours of a two-colour panel by its bits: red 1, green 2. */
const dualColours: readonly Rgb[] = [
  [0, 0, 0],
  [255, 42, 18],
  [60, 230, 40],
  [255, 190, 20],
];
const letterByBits = [".", "r", "g", "y", "b", "m", "c", "w"] as const;

/** A frame's pixels are a bitmap in the panel's own depth. */
export function frameBitmap(frame: Frame): Bitmap {
  const { width, height, colour } = frame.shape;
  return { width, height, format: frameFormat(colour), pixels: frame.pixels, palette: new Uint8Array(0) };
}

/** The most that `pngOf` may magnify so that the picture has at most `maxPx` dots; 0 if even the bitmap itself has more. */
export function largestScale(bitmap: { readonly width: number; readonly height: number }, maxPx: number): number {
  return Math.floor(Math.sqrt(maxPx / (bitmap.width * bitmap.height)));
}

/** `ledColour` (#rrggbb) is what a lit mono dot looks like; each dot becomes a square of `scale` pixels. */
export async function pngOf(bitmap: Bitmap, ledColour: string | null, scale: number): Promise<Uint8Array> {
  const { width, height } = bitmap;
  const raw = sharp(rgbOf(bitmap, ledColour), { raw: { width, height, channels: 3 }, limitInputPixels: false });
  if (scale > 1) raw.resize(width * scale, height * scale, { kernel: "nearest" });
  return raw.png({ compressionLevel: 6 }).toBuffer();
}

/** Rows of dots. Mono: `.` and `@`. Colour: `.` black, else the nearest of r g y b m c w, by the channels that have half the brightest. */
export function textOf(bitmap: Bitmap): string {
  const { width, height } = bitmap;
  const mono = bitmap.format === "mono1";
  const rgb = rgbOf(bitmap, "#ffffff");
  const rows: string[] = [];
  for (let y = 0, at = 0; y < height; y += 1) {
    let row = "";
    for (let x = 0; x < width; x += 1, at += 3) {
      const [red = 0, green = 0, blue = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]];
      const brightest = Math.max(red, green, blue);
      if (brightest === 0) row += ".";
      else if (mono) row += "@";
      else {
        const bit = (value: number, worth: number) => (value * 2 >= brightest ? worth : 0);
        row += letterByBits[bit(red, 1) + bit(green, 2) + bit(blue, 4)] ?? ".";
      }
    }
    rows.push(row);
  }
  return `${rows.join("\n")}\n`;
}

/** 3 bytes a dot, rows unpadded. */
export function rgbOf(bitmap: Bitmap, ledColour: string | null): Uint8Array {
  const { width, height, format, pixels } = bitmap;
  if (format === "rgb24") return pixels;
  const rgb = new Uint8Array(width * height * 3);
  const colours = coloursOf(bitmap, ledColour);
  const stride = rowStride(width, format);
  const bits = { mono1: 1, dual2: 1, index1: 1, index2: 2, index4: 4, index8: 8 }[format];
  const mask = 2 ** bits - 1;
  const green = stride * height;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const bit = x * bits;
      const byte = y * stride + (bit >> 3);
      const shift = 8 - bits - (bit & 7);
      let value = ((pixels[byte] ?? 0) >> shift) & mask;
      if (format === "dual2") value += 2 * (((pixels[green + byte] ?? 0) >> shift) & 1);
      const colour = colours[value];
      if (colour !== undefined) rgb.set(colour, at);
    }
  }
  return rgb;
}

function coloursOf({ format, palette }: Bitmap, ledColour: string | null): readonly Rgb[] {
  if (format === "dual2") return dualColours;
  if (format === "mono1") {
    const hex = Number.parseInt((ledColour ?? "#ffffff").slice(1), 16);
    return [
      [0, 0, 0],
      [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255],
    ];
  }
  return Array.from({ length: palette.length / 3 }, (_, index): Rgb => {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
    return [red, green, blue];
  });
}
