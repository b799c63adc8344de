/** Noto Sans SC's outlines, unpacked part by part as they are asked for. `data/pack-outlines.ts` describes the bytes. */
import { brotliDecompressSync } from "node:zlib";
import { readData } from "./data.ts";

/** Contours in font units, 1000 to the em, y upwards from the baseline. */
export interface Outline {
  readonly advance: number;
  /** In order: 1 move, 4 line (one point each), 5 cubic (three points); contours close by themselves. */
  readonly operations: readonly number[];
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** One piece of a contour, by its points' numbers in `xs` and `ys`; controls are -1 where it is straight. */
export interface Piece {
  readonly from: number;
  readonly control1: number;
  readonly control2: number;
  readonly to: number;
}

/** Fitting asks for the same outline's pieces once an axis, drawing once more. */
let latest: { readonly outline: Outline; readonly pieces: readonly (readonly Piece[])[] } | null = null;

/** Each contour's pieces in order, closed. */
export function piecesOf(outline: Outline): readonly (readonly Piece[])[] {
  if (latest?.outline !== outline) latest = { outline, pieces: partedOf(outline) };
  return latest.pieces;
}

function partedOf({ operations, xs, ys }: Outline): Piece[][] {
  const contours: Piece[][] = [];
  let pieces: Piece[] = [];
  let point = 0;
  const straight = (from: number, to: number) => {
    if (xs[from] !== xs[to] || ys[from] !== ys[to]) pieces.push({ from, control1: -1, control2: -1, to });
  };
  const close = () => {
    const [first] = pieces;
    if (first !== undefined) straight(point - 1, first.from);
  };
  for (const operation of operations) {
    if (operation === 1) {
      close();
      pieces = [];
      contours.push(pieces);
      point++;
    } else if (operation === 5) {
      pieces.push({ from: point - 1, control1: point, control2: point + 1, to: point + 2 });
      point += 3;
    } else {
      straight(point - 1, point);
      point++;
    }
  }
  close();
  return contours;
}

interface Part {
  readonly bytes: Buffer;
  /** Where each glyph begins: its operations, x's and y's. */
  readonly starts: Int32Array;
}

interface Pack {
  readonly file: Buffer;
  readonly places: readonly { readonly at: number; readonly bytes: number }[];
  /** Code point, + 2^31 for bold → its number in the pack. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly advances: Uint16Array;
  readonly parts: (Part | undefined)[];
}

const file = "noto-sans-sc.bin";
const glyphsPerPart = 1024;
const boldKey = 2 ** 31;
let loaded: Pack | null = null;

export function hasOutline(codePoint: number, bold: boolean): boolean {
  return pack().numbers.has(codePoint + (bold ? boldKey : 0));
}

/** Null: this weight does not have it. */
export function outlineOf(codePoint: number, bold: boolean): Outline | null {
  const font = pack();
  const number = font.numbers.get(codePoint + (bold ? boldKey : 0));
  if (number === undefined) return null;
  return decoded(partOf(font, Math.floor(number / glyphsPerPart)), number % glyphsPerPart, font.advances[number] ?? 0);
}

function pack(): Pack {
  loaded ??= opened(readData(file));
  return loaded;
}

function opened(bytes: Buffer): Pack {
  const count = bytes.readUInt32LE(0);
  let at = 4 + count * 4;
  const places = Array.from({ length: count }, (_, part) => {
    const place = { at, bytes: bytes.readUInt32LE(4 + part * 4) };
    at += place.bytes;
    return place;
  });
  const index = unpacked(bytes, places[0]);
  const glyphs = index.readUInt32LE(0);
  const numbers = new Map<number, number>();
  const advances = new Uint16Array(glyphs);
  for (let number = 0; number < glyphs; number++) {
    numbers.set(index.readUInt32LE(4 + number * 4), number);
    advances[number] = index.readUInt16LE(4 + glyphs * 4 + number * 2);
  }
  return { file: bytes, places, numbers, advances, parts: [] };
}

function unpacked(bytes: Buffer, place: Pack["places"][number] | undefined): Buffer {
  if (place === undefined) throw new Error(`${file} 不完整 / ${file} is cut short: install the program again`);
  return brotliDecompressSync(bytes.subarray(place.at, place.at + place.bytes));
}

function partOf(font: Pack, number: number): Part {
  const known = font.parts[number];
  if (known !== undefined) return known;
  const bytes = unpacked(font.file, font.places[number + 1]);
  const operations = bytes.readUInt32LE(0);
  const starts: number[] = [];
  let at = 8;
  let x = at + operations;
  let y = x + bytes.readUInt32LE(4);
  const skip = (from: number) => from + ((bytes[from] as number) < 192 ? 1 : 2);
  for (const end = at + operations; at < end; at++) {
    if (at === 8 || bytes[at - 1] === 0) starts.push(at, x, y);
    const operation = bytes[at] as number;
    for (let point = pointsOf[operation] as number; point > 0; point--) {
      if (operation !== 3) x = skip(x);
      if (operation !== 2) y = skip(y);
    }
  }
  const part = { bytes, starts: Int32Array.from(starts) };
  font.parts[number] = part;
  return part;
}

/** Points of each operation of the file. */
const pointsOf = [0, 1, 1, 1, 1, 3];

function decoded({ bytes, starts }: Part, glyph: number, advance: number): Outline {
  let at = starts[glyph * 3] as number;
  let xAt = starts[glyph * 3 + 1] as number;
  let yAt = starts[glyph * 3 + 2] as number;
  const operations: number[] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  let [x, y] = [0, 0];
  for (let operation = bytes[at] as number; operation !== 0; operation = bytes[++at] as number) {
    operations.push(operation === 2 || operation === 3 ? 4 : operation);
    for (let point = pointsOf[operation] as number; point > 0; point--) {
      if (operation !== 3) {
        x += difference(bytes, xAt);
        xAt += (bytes[xAt] as number) < 192 ? 1 : 2;
      }
      if (operation !== 2) {
        y += difference(bytes, yAt);
        yAt += (bytes[yAt] as number) < 192 ? 1 : 2;
      }
      xs.push(x);
      ys.push(y);
    }
  }
  return { advance, operations, xs, ys };
}

function difference(bytes: Buffer, at: number): number {
  const first = bytes[at] as number;
  const zigzag = first < 192 ? first : 192 + ((first - 192) << 8) + (bytes[at + 1] as number);
  return zigzag & 1 ? -(zigzag + 1) / 2 : zigzag / 2;
}
