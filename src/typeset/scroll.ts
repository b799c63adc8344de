/** Text too long to stand: seamless strips, the end followed by a gap and then the start. Dots and milliseconds. */
import { limits } from "../limits.ts";
import { bitmapBytes, type MotionName, type Page, type Shape } from "../message/index.ts";
import { Canvas } from "./canvas.ts";
import type { Face } from "./fonts/face.ts";
import { faceOf } from "./fonts/index.ts";
import { type Grid, sizeAt, usualSize } from "./grid.ts";
import type { Ink } from "./ink.ts";
import { gapBetween, heightOf, oneLine, type Row, rowOf } from "./layout.ts";
import { drawRows, factsOf, readingMs, readPage, type SetPage } from "./page.ts";
import { hasShades } from "./shades.ts";
import { type Cell, widthOf } from "./text.ts";

/** Moving text is read at two and a half ideographs a second. */
const ideographsPerSecond = 2.5;
export const restMs = 1500;
/** A line that moves over its panel: so much of the height, and so many ideographs in sight. */
const heightPart = 0.75;
const inSight = 4;

/** Of a line that moves sideways, in letters of this size. */
export function sidewaysMsPerPx(sizePx: number): number {
  return Math.max(1, Math.round(1000 / (ideographsPerSecond * sizePx)));
}

/** Of a text that rises or sinks: its height passes in the time that it is read. */
export function upwardsMsPerPx(readMs: number, height: number): number {
  return Math.max(1, Math.round(readMs / height));
}

/** Black between a line's end and its beginning: so much that nobody takes them for one text. */
export function sidewaysGapPx({ width }: Shape, sizePx: number): number {
  return Math.max(width, sizePx * 4);
}

/** Bytes of a bitmap of this size on a panel of this kind, at most: full colour with two inks and their shades. */
export function bitmapBytesMost({ colour }: Shape, width: number, height: number): number {
  return Math.ceil((width * (colour === "mono" ? 1 : colour === "dual" ? 2 : 4)) / 8) * height;
}

/** And at least: in full colour with one ink and no shades. */
export function bitmapBytesLeast({ colour }: Shape, width: number, height: number): number {
  return bitmapBytes(width, height, colour === "dual" ? "dual2" : "mono1");
}

/** The face of a line of `ems` ideographs' length that moves alone over the panel. */
export function movingFace(shape: Shape, ems: number): Face {
  const usual = usualSize(shape);
  const fits = (px: number) =>
    bitmapBytesMost(shape, (ems + 1) * px + shape.width, shape.height) * 2 <= limits.messageBytes;
  let px = sizeAt(Math.min(shape.height * heightPart, shape.width / inSight));
  while (px > usual && !fits(px)) px = sizeAt(px * 0.8);
  return faceOf({ sizePx: Math.max(px, usual), weight: "bold" });
}

/** One line over the panel's height: standing where it fits, else moving left in as many strips as its length needs. */
export function movingLine(shape: Shape, line: readonly Cell[], face: Face, ink: Ink): SetPage[] {
  const { sizePx } = face;
  const y = Math.floor((shape.height - sizePx) / 2);
  const gap = sidewaysGapPx(shape, sizePx);
  const msPerPx = sidewaysMsPerPx(sizePx);
  const parts = partsOf(oneLine(line, sizePx), limits.pageSidePx - gap);
  return parts.map(({ cells, width }, step) => {
    const rows = [rowOf(face, [{ cells, x: 0, ink }])];
    if (width <= shape.width && parts.length === 1) {
      const canvas = new Canvas(shape.width, shape.height, shape.colour);
      canvas.text(cells, Math.floor((shape.width - width) / 2), y, ink);
      return readPage(canvas, factsOf(rows));
    }
    const canvas = new Canvas(width + gap, shape.height, shape.colour);
    canvas.text(cells, 0, y, ink);
    return {
      page: strip(canvas, "scroll-left", msPerPx, step),
      facts: factsOf(rows, "scroll-left", canvas.width),
    };
  });
}

/** Bytes of such a line's strips, at least: known before any of them is drawn. */
export function movingBytesLeast(shape: Shape, line: readonly Cell[], { sizePx }: Face): number {
  const bits = shape.colour === "rgb" && hasShades(line) ? 2 : 1;
  return bits * bitmapBytesLeast(shape, widthOf(oneLine(line, sizePx)), shape.height);
}

/** Cells in runs of at most `most` dots. */
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
export function risingRows(rows: readonly Row[], grid: Grid): SetPage[] {
  const { shape, leading } = grid;
  const most = limits.pageSidePx - shape.height - grid.body.sizePx;
  return stripsOf(rows, leading, most).map((part, step) => {
    const height = heightOf(part, leading) + leading;
    const canvas = new Canvas(shape.width, height + shape.height, shape.colour);
    drawRows(canvas, part, grid, { top: 0, extra: 0 });
    const facts = factsOf(part, "scroll-up", canvas.height);
    const msPerPx = upwardsMsPerPx(readingMs(facts.characters), height);
    return { page: strip(canvas, "scroll-up", msPerPx, step), facts };
  });
}

function stripsOf(rows: readonly Row[], leading: number, most: number): Row[][] {
  const strips: Row[][] = [];
  let height = 0;
  for (const row of rows) {
    const strip = strips[strips.length - 1];
    const before = strip?.[strip.length - 1];
    const more = row.heightPx + (before ? gapBetween(before, row, leading) : 0);
    if (!strip || height + more > most) {
      strips.push([row]);
      height = row.heightPx;
    } else {
      strip.push(row);
      height += more;
    }
  }
  return strips;
}

function strip(canvas: Canvas, motion: MotionName, msPerPx: number, step: number): Page {
  return { bitmap: canvas.bitmap(), motion, msPerPx, holdMs: restMs, step, window: null, fields: [] };
}
