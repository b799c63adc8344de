/** 公示表、值班表: `a|b|c` lines are rows, the first the header, repeated on every page; other lines are text around the table. */
import type { Face } from "../fonts/face.ts";
import { faceOf, outlineFromPx } from "../fonts/index.ts";
import { type Grid, usualGrid } from "../grid.ts";
import { type Block, left, type Piece, right, type Row, rowOf, ruleRow } from "../layout.ts";
import { breakLines, longestRun } from "../line-break.ts";
import { type Cell, widthOf } from "../text.ts";
import { paragraphBlocks, setInOneLine, signBlocks, titleBlocks } from "./notice.ts";
import { setBlocks } from "./pages.ts";
import { cells, type Job, type Template, tooSmall } from "./template.ts";

/** A narrower column of words is not read any more. Ideographs. */
const leastWordColumn = 3;
/** What columns are moved apart where there is room. Ideographs. */
const spreadMost = 2;

/** Between columns: half an ideograph, of large letters a whole one. */
function gapOf({ body }: Grid): number {
  return body.sizePx < outlineFromPx ? Math.floor(body.sizePx / 2) : body.sizePx;
}

/** Headings are bold where the size has a bold face. */
function headingFace({ body }: Grid): Face {
  return body.sizePx < outlineFromPx ? body : faceOf({ sizePx: body.sizePx, weight: "bold" });
}

type Line = readonly Cell[];

interface Column {
  /** The heading first. */
  readonly cells: readonly Line[];
  /** Of each, the dots from the decimal point on: of a column of figures. */
  readonly tails: readonly number[];
  readonly numeric: boolean;
  readonly natural: number;
  /** What it may be wrapped to: never its heading, nor a number or a date in it. */
  readonly least: number;
}

export const table: Template = (job) => {
  const { rows } = usualGrid(job.shape);
  if (rows < 1) return tooSmall(job);
  if (rows < 2) return setInOneLine({ ...job, content: { ...job.content, body: asSentences(job.content.body) } });
  return setBlocks(
    job,
    (grid) => [...titleBlocks(job, grid, "title"), ...bodyBlocks(job, grid), ...signBlocks(job, grid)],
    (grid) => partsOf(job.content.body).every((part) => part.kind === "text" || unbroken(job, part.rows, grid)),
  );
};

const unitLine = /^[(\uff08]?单位[\uff1a:]/;

function bodyBlocks(job: Job, grid: Grid): Block[] {
  const parts = partsOf(job.content.body);
  return parts.flatMap((part, index) => {
    if (part.kind === "text") {
      const unit = unitLine.test(part.text) && parts[index + 1]?.kind === "rows";
      return unit ? [] : paragraphBlocks(job, part.text, grid);
    }
    const before = parts[index - 1];
    const unit = before?.kind === "text" && unitLine.test(before.text) ? before.text : null;
    return tableBlocks(job, part.rows, grid, unit);
  });
}

type Part = { readonly kind: "text"; readonly text: string } | { readonly kind: "rows"; readonly rows: string[][] };

function partsOf(body: string): Part[] {
  const parts: Part[] = [];
  for (const line of body.split("\n")) {
    if (line.trim() === "") continue;
    const last = parts[parts.length - 1];
    if (!line.includes("|")) parts.push({ kind: "text", text: line });
    else if (last?.kind === "rows") last.rows.push(splitRow(line));
    else parts.push({ kind: "rows", rows: [splitRow(line)] });
  }
  return parts;
}

function splitRow(line: string): string[] {
  return line.split("|").map((cell) => cell.trim());
}

function asSentences(body: string): string {
  return body.replace(/\|/g, " ");
}

function tableBlocks(job: Job, rows: readonly string[][], grid: Grid, unit: string | null): Block[] {
  const columns = columnsOf(job, rows, grid);
  const groups = groupsOf(columns, grid);
  const records = recordsOf(job, rows, grid);
  const listed = () => [...unitBlocks(job, unit, grid, 0), ...records.flatMap(({ blocks }) => blocks)];
  if (groups === null) return listed();
  const blocks = groups.flatMap((group) => [
    ...unitBlocks(job, unit, grid, grid.width - rightOf(group)),
    ...groupBlocks(group, rows.length, grid),
  ]);
  // Figures are compared down a column, words are read along the row: words had better stay together.
  const figures = columns.slice(1).every(({ numeric }) => numeric);
  const apart = groups.length > 1 && !figures && records.every(({ height }) => height <= grid.rows);
  // A row that a page cannot hold under its header is not read as a row any more.
  const cut = blocks.some(({ header = [], rows }) => textRows(header) + textRows(rows) > grid.rows);
  return rows.length > 1 && (apart || cut) ? listed() : blocks;
}

function textRows(rows: readonly Row[]): number {
  return rows.filter(({ face }) => face !== null).length;
}

/** "单位:万元" stands above the table, flush with its right side. */
function unitBlocks(job: Job, unit: string | null, grid: Grid, indent: number): Block[] {
  if (unit === null) return [];
  const line = cells(job, unit, grid.body);
  const lines = breakLines(line, grid.width);
  return [{ rows: lines.map((part) => right(part, "header", grid.body, grid, lines.length > 1 ? 0 : indent)) }];
}

/** Do all columns stand side by side, each as wide as its longest text? */
function unbroken(job: Job, rows: readonly string[][], grid: Grid): boolean {
  const columns = columnsOf(job, rows, grid);
  const gap = gapOf(grid);
  return columns.reduce((sum, { natural }) => sum + natural + gap, -gap) <= grid.width;
}

const figure = /^[-+]?[\d,]+(\.\d+)?%?$/;

function columnsOf(job: Job, rows: readonly string[][], grid: Grid): Column[] {
  const count = Math.max(...rows.map((row) => row.length));
  const { body } = grid;
  return Array.from({ length: count }, (_, index) => {
    const texts = rows.map((row) => row[index] ?? "");
    const values = texts.slice(1).filter((text) => text !== "");
    const numeric = values.length > 0 && values.every((text) => figure.test(text));
    const lines = texts.map((text, row) => cells(job, text, row === 0 ? headingFace(grid) : body));
    const tails = texts.map((text, row) => (numeric && row > 0 ? tailOf(job, text, body) : 0));
    const tail = Math.max(0, ...tails);
    const natural = Math.max(
      ...lines.map((line, row) => widthOf(line) + (row > 0 && numeric ? tail - (tails[row] ?? 0) : 0)),
    );
    const heading = widthOf(lines[0] ?? []);
    const least = Math.max(heading, Math.min(natural, leastWordColumn * body.sizePx), ...lines.map(longestRun));
    return { cells: lines, tails, numeric, natural, least: numeric ? natural : least };
  });
}

/** Dots from the decimal point, or the sign behind, on: figures stand with their points under one another. */
function tailOf(job: Job, text: string, face: Face): number {
  return widthOf(cells(job, /[.%].*$/.exec(text)?.[0] ?? "", face));
}

interface Placed {
  readonly column: Column;
  readonly x: number;
  readonly width: number;
}

/**
 * Columns side by side, word columns wrapped if need be; too many for the width: groups that each repeat the first
 * column. Null: not even the first and one other fit.
 */
function groupsOf(columns: readonly Column[], grid: Grid): Placed[][] | null {
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

function rightOf(group: readonly Placed[]): number {
  return Math.max(...group.map(({ x, width }) => x + width));
}

/** Rules are as thick as this part of the letters: the outer ones, the one under the headings. */
const outerRule = 0.08;
const innerRule = 0.04;

function groupBlocks(group: readonly Placed[], count: number, grid: Grid): Block[] {
  const { outer, inner } = rulesOf(group, grid);
  const header = [...outer, ...rowsOf(group, 0, "header", grid), ...inner];
  const blocks: Block[] = [];
  for (let row = 1; row < count; row++)
    blocks.push({ rows: [...rowsOf(group, row, "body", grid), ...(row === count - 1 ? outer : [])], header });
  return blocks.length > 0 ? blocks : [{ rows: rowsOf(group, 0, "header", grid) }];
}

/** Three rules (三线表) where lines stand apart enough for them, else none. */
function rulesOf(group: readonly Placed[], { body, width, leading }: Grid): { outer: Row[]; inner: Row[] } {
  if (body.sizePx < outlineFromPx || leading * 3 < body.sizePx) return { outer: [], inner: [] };
  const from = Math.max(0, Math.min(...group.map(({ x }) => x)) - body.sizePx);
  const to = Math.min(width, rightOf(group) + body.sizePx);
  const gap = Math.round(leading / 2);
  const rule = (part: number): Row[] => [
    { ...ruleRow(from, to - from, Math.max(1, Math.round(body.sizePx * part)), "header"), above: gap, below: gap },
  ];
  return { outer: rule(outerRule), inner: rule(innerRule) };
}

/** One row of the table: as many lines as its tallest cell. */
function rowsOf(group: readonly Placed[], row: number, ink: "header" | "body", grid: Grid): Row[] {
  const face = row === 0 ? headingFace(grid) : grid.body;
  const wrapped = group.map(({ column, width }) => breakLines(column.cells[row] ?? [], width));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    rowOf(
      face,
      group.flatMap(({ column, x, width }, index): Piece[] => {
        const part = wrapped[index]?.[line];
        if (!part || part.length === 0) return [];
        const after = row === 0 ? 0 : Math.max(0, ...column.tails) - (column.tails[row] ?? 0);
        return [{ cells: part, x: column.numeric ? x + width - after - widthOf(part) : x, ink }];
      }),
    ),
  );
}

interface Listed {
  readonly blocks: readonly Block[];
  /** Lines of the whole record. */
  readonly height: number;
}

/** For narrow panels: each row a list of its values, every value behind its heading, the first on each page again. */
function recordsOf(job: Job, rows: readonly string[][], grid: Grid): Listed[] {
  const [headings = [], ...records] = rows;
  return records.map((record) => {
    const [name = [], ...values] = record.map((value, index) => {
      const text = headings[index] ? `${headings[index]}:${value}` : value;
      return breakLines(cells(job, text, grid.body), grid.width).map((line) =>
        left(line, index === 0 ? "header" : "body", grid.body),
      );
    });
    const height = values.reduce((sum, lines) => sum + lines.length, name.length);
    const together = height <= grid.rows;
    const fitting = values.map((lines) => name.length + lines.length <= grid.rows);
    const blocks = values.map((lines, index): Block => ({ rows: lines, ...(fitting[index] && { header: name }) }));
    if (together) return { height, blocks: [{ rows: [...name, ...values.flat()] }] };
    return { height, blocks: fitting[0] ? blocks : [{ rows: name }, ...blocks] };
  });
}
