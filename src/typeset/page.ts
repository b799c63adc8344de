/** Rows drawn on a page, and what a reader and a signer want to know of it. */
import type { MotionName, Page, Window } from "../message/index.ts";
import { Canvas } from "./canvas.ts";
import type { Face } from "./fonts/face.ts";
import type { Grid } from "./grid.ts";
import { gapBetween, heightOf, type Row, rowText } from "./layout.ts";

/** A typeface on a page. `sizePx`: its line box; `strokePx`: its thinnest stroke. Dots. */
export interface FaceFacts {
  readonly name: string;
  readonly sizePx: number;
  readonly strokePx: number;
}

/** What a page says and how: plain data, for the fit report. */
export interface PageFacts {
  /** The text as laid out, line by line in reading order. */
  readonly lines: readonly string[];
  /** What a reader sees as characters, spaces apart. */
  readonly characters: number;
  /** In the order of their first use. */
  readonly faces: readonly FaceFacts[];
  readonly motion: MotionName;
  /** Dots that a moving page passes in one whole loop; 0 where it stands. */
  readonly travelPx: number;
}

export interface SetPage {
  readonly page: Page;
  readonly facts: PageFacts;
  /** Of a page that stands as long as it is read: what it stands at least, ms. Absent: it is not timed by reading. */
  readonly leastMs?: number;
}

/** Reading rate that templates time pages by (`effects.ts` goes by an office's own), and the least that a page stands. */
export const readingCharactersPerSecond = 5;
const pageLeastMs = 3000;

/** How long so many characters are read. */
export function readingMs(characters: number): number {
  return Math.max(pageLeastMs, Math.ceil((characters * 1000) / readingCharactersPerSecond));
}

export function factsOf(rows: readonly Row[], motion: MotionName = "hold", travelPx = 0): PageFacts {
  const lines: string[] = [];
  const faces: FaceFacts[] = [];
  let characters = 0;
  for (const row of rows) {
    if (row.face === null) continue;
    lines.push(rowText(row));
    noteFace(faces, row.face);
    for (const { cells } of row.pieces) for (const { glyphs } of cells) if (hasInk(glyphs)) characters++;
  }
  return { lines, characters, faces, motion, travelPx };
}

export function noteFace(faces: FaceFacts[], { name, sizePx, strokePx }: Face): void {
  if (!faces.some((known) => known.name === name)) faces.push({ name, sizePx, strokePx });
}

function hasInk(glyphs: Row["pieces"][number]["cells"][number]["glyphs"]): boolean {
  for (const { height } of glyphs) if (height > 0) return true;
  return false;
}

/** What rows of a page that stands alone are moved apart, beyond the grid's own leading: at most this part of the face. */
const spreadMost = { small: 0.5, large: 0.2 } as const;
/** On panels from this height on a text that leaves room stands a little above the middle, where the eye expects it. */
const aboveMiddle = 0.46;
const aboveFromPx = 48;

/** A page that stands. `centre`: in the middle of the panel's height, spare height shared out; else from the top. */
export function standing(
  rows: readonly Row[],
  grid: Grid,
  { centre = false, step = 0, holdMs, leastMs = 0, window = null, soft = true }: Stand,
): SetPage {
  const { shape } = grid;
  const canvas = new Canvas(shape.width, shape.height, shape.colour, soft);
  const facts = factsOf(rows);
  drawRows(canvas, rows, grid, centre ? centredAt(rows, grid) : { top: grid.top, extra: 0 });
  if (holdMs !== undefined) return { page: holdPage(canvas, step, holdMs, window), facts };
  return readPage(canvas, facts, { step, leastMs, window });
}

interface Stand {
  readonly centre?: boolean;
  readonly step?: number;
  /** As long as it takes to read, unless given. */
  readonly holdMs?: number;
  readonly leastMs?: number;
  readonly window?: Window | null;
  readonly soft?: boolean;
}

interface Place {
  readonly top: number;
  /** Dots added between two lines of text. */
  readonly extra: number;
}

function centredAt(rows: readonly Row[], { shape, body, leading }: Grid): Place {
  const used = heightOf(rows, leading);
  const spare = Math.max(0, shape.height - used);
  const most = body.sizePx * (leading * 3 > body.sizePx ? spreadMost.large : spreadMost.small);
  const extra = Math.floor(Math.min(most, spare / (rows.length + 1)));
  const left = spare - extra * gapsOfText(rows);
  const isHigh = shape.height >= aboveFromPx && left > shape.height / 3;
  return { top: Math.floor(left * (isHigh ? aboveMiddle : 0.5)), extra };
}

function gapsOfText(rows: readonly Row[]): number {
  let count = 0;
  for (let index = 1; index < rows.length; index++) if (areText(rows[index - 1], rows[index])) count++;
  return count;
}

function areText(upper: Row | undefined, lower: Row | undefined): boolean {
  return upper?.face != null && lower?.face != null;
}

/** Rows one under another from `top`. */
export function drawRows(canvas: Canvas, rows: readonly Row[], grid: Grid, { top, extra }: Place): void {
  let y = top;
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before) y += gapBetween(before, row, grid.leading) + (areText(before, row) ? extra : 0);
    if (row.rule) canvas.box(grid.left + row.rule.x, y, row.rule.width, row.heightPx, row.rule.ink);
    for (const piece of row.pieces) canvas.text(piece.cells, grid.left + piece.x, y, piece.ink);
    y += row.heightPx;
  }
}

/** A page that stands as long as it takes to read. */
export function readPage(
  canvas: Canvas,
  facts: PageFacts,
  { step = 0, leastMs = 0, window = null }: Pick<Stand, "step" | "leastMs" | "window"> = {},
): SetPage {
  const page = holdPage(canvas, step, Math.max(leastMs, readingMs(facts.characters)), window);
  return { page, facts, leastMs: Math.max(leastMs, pageLeastMs) };
}

export function holdPage(canvas: Canvas, step: number, holdMs: number, window: Window | null = null): Page {
  return { bitmap: canvas.bitmap(), motion: "hold", msPerPx: 0, holdMs, step, window, fields: [] };
}
