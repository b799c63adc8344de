/**
 * Lines of two or more sizes in the middle of a panel, as large as they fit together and none broken but where it may
 * be: welcomes, default pictures, covers. Dots throughout.
 */
import type { Face } from "../fonts/face.ts";
import { faceOf, nearestSize, outlineFromPx } from "../fonts/index.ts";
import { centringGrid, sideMargin, sizesFrom } from "../fit.ts";
import { chineseFromPx, type Grid, usualSize } from "../grid.ts";
import type { Ink } from "../ink.ts";
import { centred, heightOf, type Row } from "../layout.ts";
import { balancedLines } from "../line-break.ts";
import { type SetPage, standing } from "../page.ts";
import { type Cell, widthOf } from "../text.ts";
import { cells, emsOf, type Job } from "./template.ts";

export interface Level {
  readonly text: string;
  /** Its size as a part of the largest line's. */
  readonly part: number;
  readonly ink: Ink;
  /** It may be broken between words into so many lines. */
  readonly linesMost: number;
}

export interface Fitted {
  /** Of the largest lines. */
  readonly sizePx: number;
  readonly lines: number;
  readonly grid: Grid;
  readonly rows: readonly Row[];
}

export interface Room {
  readonly marginPx?: number;
  /** What the lines may take of the panel's height. */
  readonly heightPx?: number;
  readonly mostPx?: number;
  /** Of the largest lines; the panel's running text unless given. */
  readonly leastPx?: number;
}

/** Lines stand this part of the largest size apart, where there is room. */
const leadingPart = 0.16;
const leastPart = 0.1;
/** Panels from this height on leave a part of it free above and below. */
const edgeFrom = 64;
const edgePart = 0.05;
/** Breaking a line, or taking more of them, must make the letters so many times as large. */
const worthMoreLines = 1.3;
/** The way that is named first is the one that is meant; another must make them so many times as large. */
const worthAnother = 1.15;

/** Of several ways to set the same words the first, or one that makes the letters so much larger that it is worth it. */
export function bestLevels(job: Job, ways: readonly (readonly Level[])[], room: Room = {}): Fitted | null {
  let best: Fitted | null = null;
  for (const levels of ways) {
    const more: boolean =
      best !== null && (levels.length > best.lines || levels.some(({ linesMost }) => linesMost > 1));
    const leastPx: number | undefined =
      best === null ? room.leastPx : more ? best.sizePx * worthMoreLines : best.sizePx * worthAnother;
    best = largestLevels(job, levels, { ...room, ...(leastPx !== undefined && { leastPx }) }) ?? best;
  }
  return best;
}

/** Null: not even the smallest letters fit. */
function largestLevels(job: Job, levels: readonly Level[], room: Room = {}): Fitted | null {
  const { shape } = job;
  const margin = room.marginPx ?? sideMargin(shape);
  const edge = shape.height >= edgeFrom ? Math.round(shape.height * edgePart) : 0;
  const height = (room.heightPx ?? shape.height) - 2 * edge;
  const least = room.leastPx ?? usualSize(shape);
  const lowest = Math.min(least, chineseFromPx);
  // More lines than the height has room for, however small their parts of the size: nothing is set to learn that.
  const areTooMany = (px: number) => levels.length * Math.min(px, chineseFromPx) > height;
  if (areTooMany(lowest) || levels.some((level) => isHopeless(level, lowest, shape.width))) return null;
  const lengths = levels.map((level) => lengthsOf(job, level));
  const most = Math.min(height, shape.width, room.mostPx ?? Number.POSITIVE_INFINITY);
  for (const px of sizesFrom(most, room.leastPx ?? usualSize(shape))) {
    if (areTooMany(px) || leastHeight(levels, px, shape.height) > height) continue;
    const grid = gridFor(job, px, margin);
    if (levels.some((level, index) => isTooLong(level, lengths[index] as Lengths, px, grid.width))) continue;
    const rows: Row[] = [];
    for (const level of levels) {
      const face = faceFor(level, px);
      const lines = linesOf(cells(job, level.text, face), level, grid.width, face);
      if (lines === null) break;
      rows.push(...lines.map((line) => centred(line, level.ink, face, grid)));
      if (level === levels[levels.length - 1] && heightOf(rows, leastLeading(px, shape.height)) <= height)
        return { sizePx: px, lines: rows.length, grid: tightened(grid, rows, height), rows };
    }
  }
  return null;
}

/** Standing alone, in the middle. `leastMs`: what is read at a glance stands longer than that takes. */
export function standingLevels({ rows, grid }: Fitted, leastMs: number, step = 0): SetPage {
  return standing(rows, grid, { centre: true, step, leastMs });
}

function gridFor({ shape }: Job, px: number, margin: number): Grid {
  return { ...centringGrid(shape, px, margin), leading: Math.round(px * leadingPart) };
}

/** Large letters do not touch. */
function leastLeading(px: number, panelPx: number): number {
  return px >= outlineFromPx && panelPx >= edgeFrom ? Math.round(px * leastPart) : 0;
}

/** Of all levels, each in one line. */
function leastHeight(levels: readonly Level[], px: number, panelPx: number): number {
  const lines = levels.reduce((sum, level) => sum + sizeFor(level, px), 0);
  return lines + leastLeading(px, panelPx) * (levels.length - 1);
}

/** Lines as far apart as there is room for. */
function tightened(grid: Grid, rows: readonly Row[], height: number): Grid {
  const spare = height - heightOf(rows, 0);
  return { ...grid, leading: Math.min(grid.leading, Math.floor(spare / Math.max(1, rows.length - 1))) };
}

/** Smaller lines stay legible: no letters of Chinese are below the least of its faces. */
function sizeFor({ part }: Level, px: number): number {
  return part === 1 ? px : Math.min(px, Math.max(chineseFromPx, nearestSize(px * part)));
}

function faceFor(level: Level, px: number): Face {
  return faceOf({ sizePx: sizeFor(level, px), weight: weightOf(level) });
}

function weightOf({ part }: Level): "bold" | "regular" {
  return part === 1 ? "bold" : "regular";
}

/** The narrowest letters of an outline face against those that `emsOf` counts by. */
const narrowest = 0.4;

/** Too long whatever its size will be: nothing needs to be drawn to know that. */
function isHopeless({ text, linesMost }: Level, leastPx: number, width: number): boolean {
  return emsOf(text) * narrowest * leastPx > width * linesMost;
}

/** Outline faces are measured at this size: glyphs are not drawn at sizes where a line is too long anyway. */
const probePx = 48;
/** Whole dots make lines this much shorter or longer. */
const tolerance = 0.97;

interface Lengths {
  readonly dots: number;
  readonly outline: number;
}

/** Lengths of a line as multiples of its size, in faces of dots and in outline faces. */
function lengthsOf(job: Job, level: Level): Lengths {
  const outline = cells(job, level.text, faceOf({ sizePx: probePx, weight: weightOf(level) }));
  return { dots: emsOf(level.text), outline: widthOf(outline) / probePx };
}

function isTooLong(level: Level, { dots, outline }: Lengths, px: number, width: number): boolean {
  const sizePx = sizeFor(level, px);
  const length = sizePx < outlineFromPx ? dots : outline * tolerance;
  return length * sizePx > width * level.linesMost;
}

function linesOf(
  line: readonly Cell[],
  { linesMost }: Level,
  width: number,
  { sizePx }: Face,
): readonly (readonly Cell[])[] | null {
  if (widthOf(line) <= width) return [line];
  return linesMost === 1 ? null : balancedLines(line, width, linesMost, true, sizePx);
}
