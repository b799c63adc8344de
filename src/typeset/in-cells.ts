/**
 * Notices for a card that is sent characters: what it can show, as it would show it. One size, every character in a cell of
 * the card's grid, lines one under another, pages that stand; no mark is narrowed and no space is added. What such a card
 * cannot show is a fault.
 */
import type { Sentence } from "../fault.ts";
import type { DisplayKind } from "../notices/types.ts";
import { breaksOf, prices } from "./break-rules.ts";
import type { CardProfile } from "./fonts/charsets.ts";
import { cardFace } from "./fonts/card-cells.ts";
import type { Grid } from "./grid.ts";
import type { Ink } from "./ink.ts";
import { type Block, centred, flow, left, right, rowOf } from "./layout.ts";
import { type SetPage, standing } from "./page.ts";
import { bestStarts, type Measure } from "./paragraph.ts";
import { keepWords, lastOf, type Measured } from "./spacing.ts";
import { saidAside } from "./templates/publicity.ts";
import { signLines } from "./templates/sign.ts";
import { headOfSignal } from "./templates/warning.ts";
import { cells as cellsOf, doesNotFit, type Job, pagesProblem, type Setting, tooSmall } from "./templates/template.ts";
import { type Cell, isSpace, widthOf } from "./text.ts";

/** A card's cells: squares of `sizePx` dots, for ASCII their halves. */
export interface CardCells {
  readonly glyphs: CardProfile;
  readonly sizePx: 16;
}

/** In cells of text nothing of these is left. */
const refused: Readonly<Partial<Record<DisplayKind, Sentence>>> = {
  table: { zh: "表格", en: "tables" },
  duty: { zh: "值班表", en: "rosters" },
  clock: { zh: "时钟", en: "clocks" },
  countdown: { zh: "倒计时", en: "countdowns" },
  picture: { zh: "图片", en: "pictures" },
  qrcode: { zh: "二维码", en: "QR codes" },
};

/** As the templates of these have it. */
const leastMs = { slogan: 6000, welcome: 6000, default: 10_000 } as const;

interface Line {
  readonly text: string;
  readonly ink: Ink;
  readonly place: "indented" | "left" | "centred" | "right";
  /** On one page with as many of the lines before, where a page can hold them. */
  readonly company?: number;
}

export function setInCells(job: Job, { glyphs, sizePx }: CardCells): Setting {
  const { shape, content } = job;
  const what = refusal(job);
  if (what !== null)
    return doesNotFit(job, {
      zh: `这块屏是字库卡\uff0c只能显示文字\uff0c显示不了${what.zh}`,
      en: `its card has a font of its own and shows text alone, not ${what.en}`,
    });
  if (content.motion !== undefined) job.warnings.push(still);
  const face = cardFace(glyphs);
  const half = sizePx / 2;
  const width = Math.floor(shape.width / half) * half;
  const rows = Math.floor(shape.height / sizePx);
  if (width < sizePx || rows < 1) return tooSmall(job);
  const grid: Grid = {
    ...{ shape, body: face, title: face, left: 0, top: 0, width, height: rows * sizePx },
    ...{ leading: 0, titleGap: 0, rows },
  };
  const isShown = content.displayKind in leastMs;
  const blocks = linesOf(job, isShown).flatMap((line) => blocksOf(job, line, grid));
  const pages = flow(blocks, grid);
  const problem = pagesProblem(shape, pages.length);
  if (problem !== null) return doesNotFit(job, problem);
  const least = isShown ? leastMs[content.displayKind as keyof typeof leastMs] : 0;
  return {
    pages: pages.map((lines, step): SetPage => {
      // In the middle as far as whole lines go.
      const spare = isShown ? Math.floor((rows - lines.length) / 2) : 0;
      return standing(lines, { ...grid, top: spare * sizePx }, { step, leastMs: least, soft: false });
    }),
  };
}

const still: Sentence = {
  zh: "字库卡逐页停留\uff0c没有滚动、进入和退出",
  en: "pages of a font card stand: no motion, entry or exit",
};

/** What it has that is no text; null: nothing. */
function refusal({ content }: Job): Sentence | null {
  const { displayKind, body } = content;
  if (displayKind === "publicity" && body.includes("|")) return refused.table ?? null;
  if ((content.pictures ?? []).length > 0) return refused.picture ?? null;
  return refused[displayKind] ?? null;
}

/** `isShown`: a few words in the middle, and no document. */
function linesOf(job: Job, isShown: boolean): Line[] {
  const { content } = job;
  const paragraphs = content.body
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
  const centredBy = (ink: Ink) => (text: string) => ({ text, ink, place: "centred" }) as const;
  if (isShown) return paragraphs.map(centredBy("slogan"));
  const warns = content.displayKind === "emergency";
  const head = warns ? headOfSignal(job) : [content.title.trim()].filter((title) => title !== "");
  return [
    ...head.map(centredBy(warns ? "warning" : "title")),
    ...paragraphs.map((text, index): Line => {
      const isSalutation = index === 0 && paragraphs.length > 1 && text.length <= 20 && /[\uff1a:]$/.test(text);
      return { text, ink: "body", place: isSalutation ? "left" : "indented" };
    }),
    ...(content.displayKind === "publicity" ? saidAside(job) : []).map(
      (text) => ({ text, ink: "header", place: "left" }) as const,
    ),
    ...signLines(job).map((text, index): Line => ({ text, ink: "sign", place: "right", company: index === 0 ? 1 : 2 })),
  ];
}

/** A line of fewer ideographs has none to give to an indent. */
const indentFrom = 5;

function blocksOf(job: Job, { text, ink, place, company = 0 }: Line, grid: Grid): readonly Block[] {
  const { body: face, width } = grid;
  const em = face.sizePx;
  const indent = place === "indented" && grid.rows > 1 && width >= indentFrom * em ? 2 * em : 0;
  const lines = broken(cellsOf(job, text, face), {
    width,
    firstWidth: width - indent,
    em,
    keepWords: place === "centred",
  });
  if (place === "left" || place === "indented")
    return lines.map((line, index) => ({ rows: [left(line, ink, face, index === 0 ? indent : 0)] }));
  if (lines.length === 0) return [];
  if (place === "right") return [{ rows: lines.map((line) => right(line, ink, face, grid)), company }];
  // On halves of cells.
  const half = em / 2;
  const rows = lines.map((line) => {
    const { pieces } = centred(line, ink, face, grid);
    return rowOf(
      face,
      pieces.map((piece) => ({ ...piece, x: Math.floor(piece.x / half) * half })),
    );
  });
  return [{ rows }];
}

/** Lines in cells that are all as wide as the card draws them; spaces at their ends are left out. */
function broken(cells: readonly Cell[], wanted: Measure): readonly (readonly Cell[])[] {
  const measured = inCells(cells, wanted);
  const starts = bestStarts(measured, wanted);
  return starts.flatMap((start, index) => {
    const last = lastOf(measured, start, starts[index + 1] ?? cells.length);
    const line = cells.slice(start, last + 1);
    return line.every(isSpace) || widthOf(line) === 0 ? [] : [line];
  });
}

/** As `measure` of `spacing.ts`, with nothing to take or to give anywhere. */
function inCells(cells: readonly Cell[], wanted: Measure): Measured {
  const { price } = breaksOf(cells);
  keepWords(cells, price, wanted.keepWords ? prices.insideWord : prices.insideWordRunning);
  const none = new Int32Array(cells.length + 1);
  const [solidEnd, x, rightEdge] = [none.slice(), none.slice(), none.slice()];
  for (const [index, cell] of cells.entries()) {
    x[index + 1] = (x[index] as number) + cell.width;
    const hangs = isSpace(cell);
    solidEnd[index + 1] = hangs ? (solidEnd[index] as number) : index + 1;
    rightEdge[index + 1] = hangs ? (rightEdge[index] as number) : (x[index + 1] as number);
  }
  return {
    ...{ cells, em: wanted.em, price, solidEnd, x, right: rightEdge },
    ...{ endTrim: none, startTrim: none, pair: none, gap: none, squeeze: none },
    ...{ gapSum: none, squeezeSum: none, stretchable: none },
  };
}
