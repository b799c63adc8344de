/** Bitmaps as dots of four strengths, and the rules in them taken away. Written out: a screen has two million dots, a test hundreds of pages. */
import { type Bitmap, bitsPerDot, rowStride } from "../../src/message/index.ts";

/** Dots of any bitmap: one byte a dot, 0 black, 3 full strength, 1 and 2 the shades of soft edges. */
export interface Dots {
  readonly width: number;
  readonly height: number;
  readonly lit: Uint8Array;
}

export function dotsOf({ width, height, format, pixels, palette }: Bitmap): Dots {
  const lit = new Uint8Array(width * height);
  const stride = rowStride(width, format);
  if (format === "mono1" || format === "dual2") {
    for (let plane = 0; plane < (format === "dual2" ? 2 : 1); plane++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          if ((pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) lit[y * width + x] = 3;
    return { width, height, lit };
  }
  const bits = bitsPerDot[format];
  if (bits === 24) levelsOfColours(lit, { width, stride, pixels });
  else levelsOfIndices(lit, { width, stride, pixels, bits, palette });
  return { width, height, lit };
}

interface Rows {
  readonly width: number;
  readonly stride: number;
  readonly pixels: Uint8Array;
}

function levelsOfColours(lit: Uint8Array, { width, stride, pixels }: Rows): void {
  const at = (dot: number) => colour(pixels, Math.floor(dot / width) * stride + (dot % width) * 3);
  // Neighbours are mostly the same.
  const found = new Set<number>();
  for (let dot = 0, last = -1; dot < lit.length; dot++) {
    const one = at(dot);
    if (one !== last) found.add(one);
    last = one;
  }
  const levels = levelsOf([...found]);
  for (let dot = 0, last = -1, level = 0; dot < lit.length; dot++) {
    const one = at(dot);
    if (one !== last) level = levels.get(one) ?? 0;
    lit[dot] = level;
    last = one;
  }
}

function levelsOfIndices(
  lit: Uint8Array,
  { width, stride, pixels, bits, palette }: Rows & { readonly bits: number; readonly palette: Uint8Array },
): void {
  const mask = 2 ** bits - 1;
  const used = new Uint8Array(mask + 1);
  for (let row = 0, to = 0; to < lit.length; row += stride)
    for (let x = 0; x < width; x++, to++) {
      const byte = pixels[row + ((x * bits) >> 3)] ?? 0;
      const index = (byte >> (8 - bits - ((x * bits) & 7))) & mask;
      used[index] = 1;
      lit[to] = index;
    }
  const colours = Array.from(used, (_, index) => colour(palette, index * 3));
  const levels = levelsOf([...new Set(colours.filter((_, index) => used[index]))]);
  const levelOf = Uint8Array.from(colours, (one) => levels.get(one) ?? 0);
  for (let dot = 0; dot < lit.length; dot++) lit[dot] = levelOf[lit[dot] as number] as number;
}

function colour(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

/** A colour that is a third, or two thirds, of another one on the page is a shade of it. */
function levelsOf(colours: readonly number[]): Map<number, number> {
  const part = (value: number, level: number) =>
    colour(Uint8Array.of(...[16, 8, 0].map((shift) => Math.round((((value >> shift) & 255) * level) / 3))), 0);
  return new Map(
    colours.map((one) => {
      if (one === 0) return [one, 0];
      const shade = [1, 2].find((level) => colours.some((full) => full !== one && part(full, level) === one));
      return [one, shade ?? 3];
    }),
  );
}

const bytesOf = (lit: Uint8Array) => Buffer.from(lit.buffer, lit.byteOffset, lit.length);

/** The first lit dot at or after `from`; the number of dots, if there is none. */
export function nextInk(lit: Uint8Array, from: number): number {
  if (from >= lit.length) return lit.length;
  let first = lit.length;
  const bytes = bytesOf(lit);
  for (const level of [3, 2, 1]) {
    // Not further than what was found: most pages have no soft dots at all.
    const at = bytes.subarray(from, first).indexOf(level);
    if (at >= 0) first = from + at;
  }
  return first;
}

export function isSoft({ lit }: Dots): boolean {
  return bytesOf(lit).includes(1) || bytesOf(lit).includes(2);
}

/** A dash of two ideographs is no rule, a bar over a panel of three is one. Ideographs. */
const ruleLeast = 5;
const acrossLeast = 3;

/**
 * Rows in which one run of at least `ruleLeast` ideographs, or the whole of a row of `acrossLeast`, is lit, and nothing else, are rules, and go. A box that such rows begin and
 * end is a bar with text cut out of it, and is turned into text.
 */
export function eraseRules({ width, height, lit }: Dots, em: number): void {
  const ends = (y: number) => {
    const [start, end] = [y * width, (y + 1) * width];
    const from = nextInk(lit.subarray(0, end), start);
    let to = end - 1;
    while (to > from && lit[to] === 0) to--;
    return from === end ? { from: -1, to: -1 } : { from: from - start, to: to - start };
  };
  for (let y = 0; y < height; y++) {
    y = Math.floor(nextInk(lit, y * width) / width);
    if (y >= height) break;
    const { from, to } = ends(y);
    const isSolid = (row: number) => {
      for (let x = from; x <= to; x++) if (lit[row * width + x] !== 3) return false;
      return true;
    };
    const run = to - from + 1;
    const isWide = run >= ruleLeast * em || (run === width && width >= acrossLeast * em);
    if (!isWide || !isSolid(y)) continue;
    let last = y;
    for (let below = y + 1; below < height; below++) {
      const next = ends(below);
      if (next.from !== from || next.to !== to) break;
      if (isSolid(below)) last = below;
    }
    for (; y <= last; y++) for (let x = from; x <= to; x++) lit[y * width + x] = 3 - (lit[y * width + x] ?? 0);
    y--;
  }
}
