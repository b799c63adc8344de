/**
 * 期次封面: who publishes, 党务政务公开栏, 2017年第4期 under it, and the issue's items, as on a bulletin's first page (简报). One
 * line on strips, the items after it.
 */
import { Canvas } from "../canvas.ts";
import { outlineFromPx } from "../fonts/index.ts";
import { type Grid, gridsFor, usualGrid } from "../grid.ts";
import { type Block, centred, flow, heightOf, left, right } from "../layout.ts";
import { breakLines } from "../line-break.ts";
import { drawRows, factsOf, readPage, type SetPage, standing } from "../page.ts";
import { bestLevels, type Fitted, type Level, standingLevels } from "./levels.ts";
import { setInOneLine } from "./notice.ts";
import { officeDate } from "./sign.ts";
import { widthOf } from "../text.ts";
import { cells, doesNotFit, emsOf, type Job, pagesProblem, type Template, tooSmall } from "./template.ts";

const standMs = 8000;
/**
 * 2017年第4期, (总第12期) and the like, of text in which spaces are single. Numbers are bounded: a pattern that may begin
 * anywhere in a long run of figures looks through it once for each.
 */
const issue =
  /[(\uff08]?(?:\d{4}年(?:度)?)?\s?(?:总?第?\s?[\d\u3007一二三四五六七八九十百]{1,8}\s?期|第[\d\u3007一二三四五六七八九十百]{1,8}号)(?:\s?[(\uff08]总第?[\d\u3007一二三四五六七八九十百]{1,8}期[)\uff09])?[)\uff09]?/;
const issuePart = 0.6;
const orgPart = 0.42;
const titleLines = 2;
/** Of the panel's height the head takes at most, where items stand under it. */
const headMost = 0.45;
/** Panels with fewer lines of running text have the head on a page of its own. */
const togetherFrom = 5;

interface Cover {
  readonly org: string;
  readonly title: string;
  readonly issue: string;
  readonly items: readonly string[];
  readonly date: string;
}

export const cover: Template = (job) => {
  const usual = usualGrid(job.shape);
  if (usual.rows < 1) return tooSmall(job);
  const parts = coverOf(job);
  if (usual.rows >= togetherFrom) {
    const page = onePage(job, parts);
    if (page) return { pages: [page] };
  }
  const head = headOf(job, parts, {});
  if (!head) return setInOneLine(job);
  const blocks = itemBlocks(job, parts, usual);
  const parted = flow(blocks, usual);
  const many = pagesProblem(job.shape, parted.length + 1);
  if (many !== null) return doesNotFit(job, many);
  const pages = parted.map((rows, index) => standing(rows, usual, { step: index + 1, centre: true }));
  return { pages: [standingLevels(head, standMs), ...pages] };
};

/** The issue stands in the title, or on a line of its own. */
function coverOf({ content }: Job): Cover {
  const lines = content.body
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const title = singlySpaced(content.title);
  const own = lines.findIndex(isIssue);
  const inTitle = own < 0 ? issue.exec(title) : null;
  const atEnd = inTitle !== null && inTitle.index > 0 && inTitle.index + inTitle[0].length === title.length;
  const { org, date } = content.signature;
  return {
    org: title.startsWith(org.trim()) ? "" : org.trim(),
    title: atEnd ? title.slice(0, inTitle.index).trim() : title,
    issue: own >= 0 ? (lines[own] ?? "") : atEnd ? inTitle[0].trim() : "",
    items: lines.filter((_, index) => index !== own),
    date: date === null ? "" : officeDate(date),
  };
}

function isIssue(line: string): boolean {
  const said = singlySpaced(line);
  return issue.exec(said)?.[0] === said;
}

function singlySpaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** With the organisation where the panel has three lines, else it goes with the date. */
function headOf(job: Job, { org, title, issue: number }: Cover, room: { heightPx?: number }): Fitted | null {
  const top: Level = { text: org, part: orgPart, ink: "sign", linesMost: 1 };
  const name = (linesMost: number): Level => ({ text: title, part: 1, ink: "title", linesMost });
  const under: Level = { text: number, part: issuePart, ink: "body", linesMost: 1 };
  const line: Level = { text: `${title} ${number}`.trim(), part: 1, ink: "title", linesMost: 1 };
  const ways = [
    [top, name(1), under],
    [top, name(titleLines), under],
  ].map((way) => way.filter(({ text }) => text !== ""));
  const low = job.shape.height < lowBelow ? [[line], [name(1), under].filter(({ text }) => text !== "")] : ways;
  return bestLevels(job, low, room);
}

/** The head in one line, or two, without the organisation: that stands at the end. */
const lowBelow = 64;

function itemBlocks(job: Job, { org, items, date }: Cover, grid: Grid): Block[] {
  const { body, width } = grid;
  const em = body.sizePx;
  const lines = items.map((item) => cells(job, item, body));
  // A few words that are no list stand in the middle.
  const isList = items.some((item) => numberOf(item) !== "") || lines.some((line) => widthOf(line) > width);
  const blocks = lines.map((line, index): Block => {
    if (!isList) return { rows: [centred(line, "body", body, grid)] };
    // "一、" hangs out to the left of an item's further lines.
    const hang = width < hangFrom * em ? 0 : Math.round(emsOf(numberOf(items[index] ?? "")) * em);
    const parts = breakLines(line, width - hang, width, em);
    return { rows: parts.map((part, row) => left(part, "body", body, row === 0 ? 0 : hang)) };
  });
  const foot = [job.shape.height < lowBelow ? org : "", date].filter((text) => text !== "").join("  ");
  if (foot === "") return blocks;
  const rows = breakLines(cells(job, foot, body), width, width, em);
  return [...blocks, { rows: rows.map((part) => right(part, "sign", body, grid)), company: 1 }];
}

const hangFrom = 10;

function numberOf(item: string): string {
  return (
    /^(?:[一二三四五六七八九十]+\u3001|\d+[.\uff0e\u3001]|[(\uff08][一二三四五六七八九十\d]+[)\uff09])/.exec(
      item,
    )?.[0] ?? ""
  );
}

/** Head, a rule, the items in the largest letters that hold them, the date at the foot. Null: too much for one page. */
function onePage(job: Job, parts: Cover): SetPage | null {
  const { shape } = job;
  const room =
    parts.items.length + (parts.date === "" ? 0 : 1) === 0 ? {} : { heightPx: Math.floor(shape.height * headMost) };
  const head = headOf(job, parts, room);
  if (!head) return null;
  const headHeight = heightOf(head.rows, head.grid.leading);
  for (const grid of gridsFor(shape).grids) {
    const gap = grid.body.sizePx < outlineFromPx ? Math.round(grid.body.sizePx / 2) : grid.body.sizePx;
    const top = grid.top + headHeight + 2 * gap;
    const inner: Grid = { ...grid, top, height: shape.height - top - grid.top };
    if (inner.height < grid.body.sizePx) continue;
    const pages = flow(itemBlocks(job, parts, inner), inner);
    if (pages.length > 1) continue;
    return drawPage(job, head, pages[0] ?? [], inner, gap);
  }
  return null;
}

const rulePart = 0.06;
const aboveMiddle = 0.4;

function drawPage(job: Job, head: Fitted, rows: ReturnType<typeof flow>[number], inner: Grid, gap: number): SetPage {
  const { width, height, colour } = job.shape;
  const canvas = new Canvas(width, height, colour);
  const used = heightOf(rows, inner.leading);
  const spare = Math.max(0, inner.height - used);
  const shift = Math.floor(spare * aboveMiddle * 0.5);
  const headTop = inner.top - 2 * gap - heightOf(head.rows, head.grid.leading) + shift;
  drawRows(canvas, head.rows, head.grid, { top: headTop, extra: 0 });
  const line = Math.max(1, Math.round(inner.body.sizePx * rulePart));
  canvas.box(inner.left, inner.top - gap + shift - Math.floor(line / 2), inner.width, line, "header");
  drawRows(canvas, rows, inner, { top: inner.top + 2 * shift, extra: 0 });
  const facts = factsOf([...head.rows, ...rows]);
  return readPage(canvas, facts, { leastMs: standMs });
}
