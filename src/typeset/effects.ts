/**
 * What is done to pages after their template: an office's reading rate, and the entries, exits and motion that a notice
 * asks for. Done where it can be done without a reader losing anything; where not, the pages stay as they are and a
 * warning says so.
 */
import {
  type Bitmap,
  bitsPerDot,
  copyBits,
  emptyBitmap,
  type Direction,
  type MotionName,
  rowStride,
  type Transition,
  type TransitionName,
  transitions,
} from "../message/index.ts";
import type { ContentPassage } from "../notices/types.ts";
import { readingMs, type SetPage } from "./page.ts";
import { restMs, sidewaysGapPx, sidewaysMsPerPx, upwardsMsPerPx } from "./scroll.ts";
import type { Job } from "./templates/template.ts";

/** From edge to edge of any panel, as near as whole milliseconds a dot come: a passage is seen, and not waited for. */
const passageMs = 800;
const usualDirection: Readonly<Record<TransitionName, Direction>> = {
  wipe: "right",
  push: "left",
  reveal: "horizontal",
};
/** Lit, and black as long: one flash a second, a third of what is allowed. */
const blinkHalfMs = 500;
/** Short texts, told at a glance. Rows of a notice that pass sideways cannot be read one after another. */
const movingKinds: ReadonlySet<string> = new Set(["slogan", "welcome", "default"]);

type Moving = Exclude<MotionName, "hold">;
const names: Readonly<Record<Moving, string>> = {
  "scroll-left": "向左滚动",
  "scroll-right": "向右滚动",
  "scroll-up": "向上滚动",
  "scroll-down": "向下滚动",
  blink: "闪烁",
};

/**
 * Pages that are timed by reading, for an office whose people read so many characters a second off a board; where these
 * read slower than templates reckon, other standing pages last so long as well. Faster ones hurry nothing below its least.
 * RangeError: the rate is not above 0.
 */
export function atReadingRate(pages: readonly SetPage[], charactersPerSecond: number): readonly SetPage[] {
  if (!(charactersPerSecond > 0)) throw new RangeError(`${charactersPerSecond} characters a second`);
  const wantedMs = ({ page, facts, leastMs = page.holdMs }: SetPage) =>
    Math.max(leastMs, Math.ceil((facts.characters * 1000) / charactersPerSecond));
  const moving = new Set(pages.filter(({ page }) => page.motion !== "hold").map(({ page }) => page.step));
  // Alternatives of one step last as long as the longest.
  const ofStep = new Map<number, number>();
  for (const one of pages) ofStep.set(one.page.step, Math.max(ofStep.get(one.page.step) ?? 0, wantedMs(one)));
  return pages.map((one) => {
    const { page } = one;
    return moving.has(page.step) ? one : { ...one, page: { ...page, holdMs: ofStep.get(page.step) ?? page.holdMs } };
  });
}

/** The pages with what `job.content.motion` asks for; what cannot be is told in `job.warnings`. */
export function withMotion(pages: readonly SetPage[], job: Job): readonly SetPage[] {
  const { motion } = job.content;
  if (motion === undefined || pages.length === 0) return pages;
  if (motion.moving !== undefined) return moved(pages, motion.moving, job);
  return passing(pages, motion.entry, motion.exit, job);
}

/** Alternatives of one step come and go alike, or they would not last equally long: all of them, or none. */
function passing(
  pages: readonly SetPage[],
  entry: ContentPassage | undefined,
  exit: ContentPassage | undefined,
  { shape, warnings }: Job,
): readonly SetPage[] {
  const moving = new Set(pages.filter(({ page }) => page.motion !== "hold").map(({ page }) => page.step));
  if (moving.size > 0)
    warnings.push({
      zh: `有 ${moving.size} 页在移动，没有进入、退出`,
      en: `${moving.size === 1 ? "a page moves and has" : `${moving.size} pages move and have`} no entry or exit`,
    });
  const speed = (passage: ContentPassage | undefined): Transition | null => {
    if (passage === undefined) return null;
    const { name, direction = usualDirection[name] } = passage;
    const travelPx = transitions[name].travelPx(direction, shape.width, shape.height);
    return { name, direction, msPerPx: Math.max(1, Math.round(passageMs / travelPx)) };
  };
  const passages = { entry: speed(entry), exit: speed(exit) };
  return pages.map((one) => (moving.has(one.page.step) ? one : { ...one, page: { ...one.page, ...passages } }));
}

function moved(pages: readonly SetPage[], moving: Moving, job: Job): readonly SetPage[] {
  const [only] = pages;
  const why = only === undefined ? null : whyNot(pages, moving, job);
  if (only === undefined || why === "as asked") return pages;
  if (why !== null) {
    const [zh, en] = why;
    job.warnings.push({ zh: `${zh}，没有${names[moving]}`, en: `${en}: no ${moving}` });
    return pages;
  }
  return [moving === "blink" ? blinking(only, job) : scrolling(only, moving, job)];
}

/** Null: it can be done. "as asked": it was too long to stand, and moves this way already. */
function whyNot(
  pages: readonly SetPage[],
  moving: Moving,
  { content }: Job,
): readonly [string, string] | "as asked" | null {
  if (pages.every(({ page }) => page.motion === moving)) return "as asked";
  const other = pages.find(({ page }) => page.motion !== "hold")?.page.motion;
  if (other !== undefined && other !== "hold")
    return [`放不下，已经${names[other]}`, `too long to stand, it moves already (${other})`];
  if (pages.length > 1)
    return [`画面有 ${pages.length} 页，要逐页停下`, `it has ${pages.length} pages that stand in turn`];
  if (pages.some(({ page }) => page.fields.length > 0))
    return ["画面上有时钟，只能停着", "a page with a clock on it can only stand"];
  if (moving !== "blink" && !movingKinds.has(content.displayKind))
    return ["只有标语、欢迎词和待机画面可以滚动", "only slogans, welcomes and default pictures move"];
  return null;
}

/** As long as it stood, in whole blinks. */
function blinking({ page, facts }: SetPage, { content, warnings }: Job): SetPage {
  if (content.displayKind !== "emergency")
    warnings.push({ zh: "闪烁是留给预警的，这不是预警", en: "blinking is kept for warnings, and this is none" });
  const whole = blinkHalfMs * 2;
  const holdMs = Math.ceil(page.holdMs / whole) * whole;
  return { page: { ...page, motion: "blink", msPerPx: blinkHalfMs, holdMs }, facts: { ...facts, motion: "blink" } };
}

/** The page and after it black: it rests whole, passes out over one edge, and comes in again over the other. */
function scrolling({ page, facts }: SetPage, motion: Exclude<Moving, "blink">, { shape }: Job): SetPage {
  const sideways = motion === "scroll-left" || motion === "scroll-right";
  const sizePx = Math.max(1, ...facts.faces.map((face) => face.sizePx));
  const bitmap = sideways
    ? onStrip(page.bitmap, shape.width + sidewaysGapPx(shape, sizePx), shape.height)
    : onStrip(page.bitmap, shape.width, shape.height * 2);
  const msPerPx = sideways ? sidewaysMsPerPx(sizePx) : upwardsMsPerPx(readingMs(facts.characters), shape.height);
  return {
    page: { ...page, bitmap, motion, msPerPx, holdMs: restMs },
    facts: { ...facts, motion, travelPx: sideways ? bitmap.width : bitmap.height },
  };
}

/** At the left top of a larger bitmap of the same format, whose other dots are 0: black in every format that a canvas makes. */
function onStrip(bitmap: Bitmap, width: number, height: number): Bitmap {
  const strip = emptyBitmap(width, height, bitmap.format, bitmap.palette);
  const [stride, wider] = [rowStride(bitmap.width, bitmap.format), rowStride(width, bitmap.format)];
  const bits = bitmap.width * bitsPerDot[bitmap.format];
  const planes = bitmap.format === "dual2" ? 2 : 1;
  for (let plane = 0; plane < planes; plane++)
    for (let row = 0; row < bitmap.height; row++) {
      const from = (plane * bitmap.height + row) * stride;
      copyBits(bitmap.pixels, from * 8, strip.pixels, (plane * height + row) * wider * 8, bits);
    }
  return strip;
}
