/** Lines of a given width: ragged ones for running text and tables, even ones for what stands centred. */
import { clauseEnds, neverFirst, neverLast, openingMarks, prices } from "./break-rules.ts";
import { bestStarts } from "./paragraph.ts";
import { endBlank, lastOf, type Measured, measure, naturalWidth, setLine, shrinkable } from "./spacing.ts";
import { setParagraph } from "./paragraph.ts";
import { type Cell, isSpace } from "./text.ts";
import { wordStarts } from "./words.ts";

export { setParagraph } from "./paragraph.ts";

/** Ragged lines of at most `width` dots, the first one of at most `firstWidth`. */
export function breakLines(cells: readonly Cell[], width: number, firstWidth = width, em = 16): Cell[][] {
  return setParagraph(cells, { width, firstWidth, em, keepWords: true });
}

/** The dots that a line must have for no run to be broken, its gaps and marks squeezed as far as they go. */
export function longestRun(cells: readonly Cell[], em = 16): number {
  const measured = measure(cells, em, 0);
  let longest = 0;
  let start = 0;
  for (let end = 1; end <= cells.length; end++) {
    if (end < cells.length && (measured.price[end] as number) >= prices.joint) continue;
    longest = Math.max(longest, leastWidth(measured, start, lastOf(measured, start, end)));
    start = end;
  }
  return longest;
}

function leastWidth(measured: Measured, start: number, last: number): number {
  return naturalWidth(measured, start, last) - shrinkable(measured, start, last);
}

/**
 * What a line's end costs in a centred text, against the square of its distance from an even length in em. A title is
 * broken where its sense is whole (GB/T 9704 7.3.1).
 */
const costs = {
  clause: 0,
  betweenWords: 4,
  /** Between two characters that are no known word: 赤|马|港 may well be one. */
  betweenSingles: 10,
  /** 医疗|保险: two words that are mostly said together. */
  insideCompound: 7,
  insideWord: 14,
  /** A line that ends in 和 or 对, or begins with 的: the sense goes on. */
  dangling: 12,
  insideTitle: 16,
  /** 的|通知: what kind of document it is belongs to its matter. */
  afterParticle: 6,
  beforeBracket: 1,
  joint: 200,
  forced: 400,
} as const;
/** In longer lines the same unevenness is seen less. */
const evenWeighedUpToEm = 8;
/** Longer titles are set like other text: evenness is not seen any more, and the search grows with the square. */
const balancedMost = 240;
const goesOn = new Set("和与及或对在将把为以从向于被同由");
const leansBack = new Set("的了着等们之");
/** Characters that are words by themselves. */
const alone = new Set("和与及或对在将把为以从向于被同由的了着等们之是有不我你他要也都就请至");

/**
 * Lines for a centred text: evenly long, broken between words and clauses, without the blank halves of marks at their
 * edges. Of `most` lines at most, else null. `strict`: rather more lines, or null, than a word or a number broken.
 */
export function balancedLines(
  cells: readonly Cell[],
  width: number,
  most: number,
  strict = false,
  em = 16,
): Cell[][] | null {
  const measured = measure(cells, em, width);
  const starts = bestStarts(measured, { width, em, keepWords: true });
  const fewest = starts.length;
  const phrases = phrasesOf(cells);
  // Two halves of a slogan stand better as two lines than run together and broken elsewhere.
  if (fewest > 1 && phrases.length <= Math.max(fewest, 2) && phrases.length <= most) {
    const lines = phrases.map((phrase) => centredLine(measure(phrase, em, width), 0, phrase.length, width));
    if (lines.every((line) => line !== null && !neverFirst.has(line[0]?.text ?? ""))) return lines as Cell[][];
  }
  const asTold = starts.map((start, line) => centredLine(measured, start, starts[line + 1] ?? cells.length, width));
  if (fewest > most || !asTold.every((line) => line !== null)) return null;
  if (fewest <= 1 || cells.length > balancedMost) return asTold;
  if (strict && phrases.length > 1 && phrases.length <= most) {
    let left = most - phrases.length;
    const parts = phrases.map((phrase) => {
      const lines = balancedLines(phrase, width, left + 1, true, em);
      left -= (lines?.length ?? 1) - 1;
      return lines;
    });
    const lines = parts.every((part) => part !== null) ? parts.flat() : null;
    return lines && areEven(lines) ? lines : null;
  }
  const ends = endPrices(measured, strict);
  for (let count = fewest; count <= Math.min(most, strict ? fewest + 1 : fewest); count++) {
    const lines = evenStarts(measured, ends, width, count)?.map((start, line, all) =>
      centredLine(measured, start, all[line + 1] ?? cells.length, width),
    );
    if (lines?.every((line) => line !== null) && (!strict || areEven(lines))) return lines;
  }
  return strict ? null : asTold;
}

/** Without the blank halves at its edges; squeezed where it must be; null if it does not fit. */
function centredLine(measured: Measured, start: number, end: number, width: number): Cell[] | null {
  const last = lastOf(measured, start, end);
  const over = naturalWidth(measured, start, last) - width;
  if (over > shrinkable(measured, start, last)) return null;
  return setLine(measured, start, last, -Math.max(over, endBlank(measured, last)));
}

/** No line much shorter than the longest: a slogan is not a list. */
function areEven(lines: readonly (readonly Cell[])[]): boolean {
  const widths = lines.map((line) => line.reduce((sum, cell) => sum + cell.width, 0));
  return Math.min(...widths) * 2 >= Math.max(...widths);
}

/** Where the `count` lines with the least cost begin; null if no allowed ends give lines that fit. */
function evenStarts(measured: Measured, ends: Float64Array, width: number, count: number): number[] | null {
  const { cells, em } = measured;
  const even = naturalWidth(measured, 0, cells.length - 1) / count;
  const weight = 1 / (em * Math.max(em, even / evenWeighedUpToEm));
  const size = cells.length + 1;
  /** By line and end: the least cost so far, and where the line begins. */
  const best = new Float64Array((count + 1) * size).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array((count + 1) * size);
  best[0] = 0;
  for (let line = 1; line <= count; line++)
    for (let start = 0; start < cells.length; start++) {
      const reached = best[(line - 1) * size + start] as number;
      if (reached === Number.POSITIVE_INFINITY) continue;
      for (let end = start + 1; end <= cells.length; end++) {
        const last = lastOf(measured, start, end);
        if (leastWidth(measured, start, last) > width) break;
        const ending = end === cells.length ? 0 : (ends[end] as number);
        if (ending === Number.POSITIVE_INFINITY || (line === count) !== (end === cells.length)) continue;
        const used = naturalWidth(measured, start, last) - endBlank(measured, last);
        const cost = reached + ending + weight * (used - even) ** 2;
        if (cost >= (best[line * size + end] as number)) continue;
        best[line * size + end] = cost;
        from[line * size + end] = start;
      }
    }
  if (best[count * size + cells.length] === Number.POSITIVE_INFINITY) return null;
  const starts: number[] = [];
  for (let line = count, end = cells.length; line > 0; line--) {
    end = from[line * size + end] as number;
    starts.unshift(end);
  }
  return starts;
}

/** What ending a line before each cell costs; Infinity where it is forbidden. */
function endPrices({ cells, price }: Measured, strict: boolean): Float64Array {
  const text = cells.map((cell) => (cell.text.length === 1 ? cell.text : "\ufffc")).join("");
  const starts = wordStarts(text);
  return price.map((base, index) => {
    if (base >= prices.never) return Number.POSITIVE_INFINITY;
    if (base >= prices.joint && strict) return Number.POSITIVE_INFINITY;
    if (base >= prices.joint) return base === prices.joint ? costs.joint : costs.forced;
    const [before = "", after = ""] = [text[index - 1], text[index]];
    if (base === prices.clause) return costs.clause;
    const inTitle = base === prices.reluctant && !leansBack.has(after) ? costs.insideTitle : 0;
    if (starts[index] === 2) return costs.insideCompound + inTitle;
    if (starts[index] === 0) return strict ? Number.POSITIVE_INFINITY : costs.insideWord + inTitle;
    if (openingMarks.has(after)) return costs.beforeBracket;
    if (before === "的") return costs.afterParticle + costs.betweenWords;
    const dangling = goesOn.has(before) || leansBack.has(after) ? costs.dangling : 0;
    const singles = isSingle(starts, text, index - 1) && isSingle(starts, text, index);
    return dangling + inTitle + (singles ? costs.betweenSingles : costs.betweenWords);
  });
}

/** An ideograph that is no word that one would use alone. */
function isSingle(starts: Uint8Array, text: string, index: number): boolean {
  const character = text[index] ?? "";
  const whole = starts[index] === 1 && (starts[index + 1] ?? 1) === 1;
  return whole && /^[\u3400-\u9fff]/.test(character) && !alone.has(character) && !clauseEnds.has(character);
}

/** The parts between spaces; a space between two words of letters, or beside a mark that belongs to the other side, parts nothing. */
function phrasesOf(cells: readonly Cell[]): Cell[][] {
  const phrases: Cell[][] = [[]];
  for (let index = 0; index < cells.length; ) {
    let end = index + 1;
    if (isSpace(cells[index])) while (isSpace(cells[end])) end++;
    const run = cells.slice(index, end);
    if (isSpace(cells[index]) && areParted(cells[index - 1], run.length, cells[end])) phrases.push([]);
    else for (const cell of run) phrases[phrases.length - 1]?.push(cell);
    index = end;
  }
  return phrases.filter((phrase) => phrase.length > 0);
}

/** So many spaces between these. */
function areParted(before: Cell | undefined, spaces: number, after: Cell | undefined): boolean {
  const [ends, begins] = [before?.text ?? "", after?.text ?? ""];
  if (spaces === 1 && letters.test(ends) && letters.test(begins)) return false;
  return !neverLast.has(ends) && !neverFirst.has(begins);
}
const letters = /^[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]/;
