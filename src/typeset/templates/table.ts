/** 公示表、值班表: `a|b|c` lines are rows, the first the header, repeated on every page; other lines are text around the table. */
import { type Block, type Grid, left, type Piece, right, type Row, usualGrid } from "../layout.ts";
import { breakLines, longestRun } from "../line-break.ts";
import { type Cell, widthOf } from "../text.ts";
import { notice, paragraphBlocks, setBlocks, signBlocks, titleBlocks } from "./notice.ts";
import { cells, type Job, type Template } from "./template.ts";

const gap = 8;
/** Three characters: a narrower column of words is not read any more. */
const leastWordColumn = 48;

type Line = readonly Cell[];

interface Column {
  readonly cells: readonly Line[];
  readonly numeric: boolean;
  readonly natural: number;
  /** What it may be wrapped to: never its heading, nor a number or a date in it. */
  readonly least: number;
}

export const table: Template = (job) => {
  if (usualGrid(job.shape, job.font).rows < 2)
    return notice({ ...job, content: { ...job.content, body: asSentences(job.content.body) } });
  return setBlocks(
    job,
    (grid) => [...titleBlocks(job, grid, "title"), ...bodyBlocks(job, grid), ...signBlocks(job, grid)],
    (grid) => partsOf(job.content.body).every((part) => part.kind === "text" || unbroken(job, part.rows, grid)),
  );
};

function bodyBlocks(job: Job, grid: Grid): Block[] {
  return partsOf(job.content.body).flatMap((part) => {
    if (part.kind === "rows") return tableBlocks(job, part.rows, grid);
    if (/^单位[\uff1a:]/.test(part.text)) return [{ rows: [right(cells(job, part.text), "header", grid)] }];
    return paragraphBlocks(job, part.text, grid);
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

function tableBlocks(job: Job, rows: readonly string[][], grid: Grid): Block[] {
  const columns = columnsOf(job, rows);
  const groups = groupsOf(columns, grid.columns);
  const records = recordsOf(job, rows, grid);
  if (groups === null) return records.flatMap(({ blocks }) => blocks);
  const blocks = groups.flatMap((group) => groupBlocks(group, rows.length, grid));
  // Figures are compared down a column, words are read along the row: words had better stay together.
  const figures = columns.slice(1).every(({ numeric }) => numeric);
  const apart = groups.length > 1 && !figures && records.every(({ height }) => height <= grid.rows);
  // A row that a page cannot hold under its header is not read as a row any more.
  const cut = blocks.some((block) => (block.header?.length ?? 0) + block.rows.length > grid.rows);
  return rows.length > 1 && (apart || cut) ? records.flatMap(({ blocks }) => blocks) : blocks;
}

/** Do all columns stand side by side, each as wide as its longest text? */
function unbroken(job: Job, rows: readonly string[][], grid: Grid): boolean {
  const columns = columnsOf(job, rows);
  return columns.reduce((sum, { natural }) => sum + natural + gap, -gap) <= grid.columns;
}

function columnsOf(job: Job, rows: readonly string[][]): Column[] {
  const count = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, index) => {
    const texts = rows.map((row) => row[index] ?? "");
    const body = texts.slice(1).filter((text) => text !== "");
    const numeric = body.length > 0 && body.every((text) => /^[-+]?[\d,]+(\.\d+)?%?$/.test(text));
    const lines = numeric ? alignedNumbers(job, texts) : texts.map((text) => cells(job, text));
    const natural = Math.max(...lines.map(widthOf));
    const least = Math.max(widthOf(lines[0] ?? []), Math.min(natural, leastWordColumn), ...lines.map(longestRun));
    return { cells: lines, numeric, natural, least: numeric ? natural : least };
  });
}

/** Numbers padded behind, so that set right they stand with their points under one another. */
function alignedNumbers(job: Job, texts: readonly string[]): Line[] {
  const decimals = texts.slice(1).map((text) => /\.\d+/.exec(text)?.[0].length ?? 0);
  const most = Math.max(...decimals);
  return texts.map((text, row) => cells(job, row === 0 ? text : text + " ".repeat(most - (decimals[row - 1] ?? 0))));
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
function groupsOf(columns: readonly Column[], width: number): Placed[][] | null {
  const all = placed(columns, width);
  if (all) return [all];
  const [first, ...others] = columns;
  if (!first) return null;
  const groups: Placed[][] = [];
  for (let from = 0; from < others.length; ) {
    let made: Placed[] | null = null;
    let count = 0;
    for (let more = 1; from + more <= others.length; more++) {
      const tried = placed([first, ...others.slice(from, from + more)], width);
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

function placed(columns: readonly Column[], width: number): Placed[] | null {
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
    const cut = Math.min(16, (widths[widest] ?? 0) - (leasts[widest] ?? 0));
    widths[widest] = (widths[widest] ?? 0) - cut;
    over -= cut;
  }
  const spare = room - widths.reduce((sum, one) => sum + one, 0);
  const between = gap + Math.min(32, Math.floor(spare / columns.length));
  let x = Math.floor((spare - (between - gap) * (columns.length - 1)) / 2);
  return columns.map((column, index) => {
    const at = x;
    x += (widths[index] ?? 0) + between;
    return { column, x: at, width: widths[index] ?? 0 };
  });
}

function groupBlocks(group: readonly Placed[], count: number, grid: Grid): Block[] {
  const header = rowsOf(group, 0, "header");
  const blocks: Block[] = [];
  for (let row = 1; row < count; row++) blocks.push({ rows: rowsOf(group, row, "body"), header });
  return blocks.length > 0 ? blocks : [{ rows: header.slice(0, grid.rows) }];
}

/** One row of the table: as many lines as its tallest cell. */
function rowsOf(group: readonly Placed[], row: number, ink: "header" | "body"): Row[] {
  const wrapped = group.map(({ column, width }) => breakLines(column.cells[row] ?? [], width));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    group.flatMap(({ column, x, width }, index): Piece[] => {
      const part = wrapped[index]?.[line];
      if (!part || part.length === 0) return [];
      return [{ cells: part, x: column.numeric ? x + width - widthOf(part) : x, ink }];
    }),
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
      return breakLines(cells(job, text), grid.columns).map((line) => left(line, index === 0 ? "header" : "body"));
    });
    const height = values.reduce((sum, lines) => sum + lines.length, name.length);
    const together = height <= grid.rows;
    const fitting = values.map((lines) => name.length + lines.length <= grid.rows);
    const blocks = values.map((lines, index): Block => ({ rows: lines, ...(fitting[index] && { header: name }) }));
    if (together) return { height, blocks: [{ rows: [...name, ...values.flat()] }] };
    return { height, blocks: fitting[0] ? blocks : [{ rows: name }, ...blocks] };
  });
}
