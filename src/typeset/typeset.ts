/** Stage 3: a revision's content and a shape in, a message out. Pure: same content and shape, same bytes. */
import { createHash } from "node:crypto";
import type { Fault, Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import {
  type Message,
  makeMessage,
  messageProblem,
  type Page,
  type Sha256,
  type Shape,
  shapeProblem,
  type Window,
} from "../message/index.ts";
import type { Content } from "../notices/types.ts";
import { type CalendarConfig, workCalendar } from "../time/calendar.ts";
import { atReadingRate, withMotion } from "./effects.ts";
import { faceOf } from "./fonts/index.ts";
import { chineseFromPx } from "./grid.ts";
import { cardFaceNamed } from "./fonts/card-cells.ts";
import { type CardCells, setInCells } from "./in-cells.ts";
import { lettered, type Lettering } from "./lettering.ts";
import { proposalFor } from "./missing.ts";
import type { PageFacts, SetPage } from "./page.ts";
import type { PictureBytes } from "./pictures/open.ts";
import { wordsOfProblem } from "./problem-words.ts";
import { templates } from "./templates/list.ts";
import { litParts, unsettableScripts } from "./scripts.ts";
import type { Job } from "./templates/template.ts";
import { tokenProblem } from "./templates/tokens.ts";
import { placesOf } from "./text.ts";

/** A hundred times as fast as the one that runs in browsers; an LCD's messages have megabytes. */
const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export interface TypesetRequest {
  readonly notice: string;
  readonly content: Content;
  readonly shape: Shape;
  /** IANA zone of day-windowed pages. */
  readonly zone: string;
  /** The envelope's window: countdowns have a page for each of its days. */
  readonly window: Window;
  /** Of countdowns in working days; the State Council's as packaged unless given. */
  readonly calendar?: CalendarConfig;
  /** How fast people read off a board, above 0; pages are timed for 5 unless given. */
  readonly charactersPerSecond?: number;
  /** The content's pictures as kept (`pictures/raster.ts`), in any order. */
  readonly pictures?: readonly PictureBytes[];
  /** The body as it is, in letters of this size, whatever kind of notice it is. */
  readonly lettering?: Lettering;
  /** Of a card that is sent characters: only what its own cells can show. */
  readonly cells?: CardCells;
}

export type TypesetResult =
  | {
      readonly ok: true;
      readonly message: Message;
      /** One for each page of the message. */
      readonly facts: readonly PageFacts[];
      /** The text as laid out, line by line: of day-windowed pages the first. */
      readonly lines: readonly string[];
      readonly pages: number;
      readonly scrolls: boolean;
      /** Pictures whose writing is not legible, and the like. */
      readonly warnings: readonly Sentence[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function typeset(request: TypesetRequest): TypesetResult {
  const { content, shape, notice } = request;
  const panel = `${shape.width}x${shape.height}:${shape.colour}`;
  const fault = (detail: Sentence, remedy?: Sentence): Fault => ({
    ...{ code: "notice/does-not-fit", notice, panel, detail },
    ...(remedy && { remedy }),
  });
  const wrong = shapeProblem(shape);
  if (wrong !== null) return { ok: false, faults: [fault(wordsOfProblem(wrong))] };
  const token = tokenProblem(content);
  if (token !== null) return { ok: false, faults: [fault(token)] };
  const scripts = unsettableScripts(notice, content);
  if (scripts.length > 0) return { ok: false, faults: scripts };
  const job: Job = {
    ...request,
    pictures: request.pictures ?? [],
    calendar: workCalendar(request.calendar ?? { kind: "state-council", overrides: [] }),
    faults: [],
    warnings: [],
    missing: new Map(),
  };
  const made = pagesOf(request, job);
  const rate = request.charactersPerSecond;
  const timed = rate === undefined ? made : atReadingRate(made, rate);
  const set = request.cells ? timed : withMotion(timed, job);
  const facts = set.map((one) => one.facts);
  const pages = set.map(({ page }) => page);
  const faults = [...missingGlyphs(job, facts, fault), ...job.faults];
  if (faults.length > 0) return { ok: false, faults };
  const problem = pages.length === 0 ? nothing : problemOf(shape, pages);
  if (problem !== null) return { ok: false, faults: [fault(problem)] };
  const scrolls = pages.some(({ motion }) => motion.startsWith("scroll-"));
  const lines = facts.flatMap((one, index) => (pages[index - 1]?.step === pages[index]?.step ? [] : one.lines));
  return {
    ok: true,
    message: makeMessage(shape, pages, sha256),
    facts,
    lines,
    pages: pages.length,
    scrolls,
    warnings: job.warnings,
  };
}

function pagesOf({ content, lettering, cells }: TypesetRequest, job: Job): readonly SetPage[] {
  if (lettering) return lettered(job, lettering).pages;
  return (cells ? setInCells(job, cells) : templates[content.displayKind](job)).pages;
}

const nothing: Sentence = { zh: "没有可显示的内容", en: "there is nothing to show" };

/** Rows, palettes and page heads are the least part of a message. */
const headBytes = 4096;

function problemOf(shape: Shape, pages: readonly Page[]): Sentence | null {
  const bytes = pages.reduce((sum, { bitmap }) => sum + bitmap.pixels.length + headBytes, headBytes);
  if (bytes <= limits.messageBytes) {
    const problem = messageProblem(shape, pages);
    return problem === null ? null : wordsOfProblem(problem);
  }
  const [has, may] = [Math.ceil(bytes / 2 ** 20), limits.messageBytes / 2 ** 20];
  return { zh: `画面共 ${has} MB,最多 ${may} MB`, en: `its pages have ${has} MB, at most ${may} MB` };
}

/**
 * One fault for each place of the notice where a character stands that a face on its pages lacks, and where one stands
 * that no page shows: a title of nothing else leaves no line that would have a face. One fault for what stands nowhere
 * in the notice, which a template wrote. On panels too low for Chinese one fault says so. Of more than
 * `limits.faultsPerNotice` the last says how many there are beyond.
 */
function missingGlyphs(
  { notice, content, shape, missing }: Job,
  facts: readonly PageFacts[],
  fault: (detail: Sentence, remedy?: Sentence) => Fault,
): Fault[] {
  if (missing.size === 0) return [];
  const used = new Set(facts.flatMap(({ faces }) => faces.map(({ name }) => name)));
  const lit = facts.flatMap(({ lines }) => lines).join("\n");
  const parts = litParts(content);
  const seen = new Set<string>();
  const faults: Fault[] = [];
  const litCharacters = new Set(lit);
  const isLit = (grapheme: string) =>
    [...grapheme].every((character) => litCharacters.has(character)) && lit.includes(grapheme);
  let more = 0;
  for (const [font, noted] of missing) {
    // A face that was only tried is another matter, as long as what it lacks was set in the one that was taken.
    const graphemes = used.has(font) ? noted : new Set([...noted].filter((grapheme) => !isLit(grapheme)));
    if (graphemes.size === 0) continue;
    if (shape.height < chineseFromPx) return [fault(tooLow(shape.height, graphemes), plainer)];
    for (const { part, text } of parts)
      for (const place of placesOf(text, graphemes)) {
        const key = `${part} ${place.position}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (faults.length >= limits.faultsPerNotice) {
          more++;
          continue;
        }
        const proposal = insteadOf(place.character, font);
        faults.push({ code: "notice/missing-glyph", notice, part, ...place, font, ...(proposal && { proposal }) });
      }
    if (!used.has(font)) continue;
    const nowhere = [...graphemes].filter((grapheme) => !parts.some(({ text }) => text.includes(grapheme)));
    if (nowhere.length > 0) faults.push(fault(lacks(font, nowhere)));
  }
  return more === 0 ? faults : [...faults, { code: "notice/more-missing-glyphs", notice, count: more }];
}

function lacks(font: string, graphemes: readonly string[]): Sentence {
  const some = graphemes.slice(0, quoted).join("");
  return { zh: `字库 ${font} 中没有“${some}”`, en: `font ${font} lacks "${some}"` };
}

/** What may stand there instead; null for ideographs, which are exchanged for nothing where they can be drawn. `font`: a face's name, its size last. */
function insteadOf(character: string, font: string): Sentence | null {
  const numbered = /^U\+([0-9A-F]{4,6})$/.exec(character)?.[1];
  const grapheme = numbered === undefined ? character : String.fromCodePoint(Number.parseInt(numbered, 16));
  const card = cardFaceNamed(font);
  if (/^(?!\u3007)\p{Script=Han}/u.test(grapheme)) return card && notOnCard;
  const face = card ?? faceOf({ sizePx: Number(/\d+$/.exec(font)?.[0]), weight: "regular" });
  const { replacement, sentence } = proposalFor(grapheme, (codePoint) => face.glyph(codePoint) !== null);
  return card && replacement === null ? notOnCard : sentence;
}

/** No picture of it can be sent there. */
const notOnCard: Sentence = {
  zh: "这块屏的控制卡只有自己的字库\uff1a请换一种写法\uff0c或不选这块屏。",
  en: "This board's card has its own font and nothing else: write it in another way, or leave the board out.",
};

const quoted = 8;

const plainer: Sentence = {
  zh: `请只用字母、数字和常用符号\uff0c或换一块 ${chineseFromPx} 行以上的屏。`,
  en: `Use letters, figures and common signs only, or choose a board of ${chineseFromPx} rows or more.`,
};

function tooLow(height: number, graphemes: ReadonlySet<string>): Sentence {
  const some = [...graphemes].slice(0, quoted).join("");
  return {
    zh: `屏高 ${height} 行，只能显示字母、数字和常用符号，显示不了“${some}”；汉字至少要 ${chineseFromPx} 行`,
    en: `${height} rows hold letters, figures and common signs only, not "${some}"; Chinese needs ${chineseFromPx} rows`,
  };
}
