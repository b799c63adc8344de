/** Text too long to stand: seamless strips, the end followed by a gap and then the start. */
import { limits } from "../limits.ts";
import type { MotionName, Page } from "../message/index.ts";
import { Canvas } from "./canvas.ts";
import type { Ink } from "./ink.ts";
import { type Grid, readingMs, type Row } from "./layout.ts";
import type { Job, Setting } from "./templates/template.ts";
import { type Cell, textOf } from "./text.ts";

/** Dots a second that 16-dot text can be read at while it moves: two and a half characters. */
const speedPxPerSecond = 40;
const restMs = 1500;

/** One line moving left over the panel's height, `scale` times as large; as many strips as its length needs. */
export function scrollLeftPages(job: Job, line: readonly Cell[], scale: number, ink: Ink): Setting {
  const { shape, font } = job;
  const gap = Math.max(shape.width, 64 * scale);
  const parts = partsOf(line, Math.floor((limits.pageSidePx - gap) / scale));
  const msPerPx = Math.max(1, Math.round(1000 / (speedPxPerSecond * scale)));
  return {
    pages: parts.map(({ cells, width }, step) => {
      const canvas = new Canvas(width * scale + gap, shape.height, shape.colour, font);
      canvas.text(cells, 0, Math.floor((shape.height - 16 * scale) / 2), scale, ink);
      return strip(canvas, "scroll-left", msPerPx, step);
    }),
    lines: parts.map(({ cells }) => textOf(cells)),
  };
}

/** Cells in runs of at most `most` unscaled columns. */
function partsOf(line: readonly Cell[], most: number): { cells: Cell[]; width: number }[] {
  const parts: { cells: Cell[]; width: number }[] = [];
  for (const cell of line) {
    let last = parts[parts.length - 1];
    if (!last || last.width + cell.width > most) {
      last = { cells: [], width: 0 };
      parts.push(last);
    }
    last.cells.push(cell);
    last.width += cell.width;
  }
  return parts;
}

/** Rows moving up: for texts with more pages than a message may have. */
export function scrollUpPages(job: Job, rows: readonly Row[], grid: Grid): Page[] {
  const { shape, font } = job;
  const { rowHeight, scale, left } = grid;
  const most = Math.floor((limits.pageSidePx - shape.height) / rowHeight);
  const pages: Page[] = [];
  for (let from = 0; from < rows.length; from += most) {
    const part = rows.slice(from, from + most);
    const canvas = new Canvas(shape.width, part.length * rowHeight + shape.height, shape.colour, font);
    for (const [index, row] of part.entries())
      for (const piece of row) canvas.text(piece.cells, left + piece.x * scale, index * rowHeight, scale, piece.ink);
    const msPerPx = Math.max(1, Math.round(readingMs(part) / (part.length * rowHeight)));
    pages.push(strip(canvas, "scroll-up", msPerPx, pages.length));
  }
  return pages;
}

function strip(canvas: Canvas, motion: MotionName, msPerPx: number, step: number): Page {
  return { bitmap: canvas.bitmap(), motion, msPerPx, holdMs: restMs, step, window: null, fields: [] };
}
