/**
 * 二维码: `{{qr:内容}}` and lines of caption. Dark modules on a lit ground with its quiet zone of four modules, as ISO/IEC
 * 18004 wants it, or of two or three where that lets a small panel have modules of two dots; error correction as
 * strong as costs no larger code. The caption stands beside or under it, else on a page of its own.
 */
import QRCode from "qrcode";
import type { Shape } from "../../message/index.ts";
import { Canvas } from "../canvas.ts";
import { usualSize } from "../grid.ts";
import { heightOf } from "../layout.ts";
import { drawRows, factsOf, holdPage, type PageFacts, type SetPage } from "../page.ts";
import { bestLevels, type Fitted, type Level, standingLevels } from "./levels.ts";
import { officeDate } from "./sign.ts";
import { doesNotFit, type Job, type Setting, type Template } from "./template.ts";
import { partsOf } from "./tokens.ts";

/** Taking out a telephone takes its time. */
const standMs = 15_000;
const quietUsual = 4;
const quietLeast = 2;
/** From so many dots a module on most cameras read a code off an LED screen. */
const legiblePx = 2;
/** Of a large panel's shorter side, with the caption under the code or beside it. */
const codePart = { under: 0.62, beside: 0.8 } as const;
const largeFromPx = 96;
/** Panels so many times as wide as high have the caption beside the code where it fits. */
const wideFrom = 1.4;
const captionLines = 3;

interface Code {
  /** Modules along a side. */
  readonly modules: number;
  readonly isDark: (row: number, column: number) => boolean;
}

export const qrcode: Template = (job) => {
  const { body, title } = job.content;
  const parts = partsOf(body);
  const [said, ...more] = parts.flatMap((part) => (typeof part === "string" ? [] : [part.format]));
  if (said === undefined || said === "")
    return doesNotFit(job, {
      zh: "二维码要写 {{qr:内容}},如网址",
      en: "a QR code needs {{qr:TEXT}}, for example an address",
    });
  if (more.length > 0) return doesNotFit(job, { zh: "一条信息只放一个二维码", en: "one QR code a notice" });
  const code = codeOf(said);
  if (code === null)
    return doesNotFit(job, {
      zh: "内容太长，编不成二维码：请用短网址",
      en: "too long for a QR code: use a shorter address",
    });
  const lines = parts
    .map((part) => (typeof part === "string" ? part : ""))
    .join("")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
  const caption = lines.length > 0 ? lines : [title.trim()].filter((line) => line !== "");
  warnOfUnlit(job, caption.join(""));
  return setCode(job, code, said, caption);
};

/** A code has a caption and no sign-off; what that leaves out the signer is told. */
function warnOfUnlit(job: Job, caption: string): void {
  const { title, signature } = job.content;
  const unlit = [
    { zh: "标题", en: "title", text: title.trim() },
    { zh: "落款单位", en: "organisation", text: signature.org.trim() },
    { zh: "日期", en: "date", text: signature.date === null ? "" : officeDate(signature.date) },
  ].filter(({ text }) => text !== "" && !caption.includes(text));
  if (unlit.length === 0) return;
  job.warnings.push({
    zh: `画面上只有二维码和说明\uff0c没有${unlit.map(({ zh, text }) => `${zh}\u201c${text}\u201d`).join("\u3001")}\uff1b要显示的请写进说明`,
    en: `only the code and its caption are shown, not the ${unlit.map(({ en, text }) => `${en} "${text}"`).join(", ")}; write into the caption what should be`,
  });
}

/** The strongest correction of the smallest version; null: no version holds the text. */
export function codeOf(text: string): Code | null {
  try {
    const { version } = QRCode.create(text, { errorCorrectionLevel: "L" });
    for (const errorCorrectionLevel of ["H", "Q", "M"] as const) {
      try {
        return modulesOf(QRCode.create(text, { errorCorrectionLevel, version }));
      } catch {
        // Does not fit this version; the next is weaker.
      }
    }
    return modulesOf(QRCode.create(text, { errorCorrectionLevel: "L", version }));
  } catch {
    return null;
  }
}

function modulesOf({ modules }: QRCode.QRCode): Code {
  return { modules: modules.size, isDark: (row, column) => Boolean(modules.get(row, column)) };
}

/** Where code and caption go. Dots. */
interface Place {
  readonly modulePx: number;
  readonly x: number;
  readonly y: number;
  /** `flush`: its lines begin at `x`, else they are centred. */
  readonly caption: {
    readonly fitted: Fitted;
    readonly x: number;
    readonly y: number;
    readonly height: number;
    readonly flush: boolean;
  } | null;
}

function setCode(job: Job, { modules, isDark }: Code, said: string, caption: readonly string[]): Setting {
  const { width, height } = job.shape;
  const shorter = Math.min(width, height);
  const quiet = quietOn(shorter, modules);
  const side = modules + 2 * quiet;
  const largest = Math.floor(shorter / side);
  if (largest < 1)
    return doesNotFit(job, {
      zh: `二维码连边要 ${side} 点见方，屏只有 ${width}x${height}：请缩短内容`,
      en: `the code needs ${side} dots each way with its margin: shorten its text`,
    });
  const place = placed(job, side, largest, caption);
  if (place.modulePx < legiblePx)
    job.warnings.push({
      zh: `二维码每格只有 ${place.modulePx} 点，手机多半扫不出：请缩短内容或换大屏`,
      en: `each module of the code is ${place.modulePx} dot: most telephones will not read it; shorten its text or use a larger panel`,
    });
  const isLit = (row: number, column: number) =>
    row < quiet || column < quiet || row >= quiet + modules || column >= quiet + modules
      ? true
      : !isDark(row - quiet, column - quiet);
  const pages = [codePage(job, { side, isLit }, said, place)];
  if (place.caption === null && caption.length > 0) {
    const fitted = bestLevels(job, waysOf(caption), { leastPx: 1 });
    if (fitted === null)
      return doesNotFit(job, { zh: "二维码的说明太长，一页放不下", en: "the code's caption does not fit on a page" });
    pages.push(standingLevels(fitted, 0, 1));
  }
  return { pages };
}

/** As the standard has it, unless a narrower one makes single dots into modules that a camera reads. */
function quietOn(shorter: number, modules: number): number {
  for (let quiet = quietUsual; quiet >= quietLeast; quiet--)
    if (shorter >= legiblePx * (modules + 2 * quiet)) return quiet;
  return quietUsual;
}

/** The code as large as the panel likes, its caption where it fits: beside or under it. */
function placed(job: Job, side: number, largest: number, caption: readonly string[]): Place {
  const { width, height, colour } = job.shape;
  const usual = (part: number) =>
    Math.min(width, height) < largeFromPx ? largest : Math.max(1, Math.floor((Math.min(width, height) * part) / side));
  const ways = width >= height * wideFrom ? (["beside", "under"] as const) : (["under", "beside"] as const);
  for (let smaller = 0; smaller < largest && caption.length > 0; smaller++) {
    for (const way of ways) {
      const modulePx = usual(codePart[way]) - smaller;
      if (modulePx < Math.min(largest, legiblePx)) continue;
      const code = side * modulePx;
      const gap = Math.max(2, Math.round(code * 0.05));
      const room = way === "beside" ? { width: width - code - gap, height } : { width, height: height - code - gap };
      const fitted = captionIn({ ...room, colour });
      if (fitted === null) continue;
      if (way === "beside") {
        const x = Math.floor(Math.max(0, room.width - widestOf(fitted)) / 3);
        const y = Math.floor((height - code) / 2);
        return { modulePx, x, y, caption: { fitted, x: x + code + gap, y: 0, height, flush: true } };
      }
      const text = heightOf(fitted.rows, fitted.grid.leading);
      const y = Math.max(0, Math.floor((room.height - text) / 2));
      const x = Math.floor((width - code) / 2);
      return { modulePx, x, y, caption: { fitted, x: 0, y: y + code + gap, height: text, flush: false } };
    }
  }
  const modulePx = usual(codePart.beside);
  const code = side * modulePx;
  return { modulePx, x: Math.floor((width - code) / 2), y: Math.floor((height - code) / 2), caption: null };

  function captionIn(shape: Shape): Fitted | null {
    const least = usualSize(job.shape);
    if (shape.width < least * 2 || shape.height < least) return null;
    const mostPx = Math.max(least, Math.floor(Math.min(width, height) / 10));
    return bestLevels({ ...job, shape }, waysOf(caption), { leastPx: least, mostPx });
  }
}

/** Every line whole, else broken between words. */
function waysOf(lines: readonly string[]): readonly (readonly Level[])[] {
  return [1, captionLines].map((linesMost) => lines.map((text) => ({ text, part: 1, ink: "title", linesMost })));
}

function widestOf({ rows, grid }: Fitted): number {
  return Math.max(0, ...rows.flatMap(({ pieces }) => pieces.map(({ x }) => grid.width - 2 * x)));
}

/** The drawn code, its quiet zone included. */
interface Drawn {
  readonly side: number;
  readonly isLit: (row: number, column: number) => boolean;
}

function codePage({ shape }: Job, { side, isLit }: Drawn, said: string, { modulePx, x, y, caption }: Place): SetPage {
  const canvas = new Canvas(shape.width, shape.height, shape.colour);
  for (let row = 0; row < side; row++) {
    for (let first = 0; first < side; ) {
      let end = first;
      while (end < side && isLit(row, end)) end++;
      if (end > first) canvas.box(x + first * modulePx, y + row * modulePx, (end - first) * modulePx, modulePx, "code");
      first = end + 1;
    }
  }
  const facts: PageFacts = factsOf(caption?.fitted.rows ?? []);
  if (caption) {
    const { fitted, height, flush } = caption;
    const { rows, grid } = fitted;
    const top = caption.y + Math.floor((height - heightOf(rows, grid.leading)) / 2);
    const set = flush ? rows.map((row) => ({ ...row, pieces: row.pieces.map((piece) => ({ ...piece, x: 0 })) })) : rows;
    drawRows(canvas, set, { ...grid, left: flush ? caption.x : grid.left + caption.x }, { top, extra: 0 });
  }
  return { page: holdPage(canvas, 0, standMs), facts: { ...facts, lines: [`[二维码] ${said}`, ...facts.lines] } };
}
