/** Messages with something to see on them. Which dots are lit depends on the machine's fonts; no test asks. */
import sharp from "sharp";
import { emptyBitmap, makeMessage } from "../../src/message/index.ts";
import type { Bitmap, Message, Page, Shape } from "../../src/message/types.ts";

const inks: readonly (readonly [number, number, number])[] = [
  [255, 0, 0],
  [255, 255, 0],
  [0, 255, 0],
];

/** One page for each line on low panels, all lines on one page on high ones; strips scroll. */
export async function textMessage(
  shape: Shape,
  lines: readonly string[],
  motion: "hold" | "scroll-left",
): Promise<Message> {
  if (motion === "scroll-left") {
    const text = lines.join("  ");
    const width = Math.max(shape.width, Math.ceil(text.length * shape.height * 0.9));
    const bitmap = await textBitmap({ ...shape, width }, [text]);
    return makeMessage(shape, [{ ...page(bitmap, 0), motion, msPerPx: 25, holdMs: 0 }]);
  }
  const pages = shape.height < 64 ? lines.map((line) => [line]) : [lines];
  const bitmaps = await Promise.all(pages.map((content) => textBitmap(shape, content)));
  return makeMessage(shape, bitmaps.map(page));
}

/** Hours, minutes and seconds from the panel's clock. */
export async function clockMessage(shape: Shape): Promise<Message> {
  const cellHeight = Math.min(64, Math.floor(shape.height * 0.6), Math.floor(shape.width / 8) * 2);
  const cellWidth = Math.floor(cellHeight / 2);
  const glyphs = await Promise.all(
    [..."0123456789:"].map((glyph) => mask(cellWidth, cellHeight, [glyph], cellHeight * 0.9)),
  );
  const stride = Math.ceil(cellWidth / 8);
  const atlas = new Uint8Array(stride * cellHeight * glyphs.length);
  for (const [index, glyph] of glyphs.entries()) atlas.set(glyph, index * stride * cellHeight);
  const left = Math.floor((shape.width - 8 * cellWidth) / 2);
  const y = Math.floor((shape.height - cellHeight) / 2);
  const cell = (place: number, unit: "H" | "M" | "S", divisor: number) => ({
    x: left + place * cellWidth,
    y,
    unit,
    divisor,
    modulus: 10,
    base: 0,
    blankZero: false,
  });
  const colon = (place: number) => ({ ...cell(place, "S", 1), modulus: 1, base: 10 });
  const field = {
    cellWidth,
    cellHeight,
    ink: shape.colour === "dual" ? ([0, 255, 0] as const) : ([255, 0, 0] as const),
    atlas,
    glyphCount: glyphs.length,
    cells: [
      cell(0, "H", 10),
      cell(1, "H", 1),
      colon(2),
      cell(3, "M", 10),
      cell(4, "M", 1),
      colon(5),
      cell(6, "S", 10),
      cell(7, "S", 1),
    ],
  };
  const bitmap = await textBitmap(shape, []);
  return makeMessage(shape, [{ ...page(bitmap, 0), holdMs: 6000, fields: [field] }]);
}

function page(bitmap: Bitmap, step: number): Page {
  return { bitmap, motion: "hold", msPerPx: 0, holdMs: 4000, step, window: null, fields: [] };
}

async function textBitmap(shape: Shape, lines: readonly string[]): Promise<Bitmap> {
  const size = Math.min(
    (shape.height / Math.max(1, lines.length)) * 0.82,
    (shape.width / Math.max(1, ...lines.map((line) => line.length))) * 1.1,
  );
  const dots = await mask(shape.width, shape.height, lines, size);
  const format = shape.colour === "mono" ? "mono1" : shape.colour === "dual" ? "dual2" : "index1";
  if (shape.colour === "rgb") {
    const palette = shape.width > 1000 ? [12, 32, 74, 255, 240, 214] : [0, 0, 0, 255, 196, 40];
    const bitmap = emptyBitmap(shape.width, shape.height, format, Uint8Array.from(palette));
    bitmap.pixels.set(dots);
    return bitmap;
  }
  const bitmap = emptyBitmap(shape.width, shape.height, format);
  const ink = inks[lines.length] ?? [255, 255, 0];
  if (shape.colour === "mono" || ink[0]) bitmap.pixels.set(dots);
  if (shape.colour === "dual" && ink[1]) bitmap.pixels.set(dots, dots.length);
  return bitmap;
}

/** mono1 rows. */
async function mask(width: number, height: number, lines: readonly string[], size: number): Promise<Uint8Array> {
  const rows = lines.map((line, index) => {
    const y = (height / lines.length) * (index + 0.5) + size * 0.36;
    return `<text x="50%" y="${y}" font-size="${size}" font-family="sans-serif" text-anchor="middle" fill="#fff">${line}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/>${rows.join("")}</svg>`;
  const grey = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  const stride = Math.ceil(width / 8);
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if ((grey[y * width + x] ?? 0) > 110)
        out[y * stride + (x >> 3)] = (out[y * stride + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
  return out;
}
