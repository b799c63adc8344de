/** Text too long to stand: seamless strips, the end followed by a gap and then the start. */
import { limits } from "../limits.ts";
import type { Page } from "../message/index.ts";
import { Canvas } from "./canvas.ts";
import type { Ink } from "./ink.ts";
import { type Row, readingMs } from "./layout.ts";
import type { Job } from "./templates/template.ts";
import { type Cell, textOf, widthOf } from "./text.ts";

/** Dots a second that 16-dot text can be read at while it moves. */
const speedPxPerSecond = 40;
const restMs = 1500;

/** One line moving left over the panel's height, `scale` times as large; as many strips as its length needs. */
export function scrollLeftPages(
  job: Job,
  line: readonly Cell[],
  scale: number,
  ink: Ink,
): { pages: Page[]; lines: string[] } {
  const { shape, font } = job;
  const gap = Math.max(shape.width, 64 * scale);
  const most = Math.floor((limits.pageSidePx - gap) / (16 * scale));
  const pages: Page[] = [];
  const lines: string[] = [];
  for (let from = 0; from < line.length; from += most) {
    const part = line.slice(from, from + most);
    const canvas = new Canvas(widthOf(part) * scale + gap, shape.height, shape.colour, font);
    canvas.text(part, 0, Math.floor((shape.height - 16 * scale) / 2), scale, ink);
    pages.push({
      bitmap: canvas.bitmap(),
      motion: "scroll-left",
      msPerPx: Math.max(1, Math.round(1000 / (speedPxPerSecond * scale))),
      holdMs: restMs,
      step: pages.length,
      window: null,
      fields: [],
    });
    lines.push(textOf(part));
  }
  return { pages, lines };
}

/** Rows moving up: for texts with more pages than a message may have. */
export function scrollUpPages(job: Job, rows: readonly Row[], rowHeight: number, scale: number, left: number): Page[] {
  const { shape, font } = job;
  const most = Math.floor((limits.pageSidePx - shape.height) / rowHeight);
  const pages: Page[] = [];
  for (let from = 0; from < rows.length; from += most) {
    const part = rows.slice(from, from + most);
    const canvas = new Canvas(shape.width, part.length * rowHeight + shape.height, shape.colour, font);
    for (const [index, row] of part.entries())
      for (const piece of row) canvas.text(piece.cells, left + piece.x * scale, index * rowHeight, scale, piece.ink);
    const characters = part.reduce((sum, row) => sum + row.reduce((all, piece) => all + piece.cells.length, 0), 0);
    pages.push({
      bitmap: canvas.bitmap(),
      motion: "scroll-up",
      msPerPx: Math.max(1, Math.round(readingMs(characters) / (part.length * rowHeight))),
      holdMs: restMs,
      step: pages.length,
      window: null,
      fields: [],
    });
  }
  return pages;
}
