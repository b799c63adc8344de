/**
 * How a notice fits a panel: figures and warnings that the writer and the signer see before anything is signed. Pure:
 * the same message, the same report. `report-words.ts` makes the sentences.
 */
import type { Sentence } from "../fault.ts";
import { type Message, pageMs, type Shape } from "../message/index.ts";
import type { Content } from "../notices/types.ts";
import { glyphWarnings } from "./card-glyphs.ts";
import { usualSize } from "./grid.ts";
import type { CardProfile } from "./missing.ts";
import type { FaceFacts, PageFacts } from "./page.ts";
import { type FitWarning, warningsOf } from "./report-warnings.ts";
import type { Shorter } from "./report-trial.ts";

/** What was asked of the typesetter, and what came of it. */
export interface FitInput {
  readonly content: Content;
  readonly shape: Shape;
  readonly message: Message;
  /** One for each page of the message. */
  readonly facts: readonly PageFacts[];
  /** What was met on the way, a picture that is not legible and the like. */
  readonly warnings?: readonly Sentence[];
}

export interface FitOptions {
  /** How fast people read off a board. */
  readonly charactersPerSecond: number;
  /** What one slot of its schedule gives it, ms; null: not known, or all the time. */
  readonly hasMs: number | null;
  /** From the middle of one dot to the next one's, mm; null: not known. */
  readonly pitchMm: number | null;
  /** Of a card that draws characters with a font of its own. */
  readonly glyphs?: CardProfile;
}

export interface Scrolling {
  readonly motion: "scroll-left" | "scroll-right" | "scroll-up" | "scroll-down";
  /** Once through, ms. */
  readonly ms: number;
  readonly dotsPerSecond: number;
  readonly charactersPerSecond: number;
}

/** From how far away the smallest letters are read, metres. */
export interface Distance {
  readonly pitchMm: number;
  readonly comfortableM: number;
  readonly farthestM: number;
}

export interface FitReport {
  readonly shape: Shape;
  /** Typefaces in the order of their first use. */
  readonly faces: readonly FaceFacts[];
  /** The usual size of running text on such a panel, dots. */
  readonly usualPx: number;
  /** That follow one another; of day-windowed alternatives one. */
  readonly pages: number;
  readonly characters: number;
  readonly reading: { readonly ms: number; readonly charactersPerSecond: number };
  /** Once through, ms. */
  readonly needsMs: number;
  readonly hasMs: number | null;
  readonly scroll: Scrolling | null;
  /** The thinnest stroke, dots; 0 where there is no text. */
  readonly strokePx: number;
  readonly distance: Distance | null;
  readonly warnings: readonly FitWarning[];
  /** How much shorter a text would do better; null: not sought, or none found. */
  readonly shorter: Shorter | null;
}

export function fitReport(input: FitInput, options: FitOptions, shorter: Shorter | null = null): FitReport {
  const { message, facts, shape } = input;
  const steps = stepsOf(input);
  const faces = facesOf(facts);
  const reading = Math.ceil((sum(steps.map(({ units }) => units)) * 1000) / options.charactersPerSecond);
  const figures = {
    shape,
    faces,
    usualPx: usualSize(shape),
    pages: steps.length,
    characters: sum(steps.map(({ characters }) => characters)),
    reading: { ms: reading, charactersPerSecond: options.charactersPerSecond },
    needsMs: message.durationMs,
    hasMs: options.hasMs,
    scroll: scrollingOf(input),
    strokePx: faces.length === 0 ? 0 : Math.min(...faces.map(({ strokePx }) => strokePx)),
    distance: options.pitchMm === null ? null : distanceOf(faces, options.pitchMm),
  };
  const warnings = [...warningsOf(input, figures, steps), ...glyphWarnings(input.content, options.glyphs ?? null)];
  return { ...figures, warnings, shorter };
}

/** Pages that are alternatives of one another count once, as the one with the most on it. */
export interface Step {
  readonly lines: readonly string[];
  readonly characters: number;
  readonly units: number;
  readonly ms: number;
  readonly stands: boolean;
}

function stepsOf({ message, facts }: FitInput): Step[] {
  const steps: Step[] = [];
  for (const [index, page] of message.pages.entries()) {
    const { lines = [], characters = 0 } = facts[index] ?? {};
    const step = { lines, characters, units: readingUnits(lines), ms: pageMs(page), stands: page.motion === "hold" };
    const known = steps[page.step];
    if (!known || step.units > known.units) steps[page.step] = step;
  }
  return steps;
}

/**
 * What is read one by one: an ideograph, a figure and a mark are one each, a word of letters is two (English is read at
 * some 240 words a minute where Chinese is at 300 characters), spaces none.
 */
export function readingUnits(lines: readonly string[]): number {
  let units = 0;
  for (const line of lines)
    for (const [run] of line.matchAll(/[\p{Script=Latin}\p{M}'\u2019]+|[^\s\p{M}]/gu))
      units += /^\p{Script=Latin}{2}/u.test(run) ? 2 : 1;
  return units;
}

function facesOf(facts: readonly PageFacts[]): FaceFacts[] {
  const faces = new Map<string, FaceFacts>();
  for (const page of facts) for (const face of page.faces) if (!faces.has(face.name)) faces.set(face.name, face);
  return [...faces.values()];
}

/** The fastest of the pages that move. */
function scrollingOf({ message, facts }: FitInput): Scrolling | null {
  let found: Scrolling | null = null;
  let ms = 0;
  for (const [index, page] of message.pages.entries()) {
    const { motion, msPerPx } = page;
    if (motion === "hold" || motion === "blink") continue;
    ms += pageMs(page);
    const { characters = 0, faces = [] } = facts[index] ?? {};
    const em = Math.max(1, ...faces.map(({ sizePx }) => sizePx));
    const sideways = motion === "scroll-left" || motion === "scroll-right";
    const perDot = sideways ? 1 / em : characters / page.bitmap.height;
    const charactersPerSecond = (perDot * 1000) / msPerPx;
    if (!found || charactersPerSecond > found.charactersPerSecond)
      found = { motion, ms: 0, dotsPerSecond: 1000 / msPerPx, charactersPerSecond };
  }
  return found && { ...found, ms };
}

/**
 * Characters are read in comfort at 20 minutes of arc and not below 16 (ISO 9241-3, 5.4 "Character height"), and a stroke
 * is seen from one minute on (visual acuity 1.0). 1 / tan of these angles:
 */
const heightsAt16 = 215;
const strokesAt1 = 3438;
const comfortable = 16 / 20;

function distanceOf(faces: readonly FaceFacts[], pitchMm: number): Distance | null {
  if (faces.length === 0) return null;
  const reach = faces.map(({ sizePx, strokePx }) => Math.min(sizePx * heightsAt16, strokePx * strokesAt1));
  const farthestM = (Math.min(...reach) * pitchMm) / 1000;
  return { pitchMm, comfortableM: farthestM * comfortable, farthestM };
}

/** Dots' distance by a panel's model: P10 is 10 mm; F3.75 names the lamp, whose dots are 4.75 mm apart (F5.0: 7.62). Null: not said. */
export function pitchOfModel(model: string): number | null {
  const [, kind, figure] = /(?:^|[^A-Za-z0-9.])([PF\u03a6])\s?(\d{1,2}(?:\.\d{1,3})?)(?![\d.])/u.exec(model) ?? [];
  if (kind === undefined || figure === undefined) return null;
  const mm = Number(figure);
  if (kind === "P") return mm > 0 ? mm : null;
  return lampPitches[mm] ?? null;
}
const lampPitches: Readonly<Record<number, number>> = { 3: 4, 3.75: 4.75, 5: 7.62 };

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
