/**
 * 预警: a bar in the signal's colour with the title cut out of it, on every page where there is room, else on one of its own;
 * then who issued it, when, and what to do, as GB/T 27962 words it. The colour is always said in words too, since panels
 * of one colour, and many eyes, have no other. Everything stands still. 解除 has a frame instead of the bar.
 */
import { limits } from "../../limits.ts";
import type { AlertColour } from "../../notices/types.ts";
import { Canvas } from "../canvas.ts";
import { sizesFrom } from "../fit.ts";
import { outlineFromPx } from "../fonts/index.ts";
import { chineseFromPx, type Grid, gridOfSize, gridsFor, usualGrid } from "../grid.ts";
import type { AlertInk, Ink } from "../ink.ts";
import { type Block, centred, flow, heightOf, type Row } from "../layout.ts";
import { drawRows, factsOf, readPage, type SetPage, standing } from "../page.ts";
import { bitmapBytesMost } from "../scroll.ts";
import { bestLevels, type Fitted } from "./levels.ts";
import { emergency as plainPages, evenLines, paragraphBlocks, signBlocks } from "./notice.ts";
import { signLines } from "./sign.ts";
import { colourOf, isOver, saysOver } from "./signal.ts";
import { cells, emsOf, type Job, movingPages, type Setting, type Template, tooSmall } from "./template.ts";

const inks: Readonly<Record<AlertColour, AlertInk>> = {
  蓝: "alert-blue",
  黄: "alert-yellow",
  橙: "alert-orange",
  红: "alert-red",
};

interface Signal {
  readonly ink: Ink;
  /** In two colours orange is yellow between red edges. */
  readonly edges: boolean;
  readonly over: boolean;
  /** The title, and what it does not say of colour and end. */
  readonly head: readonly string[];
}

/** A line with less is no line: such a text moves. Ideographs. */
const lineLeast = 3;
/** So many lines of text must stand under the bar for it to stand on every page. */
const underBarLeast = 3;

export const warning: Template = (job) => {
  const { shape } = job;
  const usual = usualGrid(shape);
  if (usual.rows < 1) return tooSmall(job);
  const signal = signalOf(job);
  if (usual.rows === 1 || usual.width < lineLeast * usual.body.sizePx) return inOneLine(job, signal, usual);
  const head = headOn(job, signal, usual);
  const under = usual.rows > underBarLeast && underHead(head, usual).rows >= underBarLeast;
  const { count, draw } = under ? underBar(job, signal, usual) : afterBar(job, signal, usual);
  const bytes = count * bitmapBytesMost(shape, shape.width, shape.height);
  return count > limits.pagesPerMessage || bytes > limits.messageBytes ? plainPages(job) : { pages: draw() };
};

/** Pages that are counted before any is drawn. */
interface Counted {
  readonly count: number;
  readonly draw: () => SetPage[];
}

/** The title, and in words what it does not say of the signal. */
export function headOfSignal(job: Job): readonly string[] {
  return signalOf(job).head;
}

function signalOf(job: Job): Signal {
  const { content, shape } = job;
  const colour = colourOf(job);
  const title = content.title.trim();
  const over = isOver(job);
  const missing = [
    colour !== null && !title.includes(`${colour}色`) ? `${colour}色预警` : "",
    over && !saysOver(title) ? "预警解除" : "",
  ];
  return {
    ink: over ? "alert-over" : colour === null ? "warning" : inks[colour],
    edges: colour === "橙" && !over && shape.colour === "dual",
    over,
    head: [title, missing.filter((part) => part !== "").join(" ")].filter((part) => part !== ""),
  };
}

function inOneLine(job: Job, { head, ink }: Signal, { body: face }: Grid): Setting {
  const parts = [...head, ...job.content.body.split("\n"), ...signLines(job)].map((part) => part.trim());
  const line = parts.filter((part) => part !== "").join("  ");
  return movingPages(job, cells(job, line, face), face, ink);
}

interface Head {
  readonly rows: readonly Row[];
  readonly leading: number;
  /** Around the title. */
  readonly padPx: number;
  readonly heightPx: number;
}

const padPart = 0.2;
/** Of large letters, under the bar and at the page's foot. */
const gapPart = 0.5;
const padLeast = 2;

function headOn(job: Job, { head, ink }: Signal, grid: Grid): Head {
  const { title: face, width } = grid;
  const padPx = Math.max(padLeast, Math.round(face.sizePx * padPart));
  const rows = head.flatMap((text) =>
    evenLines(cells(job, text, face), width - 2 * padPx, face.sizePx).map((line) => centred(line, ink, face, grid)),
  );
  const leading = Math.floor(padPx / 2);
  return { rows, leading, padPx, heightPx: heightOf(rows, leading) + 2 * padPx };
}

/** What the bar leaves of the panel. */
function underHead({ heightPx }: Head, grid: Grid): Grid {
  const { shape, body, leading } = grid;
  const gap = Math.max(1, Math.round(body.sizePx * (body.sizePx < outlineFromPx ? padPart : gapPart)));
  const top = heightPx + gap;
  const bottom = Math.min(grid.top, gap);
  const height = shape.height - top - bottom;
  return { ...grid, top, height, rows: Math.max(0, Math.floor((height + leading) / (body.sizePx + leading))) };
}

/** Ideographs in a line, and lines on a page, at least, in letters larger than usual. */
const largeAcross = 12;
const largeDown = 7;

/** Measured in a plain face, lines may turn out this much shorter in another. */
const tolerance = 0.93;

/** On one page in the largest letters that allow it, else on pages that each begin with the bar. */
function underBar(job: Job, signal: Signal, usual: Grid): Counted {
  const ems = job.content.body.split("\n").map((line) => emsOf(line) * tolerance);
  for (const grid of gridsOf(job, usual)) {
    // Nothing is drawn in sizes that cannot be, however the lines are broken; the bar takes one of the lines.
    const lines = ems.reduce((sum, length) => sum + Math.ceil((length * grid.body.sizePx) / grid.width), 1);
    if (lines > grid.rows) continue;
    const head = headOn(job, signal, grid);
    const inner = underHead(head, grid);
    if (inner.rows < 1) continue;
    const pages = flow(textBlocks(job, inner), inner);
    if (pages.length <= 1) return drawnUnder(pages, head, inner);
  }
  const head = headOn(job, signal, usual);
  const inner = underHead(head, usual);
  return drawnUnder(flow(textBlocks(job, inner), inner), head, inner);

  function drawnUnder(pages: readonly Row[][], head: Head, inner: Grid): Counted {
    const draw = () => pages.map((rows, step) => pageUnder(job, signal, head, rows, inner, step));
    return { count: pages.length, draw };
  }
}

/** Large letters first: a warning is read from afar. */
function* gridsOf({ shape }: Job, usual: Grid): Generator<Grid> {
  const most = Math.min(shape.width / largeAcross, shape.height / largeDown);
  for (const px of sizesFrom(most, outlineFromPx)) if (px > usual.body.sizePx) yield gridOfSize(shape, px);
  yield* gridsFor(shape).grids;
}

function textBlocks(job: Job, grid: Grid): Block[] {
  return [...paragraphBlocks(job, job.content.body, grid), ...signBlocks(job, grid)];
}

/** Text that leaves room stands above the middle of what is under the bar. */
const aboveMiddle = 0.4;

function pageUnder(job: Job, signal: Signal, head: Head, rows: readonly Row[], inner: Grid, step: number): SetPage {
  const { width, height, colour } = job.shape;
  const canvas = new Canvas(width, height, colour);
  drawBar(canvas, signal, { x: 0, y: 0, width, height: head.heightPx });
  drawHead(canvas, signal, head.rows, { left: inner.left, top: head.padPx, leading: head.leading });
  const spare = Math.max(0, inner.height - heightOf(rows, inner.leading));
  drawRows(canvas, rows, inner, { top: inner.top + Math.floor(spare * aboveMiddle), extra: 0 });
  const facts = factsOf([...head.rows, ...rows]);
  return readPage(canvas, facts, { step });
}

/** On low panels: the bar on a page of its own, as large as it fits, then the text. */
function afterBar(job: Job, signal: Signal, usual: Grid): Counted {
  const large = headAlone(job, signal);
  const blocks = large ? textBlocks(job, usual) : [...headBlocks(job, signal, usual), ...textBlocks(job, usual)];
  const before = large ? 1 : 0;
  const pages = flow(blocks, usual);
  const draw = () => [
    ...(large ? [barPage(job, signal, large)] : []),
    ...pages.map((rows, index) => standing(rows, usual, { step: index + before })),
  ];
  return { count: pages.length + before, draw };
}

/** Clear dots between the letters and the bar's sides. */
const sidePx = 4;

function headAlone(job: Job, { head, ink, edges }: Signal): Fitted | null {
  const levels = (linesMost: number) => head.map((text) => ({ text, part: 1, ink, linesMost }));
  const heightPx = job.shape.height - 2 * (padLeast + (edges ? edgePx : 0));
  const room = { marginPx: sidePx, heightPx };
  return (
    bestLevels(job, [levels(1), levels(2)], room) ?? bestLevels(job, [levels(2)], { ...room, leastPx: chineseFromPx })
  );
}

/** A title too long for a bar of its own. */
function headBlocks(job: Job, { head, ink }: Signal, grid: Grid): Block[] {
  const { title: face, width } = grid;
  return head.map((text) => ({
    rows: evenLines(cells(job, text, face), width, face.sizePx).map((line) => centred(line, ink, face, grid)),
  }));
}

function barPage(job: Job, signal: Signal, { rows, grid }: Fitted): SetPage {
  const { width, height, colour } = job.shape;
  const canvas = new Canvas(width, height, colour);
  drawBar(canvas, signal, { x: 0, y: 0, width, height });
  const top = Math.floor((height - heightOf(rows, grid.leading)) / 2);
  drawHead(canvas, signal, rows, { left: grid.left, top, leading: grid.leading });
  const facts = factsOf(rows);
  return readPage(canvas, facts);
}

/** Of an orange bar on panels of two colours; of the frame of an end. Dots. */
const edgePx = 2;
const framePart = 0.02;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawBar(canvas: Canvas, { ink, edges, over }: Signal, { x, y, width, height }: Box): void {
  if (over) {
    const line = Math.max(1, Math.round(height * framePart));
    canvas.box(x, y, width, line, ink);
    canvas.box(x, y + height - line, width, line, ink);
    return;
  }
  const edge = edges ? edgePx : 0;
  canvas.box(x, y + edge, width, height - 2 * edge, ink);
  if (!edges) return;
  canvas.box(x, y, width, edge, "alert-red");
  canvas.box(x, y + height - edge, width, edge, "alert-red");
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly leading: number;
}

function drawHead(canvas: Canvas, { ink, over }: Signal, rows: readonly Row[], { left, top, leading }: Place): void {
  let y = top;
  for (const row of rows) {
    for (const piece of row.pieces)
      if (over) canvas.text(piece.cells, left + piece.x, y, ink);
      else canvas.cut(piece.cells, left + piece.x, y, ink);
    y += row.heightPx + leading;
  }
}
