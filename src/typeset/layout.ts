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
/** From this scale on a smaller one is still large enough to read, if it keeps a text on one page. */
const scaleReducible = 3;
/** Panels smaller than this give every dot to the text. */
const marginFrom = { width: 256, height: 96 } as const;

/**
 * The grids to try in turn for a text that may fit one page: larger letters first, then the usual size, then with the
 * lines closer together, then smaller where letters are large. `usualGrid` is what a text of several pages is set on.
 */
export function gridsFor(shape: Shape, font: PixelFont): readonly Grid[] {
  const usual = usualScale(shape);
  const largest = Math.min(Math.floor(shape.width / (16 * lineLeast)), Math.floor(shape.height / (20 * rowsLeast)));
  const grids: Grid[] = [];
  for (let scale = largest; scale > usual; scale--) grids.push(gridAt(shape, font, scale, 6 * scale, true));
  grids.push(usualGrid(shape, font), gridAt(shape, font, usual, usual > 1 ? 2 * usual : 0, false));
  if (usual >= scaleReducible)
    grids.push(gridAt(shape, font, usual - 1, 6 * (usual - 1), false), gridAt(shape, font, usual - 1, usual, false));
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
  /** So many blocks before it, at most, go with it to a page that it would begin. */
  readonly company?: number;
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

/** A block, or a part of one, on a page. */
interface Placed {
  readonly block: Block;
  /** The block's header where it is set before this, else none. */
  readonly header: readonly Row[];
  readonly rows: readonly Row[];
}

/** Blocks in order over as many pages of `rows` lines as they need. */
export function flow(blocks: readonly Block[], rows: number): Row[][] {
  const pages: Placed[][] = [];
  let page: Placed[] = [];
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
  };
  let previousHeader: readonly Row[] | undefined;
  for (const block of blocks) {
    if (block.startsPage) turn();
    const header = headerOf(block, rows);
    // A table's first row brings its header along; later ones only where a page begins.
    const opens = block.header !== undefined && block.header !== previousHeader;
    const needs = block.rows.length + (opens ? header.length : 0);
    if (heightOf(page) + needs > rows) {
      const company = companyOf(block, page, rows);
      turn();
      for (const { block, header, rows: moved } of company)
        page.push({ block, header: page.length === 0 ? headerOf(block, rows) : header, rows: moved });
    }
    let set = opens || page.length === 0 ? header : [];
    for (let from = 0; from < block.rows.length; ) {
      if (heightOf(page) + set.length >= rows) {
        turn();
        set = header;
      }
      const part = block.rows.slice(from, from + rows - heightOf(page) - set.length);
      page.push({ block, header: set, rows: part });
      from += part.length;
      set = [];
    }
    previousHeader = block.header;
  }
  turn();
  return pages.map((placed) => placed.flatMap((one) => [...one.header, ...one.rows]));
}

/** A header that would fill a page is left out. */
function headerOf({ header = [] }: Block, rows: number): readonly Row[] {
  return header.length < rows ? header : [];
}

function heightOf(page: readonly Placed[]): number {
  return page.reduce((sum, { header, rows }) => sum + header.length + rows.length, 0);
}

/** Takes from the page what goes with `block` to the next, leaving at least as much. */
function companyOf({ company = 0, rows: own }: Block, page: Placed[], rows: number): Placed[] {
  const taken: Placed[] = [];
  while (taken.length < company) {
    const next = page[page.length - 1];
    if (!next) break;
    const moved = heightOf(taken) + next.rows.length;
    const needs = headerOf(next.block, rows).length + moved + own.length;
    if (needs > rows || heightOf(page) - heightOf([next]) < moved) break;
    taken.unshift(next);
    page.pop();
  }
  return taken;
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
const spreadMost = 0.5;

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
