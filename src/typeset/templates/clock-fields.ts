/** Places that the panel's own clock fills: the tokens that name them, and their glyphs as fields. */
import type { Field, FieldCell, FieldUnit } from "../../message/index.ts";
import { Canvas } from "../canvas.ts";
import type { Face } from "../fonts/face.ts";
import { colourOf } from "../ink.ts";
import { type Cell, widthOf } from "../text.ts";
import { cells, type Job } from "./template.ts";

/** `glyphs` says from which row of glyphs it is filled. */
export interface Slot {
  readonly glyphs: string;
  readonly rule: Omit<FieldCell, "x" | "y" | "base">;
}

const digits = "0123456789";
const weekdays = "日一二三四五六";

/** Digits of a quantity, most significant first; blank where a leading zero would stand, if asked. */
function number(unit: FieldUnit, places: number, blank: boolean): Slot[] {
  return Array.from({ length: places }, (_, index) => {
    const divisor = 10 ** (places - 1 - index);
    return { glyphs: digits, rule: { unit, divisor, modulus: 10, blankZero: blank && divisor > 1 } };
  });
}

const tokens: Readonly<Record<string, readonly Slot[]>> = {
  YYYY: number("Y", 4, false),
  M: number("m", 2, true),
  MM: number("m", 2, false),
  D: number("d", 2, true),
  DD: number("d", 2, false),
  HH: number("H", 2, false),
  H: number("H", 2, true),
  mm: number("M", 2, false),
  ss: number("S", 2, false),
};
export const weekday: Slot = {
  glyphs: weekdays,
  rule: { unit: "weekday", divisor: 1, modulus: 7, blankZero: false },
};

/** "YYYY年M月D日" as slots and the text between them. */
export function slotsOf(format: string): readonly (Slot | string)[] {
  return Array.from(format.matchAll(/YYYY|MM?|DD?|HH?|mm|ss|./gu), ([part]) => tokens[part] ?? part).flat();
}

/** Every glyph of a row has the widest one's cell. Dots. */
export function slotWidth(job: Job, { glyphs }: Slot, face: Face): number {
  return Math.max(1, ...cells(job, glyphs, face).map(({ width }) => width));
}

/** All places of one row of glyphs on a page. */
export function fieldOf(job: Job, glyphs: string, places: readonly FieldCell[], face: Face): Field {
  const row = cells(job, glyphs, face);
  const cellWidth = Math.max(1, ...row.map(({ width }) => width));
  const masks = row.map((cell) => glyphMask(cell, cellWidth, face.sizePx));
  const atlas = new Uint8Array(masks.reduce((sum, mask) => sum + mask.length, 0));
  let at = 0;
  for (const mask of masks) {
    atlas.set(mask, at);
    at += mask.length;
  }
  const ink = colourOf("clock", job.shape.colour);
  return { cellWidth, cellHeight: face.sizePx, ink, atlas, glyphCount: row.length, cells: places };
}

function glyphMask(cell: Cell, cellWidth: number, height: number): Uint8Array {
  const canvas = new Canvas(cellWidth, height, "mono", false);
  canvas.text([cell], Math.floor((cellWidth - widthOf([cell])) / 2), 0, "clock");
  return canvas.bitmap().pixels;
}
