/** A sheet of paper: red, green, blue bytes a dot, written as a PNG with a palette where its colours allow. */
import { crc32, deflateSync } from "node:zlib";

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Rows top down, unpadded. */
  readonly pixels: Uint8Array;
}

export function newSheet(width: number, height: number, ground: Rgb): Sheet {
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < pixels.length; at += 3) pixels.set(ground, at);
  return { width, height, pixels };
}

export function fill(sheet: Sheet, x: number, y: number, width: number, height: number, colour: Rgb): void {
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++) sheet.pixels.set(colour, (row * sheet.width + column) * 3);
}

/** `part` of `steps` of `colour` over what is there. */
export function mix(sheet: Sheet, x: number, y: number, colour: Rgb, part: number, steps: number): void {
  const at = (y * sheet.width + x) * 3;
  for (let channel = 0; channel < 3; channel++) {
    const under = sheet.pixels[at + channel] as number;
    sheet.pixels[at + channel] = under + Math.round((((colour[channel] as number) - under) * part) / steps);
  }
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const paletteMost = 256;
const [trueColour, indexed] = [2, 3];

export function pngOf({ width, height, pixels }: Sheet): Uint8Array {
  const palette = paletteOf(pixels);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, palette ? indexed : trueColour, 0, 0, 0], 8);
  const stride = palette ? width : width * 3;
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < stride; x++)
      rows[y * (stride + 1) + 1 + x] = palette
        ? (palette.get(valueAt(pixels, (y * width + x) * 3)) as number)
        : (pixels[y * stride + x] as number);
  const colours = palette ? [chunk("PLTE", Uint8Array.from([...palette.keys()].flatMap(bytesOf)))] : [];
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    ...colours,
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function valueAt(pixels: Uint8Array, at: number): number {
  return ((pixels[at] as number) << 16) | ((pixels[at + 1] as number) << 8) | (pixels[at + 2] as number);
}

function bytesOf(value: number): number[] {
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Place by colour, in the order in which they are met; null: too many. */
function paletteOf(pixels: Uint8Array): Map<number, number> | null {
  const palette = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 3) {
    const value = valueAt(pixels, at);
    if (palette.has(value)) continue;
    if (palette.size === paletteMost) return null;
    palette.set(value, palette.size);
  }
  return palette;
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
