/** 通知、公告、名单、预警: centred title, salutation flush, paragraphs indented by two, sign-off and date to the right (GB/T 9704). */
import type { Face } from "../fonts/face.ts";
import { faceOf, outlineFromPx } from "../fonts/index.ts";
import { type Grid, usualGrid } from "../grid.ts";
import type { Ink } from "../ink.ts";
import { type Block, centred, left, oneLine, right, type Row, rowOf } from "../layout.ts";
import { balancedLines, breakLines, setParagraph } from "../line-break.ts";
import { type Cell, widthOf } from "../text.ts";
import { isNameList, nameBlocks } from "./names.ts";
import { setBlocks } from "./pages.ts";
import { signLines } from "./sign.ts";
import { cells, type Job, movingPages, type Setting, type Template, tooSmall } from "./template.ts";

export const notice: Template = (job) => setRunning(job, "title");
export const emergency: Template = (job) => setRunning(job, "warning");

/** A line with less is no line: such a text moves, unless the panel is a column of so many characters. */
const lineLeast = 3;
const columnLeast = 4;

function setRunning(job: Job, titleInk: Ink): Setting {
  const { rows, width, body } = usualGrid(job.shape);
  if (rows < 1) return tooSmall(job);
  if (rows === 1 || (width < lineLeast * body.sizePx && rows < columnLeast)) return setInOneLine(job);
  return setBlocks(job, (grid) => [
    ...titleBlocks(job, grid, titleInk),
    ...paragraphBlocks(job, job.content.body, grid),
    ...signBlocks(job, grid),
  ]);
}

/** Everything in one line, for panels of one line. */
export function setInOneLine(job: Job): Setting {
  const { title, body } = job.content;
  const parts = [title, ...body.split("\n"), ...signLines(job)]
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const face = usualGrid(job.shape).body;
  return movingPages(job, cells(job, parts.join("  "), face), face, "body");
}

export function titleBlocks(job: Job, grid: Grid, ink: Ink): Block[] {
  const title = cells(job, job.content.title.trim(), grid.title);
  if (title.length === 0) return [];
  const rows = evenLines(title, grid.width, grid.title.sizePx).map((line) => centred(line, ink, grid.title, grid));
  const last = rows.pop() as Row;
  return [{ rows: [...rows, { ...last, below: grid.titleGap }] }];
}

/** Lines about as long as each other, broken where the sense is whole. */
export function evenLines(cells: readonly Cell[], width: number, em: number): readonly (readonly Cell[])[] {
  return balancedLines(cells, width, Number.POSITIVE_INFINITY, false, em) ?? breakLines(cells, width, width, em);
}

/** Pages with fewer lines do not mind a paragraph's single first or last line on them. */
const manyRows = 6;
/** Shorter lines have too few places to be stretched at. Ideographs. */
const justifyFrom = 14;
/** A line of fewer ideographs has none to give to an indent. */
const indentFrom = 5;
const salutationMost = 20;

/** A paragraph a line of `text`, each of its lines a block. */
export function paragraphBlocks(job: Job, text: string, grid: Grid): Block[] {
  const paragraphs = text
    .split("\n")
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
  if (isNameList(paragraphs)) return nameBlocks(job, paragraphs, grid);
  const { body, width } = grid;
  let afterHeading = false;
  return paragraphs.flatMap((paragraph, index) => {
    if (isNameList([paragraph])) return nameBlocks(job, [paragraph], grid);
    const heading = isHeading(paragraph);
    const face = heading ? headingFace(body) : body;
    const line = cells(job, paragraph, face);
    const salutation =
      index === 0 && paragraphs.length > 1 && /[\uff1a:]$/.test(paragraph) && line.length <= salutationMost;
    const indent = salutation || width < indentFrom * body.sizePx ? 0 : 2 * body.sizePx;
    const lines = setParagraph(line, {
      width,
      firstWidth: width - indent,
      em: body.sizePx,
      justify: width >= justifyFrom * body.sizePx,
    });
    const company = afterHeading ? 1 : 0;
    afterHeading = heading;
    return lines.map(
      (cellsOfLine, row): Block => ({
        rows: [left(cellsOfLine, "body", face, row === 0 ? indent : 0)],
        company: row === 0 ? company : grid.rows >= manyRows && (row === 1 || row === lines.length - 1) ? 1 : 0,
      }),
    );
  });
}

/** "一、工作目标", "(二)任务分工", "3.时间安排": a number and a few words, no sentence. */
const numbered =
  /^(?:[一二三四五六七八九十百]+\u3001|[(\uff08](?:[一二三四五六七八九十]+|\d+)[)\uff09]|\d+[.\uff0e\u3001](?!\d))/;
const headingMost = 24;

function isHeading(paragraph: string): boolean {
  return numbered.test(paragraph) && paragraph.length <= headingMost && !/[\u3002\uff1b;\uff0c,]/.test(paragraph);
}

/** GB/T 9704 sets headings in another face of the same size. */
function headingFace(body: Face): Face {
  return body.sizePx < outlineFromPx ? body : faceOf({ sizePx: body.sizePx, weight: "bold" });
}

/** On panels of fewer lines organisation and date share one where they can. */
const fewLines = 3;
/** Narrower lines set both flush right. Ideographs. */
const documentFrom = 14;

/**
 * Organisation and date, kept together and with the body's last lines: a page with a signature alone says nothing.
 * As GB/T 9704 has it without a seal: the organisation two from the right, the date beginning two after it; a date longer
 * than the organisation stands two from the right itself.
 */
export function signBlocks(job: Job, grid: Grid): Block[] {
  const { body, width } = grid;
  const texts = signLines(job);
  const [first, second] = texts.map((text) => cells(job, text, body));
  if (!first) return [];
  if (!second) return [{ rows: flushRight(first, grid), company: 2 }];
  const together = oneLine(cells(job, texts.join("  "), body), body.sizePx);
  if (grid.rows <= fewLines && widthOf(together) <= width)
    return [{ rows: [right(together, "sign", body, grid)], company: 2 }];
  const apart = { rows: [...flushRight(first, grid), ...flushRight(second, grid)], company: 2 };
  if (width < documentFrom * body.sizePx) return [apart];
  const [org, date] = [oneLine(first, body.sizePx), oneLine(second, body.sizePx)];
  const two = 2 * body.sizePx;
  const orgX = width - two - Math.max(widthOf(org), widthOf(date) + (widthOf(date) > widthOf(org) ? two : 0));
  if (orgX < 0) return [apart];
  const above = grid.leading > 0 ? grid.leading + Math.round(body.sizePx / 2) : 0;
  return [
    {
      rows: [
        { ...rowOf(body, [{ cells: org, x: orgX, ink: "sign" }]), above },
        rowOf(body, [{ cells: date, x: orgX + two, ink: "sign" }]),
      ],
      company: 2,
    },
  ];
}

function flushRight(line: readonly Cell[], grid: Grid): Row[] {
  return evenLines(line, grid.width, grid.body.sizePx).map((part) => right(part, "sign", grid.body, grid));
}
