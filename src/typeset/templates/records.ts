/** A table for panels too narrow for its columns: each row a list of its values, every value behind its heading. */
import type { Grid } from "../grid.ts";
import { type Block, left } from "../layout.ts";
import { columnsOf } from "./columns.ts";
import { evenLines } from "./notice.ts";
import { cells, type Job } from "./template.ts";

export interface Listed {
  readonly blocks: readonly Block[];
  /** Lines of the whole record. */
  readonly height: number;
}

/** Of rows and a grid that were asked for before: a size is sought first, then set. */
const known = new WeakMap<readonly string[][], Map<Grid, readonly Listed[]>>();

/** One a row below the headings; its first value is set again on each page of it. */
export function recordsOf(job: Job, rows: readonly string[][], grid: Grid): readonly Listed[] {
  const byGrid = known.get(rows) ?? new Map<Grid, readonly Listed[]>();
  known.set(rows, byGrid);
  const [headings = [], ...records] = rows;
  const listed = byGrid.get(grid) ?? records.map((record) => recordOf(job, headings, record, grid));
  byGrid.set(grid, listed);
  return listed;
}

function recordOf(job: Job, headings: readonly string[], record: readonly string[], grid: Grid): Listed {
  const [name = [], ...values] = record.map((value, index) => {
    const text = headings[index] ? `${headings[index]}\uff1a${value}` : value;
    return evenLines(cells(job, text, grid.body), grid.width, grid.body.sizePx).map((line) =>
      left(line, index === 0 ? "header" : "body", grid.body),
    );
  });
  const height = values.reduce((sum, lines) => sum + lines.length, name.length);
  const fitting = values.map((lines) => name.length + lines.length <= grid.rows);
  const blocks = values.map((lines, index): Block => ({ rows: lines, ...(fitting[index] && { header: name }) }));
  if (height <= grid.rows) return { height, blocks: [{ rows: [...name, ...values.flat()] }] };
  return { height, blocks: fitting[0] ? blocks : [{ rows: name }, ...blocks] };
}

/** Does every record stand whole on a page? Figures are no records: they are compared down a column. */
export function recordsStandWhole(job: Job, rows: readonly string[][], grid: Grid): boolean {
  if (
    columnsOf(job, rows, grid)
      .slice(1)
      .every(({ numeric }) => numeric)
  )
    return false;
  // Most tables say by their first rows that they do not.
  const [headings = [], ...records] = rows;
  if (records.slice(0, tryFirst).some((record) => recordOf(job, headings, record, grid).height > grid.rows))
    return false;
  return recordsOf(job, rows, grid).every(({ height }) => height <= grid.rows);
}

const tryFirst = 8;
