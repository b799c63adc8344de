/** Rows of text on pages of a panel: the grid that a shape allows, and the flow of blocks over it. */
import type { Page, Shape } from "../message/index.ts";
import { Canvas } from "./canvas.ts";
import type { PixelFont } from "./font.ts";
import type { Ink } from "./ink.ts";
import { type Cell, textOf, widthOf } from "./text.ts";

/** How a panel is divided for running text. Dots, but for `columns`. */
export interface Grid {
  readonly shape: Shape;
  readonly font: PixelFont;
  /** Whole factor by which the 16-dot face is enlarged. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  /** Unscaled columns of a full line (16 = one Chinese character). */
  readonly columns: number;
  readonly rowHeight: number;
  /** Lines on a page; 0: not even one. */
  readonly rows: number;
}

/** Some 22 characters a line and 8 lines a page where the panel is large; never below the face's own 16 dots. */
export function gridFor(shape: Shape, font: PixelFont): Grid {
  const { width, height } = shape;
  const scale = Math.max(1, Math.round(Math.min(width / (16 * 22), height / (16 * 8))));
  const margin = scale > 1 ? scale * 8 : 0;
  const leading = scale > 1 ? scale * 6 : height >= 160 ? 3 : 0;
  const rowHeight = 16 * scale + leading;
  const rows = Math.floor((height - 2 * margin + leading) / rowHeight);
  const columns = Math.floor((width - 2 * margin) / scale / 8) * 8;
  return {
    shape,
    font,
    scale,
    left: Math.floor((width - columns * scale) / 2),
    top: Math.floor((height - rows * rowHeight + leading) / 2),
    columns,
    rowHeight,
    rows: columns < 16 ? 0 : rows,
  };
}

/** Text at `x` unscaled columns from the grid's left. */
export interface Piece {
  readonly cells: readonly Cell[];
  readonly x: number;
  readonly ink: Ink;
}
export type Row = readonly Piece[];

/** Rows that stay together where a page can hold them; `header` is set again where a page begins with this block. */
export interface Block {
  readonly rows: readonly Row[];
  readonly header?: readonly Row[];
}

export function left(cells: readonly Cell[], ink: Ink, indent = 0): Row {
  return [{ cells, x: indent, ink }];
}
export function centred(cells: readonly Cell[], ink: Ink, grid: Grid): Row {
  return [{ cells, x: Math.floor((grid.columns - widthOf(cells)) / 2), ink }];
}
export function right(cells: readonly Cell[], ink: Ink, grid: Grid): Row {
  return [{ cells, x: grid.columns - widthOf(cells), ink }];
}

/** Blocks in order over as many pages as they need. */
export function flow(blocks: readonly Block[], rows: number): Row[][] {
  const pages: Row[][] = [];
  let page: Row[] = [];
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
  };
  let previousHeader: readonly Row[] | undefined;
  for (const block of blocks) {
    const header = block.header && block.header.length < rows ? block.header : [];
    // A table's first row brings its header along; later ones only where a page begins.
    const opens = block.header !== undefined && block.header !== previousHeader;
    const needs = block.rows.length + (opens ? header.length : 0);
    const pageHolds = rows - header.length;
    if (page.length + needs > rows && (block.rows.length <= pageHolds || page.length > rows / 2)) turn();
    if (opens || page.length === 0) page.push(...header);
    for (const row of block.rows) {
      if (page.length >= rows) {
        turn();
        page.push(...header);
      }
      page.push(row);
    }
    previousHeader = block.header;
  }
  turn();
  return pages;
}

/** Reading rate that pages are timed by, and the least that a page stands. */
export const readingCharactersPerSecond = 5;
export const pageLeastMs = 3000;

export function readingMs(characters: number): number {
  return Math.max(pageLeastMs, Math.ceil((characters * 1000) / readingCharactersPerSecond));
}

export function rowText(row: Row): string {
  return row.map((piece) => textOf(piece.cells)).join(" ");
}

/** One page of rows, drawn. `middle` centres the rows on the panel's height (slogans); else they begin at the top. */
export function drawPage(rows: readonly Row[], grid: Grid, middle: boolean): Canvas {
  const { shape, font, scale } = grid;
  const canvas = new Canvas(shape.width, shape.height, shape.colour, font);
  const leading = grid.rowHeight - 16 * scale;
  const used = rows.length * grid.rowHeight - leading;
  const top = middle ? Math.floor((shape.height - used) / 2) : grid.top;
  for (const [index, row] of rows.entries())
    for (const piece of row)
      canvas.text(piece.cells, grid.left + piece.x * scale, top + index * grid.rowHeight, scale, piece.ink);
  return canvas;
}

export function holdPage(canvas: Canvas, step: number, holdMs: number): Page {
  return { bitmap: canvas.bitmap(), motion: "hold", msPerPx: 0, holdMs, step, window: null, fields: [] };
}
