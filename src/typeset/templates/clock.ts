/** 日期时间: `{{date:YYYY年M月D日}} 星期{{weekday}} {{time:HH:mm}}` as fields that the panel's own clock fills. */
import type { Field, FieldCell, FieldUnit, Page } from "../../message/index.ts";
import { Canvas } from "../canvas.ts";
import type { PixelFont } from "../font.ts";
import { colourOf } from "../ink.ts";
import { type Cell, widthOf } from "../text.ts";
import { cells, doesNotFit, type Job, type Setting, type Template } from "./template.ts";

const digits = "0123456789";
const weekdays = "日一二三四五六";
const standMs = 10_000;
/** A field's cells are at most 255 dots wide and high. */
const scaleMost = 15;

/** A place that the clock fills: `glyphs` says from which row of glyphs. */
interface Slot {
  readonly glyphs: string;
  readonly width: number;
  readonly rule: Omit<FieldCell, "x" | "y" | "base">;
}
type Element = { readonly cell: Cell; readonly slot?: undefined } | { readonly slot: Slot; readonly cell?: undefined };

export const clock: Template = (job) => {
  const words = job.content.body
    .replace(/\n/g, " ")
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => elementsOf(job, word));
  for (let scale = Math.min(scaleMost, Math.floor(job.shape.height / 16)); scale >= 1; scale--) {
    const lines = evenLinesOf(words, Math.floor((job.shape.width - 8) / scale));
    if (lines && lines.length * 16 * scale <= job.shape.height) return draw(job, lines, scale);
  }
  return doesNotFit(job, "日期时间放不下 / the date and time do not fit");
};

/** Digits of a quantity, most significant first; blank where a leading zero would stand, if asked. */
function number(unit: FieldUnit, places: number, blank: boolean): Slot[] {
  return Array.from({ length: places }, (_, index) => {
    const divisor = 10 ** (places - 1 - index);
    return { glyphs: digits, width: 8, rule: { unit, divisor, modulus: 10, blankZero: blank && divisor > 1 } };
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
  weekday: [{ glyphs: weekdays, width: 16, rule: { unit: "weekday", divisor: 1, modulus: 7, blankZero: false } }],
};

function elementsOf(job: Job, word: string): Element[] {
  const out: Element[] = [];
  const put = (text: string) => out.push(...cells(job, text).map((cell) => ({ cell })));
  let rest = word;
  for (let match = /\{\{(\w+)(?::([^}]*))?\}\}/.exec(rest); match; match = /\{\{(\w+)(?::([^}]*))?\}\}/.exec(rest)) {
    put(rest.slice(0, match.index));
    rest = rest.slice(match.index + match[0].length);
    const [, name = "", format = ""] = match;
    for (const [part] of (name === "weekday" ? name : format).matchAll(/YYYY|MM?|DD?|HH?|mm|ss|weekday|./gu)) {
      const slots = tokens[part];
      if (slots) out.push(...slots.map((slot) => ({ slot })));
      else put(part);
    }
  }
  put(rest);
  return out;
}

function widthOfElements(line: readonly Element[]): number {
  return line.reduce((sum, element) => sum + (element.slot ? element.slot.width : element.cell.width), 0);
}

/** As few lines as the width allows, and those as even as they can be. */
function evenLinesOf(words: readonly (readonly Element[])[], columns: number): Element[][] | null {
  let found = linesOf(words, columns);
  for (let narrower = columns - 8; found && narrower > 0; narrower -= 8) {
    const lines = linesOf(words, narrower);
    if (lines?.length !== found.length) break;
    found = lines;
  }
  return found;
}

/** Words on as few lines as the width allows; null if a word alone is too wide. */
function linesOf(words: readonly (readonly Element[])[], columns: number): Element[][] | null {
  const lines: Element[][] = [];
  const space: Element = {
    slot: { glyphs: "", width: 8, rule: { unit: "Y", divisor: 1, modulus: 1, blankZero: false } },
  };
  for (const word of words) {
    if (widthOfElements(word) > columns) return null;
    const last = lines[lines.length - 1];
    if (last && widthOfElements(last) + 8 + widthOfElements(word) <= columns) last.push(space, ...word);
    else lines.push([...word]);
  }
  return lines;
}

function draw(job: Job, lines: readonly (readonly Element[])[], scale: number): Setting {
  const { shape, font } = job;
  const canvas = new Canvas(shape.width, shape.height, shape.colour, font);
  const found = new Map<string, FieldCell[]>();
  const leading = Math.min(8 * scale, Math.floor((shape.height - lines.length * 16 * scale) / (lines.length + 1)));
  let y = Math.floor((shape.height - lines.length * 16 * scale - (lines.length - 1) * leading) / 2);
  for (const line of lines) {
    let x = Math.floor((shape.width - widthOfElements(line) * scale) / 2);
    for (const element of line) {
      if (element.cell) canvas.text([element.cell], x, y, scale, "clock");
      else if (element.slot.glyphs !== "") {
        const list = found.get(element.slot.glyphs) ?? [];
        list.push({ ...element.slot.rule, base: 0, x, y });
        found.set(element.slot.glyphs, list);
      }
      x += (element.slot ? element.slot.width : element.cell.width) * scale;
    }
    y += 16 * scale + leading;
  }
  const page: Page = {
    bitmap: canvas.bitmap(),
    motion: "hold",
    msPerPx: 0,
    holdMs: standMs,
    step: 0,
    window: null,
    fields: [...found].map(([glyphs, places]) => field(job, glyphs, places, scale)),
  };
  const text = (element: Element) => (element.cell ? element.cell.text : element.slot.glyphs === "" ? " " : "□");
  return { pages: [page], lines: lines.map((line) => line.map(text).join("")) };
}

function field(job: Job, glyphs: string, places: readonly FieldCell[], scale: number): Field {
  const row = cells(job, glyphs);
  const cellWidth = (row[0]?.width ?? 8) * scale;
  const cellHeight = 16 * scale;
  const masks = row.map((cell) => glyphMask(cell, job.font, scale));
  const atlas = new Uint8Array(masks.reduce((sum, mask) => sum + mask.length, 0));
  let at = 0;
  for (const mask of masks) {
    atlas.set(mask, at);
    at += mask.length;
  }
  const ink = colourOf("clock", job.shape.colour);
  return { cellWidth, cellHeight, ink, atlas, glyphCount: row.length, cells: places };
}

function glyphMask(cell: Cell, font: PixelFont, scale: number): Uint8Array {
  const canvas = new Canvas(widthOf([cell]) * scale, 16 * scale, "mono", font);
  canvas.text([cell], 0, 0, scale, "clock");
  return canvas.bitmap().pixels;
}
