/** 日期时间: `{{date:YYYY年M月D日}} 星期{{weekday}} {{time:HH:mm}}` as fields that the panel's own clock fills. */
import type { Field, FieldCell, FieldUnit } from "../../message/index.ts";
import { Canvas } from "../canvas.ts";
import { sideMargin, sizesFrom } from "../fit.ts";
import type { Face } from "../fonts/face.ts";
import { faceOf } from "../fonts/index.ts";
import { chineseFromPx } from "../grid.ts";
import { colourOf } from "../ink.ts";
import { type FaceFacts, holdPage, noteFace } from "../page.ts";
import { type Cell, widthOf } from "../text.ts";
import { cells, doesNotFit, type Job, type Setting, type Template } from "./template.ts";

const digits = "0123456789";
const weekdays = "日一二三四五六";
const standMs = 10_000;
/** A field's cells are at most 255 dots wide and high. */
const sizeMost = 255;
/** Lines of a clock stand this part of a line apart, where there is room. */
const leadingPart = 0.5;

/** A place that the clock fills: `glyphs` says from which row of glyphs; "" is a space. Widths in dots. */
interface Slot {
  readonly glyphs: string;
  readonly rule: Omit<FieldCell, "x" | "y" | "base">;
}
interface Element {
  readonly width: number;
  readonly cell?: Cell;
  readonly slot?: Slot;
}

export const clock: Template = (job) => {
  const { shape } = job;
  const words = job.content.body.split(/\s+/).filter((word) => word !== "");
  for (const px of sizesFrom(Math.min(sizeMost, shape.height), 1)) {
    const face = faceOf({ sizePx: px, weight: "bold" });
    const lines = evenLinesOf(
      words.map((word) => elementsOf(job, word, face)),
      shape.width - 2 * sideMargin(shape),
      face,
    );
    if (lines && lines.length > 0 && lines.length * px <= shape.height && !isMissing(job, face))
      return draw(job, lines, face);
  }
  return doesNotFit(job, "日期时间放不下 / the date and time do not fit");
};

/** A smaller face that lacks a glyph is not the reason why a clock cannot be set; the usual one's is reported. */
function isMissing({ missing }: Job, { name, sizePx }: Face): boolean {
  return sizePx < chineseFromPx && missing.has(name);
}

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
  weekday: [{ glyphs: weekdays, rule: { unit: "weekday", divisor: 1, modulus: 7, blankZero: false } }],
};

function elementsOf(job: Job, word: string, face: Face): Element[] {
  const out: Element[] = [];
  const put = (text: string) => out.push(...cells(job, text, face).map((cell) => ({ cell, width: cell.width })));
  let rest = word;
  for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
    put(rest.slice(0, match.index));
    rest = rest.slice(match.index + match[0].length);
    const [, name = "", format = ""] = match;
    for (const [part] of (name === "weekday" ? name : format).matchAll(/YYYY|MM?|DD?|HH?|mm|ss|weekday|./gu)) {
      const slots = tokens[part];
      if (slots) out.push(...slots.map((slot) => ({ slot, width: slotWidth(job, slot, face) })));
      else put(part);
    }
  }
  put(rest);
  return out;
}

const pattern = /\{\{(\w+)(?::([^}]*))?\}\}/;

/** Every glyph of a row has the widest one's cell. */
function slotWidth(job: Job, { glyphs }: Slot, face: Face): number {
  return Math.max(...cells(job, glyphs, face).map(({ width }) => width));
}

function widthOfElements(line: readonly Element[]): number {
  return line.reduce((sum, { width }) => sum + width, 0);
}

/** As few lines as the width allows, and those as even as they can be. */
function evenLinesOf(words: readonly (readonly Element[])[], width: number, face: Face): Element[][] | null {
  const step = Math.ceil(face.sizePx / 2);
  let found = linesOf(words, width, step);
  for (let narrower = width - step; found && narrower > 0; narrower -= step) {
    const lines = linesOf(words, narrower, step);
    if (lines?.length !== found.length) break;
    found = lines;
  }
  return found;
}

/** Words on as few lines as the width allows; null if a word alone is too wide. */
function linesOf(words: readonly (readonly Element[])[], width: number, space: number): Element[][] | null {
  const lines: Element[][] = [];
  for (const word of words) {
    if (widthOfElements(word) > width) return null;
    const last = lines[lines.length - 1];
    if (last && widthOfElements(last) + space + widthOfElements(word) <= width) last.push({ width: space }, ...word);
    else lines.push([...word]);
  }
  return lines;
}

function draw(job: Job, lines: readonly (readonly Element[])[], face: Face): Setting {
  const { shape } = job;
  const { sizePx } = face;
  // Digits are dots that are on or off: what stands beside them is drawn the same way.
  const canvas = new Canvas(shape.width, shape.height, shape.colour, false);
  const found = new Map<string, FieldCell[]>();
  const spare = shape.height - lines.length * sizePx;
  const leading = Math.min(Math.floor(sizePx * leadingPart), Math.floor(spare / (lines.length + 1)));
  let y = Math.floor((spare - (lines.length - 1) * leading) / 2);
  for (const line of lines) {
    let x = Math.floor((shape.width - widthOfElements(line)) / 2);
    for (const { cell, slot, width } of line) {
      if (cell) canvas.text([cell], x, y, "clock");
      if (slot) {
        const list = found.get(slot.glyphs) ?? [];
        list.push({ ...slot.rule, base: 0, x, y });
        found.set(slot.glyphs, list);
      }
      x += width;
    }
    y += sizePx + leading;
  }
  const fields = [...found].map(([glyphs, places]) => field(job, glyphs, places, face));
  const faces: FaceFacts[] = [];
  noteFace(faces, face);
  const text = ({ cell, slot }: Element) => cell?.text ?? (slot ? "□" : " ");
  const said = lines.map((line) => line.map(text).join(""));
  const characters = lines.flat().filter(({ cell, slot }) => cell ?? slot).length;
  const facts = { lines: said, characters, faces, motion: "hold", travelPx: 0 } as const;
  return { pages: [{ page: { ...holdPage(canvas, 0, standMs), fields }, facts }] };
}

function field(job: Job, glyphs: string, places: readonly FieldCell[], face: Face): Field {
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
