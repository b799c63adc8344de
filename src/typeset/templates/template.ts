import type { Fault } from "../../fault.ts";
import type { Page, Shape, Window } from "../../message/index.ts";
import type { Content } from "../../notices/types.ts";
import type { PixelFont } from "../font.ts";
import { type Cell, cellsOf } from "../text.ts";

/** What a template is given. What it meets goes into `faults` and `missing`; it lays out regardless. */
export interface Job {
  readonly notice: string;
  readonly content: Content;
  readonly shape: Shape;
  readonly zone: string;
  /** The envelope's: countdowns cover its days. */
  readonly window: Window;
  readonly font: PixelFont;
  readonly faults: Fault[];
  /** Graphemes met that the font lacks. */
  readonly missing: Set<string>;
  /** Texts are measured more than once while a size is sought. */
  readonly measured: Map<string, readonly Cell[]>;
}

export interface Setting {
  readonly pages: readonly Page[];
  /** The text as laid out, line by line in reading order (one alternative of day-windowed pages). */
  readonly lines: readonly string[];
}

/** A kind of notice: a file here and a line in `list.ts`. */
export type Template = (job: Job) => Setting;

/** Cells of a paragraph; missing glyphs are noted in the job. */
export function cells(job: Job, text: string): readonly Cell[] {
  let known = job.measured.get(text);
  if (!known) {
    const made = cellsOf(text, job.font);
    for (const grapheme of made.missing) job.missing.add(grapheme);
    known = made.cells;
    job.measured.set(text, known);
  }
  return known;
}

export function doesNotFit(job: Job, detail: string): Setting {
  const { width, height, colour } = job.shape;
  job.faults.push({ code: "notice/does-not-fit", notice: job.notice, panel: `${width}x${height}:${colour}`, detail });
  return { pages: [], lines: [] };
}
