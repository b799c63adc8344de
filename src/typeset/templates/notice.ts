/** 通知、公告、名单、预警: centred title, salutation flush, paragraphs indented by two, sign-off and date to the right (GB/T 9704). */
import { limits } from "../../limits.ts";
import { dayNumberOf, partsOf } from "../../time/days.ts";
import {
  type Block,
  centred,
  drawPage,
  flow,
  type Grid,
  gridFor,
  holdPage,
  left,
  readingMs,
  right,
  type Row,
  rowText,
} from "../layout.ts";
import type { Ink } from "../ink.ts";
import { balancedLines, breakLines } from "../line-break.ts";
import { scrollLeftPages, scrollUpPages } from "../scroll.ts";
import { textOf } from "../text.ts";
import { cells, doesNotFit, type Job, type Setting, type Template } from "./template.ts";

export const notice: Template = (job) => setRunning(job, "title", "body");
export const emergency: Template = (job) => setRunning(job, "warning", "body");

function setRunning(job: Job, titleInk: Ink, bodyInk: Ink): Setting {
  const grid = gridFor(job.shape, job.font);
  if (grid.rows < 1) return doesNotFit(job, "屏太小,放不下一个 16 点的字 / too small for one 16-dot character");
  if (grid.rows === 1) return setScrolling(job, bodyInk);
  const blocks = [
    ...titleBlocks(job, grid, titleInk),
    ...paragraphBlocks(job, job.content.body, grid, bodyInk),
    ...signBlocks(job, grid),
  ];
  return setBlocks(job, blocks, grid);
}

/** Everything in one line, for panels of one line. */
function setScrolling(job: Job, ink: Ink): Setting {
  const { title, body } = job.content;
  const parts = [title, ...body.split("\n"), ...signLines(job)].filter((part) => part !== "");
  return scrollLeftPages(job, cells(job, parts.join("  ")), 1, ink);
}

export function setBlocks(job: Job, blocks: readonly Block[], grid: Grid): Setting {
  const pages = flow(blocks, grid.rows);
  const lines = pages.flat().map(rowText);
  if (pages.length > limits.pagesPerMessage) {
    const rows = blocks.flatMap((block) => block.rows);
    return { pages: scrollUpPages(job, rows, grid.rowHeight, grid.scale, grid.left), lines: rows.map(rowText) };
  }
  return {
    pages: pages.map((rows, step) => holdPage(drawPage(rows, grid, false), step, readingMs(characters(rows)))),
    lines,
  };
}

function characters(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.reduce((all, piece) => all + piece.cells.length, 0), 0);
}

export function titleBlocks(job: Job, grid: Grid, ink: Ink): Block[] {
  const title = cells(job, job.content.title);
  const lines = balancedLines(title, grid.columns, Number.POSITIVE_INFINITY) ?? breakLines(title, grid.columns);
  return [{ rows: lines.map((line) => centred(line, ink, grid)) }];
}

export function paragraphBlocks(job: Job, text: string, grid: Grid, ink: Ink): Block[] {
  const paragraphs = text.split("\n").filter((paragraph) => paragraph.trim() !== "");
  return paragraphs.flatMap((paragraph, index) => {
    const line = cells(job, paragraph.trim());
    const salutation = index === 0 && paragraphs.length > 1 && /[::]$/.test(textOf(line)) && line.length <= 20;
    const indent = salutation || grid.columns < 16 * 5 ? 0 : 32;
    return breakLines(line, grid.columns, grid.columns - indent).map(
      (cellsOfLine, row): Block => ({ rows: [left(cellsOfLine, ink, row === 0 ? indent : 0)] }),
    );
  });
}

/** Organisation and date, kept together. */
export function signBlocks(job: Job, grid: Grid): Block[] {
  const rows = signLines(job).flatMap((text) =>
    breakLines(cells(job, text), grid.columns).map((line) => right(line, "sign", grid)),
  );
  return rows.length > 0 ? [{ rows }] : [];
}

function signLines(job: Job): string[] {
  const { org, date } = job.content.signature;
  return [org, date === null ? "" : officeDate(date)].filter((line) => line !== "");
}

/** "2017-02-08" → "2017年2月8日". */
function officeDate(date: string): string {
  const { year, month, day } = partsOf(dayNumberOf(date) ?? 0);
  return `${year}年${month}月${day}日`;
}
