/** Exhibits on a sheet: a grid of frames, each exhibit's side by side under its caption. */
import type { Shape } from "../../src/message/index.ts";
import { instant } from "../typeset/samples.ts";
import type { Exhibit } from "./exhibits.ts";
import { filmOf, type Still } from "./film.ts";
import { letter, type Lettering, widthPx } from "./lettering.ts";
import { drawFrame, type Look, sizeOf } from "./lights.ts";
import { fill, newSheet, type Rgb, type Sheet } from "./sheet.ts";

export interface Wall {
  readonly title: string;
  readonly about: string;
  readonly shape: Shape;
  readonly look: Look;
  readonly exhibits: readonly Exhibit[];
  /** Frames shown of one exhibit, and of one movement, at most. */
  readonly framesMost?: number;
  readonly perMove?: number;
  /** Frames side by side. */
  readonly across: number;
}

const paper: Rgb = [247, 246, 242];
const hair: Rgb = [216, 214, 206];
const heading: Lettering = { sizePx: 26, weight: "bold", colour: [34, 34, 38] };
const about: Lettering = { sizePx: 15, weight: "regular", colour: [120, 118, 112] };
const name: Lettering = { sizePx: 16, weight: "bold", colour: [34, 34, 38] };
const told: Lettering = { sizePx: 14, weight: "regular", colour: [120, 118, 112] };

const marginPx = 32;
const gapPx = 14;
const rowGapPx = 26;
const captionPx = 24;
const headPx = 84;
/** A caption has at least this much room. */
const cellLeastPx = 248;

interface Hung {
  readonly exhibit: Exhibit;
  readonly stills: readonly Still[];
  readonly note: string;
}

interface Placed extends Hung {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly lines: number;
}

const dayBegins = "2017-09-26T08:30";

function hung(exhibit: Exhibit, wall: Wall): Hung {
  const made = exhibit.make(wall.shape);
  if ("why" in made) return { exhibit, stills: [], note: made.why };
  const at = instant(exhibit.at ?? dayBegins);
  const { framesMost = 6, perMove = 4 } = wall;
  const first = framesMost === 1 ? (exhibit.telling ?? 0) : 0;
  const stills = filmOf(made.message, at, first + framesMost, perMove).slice(first);
  const steps = new Set(made.message.pages.map(({ step }) => step)).size;
  const seconds = (made.message.durationMs / 1000).toFixed(1);
  const moves = [
    ...new Set(made.message.pages.flatMap(({ motion, entry }) => [motion, ...(entry ? [entry.name] : [])])),
  ];
  const more = framesMost > 1 && stills.length < steps ? `\uff0c示前 ${stills.length} 页` : "";
  return { exhibit, stills, note: `${steps} 页 · ${seconds} s · ${moves.join(" + ")}${more}` };
}

/** The whole sheet, as tall as it must be. */
export function hang(wall: Wall): Sheet {
  const { shape, look, across } = wall;
  const frame = sizeOf(shape, look);
  const pitch = frame.width + gapPx;
  const width = across * pitch - gapPx + 2 * marginPx;
  const placed: Placed[] = [];
  let [column, y, height] = [0, headPx, 0];
  for (const exhibit of wall.exhibits) {
    const one = hung(exhibit, wall);
    const needs = Math.max(
      Math.min(one.stills.length, across),
      Math.ceil((cellLeastPx + gapPx) / pitch),
      Math.ceil((widthPx(exhibit.name, name) + widthPx(one.note, told) + 2 * gapPx) / pitch),
      1,
    );
    const columns = Math.min(across, needs);
    const lines = Math.max(1, Math.ceil(one.stills.length / columns));
    if (column > 0 && column + columns > across) {
      y += height + rowGapPx;
      [column, height] = [0, 0];
    }
    placed.push({ ...one, x: marginPx + column * pitch, y, columns, lines });
    column += columns;
    height = Math.max(height, captionPx + (one.stills.length === 0 ? 0 : lines * (frame.height + gapPx) - gapPx));
  }
  const sheet = newSheet(width, y + height + marginPx, paper);
  drawHead(sheet, wall);
  for (const one of placed) draw(sheet, one, frame, wall);
  return sheet;
}

function draw(
  sheet: Sheet,
  { exhibit, stills, note, x, y, columns }: Placed,
  frame: ReturnType<typeof sizeOf>,
  { look }: Wall,
) {
  letter(sheet, exhibit.name, x, y, name);
  letter(sheet, note, x + widthPx(exhibit.name, name) + 12, y + 1, told);
  for (const [index, still] of stills.entries()) {
    const left = x + (index % columns) * (frame.width + gapPx);
    const top = y + captionPx + Math.floor(index / columns) * (frame.height + gapPx);
    drawFrame(sheet, still.frame, left, top, look);
  }
}

function drawHead(sheet: Sheet, wall: { readonly title: string; readonly about: string }): void {
  letter(sheet, wall.title, marginPx, 26, heading);
  letter(sheet, wall.about, marginPx + widthPx(wall.title, heading) + 18, 35, about);
  fill(sheet, marginPx, 64, sheet.width - 2 * marginPx, 1, hair);
}

export interface Together {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly (readonly (readonly [Shape, Look])[])[];
  readonly exhibit: Exhibit;
}

/** One exhibit's first frame on panels of many shapes, row by row. */
export function hangTogether(wall: Together): Sheet {
  const sizes = wall.rows.map((row) => row.map(([shape, look]) => sizeOf(shape, look)));
  const widths = sizes.map((row) => row.reduce((sum, one) => sum + one.width + gapPx, -gapPx));
  const heights = sizes.map((row) => captionPx + Math.max(...row.map((one) => one.height)));
  const height = heights.reduce((sum, one) => sum + one + rowGapPx, headPx - rowGapPx + marginPx);
  const sheet = newSheet(Math.max(...widths) + 2 * marginPx, height, paper);
  drawHead(sheet, wall);
  let y = headPx;
  for (const [index, row] of wall.rows.entries()) {
    let x = marginPx;
    for (const [shape, look] of row) {
      const { stills, note } = hung(wall.exhibit, { ...wall, shape, look, exhibits: [], across: 1, framesMost: 1 });
      const label = `${shape.width} × ${shape.height}`;
      letter(sheet, label, x, y, name);
      letter(sheet, note, x + widthPx(label, name) + 12, y + 1, told);
      for (const { frame } of stills) drawFrame(sheet, frame, x, y + captionPx, look);
      x += sizeOf(shape, look).width + gapPx;
    }
    y += (heights[index] as number) + rowGapPx;
  }
  return sheet;
}
