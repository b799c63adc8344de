/**
 * 二维码: `{{qr:内容}}` and lines of caption. Dark modules on a lit ground with its quiet zone of four modules, as ISO/IEC
 * 18004 wants it; error correction as strong as costs no larger code. The caption stands beside or under it, else on
 * a page of its own.
 */
import QRCode from "qrcode";
import { Canvas } from "../canvas.ts";
import { usualSize } from "../grid.ts";
import { heightOf } from "../layout.ts";
import { drawRows, factsOf, holdPage, type PageFacts, type SetPage } from "../page.ts";
import { bestLevels, type Fitted, type Level, standingLevels } from "./levels.ts";
import { doesNotFit, type Job, type Template } from "./template.ts";

const token = /\{\{qr:([^}]+)\}\}/g;
/** Taking out a telephone takes its time. */
const standMs = 15_000;
const quietModules = 4;
/** From so many dots a module on most cameras read a code off an LED screen. */
const legiblePx = 2;
/** Of a large panel's shorter side. */
const codePart = 0.62;
const largeFromPx = 96;
const captionLines = 3;

interface Code {
  /** Modules along a side. */
  readonly modules: number;
  readonly isDark: (row: number, column: number) => boolean;
}

export const qrcode: Template = (job) => {
  const { body, title } = job.content;
  const [said, ...more] = Array.from(body.matchAll(token), ([, text = ""]) => text.trim());
  if (said === undefined || said === "")
    return doesNotFit(job, "二维码要写 {{qr:内容}},如网址 / a QR code needs {{qr:TEXT}}, for example an address");
  if (more.length > 0) return doesNotFit(job, "一条信息只放一个二维码 / one QR code a notice");
  const code = codeOf(said);
  if (code === null)
    return doesNotFit(job, "内容太长,编不成二维码:请用短网址 / too long for a QR code: use a shorter address");
  const lines = body
    .replace(token, "")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
  const caption = lines.length > 0 ? lines : [title.trim()].filter((line) => line !== "");
  return setCode(job, code, said, caption);
};

/** The strongest correction of the smallest version; null: no version holds the text. */
function codeOf(text: string): Code | null {
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
  readonly caption: { readonly fitted: Fitted; readonly x: number; readonly y: number; readonly height: number } | null;
}

function setCode(job: Job, code: Code, said: string, caption: readonly string[]): ReturnType<Template> {
  const { width, height } = job.shape;
  const side = code.modules + 2 * quietModules;
  const shorter = Math.min(width, height);
  const largest = Math.floor(shorter / side);
  if (largest < 1)
    return doesNotFit(
      job,
      `二维码连边要 ${side} 点见方,屏只有 ${width}x${height}:请缩短内容 / the code needs ${side} dots each way with its margin: shorten its text`,
    );
  const usual = shorter < largeFromPx ? largest : Math.max(1, Math.floor((shorter * codePart) / side));
  if (usual < legiblePx)
    job.warnings.push(
      `二维码每格只有 ${usual} 点,手机多半扫不出:请缩短内容或换大屏 / each module of the code is ${usual} dot: most telephones will not read it; shorten its text or use a larger panel`,
    );
  const place = placed(job, side, usual, caption);
  const pages = [codePage(job, code, said, place)];
  if (place.caption === null && caption.length > 0) {
    const fitted = bestLevels(job, waysOf(caption), { leastPx: 1 });
    if (fitted === null)
      return doesNotFit(job, "二维码的说明太长,一页放不下 / the code's caption does not fit on a page");
    pages.push(standingLevels(fitted, 0, 1));
  }
  return { pages };
}

/** The larger code; at the same size beside or under it, wherever the caption is larger. */
function placed(job: Job, side: number, usual: number, caption: readonly string[]): Place {
  const { width, height, colour } = job.shape;
  const least = Math.min(usual, legiblePx);
  for (let modulePx = usual; caption.length > 0 && modulePx >= least; modulePx--) {
    const code = side * modulePx;
    const gap = Math.max(2, Math.round(code * 0.04));
    const beside = captionFor({ width: width - code - gap, height, colour });
    const under = captionFor({ width, height: height - code - gap, colour });
    const margin = (room: number) => Math.max(0, Math.min(Math.floor(room / 2), gap));
    if (under && (!beside || under.sizePx >= beside.sizePx)) {
      const text = heightOf(under.rows, under.grid.leading);
      const y = Math.max(0, Math.floor((height - code - gap - text) / 2));
      return {
        modulePx,
        x: Math.floor((width - code) / 2),
        y,
        caption: { fitted: under, x: 0, y: y + code + gap, height: text },
      };
    }
    if (beside) {
      const x = margin(width - code - gap - widestOf(beside));
      return {
        modulePx,
        x,
        y: Math.floor((height - code) / 2),
        caption: { fitted: beside, x: x + code + gap, y: 0, height },
      };
    }
  }
  const code = side * usual;
  return { modulePx: usual, x: Math.floor((width - code) / 2), y: Math.floor((height - code) / 2), caption: null };

  function captionFor(shape: Job["shape"]): Fitted | null {
    if (shape.width < usualSize(job.shape) * 2 || shape.height < usualSize(job.shape)) return null;
    return bestLevels({ ...job, shape }, waysOf(caption), {
      leastPx: usualSize(job.shape),
      mostPx: Math.max(usualSize(job.shape), Math.floor(Math.min(width, height) / 10)),
    });
  }
}

/** Every line whole, else broken between words. */
function waysOf(lines: readonly string[]): readonly (readonly Level[])[] {
  return [1, captionLines].map((linesMost) => lines.map((text) => ({ text, part: 1, ink: "title", linesMost })));
}

function widestOf({ rows, grid }: Fitted): number {
  return Math.max(0, ...rows.flatMap(({ pieces }) => pieces.map(({ x }) => grid.width - 2 * x)));
}

function codePage(job: Job, { modules, isDark }: Code, said: string, place: Place): SetPage {
  const { shape } = job;
  const { modulePx, x, y, caption } = place;
  const canvas = new Canvas(shape.width, shape.height, shape.colour);
  const isLit = (row: number, column: number) =>
    row < 0 || column < 0 || row >= modules || column >= modules || !isDark(row, column);
  for (let row = -quietModules; row < modules + quietModules; row++) {
    for (let first = -quietModules; first < modules + quietModules; ) {
      let end = first;
      while (end < modules + quietModules && isLit(row, end)) end++;
      const left = x + (first + quietModules) * modulePx;
      if (end > first)
        canvas.box(left, y + (row + quietModules) * modulePx, (end - first) * modulePx, modulePx, "code");
      first = end + 1;
    }
  }
  const facts: PageFacts = factsOf(caption?.fitted.rows ?? []);
  if (caption) {
    const { rows, grid } = caption.fitted;
    const top = caption.y + Math.floor((caption.height - heightOf(rows, grid.leading)) / 2);
    drawRows(canvas, rows, { ...grid, left: grid.left + caption.x }, { top, extra: 0 });
  }
  return { page: holdPage(canvas, 0, standMs), facts: { ...facts, lines: [`[二维码] ${said}`, ...facts.lines] } };
}
