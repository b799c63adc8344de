/**
 * 图片、扫描件: each whole in the middle of the panel with its caption under it; a page of writing in parts, or rising,
 * where only so it can be read.
 */
import type { Bitmap } from "../../message/index.ts";
import type { ContentPicture, PictureDither } from "../../notices/types.ts";
import { Canvas } from "../canvas.ts";
import { centringGrid } from "../fit.ts";
import { outlineFromPx } from "../fonts/index.ts";
import { usualSize } from "../grid.ts";
import { centred, heightOf, type Row } from "../layout.ts";
import { balancedLines } from "../line-break.ts";
import { factsOf, readingMs, type SetPage } from "../page.ts";
import { type OpenPicture, openPicture } from "../pictures/open.ts";
import { legibleFrom, type Plan, planFor } from "../pictures/plan.ts";
import { type Raster, rowsOf } from "../pictures/raster.ts";
import { enlarge, reduce } from "../pictures/scale.ts";
import { bitmapOf, isLineArt, packed, stretched } from "../pictures/tone.ts";
import { countEn } from "../report-figures.ts";
import { slogan } from "./slogan.ts";
import { cells, doesNotFit, type Job, type Setting, type Template } from "./template.ts";

/** A picture stands at least, and a page of writing at most so long. */
const standMs = 8000;
const standMostMs = 120_000;
/** A page that rises rests first, and without writing takes so long to pass a panel's height. */
const restMs = 3000;
const passMs = 20_000;
/** Of the panel's height a caption takes at most this part, in at most so many lines. */
const captionPart = 0.3;
const captionLinesMost = 2;
/** Clear dots above a caption, as a part of its size. */
const captionGap = 0.4;
/** A picture whose sides are less than this part of the room's is said to be small. */
const smallPart = 0.5;

export const picture: Template = (job) => {
  const pictures = job.content.pictures ?? [];
  if (pictures.length === 0) return doesNotFit(job, { zh: "没有图片", en: "there is no picture" });
  const pages = pictures.flatMap((one, index) => {
    const kept = job.pictures.find(({ sha256 }) => sha256 === one.sha256);
    const opened = kept ? openPicture(kept) : null;
    if (opened) return setPicture(job, one, opened, index + 1);
    job.faults.push({ code: "notice/picture-missing", notice: job.notice, picture: one.sha256 });
    return [];
  });
  return inOrder(pages);
};

/** A default picture (待机画面) that has pictures shows them, and then its text. */
export function withPictures(text: Template): Template {
  return (job) => (job.content.pictures?.length ? inOrder([...picture(job).pages, ...text(job).pages]) : text(job));
}

function inOrder(pages: readonly SetPage[]): Setting {
  return { pages: pages.map((one, step) => ({ ...one, page: { ...one.page, step } })) };
}

function setPicture(job: Job, one: ContentPicture, opened: OpenPicture, number: number): SetPage[] {
  const { shape } = job;
  const { raster, text } = opened;
  const words = one.caption?.trim() ?? "";
  const caption = words === "" ? noCaption : captionOf(job, words);
  const room = { width: shape.width, height: shape.height - caption.heightPx, colour: shape.colour };
  const plan = planFor(raster, room, one.fit ?? null, text, opened.fewColours);
  warn(job, plan, opened, number, room);
  const fitted = enlarge(reduce(raster, plan.size.width, plan.size.height, text ? "ink" : "light"), plan.factor);
  const toned = one.contrast === "stretched" ? stretched(fitted) : fitted;
  const legible = text === null || (plan.textPx ?? 0) >= legibleFrom(shape.colour);
  // Writing too small for whole dots would vanish; as shades it is still seen that there is some.
  const dither = one.dither ?? (legible && isLineArt(toned) ? "threshold" : "diffusion");
  // A caption without room beside the picture has pages of its own.
  const after = caption.rows.length === 0 && words !== "" ? captionPages(job, words) : [];
  if (plan.kind === "scroll") {
    const bitmap = draw(job, toned, caption, toned.height + caption.heightPx + shape.height, dither);
    const msPerPx = Math.max(
      1,
      Math.round(text && legible ? readMs(text.characters) / toned.height : passMs / shape.height),
    );
    const strip = { motion: "scroll-up", msPerPx, holdMs: restMs, step: 0, window: null, fields: [] } as const;
    return [{ page: { bitmap, ...strip }, facts: factsOf(caption.rows, "scroll-up", bitmap.height) }, ...after];
  }
  const parts = plan.kind === "whole" ? [toned] : plan.tops.map((top) => rowsOf(toned, top, room.height));
  const facts = factsOf(caption.rows);
  const written = text && legible ? (text.characters * Math.min(toned.height, room.height)) / toned.height : 0;
  const holdMs = Math.min(standMostMs, Math.max(standMs, readMs(facts.characters + written)));
  const pages = parts.map((part): SetPage => {
    const bitmap = draw(job, part, caption, shape.height, dither);
    return { page: { bitmap, motion: "hold", msPerPx: 0, holdMs, step: 0, window: null, fields: [] }, facts };
  });
  return [...pages, ...after];
}

function readMs(characters: number): number {
  return readingMs(Math.ceil(characters));
}

/** The picture, its caption under it, both in the middle of a page that is as high as the panel, at the top of a higher one. */
function draw(job: Job, part: Raster, caption: Caption, height: number, dither: PictureDither): Bitmap {
  const { shape } = job;
  const canvas = new Canvas(shape.width, height, shape.colour);
  const top = height === shape.height ? Math.floor((height - part.height - caption.heightPx) / 2) : 0;
  canvas.picture(bitmapOf(part, shape.colour, dither), Math.floor((shape.width - part.width) / 2), top);
  let y = top + part.height + caption.abovePx;
  for (const row of caption.rows) {
    for (const piece of row.pieces) canvas.text(piece.cells, caption.left + piece.x, y, piece.ink);
    y += row.heightPx + caption.leadingPx;
  }
  return packed(canvas.bitmap());
}

/** Lines under a picture. `heightPx`: what they take of the panel, the clear dots above and below included; 0 for none. */
interface Caption {
  readonly rows: readonly Row[];
  readonly left: number;
  readonly abovePx: number;
  readonly leadingPx: number;
  readonly heightPx: number;
}

const noCaption: Caption = { rows: [], left: 0, abovePx: 0, leadingPx: 0, heightPx: 0 };

/** None where it would take too much of the panel from the picture. */
function captionOf(job: Job, text: string): Caption {
  const { shape } = job;
  const grid = centringGrid(shape, usualSize(shape));
  const { body: face, left, leading, width } = grid;
  const abovePx = Math.ceil(face.sizePx * captionGap);
  const most = Math.min(captionLinesMost, Math.floor((shape.height * captionPart) / (face.sizePx + abovePx)));
  if (most < 1 || width < face.sizePx) return noCaption;
  const lines = balancedLines(cells(job, text, face), width, most, true, face.sizePx);
  if (!lines) return noCaption;
  const rows = lines.map((line) => centred(line, "body", face, grid));
  // The letters of small faces have clear dots of their own.
  const belowPx = face.sizePx >= outlineFromPx ? abovePx : 0;
  return { rows, left, abovePx, leadingPx: leading, heightPx: abovePx + heightOf(rows, leading) + belowPx };
}

function captionPages(job: Job, caption: string): readonly SetPage[] {
  return slogan({ ...job, content: { ...job.content, body: caption } }).pages;
}

function warn(
  job: Job,
  plan: Plan,
  { raster }: OpenPicture,
  number: number,
  room: { readonly width: number; readonly height: number },
): void {
  const panel = `${job.shape.width}x${job.shape.height}`;
  const least = legibleFrom(job.shape.colour);
  if (plan.textPx !== null && plan.textPx < least)
    job.warnings.push({
      zh: `第 ${number} 张图在 ${panel} 的屏上看不清：字只有 ${plan.textPx} 点高，至少要 ${least} 点；请改用文字发布`,
      en: `picture ${number} is not legible on ${panel}: its text would be ${countEn(plan.textPx, "dot")} high, ${least} are the least; publish it as text`,
    });
  const { width, height } = raster;
  if (plan.factor === 1 && width < room.width * smallPart && height < room.height * smallPart)
    job.warnings.push({
      zh: `第 ${number} 张图只有 ${width}x${height} 点，在 ${panel} 的屏上只占一小块；请换一张大的`,
      en: `picture ${number} has only ${width}x${height} dots and fills little of ${panel}; use a larger one`,
    });
}
