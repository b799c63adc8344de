/** 待机画面: the board's name as large as it fits, its telephone line smaller under it. */
import { chineseFromPx, usualGrid } from "../grid.ts";
import { limits } from "../../limits.ts";
import { bitmapBytesMost, movingFace } from "../scroll.ts";
import { bestLevels, type Fitted, type Level, standingLevels } from "./levels.ts";
import { cells, doesNotFit, emsOf, type Job, movingPages, type Template, tooSmall } from "./template.ts";

/** Alone, and where its lines have a page each. */
const standMs = 10_000;
const pageMs = 6000;
const phone = /\d{3,4}[-\uff0d]?\d{7,8}|\d{5,}|电话|热线/;
const phonePart = 0.6;
const nameLines = 2;
const uprightLines = 3;

export const defaultPicture: Template = (job) => {
  const { shape } = job;
  const lines = job.content.body
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return { pages: [] };
  if (usualGrid(shape).rows < 1) return tooSmall(job);
  const upright = shape.height > shape.width ? [levelsOf(apart(lines), uprightLines)] : [];
  const ways = [levelsOf(lines, 1), levelsOf(lines, nameLines), levelsOf(apart(lines), nameLines), ...upright];
  const whole = fitted(job, ways);
  if (whole) return { pages: [standingLevels(whole, standMs)] };
  const pagesMost = Math.floor(limits.messageBytes / bitmapBytesMost(shape, shape.width, shape.height));
  if (lines.length > Math.min(pagesMost, limits.pagesPerMessage))
    return doesNotFit(job, {
      zh: `要 ${lines.length} 页\uff0c存不下`,
      en: `its ${lines.length} pages are more than a message holds`,
    });
  const pages = lines.map((line) =>
    fitted(job, [levelsOf([line], 1), levelsOf([line], nameLines), levelsOf(apart([line]), 1)]),
  );
  if (pages.every((page) => page !== null))
    return { pages: pages.map((page, step) => standingLevels(page, pageMs, step)) };
  const text = lines.join("  ");
  const face = movingFace(shape, emsOf(text));
  return movingPages(job, cells(job, text, face), face, "slogan");
};

/** Without margins, and in small letters, rather than in parts. */
function fitted(job: Job, ways: readonly (readonly Level[])[]): Fitted | null {
  return (
    bestLevels(job, ways) ??
    bestLevels(job, ways, { marginPx: 1 }) ??
    bestLevels(job, ways, { marginPx: 0, leastPx: Math.min(job.shape.height, chineseFromPx) })
  );
}

function levelsOf(lines: readonly string[], linesMost: number): Level[] {
  const names = lines.filter((line) => !phone.test(line));
  return lines.map((text): Level => {
    const small = names.length > 0 && phone.test(text);
    return { text, part: small ? phonePart : 1, ink: small ? "sign" : "slogan", linesMost: small ? 1 : linesMost };
  });
}

/** "监督电话 0715-0000000" in two lines. */
function apart(lines: readonly string[]): string[] {
  return lines.flatMap((line) => (phone.test(line) ? line.split(" ") : [line]));
}
