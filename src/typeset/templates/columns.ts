/** Columns of a table: how wide they are, which of them stand side by side, and where. Dots. */
import type { Face } from "../fonts/face.ts";
import { faceOf, outlineFromPx } from "../fonts/index.ts";
import { type Grid, ordinaryPx } from "../grid.ts";
import { oneLine } from "../layout.ts";
import { longestRun } from "../line-break.ts";
import { type Cell, isSpace, widthOf } from "../text.ts";
import { evenLines } from "./notice.ts";
import { cells, type Job } from "./template.ts";

/** In a narrower column words do not stand whole any more. Ideographs. */
const leastWordColumn = 4;
/** Longer phrases may be broken between their words. Ideographs. */
const wholePhrase = 6;
/** What columns are moved apart where there is room. Ideographs. */
const spreadMost = 2;

/** Between columns: half an ideograph, of large letters a whole one; a third of those that are to save room. */
function gapOf({ body: { sizePx } }: Grid): number {
  return sizePx >= outlineFromPx ? sizePx : Math.floor(sizePx / (sizePx < ordinaryPx ? 3 : 2));
}

/** Headings are bold where the size has a bold face. */
export function headingFace({ body }: Grid): Face {
  return body.sizePx < outlineFromPx ? body : faceOf({ sizePx: body.sizePx, weight: "bold" });
}

type Line = readonly Cell[];

export interface Column {
  readonly em: number;
  /** The heading first. */
  readonly cells: readonly Line[];
  /** Of each, the dots from the decimal point on: of a column of figures. */
  readonly tails: readonly number[];
  /** The longest of them. */
  readonly tail: number;
  readonly numeric: boolean;
  readonly natural: number;
  /** What it may be wrapped to. */
  readonly least: number;
}

/** Do all columns stand side by side, each as wide as its longest text? */
export function unbroken(job: Job, rows: readonly string[][], grid: Grid): boolean {
  const columns = columnsOf(job, rows, grid);
  const gap = gapOf(grid);
  return columns.reduce((sum, { natural }) => sum + natural + gap, -gap) <= grid.width;
}

/** Do they at least stand side by side, word columns wrapped, no row higher than a page? */
export function sideBySide(job: Job, rows: readonly string[][], grid: Grid): boolean {
  const group = placed(columnsOf(job, rows, grid), grid);
  if (group === null) return false;
  return rows.every((_, row) => row === 0 || linesOf(group, 0) + linesOf(group, row) <= grid.rows);
}

/** A cell's lines in a column of this width: whole where it fits, else broken between words. */
export function wrapped({ cells, em }: Column, row: number, width: number): readonly Line[] {
  const line = cells[row] ?? [];
  if (line.length === 0) return [];
  return widthOf(line) <= width ? [line] : evenLines(line, width, em);
}

function linesOf(group: readonly Placed[], row: number): number {
  return Math.max(1, ...group.map(({ column, width }) => wrapped(column, row, width).length));
}

const figure = /^[-+]?[\d,]+(\.\d+)?%?$/;

/** Columns of the same rows are asked for while a size is sought, and again to set them; they depend on the face alone. */
const known = new WeakMap<readonly string[][], Map<Face, Column[]>>();

export function columnsOf(job: Job, rows: readonly string[][], grid: Grid): Column[] {
  const byFace = known.get(rows) ?? new Map<Face, Column[]>();
  known.set(rows, byFace);
  const columns = byFace.get(grid.body) ?? measured(job, rows, grid);
  byFace.set(grid.body, columns);
  return columns;
}

function measured(job: Job, rows: readonly string[][], grid: Grid): Column[] {
  const { body } = grid;
  const columns = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, index) =>
    rows.map((row) => row[index] ?? ""),
  );
  const numeric = columns.map(areFigures);
  // Figures are worth having side by side, even if what they are of is broken for it.
  const phraseMost = numeric.slice(1).every((one) => one) ? leastWordColumn : wholePhrase;
  return columns.map((texts, index) => {
    const isNumeric = numeric[index] === true;
    const lines = texts.map((text, row) =>
      oneLine(cells(job, text, row === 0 ? headingFace(grid) : body), body.sizePx),
    );
    const tails = texts.map((text, row) => (isNumeric && row > 0 ? tailOf(job, text, body) : 0));
    const tail = Math.max(0, ...tails);
    const widths = lines.map((line, row) => widthOf(line) + (row > 0 ? tail - (tails[row] ?? 0) : 0));
    const leasts = lines.map((line, row) =>
      isNumeric && row > 0 ? (widths[row] ?? 0) : leastOf(line, body, phraseMost),
    );
    const [natural, least] = [Math.max(...widths), Math.max(...leasts)];
    return { em: body.sizePx, cells: lines, tails, tail, numeric: isNumeric, natural, least };
  });
}

/** Of a column's texts below its heading, those that there are. */
function areFigures([, ...texts]: readonly string[]): boolean {
  const values = texts.filter((text) => text !== "");
  return values.length > 0 && values.every((text) => figure.test(text));
}

/** What a cell may be wrapped to: neither a number nor a phrase of at most so many ideographs is broken. */
function leastOf(line: Line, { sizePx }: Face, phraseMost: number): number {
  const phrases: Cell[][] = [[]];
  for (const cell of line) {
    if (isSpace(cell)) phrases.push([]);
    else phrases[phrases.length - 1]?.push(cell);
  }
  const whole = phrases.map(widthOf).filter((width) => width <= phraseMost * sizePx);
  const usual = Math.min(widthOf(line), leastWordColumn * sizePx);
  return Math.max(usual, longestRun(line, sizePx), ...whole);
}

/** Dots from the decimal point, or the sign behind, on: figures stand with their points under one another. */
function tailOf(job: Job, text: string, face: Face): number {
  return widthOf(cells(job, /[.%].*$/.exec(text)?.[0] ?? "", face));
}

export interface Placed {
  readonly column: Column;
  readonly x: number;
  readonly width: number;
}

/**
 * Columns side by side, word columns wrapped if need be; too many for the width: groups that each repeat the first
 * column. Null: not even the first and one other fit.
 */
export function groupsOf(columns: readonly Column[], grid: Grid): Placed[][] | null {
  const all = placed(columns, grid);
  if (all) return [all];
  const [first, ...others] = columns;
  if (!first) return null;
  const groups: Placed[][] = [];
  for (let from = 0; from < others.length; ) {
    let made: Placed[] | null = null;
    let count = 0;
    for (let more = 1; from + more <= others.length; more++) {
      const tried = placed([first, ...others.slice(from, from + more)], grid);
      if (!tried) break;
      made = tried;
      count = more;
    }
    if (!made) return null;
    groups.push(made);
    from += count;
  }
  return groups;
}

function placed(columns: readonly Column[], grid: Grid): Placed[] | null {
  const { width, body } = grid;
  const gap = gapOf(grid);
  const room = width - gap * (columns.length - 1);
  const widths = columns.map((column) => column.natural);
  const leasts = columns.map(({ least }) => least);
  if (leasts.reduce((sum, least) => sum + least, 0) > room) return null;
  // Take from the widest word column, a character at a time, until all fit.
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; ) {
    let widest = -1;
    for (let index = 0; index < widths.length; index++)
      if ((widths[index] ?? 0) > (leasts[index] ?? 0) && (widest < 0 || (widths[index] ?? 0) > (widths[widest] ?? 0)))
        widest = index;
    const cut = Math.min(body.sizePx, (widths[widest] ?? 0) - (leasts[widest] ?? 0));
    widths[widest] = (widths[widest] ?? 0) - cut;
    over -= cut;
  }
  const spare = room - widths.reduce((sum, one) => sum + one, 0);
  const between = gap + Math.min(spreadMost * body.sizePx, Math.floor(spare / columns.length));
  let x = Math.floor((spare - (between - gap) * (columns.length - 1)) / 2);
  return columns.map((column, index) => {
    const at = x;
    x += (widths[index] ?? 0) + between;
    return { column, x: at, width: widths[index] ?? 0 };
  });
}

export function rightOf(group: readonly Placed[]): number {
  return Math.max(...group.map(({ x, width }) => x + width));
}
