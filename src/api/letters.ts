/**
 * A bitmap's rows as letters, for `textOf`. A screen's page has two million dots and a long notice dozens of pages, so a
 * byte of pixels becomes its dots' letters by one look into a table.
 */
import { type Bitmap, bitsPerDot, rowStride } from "../message/index.ts";

/** By bits: red 1, green 2, blue 4. Two-colour panels have the first four. */
const colourLetters = Buffer.from(".rgybmcw", "latin1");
const monoLetters = Buffer.from(".@", "latin1");
const [lineEnd = 0] = Buffer.from("\n", "latin1");

/** Row `y` and its line end, `width` + 1 bytes, which are overwritten by the next row. */
export type LetterRows = (y: number) => Uint8Array;

export function letterRows(bitmap: Bitmap): LetterRows {
  const { width, format } = bitmap;
  // In whole words: the dots that pad a row's last byte are written too.
  const memory = new ArrayBuffer(8 * Math.floor(width / 8 + 1));
  const write =
    format === "rgb24"
      ? rgbWriter(bitmap, memory)
      : format === "dual2"
        ? dualWriter(bitmap, memory)
        : packedWriter(bitmap, memory);
  const row = new Uint8Array(memory, 0, width + 1);
  return (y) => {
    write(y);
    row[width] = lineEnd;
    return row;
  };
}

type RowWriter = (y: number) => void;

function rgbWriter({ width, pixels }: Bitmap, memory: ArrayBuffer): RowWriter {
  const row = new Uint8Array(memory);
  return (y) => {
    for (let x = 0, from = y * width * 3; x < width; x++, from += 3)
      row[x] = letterOf(pixels[from] as number, pixels[from + 1] as number, pixels[from + 2] as number);
  };
}

function dualWriter({ width, height, pixels }: Bitmap, memory: ArrayBuffer): RowWriter {
  const stride = rowStride(width, "dual2");
  const green = stride * height;
  const row = new Uint32Array(memory);
  const quads = new Uint32Array(dualQuads().buffer);
  return (y) => {
    for (let byte = 0, from = y * stride; byte < stride; byte++, from++) {
      const reds = pixels[from] as number;
      const greens = pixels[green + from] as number;
      row[2 * byte] = quads[(reds & 0xf0) | (greens >> 4)] as number;
      row[2 * byte + 1] = quads[((reds & 0x0f) << 4) | (greens & 0x0f)] as number;
    }
  };
}

/** By four dots' reds, then their greens: their letters. */
function dualQuads(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 256 * 4 }, (_, at) => {
    const shift = 3 - (at % 4);
    const both = at >> 2;
    return colourLetters[((both >> (4 + shift)) & 1) + 2 * ((both >> shift) & 1)] as number;
  });
}

function packedWriter(bitmap: Bitmap, memory: ArrayBuffer): RowWriter {
  const { width, format, pixels } = bitmap;
  const stride = rowStride(width, format);
  const dots = 8 / bitsPerDot[format];
  const row = wordsOf(memory, dots);
  const runs = wordsOf(runsOf(lettersOf(bitmap), bitsPerDot[format]).buffer, dots);
  return (y) => {
    for (let byte = 0, from = y * stride; byte < stride; byte++, from++)
      row[byte] = runs[pixels[from] as number] as number;
  };
}

/** Words of so many letters. Eight travel as one double: ASCII letters are never a NaN, whose bits might change. */
function wordsOf(memory: ArrayBuffer, letters: number) {
  if (letters === 8) return new Float64Array(memory);
  if (letters === 4) return new Uint32Array(memory);
  return letters === 2 ? new Uint16Array(memory) : new Uint8Array(memory);
}

/** By a byte of pixels, its dots' letters. */
function runsOf(letters: Uint8Array, bits: number): Uint8Array<ArrayBuffer> {
  const dots = 8 / bits;
  return Uint8Array.from({ length: 256 * dots }, (_, at) => {
    const shift = 8 - bits * ((at % dots) + 1);
    return letters[(Math.floor(at / dots) >> shift) & (2 ** bits - 1)] as number;
  });
}

/** By a dot's value; what the palette lacks is black. */
function lettersOf({ format, palette }: Bitmap): Uint8Array {
  if (format === "mono1") return monoLetters;
  const letter = (_: unknown, value: number) =>
    letterOf(palette[value * 3] ?? 0, palette[value * 3 + 1] ?? 0, palette[value * 3 + 2] ?? 0);
  return Uint8Array.from({ length: 2 ** bitsPerDot[format] }, letter);
}

function letterOf(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  if (most === 0) return colourLetters[0] as number;
  return colourLetters[(2 * red >= most ? 1 : 0) + (2 * green >= most ? 2 : 0) + (2 * blue >= most ? 4 : 0)] as number;
}
