/** 公示表、值班表: `a|b|c` lines are rows, the first the header, repeated on every page; other lines are text around the table. */
import { outlineFromPx } from "../fonts/index.ts";
import { type Grid, usualGrid } from "../grid.ts";
import { type Block, type Piece, right, type Row, rowOf, ruleRow } from "../layout.ts";
import { widthOf } from "../text.ts";
import { columnsOf, groupsOf, headingFace, type Placed, rightOf, sideBySide, unbroken, wrapped } from "./columns.ts";
import { evenLines, paragraphBlocks, setInOneLine, signBlocks, titleBlocks } from "./notice.ts";
import { setBlocks } from "./pages.ts";
import { recordsOf, recordsStandWhole } from "./records.ts";
import { cells, type Job, type Setting, type Template, tooSmall } from "./template.ts";

export const table: Template = (job) => setTable(job, () => []);

/** `after`: what stands between the table's last line and the sign-off. */
export function setTable(job: Job, after: (grid: Grid) => readonly Block[]): Setting {
  const { rows } = usualGrid(job.shape);
  if (rows < 1) return tooSmall(job);
  if (rows < 2) return setInOneLine({ ...job, content: { ...job.content, body: asSentences(job.content.body) } });
  const parts = partsOf(job.content.body);
  return setBlocks(
    job,
    (grid) => [
      ...titleBlocks(job, grid, "title"),
      ...bodyBlocks(job, parts, grid),
      ...after(grid),
      ...signBlocks(job, grid),
    ],
    [unbroken, sideBySide, recordsStandWhole].map(
      (suits) => (grid) => parts.every((part) => part.kind === "text" || suits(job, part.rows, grid)),
    ),
  );
}

const unitLine = /^[(\uff08]?单位[\uff1a:]/;

export function bodyBlocks(job: Job, parts: readonly Part[], grid: Grid): Block[] {
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

export function partsOf(body: string): Part[] {
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
  const listed = () => [
    ...unitBlocks(job, unit, grid, 0),
    ...recordsOf(job, rows, grid).flatMap(({ blocks }) => blocks),
  ];
  if (groups === null) return listed();
  const table = groups.flatMap((group, index) => groupBlocks(group, rows.length, grid, unit !== null && index === 0));
  const blocks = [...unitBlocks(job, unit, grid, grid.width - rightOf(groups[0] ?? [])), ...table];
  if (rows.length < 2) return blocks;
  // A row that a page cannot hold under its header is not read as a row any more.
  if (blocks.some(({ header = [], rows }) => textRows(header) + textRows(rows) > grid.rows)) return listed();
  // Figures are compared down a column, words are read along the row: words had better stay together.
  const figures = groups.length < 2 || columns.slice(1).every(({ numeric }) => numeric);
  return figures || recordsOf(job, rows, grid).some(({ height }) => height > grid.rows) ? blocks : listed();
}

function textRows(rows: readonly Row[]): number {
  return rows.filter(({ face }) => face !== null).length;
}

/** "单位:万元" stands above the table, flush with its right side. */
function unitBlocks(job: Job, unit: string | null, grid: Grid, indent: number): Block[] {
  if (unit === null) return [];
  const lines = evenLines(cells(job, unit, grid.body), grid.width, grid.body.sizePx);
  return [{ rows: lines.map((part) => right(part, "header", grid.body, grid, lines.length > 1 ? 0 : indent)) }];
}

/** Rules are as thick as this part of the letters: the outer ones, the one under the headings. */
const outerRule = 0.08;
const innerRule = 0.04;

/** `afterUnit`: the unit line before it goes with the first row. */
function groupBlocks(group: readonly Placed[], count: number, grid: Grid, afterUnit: boolean): Block[] {
  const { top, under, bottom } = rulesOf(group, grid);
  const header = [...top, ...rowsOf(group, 0, "header", grid), ...under];
  const blocks: Block[] = [];
  for (let row = 1; row < count; row++)
    blocks.push({
      rows: [...rowsOf(group, row, "body", grid), ...(row === count - 1 ? bottom : [])],
      header,
      // The total does not stand on a page by itself.
      company: (row === 1 ? afterUnit : row === count - 1) ? 1 : 0,
    });
  return blocks.length > 0 ? blocks : [{ rows: rowsOf(group, 0, "header", grid) }];
}

/** Three rules (三线表) where lines stand apart enough for them, else none. */
function rulesOf(group: readonly Placed[], { body, width, leading }: Grid): Record<"top" | "under" | "bottom", Row[]> {
  if (body.sizePx < outlineFromPx || leading * 4 < body.sizePx) return { top: [], under: [], bottom: [] };
  const from = Math.max(0, Math.min(...group.map(({ x }) => x)) - body.sizePx);
  const to = Math.min(width, rightOf(group) + body.sizePx);
  const near = Math.round(leading / 2);
  const rule = (part: number, above: number, below: number): Row[] => [
    { ...ruleRow(from, to - from, Math.max(1, Math.round(body.sizePx * part)), "header"), above, below },
  ];
  return {
    top: rule(outerRule, leading, near),
    under: rule(innerRule, near, near),
    bottom: rule(outerRule, near, leading),
  };
}

/** One row of the table: as many lines as its tallest cell. */
function rowsOf(group: readonly Placed[], row: number, ink: "header" | "body", grid: Grid): Row[] {
  const face = row === 0 ? headingFace(grid) : grid.body;
  const broken = group.map(({ column, width }) => wrapped(column, row, width));
  const height = Math.max(1, ...broken.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    rowOf(
      face,
      group.flatMap(({ column, x, width }, index): Piece[] => {
        const part = broken[index]?.[line];
        if (!part || part.length === 0) return [];
        const after = row === 0 ? 0 : column.tail - (column.tails[row] ?? 0);
        return [{ cells: part, x: column.numeric ? x + width - after - widthOf(part) : x, ink }];
      }),
    ),
  );
}
