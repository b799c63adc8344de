/** A warning in sentences: what is so, and what to do about it. */
import type { Sentence } from "../fault.ts";
import { glyphSentence } from "./card-glyphs.ts";
import type { FitReport } from "./report.ts";
import { countEn, durationEn, durationZh, figure } from "./report-figures.ts";
import type { Shorter } from "./report-trial.ts";
import type { FitWarning } from "./report-warnings.ts";

export interface FitRemark {
  readonly code: FitWarning["code"] | "shorter";
  readonly what: Sentence;
  /** Null: nothing needs to be done, or the sentence says it. */
  readonly todo: Sentence | null;
}

type Of<Code extends FitWarning["code"]> = Extract<FitWarning, { readonly code: Code }>;

export function remarkOn(warning: FitWarning, report: FitReport): FitRemark {
  const { code } = warning;
  switch (code) {
    case "nothing-lit":
      return {
        code,
        what: { zh: "画面全黑，什么也没有。", en: "Nothing is lit at all." },
        todo: { zh: "请检查正文是不是只有空格。", en: "Check whether the text is nothing but spaces." },
      };
    case "short-slot":
      return shortSlot(warning, report);
    case "read-too-fast":
      return readTooFast(warning, report);
    case "long":
      return {
        code,
        what: {
          zh: `共 ${warning.pages} 页，播一遍 ${durationZh(warning.ms)}：路过的人等不到看完。`,
          en: `${countEn(warning.pages, "page")}, ${durationEn(warning.ms)} once through: nobody passing by waits for the end.`,
        },
        todo: {
          zh: "请写成摘要上屏，全文张贴或上网站；也可换大一些的屏。",
          en: "Show a summary here and post the whole text on paper or the website, or choose a larger panel.",
        },
      };
    case "scrolls":
      return {
        code,
        what: { zh: "静止放不下，要滚动才能看完。", en: "It does not fit standing still, so it moves." },
        todo: report.shorter?.goal === "stands" ? adviceOf(report.shorter).what : null,
      };
    case "scroll-fast":
      return scrollFast(report);
    case "last-page-empty":
      return {
        code,
        what: {
          zh: `最后一页只有 ${warning.characters} 字，显得空。`,
          en: `The last page has only ${countEn(warning.characters, "character")} on it.`,
        },
        todo: report.shorter?.goal === "fewer-pages" ? adviceOf(report.shorter).what : null,
      };
    case "title-long":
      return {
        code,
        what: { zh: `标题占了 ${warning.lines} 行。`, en: `The title takes ${warning.lines} lines.` },
        todo: { zh: "标题以两行为宜，请精简。", en: "Two lines are enough for a title; make it shorter." },
      };
    case "small-text":
      return {
        code,
        what: {
          zh: `用了 ${warning.sizePx} 点的小字才放得下；这块屏一般用 ${report.usualPx} 点。`,
          en: `Letters of ${warning.sizePx} dots were used to make it fit; ${report.usualPx} are usual on this panel.`,
        },
        todo: { zh: "文字少一些，字就能大一些。", en: "With less text the letters would be larger." },
      };
    case "word-broken":
      return wordBroken(warning);
    case "table-parted":
      return {
        code,
        what: {
          zh: "屏不够宽，表格拆成了几组列，每组重复第一列。",
          en: "The panel is too narrow: the table is parted into groups of columns, each with the first one again.",
        },
        todo: {
          zh: "减少列数，或换宽一些的屏，就能并排显示。",
          en: "With fewer columns, or on a wider panel, it would stay whole.",
        },
      };
    case "table-listed":
      return {
        code,
        what: {
          zh: "屏不够宽，表格改成了逐条列出。",
          en: "The panel is too narrow: each row of the table is set as a list.",
        },
        todo: {
          zh: "减少列数，或换宽一些的屏，就能排成表格。",
          en: "With fewer columns, or on a wider panel, it would be a table.",
        },
      };
    case "blinks":
      return {
        code,
        what: {
          zh: `每秒闪 ${figure(warning.perSecond)} 次，上限是 3 次。`,
          en: `It blinks ${figure(warning.perSecond)} times a second; three are the most allowed.`,
        },
        todo: { zh: "除了预警，请不要用闪烁。", en: "Let nothing but a warning blink." },
      };
    case "fallback-glyphs":
      return fallbackGlyphs(warning);
    case "setting":
      return { code, what: warning.what, todo: null };
    case "card-lacks":
    case "mistyped-zero":
    case "more-glyphs":
      return { code, ...glyphSentence(warning) };
  }
}

function shortSlot({ code, wholePages, slots }: Of<"short-slot">, report: FitReport): FitRemark {
  const { needsMs, pages, shorter } = report;
  const hasMs = report.hasMs ?? 0;
  let shown: Sentence = {
    zh: `每次轮到只播得完前 ${wholePages} 页，共 ${pages} 页`,
    en: `a slot ends after page ${wholePages} of ${pages}`,
  };
  if (wholePages === 1)
    shown = { zh: `每次轮到只播得完 1 页，共 ${pages} 页`, en: `a slot shows one page of ${pages}` };
  if (wholePages === 0) shown = { zh: "每次轮到连 1 页也播不完", en: "a slot does not even show one page" };
  if (pages === 1 && report.scroll === null)
    shown = { zh: "每次轮到只亮这么久，读不完", en: "it is lit too short to be read" };
  else if (pages === 1) shown = { zh: "每次轮到都播不完", en: "a slot does not show it all" };
  const minutes = Math.ceil(needsMs / 60_000);
  const less =
    shorter?.goal === "slot"
      ? { zh: `删去${amountZh(shorter)}就能一次放完`, en: `${amountEn(shorter)} fewer would fit one slot` }
      : { zh: "请缩短文字", en: "Shorten the text" };
  return {
    code,
    what: {
      zh: `需 ${durationZh(needsMs)}，只有 ${durationZh(hasMs)}：${shown.zh}，下次从断处接着播，${slots} 次才放完一遍。`,
      en: `Needs ${durationEn(needsMs)}, has ${durationEn(hasMs)}: ${shown.en}, the next goes on where it stopped, and ${slots} slots show it once.`,
    },
    todo: {
      zh: `${less.zh}，或把每次播放加长到 ${minutes} 分钟。`,
      en: `${less.en}, or make the slot ${minutes} min long.`,
    },
  };
}

function readTooFast({ code, page, count, ms, readingMs }: Of<"read-too-fast">, { reading }: FitReport): FitRemark {
  const rate = reading.charactersPerSecond;
  const more = count > 1 ? { zh: `；共有 ${count} 页偏快`, en: `; ${count} pages are too fast` } : { zh: "", en: "" };
  return {
    code,
    what: {
      zh: `第 ${page} 页停 ${durationZh(ms)}，按每秒 ${figure(rate)} 字要 ${durationZh(readingMs)}${more.zh}。`,
      en: `Page ${page} stands ${durationEn(ms)} and takes ${durationEn(readingMs)} to read at ${countEn(rate, "character")} a second${more.en}.`,
    },
    todo: { zh: "请精简这一页的文字。", en: "Make the text of this page shorter." },
  };
}

function scrollFast({ scroll, reading }: FitReport): FitRemark {
  const [moves, rate] = [scroll?.charactersPerSecond ?? 0, reading.charactersPerSecond];
  return {
    code: "scroll-fast",
    what: {
      zh: `滚动每秒约 ${figure(moves)} 字，快过每秒 ${figure(rate)} 字的阅读速度。`,
      en: `It moves ${countEn(moves, "character")} a second; people read ${figure(rate)}.`,
    },
    todo: { zh: "请缩短文字，或换大一些的屏。", en: "Shorten the text, or choose a larger panel." },
  };
}

/** Longer words are quoted by their beginning. Characters. */
const quotedMost = 24;

function wordBroken({ code, page, word: whole, count }: Of<"word-broken">): FitRemark {
  const word = whole.length > quotedMost ? `${whole.slice(0, quotedMost)}\u2026` : whole;
  const more = count > 1 ? { zh: `，共有 ${count} 处`, en: `, ${count} such places in all` } : { zh: "", en: "" };
  return {
    code,
    what: {
      zh: `第 ${page} 页一行放不下“${word}”，断成了两行${more.zh}。`,
      en: `On page ${page} a line does not hold "${word}": it is broken over two${more.en}.`,
    },
    todo: { zh: "请换个写法，或换宽一些的屏。", en: "Write it otherwise, or choose a wider panel." },
  };
}

function fallbackGlyphs({ code, characters }: Of<"fallback-glyphs">): FitRemark {
  const some = characters.slice(0, 10).join("");
  return {
    code,
    what: {
      zh: `“${some}”等 ${characters.length} 个字不在所选字体里，用点阵字代替，样子会不同。`,
      en: `${countEn(characters.length, "character")} (${some}) ${characters.length === 1 ? "is not in the typeface chosen and is" : "are not in the typeface chosen and are"} set in another, which looks different.`,
    },
    todo: { zh: "请在预览里看一看是否合适。", en: "See in the preview whether that will do." },
  };
}

/** What a shorter text would do better. */
export function adviceOf(shorter: Shorter): FitRemark {
  const { goal, pages } = shorter;
  let gain: Sentence = { zh: `少一页，共 ${pages} 页`, en: `save a page, leaving ${pages}` };
  if (goal === "stands") gain = { zh: "静止显示", en: "let it stand still" };
  else if (goal === "slot") gain = { zh: "一次放完", en: "fit one slot" };
  else if (pages === 1) gain = { zh: "放在一页", en: "fit one page" };
  return {
    code: "shorter",
    what: {
      zh: `删去${amountZh(shorter)}就能${gain.zh}。`,
      en: `${amountEn(shorter)} fewer would ${gain.en}.`,
    },
    todo: null,
  };
}

function amountZh({ unit, count }: Shorter): string {
  return unit === "rows" ? ` ${count} 行` : `约 ${count} 字`;
}

function amountEn({ unit, count }: Shorter): string {
  return unit === "rows" ? countEn(count, "row") : `About ${countEn(count, "character")}`;
}
