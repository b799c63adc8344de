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
import { textOf } from "../text.ts";
import { cells, doesNotFit, type Job, type Setting, type Template } from "./template.ts";

export const notice: Template = (job) => setRunning(job, "title");
export const emergency: Template = (job) => setRunning(job, "warning");

function setRunning(job: Job, titleInk: Ink): Setting {
  const { rows } = usualGrid(job.shape, job.font);
  if (rows < 1) return doesNotFit(job, "屏太小,放不下一个 16 点的字 / too small for one 16-dot character");
  if (rows === 1) return setScrolling(job);
  return setBlocks(job, (grid) =>
    withSign(
      job,
      grid,
      titleBlocks(job, grid, titleInk),
      job.content.body === "" ? [] : paragraphBlocks(job, job.content.body, grid),
    ),
  );
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
 * Blocks on the first of the panel's grids where they fit one page, which then stands centred; else on pages of the
 * usual grid. `blocksFor` may refuse an enlarged grid with null.
 */
export function setBlocks(job: Job, blocksFor: (grid: Grid) => readonly Block[] | null): Setting {
  for (const grid of gridsFor(job.shape, job.font)) {
    if (grid.rows < 1) continue;
    const blocks = blocksFor(grid);
    const pages = blocks ? flow(blocks, grid.rows) : [];
    const [rows] = pages;
    if (rows && pages.length === 1)
      return { pages: [holdPage(drawPage(rows, grid, true), 0, readingMs(rows))], lines: rows.map(rowText) };
  }
  const grid = usualGrid(job.shape, job.font);
  const blocks = blocksFor(grid) ?? [];
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
  const lines = balancedLines(title, grid.columns, Number.POSITIVE_INFINITY) ?? breakLines(title, grid.columns);
  return [{ rows: lines.map((line) => centred(line, ink, grid)) }];
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
 * Title, body and sign-off. Organisation and date stay together, and where a page has room for it the body's last lines
 * stay with them: a page with a signature alone says nothing.
 */
export function withSign(job: Job, grid: Grid, title: readonly Block[], body: readonly Block[]): readonly Block[] {
  const sign = signLines(job).flatMap((text) =>
    breakLines(cells(job, text), grid.columns).map((line) => right(line, "sign", grid)),
  );
  if (sign.length === 0) return [...title, ...body];
  const last = body[body.length - 1];
  const kept = Math.min(last?.header ? 1 : 2, body.length, grid.rows - sign.length - (last?.header?.length ?? 0));
  const company = kept > 0 ? body.slice(-kept).filter((block) => block.header === last?.header) : [];
  const rows = [...company.flatMap((block) => block.rows), ...sign];
  const start = company[0]?.startsPage ?? false;
  const closing: Block = {
    rows,
    startsPage: start,
    ...(last?.header && company.length > 0 && { header: last.header }),
  };
  return [...title, ...body.slice(0, body.length - company.length), closing];
}

function signLines(job: Job): string[] {
  const { org, date } = job.content.signature;
  return [org.trim(), date === null ? "" : officeDate(date)].filter((line) => line !== "");
}

/** "2017-02-08" → "2017年2月8日". */
function officeDate(date: string): string {
  const { year, month, day } = partsOf(dayNumberOf(date) ?? 0);
  return `${year}年${month}月${day}日`;
}
