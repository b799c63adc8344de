/** 标语、欢迎词、待机画面: centred, as large as fits with 4 dots at each side; too long: pages of lines, or one line moving. */
import type { Shape } from "../../message/index.ts";
import type { PixelFont } from "../font.ts";
import type { Ink } from "../ink.ts";
import { centred, drawPage, flow, type Grid, holdPage, readingMs, rowText } from "../layout.ts";
import { balancedLines, breakLines } from "../line-break.ts";
import { scrollLeftPages } from "../scroll.ts";
import { type Cell, textOf, widthOf } from "../text.ts";
import { cells, doesNotFit, type Job, type Setting, type Template } from "./template.ts";

const sideMarginPx = 4;
/** A slogan is short; what is read at a glance stands this long. */
const standMs = 6000;

/** On panels lower than this a slogan stands in two lines, or moves in one that is larger. Dots. */
const manyLinesFrom = 96;

/** Of a slogan in more than two lines the letters must be so many times as large as in two. */
const worthManyLines = 2;

export const slogan: Template = (job) => setCentred(job, [job.content.body]);
export const defaultPicture: Template = (job) => setCentred(job, job.content.body.split("\n"));

/** `texts`: lines that are to stand as lines; each may be broken further. */
function setCentred(job: Job, texts: readonly string[]): Setting {
  const ink: Ink = "slogan";
  const paragraphs = texts.map((text) => cells(job, text.trim())).filter((line) => line.length > 0);
  if (job.shape.height < 16 || job.shape.width < 16)
    return doesNotFit(job, "屏太小,放不下一个 16 点的字 / too small for one 16-dot character");
  const fitted = fewOrManyLines(paragraphs, job.shape, job.font, { strict: true });
  if (fitted) {
    const rows = fitted.lines.map((line) => centred(line, ink, fitted.grid));
    return {
      pages: [holdPage(drawPage(rows, fitted.grid, true), 0, Math.max(standMs, readingMs(rows)))],
      lines: fitted.lines.map(textOf),
    };
  }
  if (paragraphs.length === 1) {
    const scale = Math.max(1, Math.floor(job.shape.height / 32));
    return scrollLeftPages(job, paragraphs[0] ?? [], scale, ink);
  }
  return setPages(job, paragraphs, ink);
}

/** Lines that were given as lines, more than fit at once: pages, each line whole on one where it can be. */
function setPages(job: Job, paragraphs: readonly (readonly Cell[])[], ink: Ink): Setting {
  const grid = gridAt(1, job.shape, job.font, sideMarginPx);
  const blocks = paragraphs.map((paragraph) => ({
    rows: (balancedLines(paragraph, grid.columns, grid.rows) ?? breakLines(paragraph, grid.columns)).map((line) =>
      centred(line, ink, grid),
    ),
  }));
  const pages = flow(blocks, grid.rows);
  return {
    pages: pages.map((rows, step) => holdPage(drawPage(rows, grid, true), step, standMs)),
    lines: pages.flat().map(rowText),
  };
}

export interface Fitted {
  readonly grid: Grid;
  readonly lines: readonly (readonly Cell[])[];
}

interface Demands {
  /** No word and no number broken. */
  readonly strict: boolean;
  /** At each side; `sideMarginPx` unless given. */
  readonly marginPx?: number;
  /** On a low panel too: for what cannot move instead. */
  readonly manyLines?: boolean;
}

/** In two lines, or as many as the text was given with; in more where that makes it much larger. */
export function fewOrManyLines(
  paragraphs: readonly (readonly Cell[])[],
  shape: Shape,
  font: PixelFont,
  demands: Demands,
): Fitted | null {
  const few = largest(paragraphs, shape, font, Math.max(2, paragraphs.length), demands);
  if (!demands.manyLines && shape.height < manyLinesFrom && paragraphs.length === 1) return few;
  const many = largest(paragraphs, shape, font, Number.POSITIVE_INFINITY, demands);
  return few && many && many.grid.scale < few.grid.scale * worthManyLines ? few : many;
}

/** The largest whole scale at which all paragraphs fit the panel, balanced over their lines; null if not even 1. */
function largest(
  paragraphs: readonly (readonly Cell[])[],
  shape: Shape,
  font: PixelFont,
  linesMost: number,
  { strict, marginPx = sideMarginPx }: Demands,
): Fitted | null {
  for (let scale = Math.floor(shape.height / 16); scale >= 1; scale--) {
    const grid = gridAt(scale, shape, font, marginPx);
    const most = Math.min(grid.rows, linesMost);
    const lines: (readonly Cell[])[] = [];
    const fits = paragraphs.every((paragraph) => {
      const set = balancedLines(paragraph, grid.columns, most - lines.length, strict);
      if (set) lines.push(...set);
      return set !== null;
    });
    if (fits && lines.every((line) => widthOf(line) <= grid.columns)) return { grid, lines };
  }
  return null;
}

/** The panel as a grid of one scale. */
function gridAt(scale: number, shape: Shape, font: PixelFont, marginPx: number): Grid {
  const columns = Math.floor((shape.width - 2 * marginPx) / scale);
  const leading = shape.height >= 48 * scale ? 2 * scale : 0;
  return {
    shape,
    font,
    scale,
    left: Math.floor((shape.width - columns * scale) / 2),
    top: 0,
    columns,
    rowHeight: 16 * scale + leading,
    rows: Math.floor((shape.height + leading) / (16 * scale + leading)),
    enlarged: scale > 1,
  };
}
