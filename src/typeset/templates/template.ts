import type { Fault, Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Shape, Window } from "../../message/index.ts";
import type { Content } from "../../notices/types.ts";
import type { WorkCalendar } from "../../time/calendar.ts";
import type { Face } from "../fonts/face.ts";
import { faceOf } from "../fonts/index.ts";
import type { Ink } from "../ink.ts";
import type { SetPage } from "../page.ts";
import type { PictureBytes } from "../pictures/open.ts";
import { bitmapBytesLeast, movingBytesLeast, movingLine } from "../scroll.ts";
import { bytesOfText, type Cell, type Celled, cellsOf, widthOf } from "../text.ts";

/** What a template is given. What it meets goes into `faults` and `missing`; it lays out regardless. */
export interface Job {
  readonly notice: string;
  readonly content: Content;
  readonly shape: Shape;
  readonly zone: string;
  /** The envelope's: countdowns cover its days. */
  readonly window: Window;
  /** Of working days. */
  readonly calendar: WorkCalendar;
  /** As kept, under the names that the content has for them. */
  readonly pictures: readonly PictureBytes[];
  readonly faults: Fault[];
  /** What the signer should know before anything is signed. */
  readonly warnings: Sentence[];
  /** Graphemes met that a face lacks, by the face's name. */
  readonly missing: Map<string, Set<string>>;
}

export interface Setting {
  readonly pages: readonly SetPage[];
}

/** A kind of notice: a file here and a line in `list.ts`. */
export type Template = (job: Job) => Setting;

/** Cells of a paragraph; missing glyphs are noted in the job. */
export function cells(job: Job, text: string, face: Face): readonly Cell[] {
  const measured = measuredText(text, face);
  for (const grapheme of measured.missing) noteMissing(job, face, grapheme);
  return measured.cells;
}

/**
 * Texts already measured, by face. A size is sought with the same text again and again, and a notice goes to several
 * boards; the same array of cells lets `spacing.ts` know it too. Dropped whole when full; a text that would fill it alone,
 * a few characters as high as a large panel, is not kept.
 */
const measuredTexts = new Map<Face, Map<string, Celled>>();
let measuredBytes = 0;

/** Bytes of all texts that are kept; at most `limits.measuredBytes`. */
export function measuredBytesHeld(): number {
  return measuredBytes;
}

function measuredText(text: string, face: Face): Celled {
  let ofFace = measuredTexts.get(face);
  let known = ofFace?.get(text);
  if (known) return known;
  known = cellsOf(text, face);
  const bytes = bytesOfText(text, known.cells);
  if (bytes > limits.measuredBytes) return known;
  measuredBytes += bytes;
  if (measuredBytes > limits.measuredBytes) {
    measuredTexts.clear();
    measuredBytes = bytes;
    ofFace = undefined;
  }
  if (!ofFace) {
    ofFace = new Map();
    measuredTexts.set(face, ofFace);
  }
  ofFace.set(text, known);
  return known;
}

function noteMissing({ missing }: Job, { name }: Face, grapheme: string): void {
  const known = missing.get(name);
  if (known) known.add(grapheme);
  else missing.set(name, new Set([grapheme]));
}

const plainPx = 16;

/**
 * Length of a text in ideographs, whatever its face will be: measured in the plainest, and so about right for all. What
 * not even that one has has no length, as it will have none; of thousands, which would fit any size and be set in all of
 * them, each counts as one.
 */
export function emsOf(text: string): number {
  const { cells, missing } = measuredText(text, faceOf({ sizePx: plainPx, weight: "regular" }));
  const counted = missing.length > limits.faultsPerNotice ? missing.length : 0;
  return widthOf(cells) / plainPx + counted;
}

export function doesNotFit(job: Job, detail: Sentence): Setting {
  const { width, height, colour } = job.shape;
  job.faults.push({ code: "notice/does-not-fit", notice: job.notice, panel: `${width}x${height}:${colour}`, detail });
  return { pages: [] };
}

/** What is wrong with so many pages of the panel's size, whatever is on them; null: nothing. Asked before any is drawn. */
export function pagesProblem(shape: Shape, count: number): Sentence | null {
  const bytes = count * bitmapBytesLeast(shape, shape.width, shape.height);
  if (count <= limits.pagesPerMessage && bytes <= limits.messageBytes) return null;
  return { zh: `要 ${count} 页\uff0c存不下`, en: `its ${count} pages are more than a message holds` };
}

/** What is wrong with setting a text anew for each of so many days; null: nothing. */
export function daysProblem({ length }: string, days: number): Sentence | null {
  if (length * days <= limits.dayTextChars) return null;
  const most = Math.floor(limits.dayTextChars / days);
  return {
    zh: `每天重排一次\uff0c${days} 天最多 ${most} 字\uff0c这里有 ${length} 字\uff1a请缩短文字或播放期限`,
    en: `it is set anew for each of ${days} days and has at most ${most} characters then, not ${length}: shorten the text or its period`,
  };
}

/** A line alone on the panel: standing where it fits, else moving. */
export function movingPages(job: Job, line: readonly Cell[], face: Face, ink: Ink): Setting {
  if (movingBytesLeast(job.shape, line, face) > limits.messageBytes)
    return doesNotFit(job, { zh: "太长，存不下", en: "longer than a message holds" });
  return { pages: movingLine(job.shape, line, face, ink) };
}

export function tooSmall(job: Job): Setting {
  return doesNotFit(job, { zh: "屏太小，一个字也放不下", en: "too small for a single character" });
}
