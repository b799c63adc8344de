/** The fit report in sentences, 中文 and English: short, with the figure that matters. */
import type { Sentence } from "../fault.ts";
import { type FitOptions, type FitReport, fitReport } from "./report.ts";
import { shorterThatFits } from "./report-trial.ts";
import type { TypesetRequest, TypesetResult } from "./typeset.ts";
import { adviceOf, type FitRemark, remarkOn } from "./report-remarks.ts";
import { countEn, durationEn, durationZh, figure, metres } from "./report-figures.ts";

export interface FitWords {
  /** In one line. */
  readonly summary: Sentence;
  /** Letters, distance, reading, motion, time. */
  readonly facts: readonly Sentence[];
  /** What a reader would stumble over, and what can be done. */
  readonly remarks: readonly FitRemark[];
}

type Set = Extract<TypesetResult, { readonly ok: true }>;

/** The report of what was set, a shorter text tried by `set`, and its sentences. */
export function saidOf(
  request: TypesetRequest,
  result: Set,
  options: FitOptions,
  set: (request: TypesetRequest) => TypesetResult,
): FitReport & { readonly words: FitWords } {
  const report = fitReport({ ...request, ...result }, options, shorterThatFits(request, result, options.hasMs, set));
  return { ...report, words: fitWords(report) };
}

/** Warnings whose remedy names the shorter text already. */
const saysShorter: ReadonlySet<string> = new Set(["short-slot", "scrolls", "last-page-empty"]);

export function fitWords(report: FitReport): FitWords {
  const remarks = report.warnings.map((warning) => remarkOn(warning, report));
  const said = report.shorter === null || report.warnings.some(({ code }) => saysShorter.has(code));
  const advice = report.shorter === null || said ? [] : [adviceOf(report.shorter)];
  return { summary: summaryOf(report), facts: factsOf(report), remarks: [...remarks, ...advice] };
}

function summaryOf({ pages, characters, needsMs, scroll }: FitReport): Sentence {
  const time = { zh: durationZh(needsMs), en: durationEn(needsMs) };
  if (scroll !== null && pages === 1)
    return {
      zh: `滚动显示，${characters} 字，播一遍 ${time.zh}。`,
      en: `Moving, ${countEn(characters, "character")}, ${time.en} once through.`,
    };
  if (characters === 0)
    return {
      zh: `${pages} 页，没有排字，播一遍 ${time.zh}。`,
      en: `${countEn(pages, "page")} without type, ${time.en} once through.`,
    };
  return {
    zh: `${pages} 页，${characters} 字，播一遍 ${time.zh}。`,
    en: `${countEn(pages, "page")}, ${countEn(characters, "character")}, ${time.en} once through.`,
  };
}

function factsOf(report: FitReport): Sentence[] {
  const { hasMs, needsMs, reading } = report;
  const rate = reading.charactersPerSecond;
  const said = [...lettersOf(report), ...distanceOf(report)];
  if (reading.ms > 0)
    said.push({
      zh: `读一遍约 ${durationZh(reading.ms)}（按每秒 ${figure(rate)} 字）。`,
      en: `Reading takes about ${durationEn(reading.ms)} (at ${countEn(rate, "character")} a second).`,
    });
  said.push(...motionOf(report));
  if (hasMs !== null && needsMs <= hasMs) {
    const times = Math.floor(hasMs / needsMs);
    said.push({
      zh: `每次播放 ${durationZh(hasMs)}，单独播可放 ${times} 遍。`,
      en: `A slot of ${durationEn(hasMs)} shows it ${times === 1 ? "once" : `${times} times`} if it has the slot to itself.`,
    });
  }
  return said;
}

function lettersOf({ faces, strokePx }: FitReport): Sentence[] {
  if (faces.length === 0) return [];
  const names = faces.map(({ name, sizePx }) => nameOf(name, sizePx));
  const zh = names.map((one) => one.zh).join("、");
  const en = names.map((one) => one.en).join(", ");
  return [
    {
      zh: `字号：${zh}；最细笔画 ${strokePx} 点。`,
      en: `Letters: ${en} dots; the thinnest stroke has ${countEn(strokePx, "dot")}.`,
    },
  ];
}

/** By the beginning of a face's name. */
const families: readonly (readonly [string, Sentence])[] = [
  ["noto-sans-sc-700", { zh: "思源黑体粗体", en: "Noto Sans SC bold" }],
  ["noto-sans-sc-400", { zh: "思源黑体", en: "Noto Sans SC" }],
  ["unifont", { zh: "点阵字", en: "Unifont" }],
  ["pixel", { zh: "小点阵字", en: "pixel face" }],
  ["latin", { zh: "小字母", en: "small letters" }],
];

function nameOf(name: string, sizePx: number): Sentence {
  const family = families.find(([beginning]) => name.startsWith(beginning))?.[1] ?? { zh: name, en: name };
  return { zh: `${family.zh} ${sizePx} 点`, en: `${family.en} ${sizePx}` };
}

function distanceOf({ distance }: FitReport): Sentence[] {
  if (distance === null) return [];
  const [pitch, near, far] = [distance.pitchMm, metres(distance.comfortableM), metres(distance.farthestM)];
  return [
    {
      zh: `点距 ${pitch} 毫米：${near} 米以内看得清，过了 ${far} 米认不出（字高占视角 20 分和 16 分，ISO 9241-3）。`,
      en: `Dots ${pitch} mm apart: read well up to ${near} m, not beyond ${far} m (letters of 20 and 16 minutes of arc, ISO 9241-3).`,
    },
  ];
}

const ways = {
  "scroll-left": { zh: "向左", en: "left" },
  "scroll-right": { zh: "向右", en: "right" },
  "scroll-up": { zh: "向上", en: "up" },
  "scroll-down": { zh: "向下", en: "down" },
} as const;

function motionOf({ scroll }: FitReport): Sentence[] {
  if (scroll === null) return [];
  const way = ways[scroll.motion];
  const { dotsPerSecond: dots, charactersPerSecond: characters } = scroll;
  return [
    {
      zh: `${way.zh}滚动一遍 ${durationZh(scroll.ms)}，每秒 ${figure(dots)} 点，约 ${figure(characters)} 字。`,
      en: `Moves ${way.en}, ${durationEn(scroll.ms)} once through, ${countEn(dots, "dot")} or about ${countEn(characters, "character")} a second.`,
    },
  ];
}
