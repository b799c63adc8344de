/**
 * A bitmap for people: as a PNG, dot for dot in the panel's colours, and as text that a diff can show.
 * The colour of a lit dot follows `ColourKind`: mono in the LED's colour, dual red, green and yellow, rgb as it is.
 */
import { setImmediate } from "node:timers/promises";
import { type Bitmap, bitsPerDot, type Frame, frameFormat, rowStride } from "../message/index.ts";

/** Nominal colours of a two-colour panel by its bits: red 1, green 2. */
const dualPalette = Uint8Array.of(0, 0, 0, 255, 42, 18, 60, 230, 40, 255, 190, 20);
/** By bits: red 1, green 2, blue 4. */
const colourLetters = Buffer.from(".rgybmcw", "latin1");
const [dark = 0, lit = 0, lineEnd = 0] = Buffer.from(".@\n", "latin1");
/** Dots worked on before others get their turn: a few milliseconds. */
const dotsAtOnce = 256 * 1024;

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
  const rgb = await rgbOf(bitmap, ledColour);
  // Loaded here: it is large, and text needs none of it.
  const { default: sharp } = await import("sharp");
  const picture = sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  if (scale > 1) picture.resize(width * scale, height * scale, { kernel: "nearest" });
  return picture.png({ compressionLevel: 6 }).toBuffer();
}

/** Rows of dots. Mono: `.` and `@`. Colour: `.` black, else r g y b m c w by the channels that have at least half the brightest. */
export async function textOf(bitmap: Bitmap): Promise<string> {
  const { width, height, format } = bitmap;
  const text = Buffer.alloc((width + 1) * height, dark);
  const writeRow = format === "rgb24" ? rgbWriter(bitmap) : format === "dual2" ? dualWriter(bitmap) : writer(bitmap);
  await byRows(bitmap, (y) => {
    const row = text.subarray(y * (width + 1), (y + 1) * (width + 1));
    writeRow(row, y);
    row[width] = lineEnd;
  });
  return text.toString("latin1");
}

/** Writes the letters of row `y` into `row`, which is dark. */
type RowWriter = (row: Uint8Array, y: number) => void;

function rgbWriter({ width, pixels }: Bitmap): RowWriter {
  return (row, y) => {
    for (let x = 0, from = y * width * 3; x < width; x++, from += 3)
      row[x] = letterOf(pixels[from] as number, pixels[from + 1] as number, pixels[from + 2] as number);
  };
}

function dualWriter(bitmap: Bitmap): RowWriter {
  const { width, height, format, pixels } = bitmap;
  const stride = rowStride(width, format);
  const letters = lettersOf(bitmap);
  return (row, y) => {
    for (let x = 0; x < width; x++) {
      const byte = y * stride + (x >> 3);
      const red = bitAt(pixels[byte] as number, x);
      const green = bitAt(pixels[stride * height + byte] as number, x);
      row[x] = letters[red + 2 * green] as number;
    }
  };
}

function writer(bitmap: Bitmap): RowWriter {
  const { width, format, pixels } = bitmap;
  const stride = rowStride(width, format);
  const dots = 8 / bitsPerDot[format];
  const runs = runsOf(lettersOf(bitmap), bitsPerDot[format]);
  return (row, y) => {
    for (let byte = 0; byte < stride; byte++) {
      const value = pixels[y * stride + byte] as number;
      // Most of a page is black, and so is a palette's first colour.
      if (value === 0 && runs[0] === dark) continue;
      const x = byte * dots;
      for (let dot = 0; dot < dots; dot++) row[x + dot] = runs[value * dots + dot] as number;
    }
  };
}

function bitAt(byte: number, x: number): number {
  return (byte >> (7 - (x & 7))) & 1;
}

function letterOf(red: number, green: number, blue: number): number {
  const half = Math.max(red, green, blue) / 2;
  if (half === 0) return dark;
  return colourLetters[(red >= half ? 1 : 0) + (green >= half ? 2 : 0) + (blue >= half ? 4 : 0)] as number;
}

/** By a dot's value. */
function lettersOf(bitmap: Bitmap): Uint8Array {
  if (bitmap.format === "mono1") return Uint8Array.of(dark, lit);
  const palette = paletteOf(bitmap, null);
  const letter = (_: unknown, value: number) =>
    letterOf(palette[value * 3] ?? 0, palette[value * 3 + 1] ?? 0, palette[value * 3 + 2] ?? 0);
  return Uint8Array.from({ length: 2 ** (bitmap.format === "dual2" ? 2 : bitsPerDot[bitmap.format]) }, letter);
}

/** By a byte of pixels, its dots' letters. */
function runsOf(letters: Uint8Array, bits: number): Uint8Array {
  const dots = 8 / bits;
  return Uint8Array.from({ length: 256 * dots }, (_, at) => {
    const shift = 8 - bits * ((at % dots) + 1);
    return letters[(Math.floor(at / dots) >> shift) & (2 ** bits - 1)] as number;
  });
}

/** 3 bytes a dot, rows unpadded. */
async function rgbOf(bitmap: Bitmap, ledColour: string | null): Promise<Uint8Array> {
  const { width, height, format, pixels } = bitmap;
  if (format === "rgb24") return pixels;
  const rgb = new Uint8Array(width * height * 3);
  const palette = paletteOf(bitmap, ledColour);
  const stride = rowStride(width, format);
  const bits = bitsPerDot[format];
  const mask = 2 ** bits - 1;
  const greenPlane = format === "dual2" ? stride * height : null;
  await byRows(bitmap, (y) => {
    let to = y * width * 3;
    for (let x = 0; x < width; x += 1, to += 3) {
      const byte = y * stride + ((x * bits) >> 3);
      const shift = 8 - bits - ((x * bits) & 7);
      let value = ((pixels[byte] ?? 0) >> shift) & mask;
      if (greenPlane !== null) value += 2 * (((pixels[greenPlane + byte] ?? 0) >> shift) & 1);
      rgb[to] = palette[value * 3] ?? 0;
      rgb[to + 1] = palette[value * 3 + 1] ?? 0;
      rgb[to + 2] = palette[value * 3 + 2] ?? 0;
    }
  });
  return rgb;
}

/** A wall of 4096 × 4096 dots must not stop the daemon: between slices of rows, others get their turn. */
async function byRows({ width, height }: Bitmap, row: (y: number) => void): Promise<void> {
  const rowsAtOnce = Math.max(1, Math.floor(dotsAtOnce / width));
  for (let y = 0; y < height; y += 1) {
    if (y > 0 && y % rowsAtOnce === 0) await setImmediate();
    row(y);
  }
}

/** Red, green, blue of each value. */
function paletteOf({ format, palette }: Bitmap, ledColour: string | null): Uint8Array {
  if (format === "dual2") return dualPalette;
  if (format !== "mono1") return palette;
  const hex = Number.parseInt((ledColour ?? "#ffffff").slice(1), 16);
  return Uint8Array.of(0, 0, 0, hex >> 16, (hex >> 8) & 255, hex & 255);
}
