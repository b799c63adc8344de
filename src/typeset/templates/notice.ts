/** 通知、公告、名单、预警: centred title, salutation flush, paragraphs indented by two, sign-off and date to the right (GB/T 9704). */
import { limits } from "../../limits.ts";
import { dayNumberOf, partsOf } from "../../time/days.ts";
import {
  type Block,
  centred,
  drawPage,
  flow,
  type Grid,
  gridsFor,
  holdPage,
  left,
  readingMs,
  right,
  type Row,
  rowText,
  usualGrid,
} from "../layout.ts";
import type { Ink } from "../ink.ts";
import { balancedLines, breakLines } from "../line-break.ts";
import { scrollLeftPages, scrollUpPages } from "../scroll.ts";
import { type Cell, textOf, widthOf } from "../text.ts";
import { cells, doesNotFit, type Job, type Setting, type Template } from "./template.ts";

export const notice: Template = (job) => setRunning(job, "title");
export const emergency: Template = (job) => setRunning(job, "warning");

function setRunning(job: Job, titleInk: Ink): Setting {
  const { rows } = usualGrid(job.shape, job.font);
  if (rows < 1) return doesNotFit(job, "屏太小,放不下一个 16 点的字 / too small for one 16-dot character");
  if (rows === 1) return setScrolling(job);
  return setBlocks(job, (grid) => [
    ...titleBlocks(job, grid, titleInk),
    ...paragraphBlocks(job, job.content.body, grid),
    ...signBlocks(job, grid),
  ]);
}

/** Everything in one line, for panels of one line. */
function setScrolling(job: Job): Setting {
  const { title, body } = job.content;
  const parts = [title, ...body.split("\n"), ...signLines(job)]
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return scrollLeftPages(job, cells(job, parts.join("  ")), 1, "body");
}

/**
 * Blocks on the first of the panel's grids where they fit one page, which then stands centred; else on pages. Grids that
 * do not `suit` (a table's columns need more width) are used only when none does, and then not enlarged.
 */
export function setBlocks(
  job: Job,
  blocksFor: (grid: Grid) => readonly Block[],
  suits: (grid: Grid) => boolean = () => true,
): Setting {
  const grids = gridsFor(job.shape, job.font).filter((grid) => grid.rows > 0);
  const suitable = grids.filter(suits);
  for (const grid of [...suitable, ...grids.filter((grid) => !grid.enlarged && !suitable.includes(grid))]) {
    const pages = flow(blocksFor(grid), grid.rows);
    const [rows] = pages;
    if (rows && pages.length === 1)
      return { pages: [holdPage(drawPage(rows, grid, true), 0, readingMs(rows))], lines: rows.map(rowText) };
  }
  const usual = usualGrid(job.shape, job.font);
  const grid = suits(usual) ? usual : (suitable.find(({ enlarged }) => !enlarged) ?? usual);
  const blocks = blocksFor(grid);
  const pages = flow(blocks, grid.rows);
  if (pages.length > limits.pagesPerMessage) {
    const rows = blocks.flatMap((block) => block.rows);
    return { pages: scrollUpPages(job, rows, grid), lines: rows.map(rowText) };
  }
  return {
    pages: pages.map((rows, step) => holdPage(drawPage(rows, grid, isHeading(rows)), step, readingMs(rows))),
    lines: pages.flat().map(rowText),
  };
}

/** A title that has a page for itself stands in its middle. */
function isHeading(rows: readonly Row[]): boolean {
  return rows.every((row) => row.every(({ ink }) => ink === "title" || ink === "warning"));
}

export function titleBlocks(job: Job, grid: Grid, ink: Ink): Block[] {
  const title = cells(job, job.content.title.trim());
  if (title.length === 0) return [];
  return [{ rows: evenLines(title, grid).map((line) => centred(line, ink, grid)) }];
}

function evenLines(cells: readonly Cell[], { columns }: Grid): readonly (readonly Cell[])[] {
  return balancedLines(cells, columns, Number.POSITIVE_INFINITY) ?? breakLines(cells, columns);
}

/** A paragraph a line of `text`, each of its lines a block. */
export function paragraphBlocks(job: Job, text: string, grid: Grid): Block[] {
  const paragraphs = text.split("\n").filter((paragraph) => paragraph.trim() !== "");
  return paragraphs.flatMap((paragraph, index) => {
    const line = cells(job, paragraph.trim());
    const salutation = index === 0 && paragraphs.length > 1 && /[\uff1a:]$/.test(textOf(line)) && line.length <= 20;
    const indent = salutation || grid.columns < 16 * 5 ? 0 : 32;
    return breakLines(line, grid.columns, grid.columns - indent).map(
      (cellsOfLine, row): Block => ({ rows: [left(cellsOfLine, "body", row === 0 ? indent : 0)] }),
    );
  });
}

/**
 * Organisation and date, kept together and with the body's last lines: a page with a signature alone says nothing. On
 * panels of few lines the two share one where they can.
 */
export function signBlocks(job: Job, grid: Grid): Block[] {
  const lines = signLines(job).map((text) => cells(job, text));
  const together = cells(job, signLines(job).join("  "));
  if (lines.length > 1 && grid.rows <= fewLines && widthOf(together) <= grid.columns) lines.splice(0, 2, together);
  const rows = lines.flatMap((line) => evenLines(line, grid).map((part) => right(part, "sign", grid)));
  return rows.length > 0 ? [{ rows, company: 2 }] : [];
}

const fewLines = 3;

function signLines(job: Job): string[] {
  const { org, date } = job.content.signature;
  return [org.trim(), date === null ? "" : officeDate(date)].filter((line) => line !== "");
}

/** "2017-02-08" → "2017年2月8日". */
function officeDate(date: string): string {
  const { year, month, day } = partsOf(dayNumberOf(date) ?? 0);
  return `${year}年${month}月${day}日`;
}
