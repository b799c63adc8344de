/**
 * 日期时间: `{{date:YYYY年M月D日}} 星期{{weekday}} {{time:HH:mm}}` as fields that the panel's own clock fills. `{{lunar}}`
 * (十月十八) and `{{lunarYear}}` (丁酉鸡年), where an office writes them, are no field that a panel could compute: such
 * a clock has a page for each day of its window.
 */
import type { Sentence } from "../../fault.ts";
import type { FieldCell, Page, Window } from "../../message/index.ts";
import { bitmapBytes } from "../../message/index.ts";
import { limits } from "../../limits.ts";
import { type LunarDay, lunarDayOf, lunarWords } from "../../time/lunar.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import { Canvas } from "../canvas.ts";
import { sideMargin, sizesFrom } from "../fit.ts";
import type { Face } from "../fonts/face.ts";
import { faceOf } from "../fonts/index.ts";
import { chineseFromPx, usualSize } from "../grid.ts";
import { type FaceFacts, holdPage, noteFace, type SetPage } from "../page.ts";
import { countEn } from "../report-figures.ts";
import type { Cell } from "../text.ts";
import { fieldOf, type Slot, slotsOf, slotWidth, weekday } from "./clock-fields.ts";
import { cells, daysProblem, doesNotFit, emsOf, type Job, type Setting, type Template } from "./template.ts";
import { partsOf, type Token, wordsOf } from "./tokens.ts";

const standMs = 10_000;
/** A field's cells are at most 255 dots wide and high. */
const sizeMost = 255;
/** Lines of a clock stand this part of a line apart, where there is room. */
const leadingPart = 0.5;

/** Something that stands in a line: a cell, a place that the clock fills, or a space. Widths in dots. */
interface Element {
  readonly width: number;
  readonly cell?: Cell;
  readonly slot?: Slot;
}
type Word = readonly Element[];
type Line = readonly Word[];

/** One appearance of the clock: always, or on one day. */
interface Day {
  readonly window: Window | null;
  readonly lunar: LunarDay | null;
}

/** The narrowest letters of an outline face against those that `emsOf` counts by. */
const narrowest = 0.4;

export const clock: Template = (job) => {
  const { shape } = job;
  const { body } = job.content;
  const hasDays = partsOf(body).some((part) => typeof part !== "string" && part.name.startsWith("lunar"));
  const days = hasDays ? daysOf(job) : [{ window: null, lunar: null }];
  if ("zh" in days) return doesNotFit(job, days);
  const many = daysProblem(body, days.length);
  if (many !== null) return doesNotFit(job, many);
  const texts = wordsOf(body);
  const lengths = texts.map((parts) => emsOf(parts.filter((part) => typeof part === "string").join("")));
  const longest = days.reduce((found, day) => (lengthOf(day) > lengthOf(found) ? day : found), days[0] as Day);
  for (const marginPx of [sideMargin(shape), 0]) {
    const width = shape.width - 2 * marginPx;
    const linesAt: LinesAt = (face) => {
      // Nothing needs to be drawn to know that a word is too wide.
      if (lengths.some((ems) => ems * narrowest * face.sizePx > width)) return null;
      const wordsOn = (day: Day) => texts.map((text) => elementsOf(job, text, face, day.lunar));
      const lines = evenLinesOf(wordsOn(longest), width, face);
      return lines && { lines, on: (day: Day) => sameLines(lines, wordsOn(day)) };
    };
    const set = onOnePage(job, days, linesAt) ?? onPages(job, days, linesAt);
    if (set) return set;
  }
  return doesNotFit(job, { zh: "日期时间放不下", en: "the date and time do not fit" });
};

type LinesAt = (face: Face) => { readonly lines: readonly Line[]; readonly on: (day: Day) => Line[] } | null;

function onOnePage(job: Job, days: readonly Day[], linesAt: LinesAt): Setting | null {
  const { shape } = job;
  const least = shape.height < chineseFromPx ? 1 : chineseFromPx;
  for (const px of sizesFrom(Math.min(sizeMost, shape.height), least)) {
    const face = faceOf({ sizePx: px, weight: "bold" });
    const set = linesAt(face);
    if (!set || set.lines.length === 0 || set.lines.length * px > shape.height) continue;
    return { pages: days.map((day) => draw(job, set.on(day), face, { step: 0, window: day.window })) };
  }
  return null;
}

/** More lines than the panel holds: as many on each page as it does. */
function onPages(job: Job, days: readonly Day[], linesAt: LinesAt): Setting | null {
  for (const sizePx of new Set([usualSize(job.shape), chineseFromPx])) {
    const face = faceOf({ sizePx, weight: "bold" });
    const set = linesAt(face);
    const rows = Math.floor(job.shape.height / sizePx);
    if (!set || rows < 1) continue;
    const steps = Array.from({ length: Math.ceil(set.lines.length / rows) }, (_, step) => step);
    const most = Math.floor(limits.pagesPerMessage / steps.length);
    if (days.length > most) return doesNotFit(job, most === 0 ? tooLong(steps.length) : tooManyDays(most));
    const all = days.map((day) => ({ window: day.window, lines: set.on(day) }));
    return {
      pages: steps.flatMap((step) =>
        all.map(({ window, lines }) => draw(job, lines.slice(step * rows, (step + 1) * rows), face, { step, window })),
      ),
    };
  }
  return null;
}

/** Each day of the window, or why that cannot be. */
function daysOf({ zone, window, shape }: Job): readonly Day[] | Sentence {
  const first = dayNumberAt(zone, window.from);
  const last = dayNumberAt(zone, window.until - 1);
  const bytes = bitmapBytes(shape.width, shape.height, shape.colour === "dual" ? "dual2" : "mono1");
  const most = Math.min(limits.pagesPerMessage, Math.floor(limits.messageBytes / (bytes + 4096)));
  if (last - first >= most) return tooManyDays(most);
  const days: Day[] = [];
  for (let day = first; day <= last; day++) {
    const lunar = lunarDayOf(day);
    if (lunar === null) return { zh: "农历只到 2099 年", en: "lunar dates are known up to 2099" };
    days.push({ lunar, window: { from: instantOf(zone, day, 0), until: instantOf(zone, day + 1, 0) } });
  }
  return days;
}

function tooManyDays(most: number): Sentence {
  return {
    zh: `带农历的日期时间，这块屏一次最多排 ${most} 天：请缩短播放期限，或去掉农历`,
    en: `with lunar dates a clock has at most ${countEn(most, "day")} on this panel: shorten its period, or leave them out`,
  };
}

function tooLong(pages: number): Sentence {
  return {
    zh: `日期时间的文字太长\uff0c要 ${pages} 页\uff0c最多 ${limits.pagesPerMessage} 页`,
    en: `the clock's text is too long: it takes ${pages} pages, at most ${limits.pagesPerMessage}`,
  };
}

function lengthOf({ lunar }: Day): number {
  return lunar === null ? 0 : lunarWords(lunar).length;
}

function elementsOf(job: Job, word: readonly (Token | string)[], face: Face, lunar: LunarDay | null): Word {
  const out: Element[] = [];
  const put = (text: string) => out.push(...cells(job, text, face).map((cell) => ({ cell, width: cell.width })));
  const fill = (slot: Slot) => out.push({ slot, width: slotWidth(job, slot, face) });
  for (const part of word) {
    if (typeof part === "string") put(part);
    else if (part.name === "weekday") fill(weekday);
    else if (part.name === "lunar" && lunar) put(lunarWords(lunar));
    else if (part.name === "lunarYear" && lunar) put(`${lunar.year}${lunar.zodiac}年`);
    else for (const one of slotsOf(part.format)) typeof one === "string" ? put(one) : fill(one);
  }
  return out;
}

function widthOfWord(word: Word): number {
  return word.reduce((sum, { width }) => sum + width, 0);
}

/** Words on as few lines as the width allows, and those as even as they can be. */
function evenLinesOf(words: readonly Word[], width: number, face: Face): Line[] | null {
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
function linesOf(words: readonly Word[], width: number, space: number): Line[] | null {
  const lines: Word[][] = [];
  let used = 0;
  for (const word of words) {
    const wide = widthOfWord(word);
    if (wide > width) return null;
    const last = lines[lines.length - 1];
    if (last && used + space + wide <= width) {
      last.push(word);
      used += space + wide;
    } else {
      lines.push([word]);
      used = wide;
    }
  }
  return lines;
}

/** `words` broken where `lines` are, so that a clock does not jump from day to day. */
function sameLines(lines: readonly Line[], words: readonly Word[]): Line[] {
  let from = 0;
  return lines.map((line) => {
    from += line.length;
    return words.slice(from - line.length, from);
  });
}

function draw(job: Job, lines: readonly Line[], face: Face, place: Pick<Page, "step" | "window">): SetPage {
  const { shape } = job;
  const { sizePx } = face;
  // Digits are dots that are on or off: what stands beside them is drawn the same way.
  const canvas = new Canvas(shape.width, shape.height, shape.colour, false);
  const found = new Map<string, FieldCell[]>();
  const spare = shape.height - lines.length * sizePx;
  const leading = Math.min(Math.floor(sizePx * leadingPart), Math.floor(spare / (lines.length + 1)));
  const space: Element = { width: Math.ceil(sizePx / 2) };
  const rows = lines.map((line) => line.flatMap((word, index) => (index === 0 ? word : [space, ...word])));
  let y = Math.floor((spare - (lines.length - 1) * leading) / 2);
  for (const row of rows) {
    let x = Math.floor((shape.width - widthOfWord(row)) / 2);
    for (const { cell, slot, width } of row) {
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
  const fields = [...found].map(([glyphs, places]) => fieldOf(job, glyphs, places, face));
  const faces: FaceFacts[] = [];
  noteFace(faces, face);
  const said = ({ cell, slot }: Element) => cell?.text ?? (slot ? "□" : " ");
  const facts = {
    lines: rows.map((row) => row.map(said).join("")),
    characters: rows.flat().filter(({ cell, slot }) => cell ?? slot).length,
    faces,
    motion: "hold",
    travelPx: 0,
  } as const;
  return { page: { ...holdPage(canvas, place.step, standMs, place.window), fields }, facts };
}
