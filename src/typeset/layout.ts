/** Rows of text on pages of a panel: the grids that a shape allows, and the flow of blocks over one. */
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
  /** Larger than running text on this panel usually is: only for what fits one page without being squeezed. */
  readonly enlarged: boolean;
}

/** A usual page has some this many characters a line and lines; an enlarged line has at least `lineLeast` characters. */
const lineUsual = 22;
const rowsUsual = 8;
const lineLeast = 12;
const rowsLeast = 4;
/** Panels smaller than this give every dot to the text. */
const marginFrom = { width: 256, height: 96 } as const;

/**
 * The grids to try in turn for a text that may fit one page: larger letters first, then the usual size, then the usual
 * size with its lines closer together. `usualGrid` is what a text of several pages is set on.
 */
export function gridsFor(shape: Shape, font: PixelFont): readonly Grid[] {
  const usual = usualScale(shape);
  const largest = Math.min(Math.floor(shape.width / (16 * lineLeast)), Math.floor(shape.height / (20 * rowsLeast)));
  const grids: Grid[] = [];
  for (let scale = largest; scale > usual; scale--) grids.push(gridAt(shape, font, scale, 6 * scale, true));
  grids.push(usualGrid(shape, font), gridAt(shape, font, usual, usual > 1 ? 2 * usual : 0, false));
  return grids;
}

export function usualGrid(shape: Shape, font: PixelFont): Grid {
  const scale = usualScale(shape);
  return gridAt(shape, font, scale, scale > 1 ? 6 * scale : shape.height >= 160 ? 3 : 0, false);
}

/** Never below the face's own 16 dots. */
function usualScale({ width, height }: Shape): number {
  return Math.max(1, Math.round(Math.min(width / (16 * lineUsual), height / (16 * rowsUsual))));
}

function gridAt(shape: Shape, font: PixelFont, scale: number, leading: number, enlarged: boolean): Grid {
  const { width, height } = shape;
  const margin = width >= marginFrom.width && height >= marginFrom.height ? scale * 8 : 0;
  const rowHeight = 16 * scale + leading;
  const rows = Math.floor((height - margin + leading) / rowHeight);
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
    enlarged,
  };
}

/** Text at `x` unscaled columns from the grid's left. */
export interface Piece {
  readonly cells: readonly Cell[];
  readonly x: number;
  readonly ink: Ink;
}
export type Row = readonly Piece[];

/** Rows that stay together where a page can hold them. */
export interface Block {
  readonly rows: readonly Row[];
  /** Set before the first of the blocks that share it, and again where a page begins with one of them. */
  readonly header?: readonly Row[];
  readonly startsPage?: boolean;
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

/** Blocks in order over as many pages of `rows` lines as they need. */
export function flow(blocks: readonly Block[], rows: number): Row[][] {
  const pages: Row[][] = [];
  let page: Row[] = [];
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
  };
  let previousHeader: readonly Row[] | undefined;
  for (const block of blocks) {
    if (block.startsPage) turn();
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

/** How long a page of these rows stands. */
export function readingMs(rows: readonly Row[]): number {
  let characters = 0;
  for (const row of rows) for (const { cells } of row) characters += cells.length;
  return Math.max(pageLeastMs, Math.ceil((characters * 1000) / readingCharactersPerSecond));
}

export function rowText(row: Row): string {
  return row.map((piece) => textOf(piece.cells)).join(" ");
}

/** What rows of a centred page are moved apart, beyond the grid's own leading: at most this part of the face. */
const spreadMost = 0.25;

/**
 * One page of rows, drawn. `centre` stands them in the middle of the panel's height, with spare height shared out
 * between them; else they begin at the top.
 */
export function drawPage(rows: readonly Row[], grid: Grid, centre: boolean): Canvas {
  const { shape, font, scale } = grid;
  const canvas = new Canvas(shape.width, shape.height, shape.colour, font);
  const face = 16 * scale;
  const spare = shape.height - rows.length * grid.rowHeight + (grid.rowHeight - face);
  const spread = centre ? Math.floor(Math.min(face * spreadMost, spare / (rows.length + 1))) : 0;
  const step = grid.rowHeight + Math.max(0, spread);
  const top = centre ? Math.floor((shape.height - (rows.length - 1) * step - face) / 2) : grid.top;
  for (const [index, row] of rows.entries())
    for (const piece of row)
      canvas.text(piece.cells, grid.left + piece.x * scale, top + index * step, scale, piece.ink);
  return canvas;
}

export function holdPage(canvas: Canvas, step: number, holdMs: number): Page {
  return { bitmap: canvas.bitmap(), motion: "hold", msPerPx: 0, holdMs, step, window: null, fields: [] };
}
