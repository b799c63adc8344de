/** Contours into coverage: how much of each dot is ink. Sums and products only, so the same on every machine. */

/** A closed line of straight pieces: x0, y0, x1, y1 …, in dots, y downwards; the last point joins the first. */
export type Contour = readonly number[];

/** Lines at which a row of dots is sampled; along each the coverage is exact. */
const samples = 8;
const fullCoverage = 255;

/**
 * Coverage of `width` x `height` dots, 0 to 255, by the non-zero rule: contours of one turning direction that overlap
 * make one shape, those of the other direction cut holes. Ink outside the box is left out.
 */
export function coverageOf(contours: readonly Contour[], width: number, height: number): Uint8Array {
  const { starts, edges } = crossingsByLine(contours, height * samples);
  const out = new Uint8Array(width * height);
  // What a row has gathered: part of a dot's ink, and how the ink of all dots to the right changes.
  const partial = scratch.partial.ofLength(width + 1);
  const changes = scratch.changes.ofLength(width + 2);
  for (let row = 0; row < height; row++) {
    if (starts[row * samples] === starts[(row + 1) * samples]) continue;
    partial.fill(0, 0, width + 1);
    changes.fill(0, 0, width + 2);
    for (let line = row * samples; line < (row + 1) * samples; line++)
      addSpans(edges, starts[line] as number, starts[line + 1] as number, width, partial, changes);
    let full = 0;
    for (let x = 0; x < width; x++) {
      full += changes[x] as number;
      const covered = ((full + (partial[x] as number)) / samples) * fullCoverage;
      out[row * width + x] = Math.min(fullCoverage, Math.floor(covered + 0.5));
    }
  }
  return out;
}

/** A typed array costs more to make than to fill, and thousands of glyphs are made in a row: these are used again. */
class Scratch<Numbers extends Float64Array | Int32Array> {
  private numbers: Numbers;
  private readonly make: (length: number) => Numbers;

  constructor(make: (length: number) => Numbers) {
    this.make = make;
    this.numbers = make(0);
  }

  /** At least `length` long, with whatever was left in it. */
  ofLength(length: number): Numbers {
    if (this.numbers.length < length) this.numbers = this.make(length * 2);
    return this.numbers;
  }
}

const floats = (length: number) => new Float64Array(length);
const integers = (length: number) => new Int32Array(length);
const scratch = {
  partial: new Scratch(floats),
  changes: new Scratch(floats),
  pieces: new Scratch(floats),
  edges: new Scratch(floats),
  starts: new Scratch(integers),
  filled: new Scratch(integers),
};

/** Where contours cross each sampled line: `edges` has x and direction (+1 or -1) of each crossing, sorted in a line. */
interface Crossings {
  readonly starts: Int32Array;
  readonly edges: Float64Array;
}

/** Numbers of a piece in `scratch.pieces`: x, y of its first point, x a line, direction, the lines it crosses. */
const pieceNumbers = 6;

function crossingsByLine(contours: readonly Contour[], lines: number): Crossings {
  const starts = scratch.starts.ofLength(lines + 1).fill(0, 0, lines + 1);
  let points = 0;
  for (const contour of contours) points += contour.length / 2;
  const pieces = scratch.pieces.ofLength(points * pieceNumbers);
  let end = 0;
  for (const contour of contours) end = addPieces(contour, lines, pieces, end, starts);
  for (let line = 0; line < lines; line++) starts[line + 1] = (starts[line + 1] as number) + (starts[line] as number);
  const filled = scratch.filled.ofLength(lines);
  for (let line = 0; line < lines; line++) filled[line] = starts[line] as number;
  const edges = scratch.edges.ofLength((starts[lines] as number) * 2);
  for (let piece = 0; piece < end; piece += pieceNumbers) addCrossings(pieces, piece, edges, starts, filled);
  return { starts, edges };
}

/** Each piece that is not level, with the sampled lines `first` to before `last` that it crosses, which are counted. */
function addPieces(contour: Contour, lines: number, pieces: Float64Array, from: number, counts: Int32Array): number {
  const length = contour.length;
  let end = from;
  let x0 = contour[length - 2] as number;
  let y0 = contour[length - 1] as number;
  for (let at = 0; at < length; at += 2) {
    const x1 = contour[at] as number;
    const y1 = contour[at + 1] as number;
    const down = y0 < y1;
    const first = Math.max(0, Math.ceil((down ? y0 : y1) * samples - 0.5));
    const last = Math.min(lines, Math.ceil((down ? y1 : y0) * samples - 0.5));
    if (first < last) {
      pieces[end] = x0;
      pieces[end + 1] = y0;
      pieces[end + 2] = (x1 - x0) / (y1 - y0);
      pieces[end + 3] = down ? 1 : -1;
      pieces[end + 4] = first;
      pieces[end + 5] = last;
      end += pieceNumbers;
      for (let line = first; line < last; line++) counts[line + 1] = (counts[line + 1] as number) + 1;
    }
    x0 = x1;
    y0 = y1;
  }
  return end;
}

function addCrossings(
  pieces: Float64Array,
  piece: number,
  edges: Float64Array,
  starts: Int32Array,
  filled: Int32Array,
): void {
  const x = pieces[piece] as number;
  const y = pieces[piece + 1] as number;
  const slope = pieces[piece + 2] as number;
  const turn = pieces[piece + 3] as number;
  const last = pieces[piece + 5] as number;
  for (let line = pieces[piece + 4] as number; line < last; line++) {
    const crossing = x + ((line + 0.5) / samples - y) * slope;
    // Into its place: a line has few crossings, and they come nearly sorted.
    let at = filled[line] as number;
    filled[line] = at + 1;
    const from = starts[line] as number;
    for (; at > from && (edges[at * 2 - 2] as number) > crossing; at--) {
      edges[at * 2] = edges[at * 2 - 2] as number;
      edges[at * 2 + 1] = edges[at * 2 - 1] as number;
    }
    edges[at * 2] = crossing;
    edges[at * 2 + 1] = turn;
  }
}

function addSpans(
  edges: Float64Array,
  from: number,
  to: number,
  width: number,
  partial: Float64Array,
  changes: Float64Array,
): void {
  let winding = 0;
  let begins = 0;
  for (let at = from; at < to; at++) {
    const before = winding;
    winding += edges[at * 2 + 1] as number;
    if (before === 0) begins = edges[at * 2] as number;
    else if (winding === 0) addSpan(begins, edges[at * 2] as number, width, partial, changes);
  }
}

/** Ink from `begins` to `ends` on one sampled line. */
function addSpan(begins: number, ends: number, width: number, partial: Float64Array, changes: Float64Array): void {
  const left = Math.max(0, begins);
  const right = Math.min(width, ends);
  if (left >= right) return;
  const first = Math.floor(left);
  const last = Math.floor(right);
  if (first === last) {
    partial[first] = (partial[first] as number) + right - left;
    return;
  }
  partial[first] = (partial[first] as number) + first + 1 - left;
  changes[first + 1] = (changes[first + 1] as number) + 1;
  changes[last] = (changes[last] as number) - 1;
  partial[last] = (partial[last] as number) + right - last;
}
