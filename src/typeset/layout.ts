/** Rows of text, and the flow of blocks of them over pages. Dots throughout. */
import type { Face } from "./fonts/face.ts";
import type { Grid } from "./grid.ts";
import type { Ink } from "./ink.ts";
import { lastOf, measure, setLine } from "./spacing.ts";
import { type Cell, textOf, widthOf } from "./text.ts";

/** Text at `x` from the grid's left. */
export interface Piece {
  readonly cells: readonly Cell[];
  readonly x: number;
  readonly ink: Ink;
}

/** A line of text, or where there is no face a rule: a box as high as the row. */
export interface Row {
  readonly face: Face | null;
  readonly heightPx: number;
  readonly pieces: readonly Piece[];
  readonly rule?: { readonly x: number; readonly width: number; readonly ink: Ink };
  /** Clear dots to the row above and below, where they are not the grid's leading. */
  readonly above?: number;
  readonly below?: number;
}

/** Rows that stay together where a page can hold them. */
export interface Block {
  readonly rows: readonly Row[];
  /** Set before the first of the blocks that share it, and again where a page begins with one of them. */
  readonly header?: readonly Row[];
  readonly startsPage?: boolean;
  /** So many blocks before it, at most, go with it to a page that it would begin. */
  readonly company?: number;
}

/** All cells on one line, with the gaps and narrower marks of any line. `em`: the face's size. */
export function oneLine(cells: readonly Cell[], em: number): readonly Cell[] {
  if (cells.length === 0) return cells;
  const measured = measure(cells, em, Number.POSITIVE_INFINITY);
  const line = setLine(measured, 0, lastOf(measured, 0, cells.length), 0);
  // The same array again is known to be measured: a table asks of each of its cells what it may be wrapped to.
  return line.length === cells.length && line.every((cell, index) => cell === cells[index]) ? cells : line;
}

/** A row of one face; each piece at its place. */
export function rowOf(face: Face, pieces: readonly Piece[]): Row {
  return { face, heightPx: face.sizePx, pieces };
}
export function left(cells: readonly Cell[], ink: Ink, face: Face, indent = 0): Row {
  return rowOf(face, [{ cells, x: indent, ink }]);
}
export function centred(cells: readonly Cell[], ink: Ink, face: Face, grid: Grid): Row {
  return rowOf(face, [{ cells, x: Math.floor((grid.width - widthOf(cells)) / 2), ink }]);
}
export function right(cells: readonly Cell[], ink: Ink, face: Face, grid: Grid, indent = 0): Row {
  return rowOf(face, [{ cells, x: grid.width - indent - widthOf(cells), ink }]);
}
export function ruleRow(x: number, width: number, heightPx: number, ink: Ink): Row {
  return { face: null, heightPx, pieces: [], rule: { x, width, ink } };
}

/** Clear dots between two rows that follow one another on a page. */
export function gapBetween(upper: Row, lower: Row, leading: number): number {
  if (upper.below !== undefined || lower.above !== undefined) return Math.max(upper.below ?? 0, lower.above ?? 0);
  return leading;
}

export function heightOf(rows: readonly Row[], leading: number): number {
  let height = 0;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    height += row.heightPx + (index > 0 ? gapBetween(rows[index - 1] as Row, row, leading) : 0);
  }
  return height;
}

/** A block, or a part of one, on a page. */
interface Placed {
  readonly block: Block;
  /** The block's header where it is set before this, else none. */
  readonly header: readonly Row[];
  readonly rows: readonly Row[];
}

/** A page being filled: its height is kept, not counted again for every row. */
class Sheet {
  readonly placed: Placed[] = [];
  private readonly leading: number;
  private last: Row | null = null;
  height = 0;

  constructor(leading: number) {
    this.leading = leading;
  }

  /** The height of the page with `rows` added. */
  with(...parts: readonly (readonly Row[])[]): number {
    let { height, last } = this;
    for (const rows of parts)
      for (const row of rows) {
        height += row.heightPx + (last ? gapBetween(last, row, this.leading) : 0);
        last = row;
      }
    return height;
  }

  put(block: Block, header: readonly Row[], rows: readonly Row[]): void {
    this.height = this.with(header, rows);
    this.last = rows[rows.length - 1] ?? header[header.length - 1] ?? this.last;
    this.placed.push({ block, header, rows });
  }

  rowsOf(): Row[] {
    return this.placed.flatMap(({ header, rows }) => [...header, ...rows]);
  }
}

/** Blocks in order over as many pages of `heightPx` as they need. A single row must fit one. */
export function flow(blocks: readonly Block[], { height, leading }: Pick<Grid, "height" | "leading">): Row[][] {
  const pages: Sheet[] = [];
  let page = new Sheet(leading);
  const turn = () => {
    if (page.placed.length > 0) pages.push(page);
    page = new Sheet(leading);
  };
  const headerOf = (block: Block) => usableHeader(block, height, leading);
  let previousHeader: readonly Row[] | undefined;
  for (const block of blocks) {
    if (block.startsPage) turn();
    const header = headerOf(block);
    // A table's first row brings its header along; later ones only where a page begins.
    const opens = block.header !== undefined && block.header !== previousHeader;
    if (page.placed.length > 0 && page.with(opens ? header : [], block.rows) > height) {
      const { stays, goes } = companyOf(block, opens ? header : [], page, { height, leading });
      page = sheetOf(stays, leading);
      turn();
      for (const { block, header, rows } of goes)
        page.put(block, page.placed.length === 0 ? headerOf(block) : header, rows);
    }
    let set = opens || page.placed.length === 0 ? header : [];
    for (let from = 0; from < block.rows.length; ) {
      let to = from;
      while (to < block.rows.length && page.with(set, block.rows.slice(from, to + 1)) <= height) to++;
      if (to === from) {
        if (page.placed.length === 0 && set.length === 0) to = from + 1;
        else {
          set = page.placed.length === 0 ? [] : header;
          turn();
          continue;
        }
      }
      page.put(block, set, block.rows.slice(from, to));
      from = to;
      set = [];
    }
    previousHeader = block.header;
  }
  turn();
  return pages.map((sheet) => sheet.rowsOf());
}

function sheetOf(placed: readonly Placed[], leading: number): Sheet {
  const sheet = new Sheet(leading);
  for (const { block, header, rows } of placed) sheet.put(block, header, rows);
  return sheet;
}

/** A header that leaves no room for a row under it is left out. */
function usableHeader({ header = [], rows }: Block, height: number, leading: number): readonly Row[] {
  return heightOf([...header, ...rows.slice(0, 1)], leading) <= height ? header : [];
}

/** Parts the page: what goes with `block` to the next leaves at least as much behind. */
function companyOf(
  { company = 0, rows: own }: Block,
  opening: readonly Row[],
  page: Sheet,
  { height, leading }: Pick<Grid, "height" | "leading">,
): { readonly stays: readonly Placed[]; readonly goes: readonly Placed[] } {
  let from = page.placed.length;
  for (let next = from - 1; next >= page.placed.length - company && next > 0; next--) {
    const going = page.placed.slice(next);
    const [first] = going;
    if (!first) break;
    const moved = heightOf(
      going.flatMap(({ rows }) => rows),
      leading,
    );
    const needs = heightOf(
      [...usableHeader(first.block, height, leading), ...going.flatMap(({ rows }) => rows), ...opening, ...own],
      leading,
    );
    if (needs > height || page.height - moved < moved) break;
    from = next;
  }
  return { stays: page.placed.slice(0, from), goes: page.placed.slice(from) };
}

export function rowText(row: Row): string {
  return row.pieces.map((piece) => textOf(piece.cells)).join(" ");
}
