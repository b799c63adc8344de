/** Centred text in the largest letters that a panel holds: slogans, countdowns, clocks. Dots throughout. */
import type { Shape } from "../message/index.ts";
import type { Face } from "./fonts/face.ts";
import { faceOf, nearestSize, outlineFromPx } from "./fonts/index.ts";
import { chineseFromPx, type Grid, usualSize } from "./grid.ts";
import { centred, type Row } from "./layout.ts";
import { balancedLines } from "./line-break.ts";
import { type Cell, widthOf } from "./text.ts";
import type { Ink } from "./ink.ts";

/** At each side; a large screen leaves more. */
const sideMarginPx = 4;
const sideMarginPart = 0.03;
const largeFromPx = 480;

/** Lines of large letters stand this part of them apart where that costs no line. */
const leadingPart = 0.12;

/** On panels lower than this a slogan stands in two lines, or moves in one that is larger. */
const manyLinesFrom = 64;
/** Of a slogan in more than two lines the letters must be so many times as large as in two. */
const worthManyLines = 1.6;

export interface Fitted {
  readonly grid: Grid;
  readonly lines: readonly (readonly Cell[])[];
  /** What the lines were found with. */
  readonly linesMost: number;
  readonly demands: Demands;
}

export interface Demands {
  /** No word and no number broken. */
  readonly strict: boolean;
  /** At each side; the panel's usual margin unless given. */
  readonly marginPx?: number;
  /** On a low panel too: for what cannot move instead. */
  readonly manyLines?: boolean;
  /** Smaller letters than the panel's running text has, if there are any. */
  readonly small?: boolean;
}

/** A text that is to be set: its lines as given, each of which may be broken further, in any face. */
export interface Wanted {
  readonly shape: Shape;
  /** Ideographs' lengths, about right for any face. */
  readonly ems: readonly number[];
  readonly cells: (face: Face) => readonly (readonly Cell[])[];
}

export function sideMargin(shape: Shape): number {
  const { width } = shape;
  if (width >= largeFromPx) return Math.round(width * sideMarginPart);
  // A column of single characters has no dots to give away.
  return Math.max(0, Math.min(sideMarginPx, Math.floor((width - usualSize(shape)) / 2)));
}

/** Sizes from the largest that `px` dots hold downwards, in steps that an eye sees. */
export function* sizesFrom(px: number, least: number): Generator<number> {
  for (let size = nearestSize(px); size <= px && size >= least; ) {
    yield size;
    const next = nearestSize(size > outlineFromPx ? Math.min(size - 1, Math.floor(size * 0.97)) : size - 1);
    if (next >= size) return;
    size = next;
  }
}

/** In two lines, or as many as the text was given with; in more where that makes it much larger. */
export function fewOrManyLines(wanted: Wanted, demands: Demands): Fitted | null {
  const given = wanted.ems.length;
  const few = largest(wanted, Math.max(2, given), demands);
  if (!demands.manyLines && wanted.shape.height < manyLinesFrom && given === 1) return few;
  const many = largest(wanted, Number.POSITIVE_INFINITY, demands);
  return few && many && many.grid.body.sizePx < few.grid.body.sizePx * worthManyLines ? few : many;
}

/** The largest size at which all lines fit the panel, balanced; null if not even the least. */
function largest(wanted: Wanted, linesMost: number, demands: Demands): Fitted | null {
  const { shape } = wanted;
  const least = demands.small ? smallestSize(shape) : usualSize(shape);
  for (const px of sizesFrom(Math.min(shape.height, shape.width), least)) {
    const grid = centringGrid(shape, px, demands.marginPx ?? sideMargin(shape));
    const most = Math.min(grid.rows, linesMost);
    if (isHopeless(wanted.ems, grid, most)) continue;
    const lines = balancedAll(wanted.cells(grid.body), grid, most, demands.strict);
    if (lines) return { grid, lines, linesMost, demands };
  }
  return null;
}

/** Set as another text was: no other size is tried. Null: it does not fit that way. */
export function fittedAlike(wanted: Wanted, { grid, linesMost, demands }: Fitted): Fitted | null {
  const lines = balancedAll(wanted.cells(grid.body), grid, Math.min(grid.rows, linesMost), demands.strict);
  return lines && { grid, lines, linesMost, demands };
}

/** The smallest letters of a text that must fit: of faces with Chinese, but on panels too low for those. */
function smallestSize(shape: Shape): number {
  return Math.min(usualSize(shape), chineseFromPx);
}

/** Measured in a plain face, a text may turn out this much shorter in another. */
const tolerance = 0.88;

function isHopeless(ems: readonly number[], { width, body }: Grid, most: number): boolean {
  const lines = ems.reduce(
    (sum, length) => sum + Math.max(1, Math.ceil((length * tolerance * body.sizePx) / width)),
    0,
  );
  return lines > most;
}

function balancedAll(
  paragraphs: readonly (readonly Cell[])[],
  { width, body }: Grid,
  most: number,
  strict: boolean,
): (readonly Cell[])[] | null {
  const lines: (readonly Cell[])[] = [];
  for (const paragraph of paragraphs) {
    const set = balancedLines(paragraph, width, most - lines.length, strict, body.sizePx);
    if (!set) return null;
    lines.push(...set);
  }
  return lines.every((line) => widthOf(line) <= width) ? lines : null;
}

/** The panel as a grid for centred lines of one size, bold where the size has a bold face. */
export function centringGrid(shape: Shape, sizePx: number, marginPx = sideMargin(shape)): Grid {
  const face = faceOf({ sizePx, weight: "bold" });
  const width = Math.max(0, shape.width - 2 * marginPx);
  const rows = width < 1 ? 0 : Math.floor(shape.height / sizePx);
  const spare = rows < 2 ? 0 : Math.floor((shape.height - rows * sizePx) / (rows - 1));
  const leading = Math.min(spare, Math.round(sizePx * leadingPart));
  const height = Math.max(0, rows * (sizePx + leading) - leading);
  const top = Math.floor((shape.height - height) / 2);
  return { shape, body: face, title: face, left: marginPx, top, width, height, leading, titleGap: leading, rows };
}

export function centredRows({ lines, grid }: Pick<Fitted, "lines" | "grid">, ink: Ink): Row[] {
  return lines.map((line) => centred(line, ink, grid.body, grid));
}
