/**
 * The best lines of a whole paragraph, after Knuth and Plass: of all places where lines may end, those with the least
 * cost together. Costs are such that, in this order, no mark stands where it must not, no run is broken that fits a
 * line, no single character is left for the last line, and lines are few; only then is it asked how even they are.
 */
import { neverFirst, openingMarks } from "./break-rules.ts";
import { endBlank, growable, lastOf, type Measured, measure, naturalWidth, setLine, shrinkable } from "./spacing.ts";
import { type Cell, isSpace } from "./text.ts";

export interface Measure {
  /** Dots of a line. */
  readonly width: number;
  /** Dots of the first line, after its indent; `width` unless given. */
  readonly firstWidth?: number;
  /** The face's size, dots. */
  readonly em: number;
  /** Lines but the last are made flush where that does not tear them. Narrow lines never are. */
  readonly justify?: boolean;
  /**
   * Lines rather end between words than are full: titles, cells of tables. Running text is read on: its lines are full
   * first, and only then is it asked where they end.
   */
  readonly keepWords?: boolean;
}

/** Of one line, against `prices`. The sum of the small ones stays far below the large ones. */
export const lineCosts = {
  line: 4_000,
  /** One character, with or without a mark, as the last line. */
  lone: 8_000,
  /** A cell wider than the line stands in it alone. */
  overfull: 1_000_000,
  /** The last line is shorter than three characters. */
  shortLast: 60,
  /** A line left so ragged that it does not matter any more how much. */
  raggedMost: 1100,
  /** Ragged by one em; grows with the square. */
  ragged: 6,
  /** And in running text, for each em: half an em costs more than any place where a line may end. */
  notFull: 20,
  /** Left ragged among lines that are flush. */
  torn: 80,
  /** Stretched, or squeezed, by all that is possible; grow with the square. */
  stretched: 60,
  squeezed: 32,
  /** Squeezed at all; nobody sees that marks at the edges have lost their blank halves. */
  touched: 8,
  trimmed: 1,
} as const;

/** Shorter lines are left ragged: they have few places to stretch. */
const justifiedFromEm = 10;
/** Shorter lines have no character to give to the last one. */
const loneFromEm = 3;
const shortLastFromEm = 8;
const shortLastEm = 3;

/**
 * Lines at most `width` dots wide, with their cells' final widths. Joined they are the text, but for spaces at the lines' ends. Time
 * grows with the text's length and the number of cells in a line.
 */
export function setParagraph(cells: readonly Cell[], wanted: Measure): Cell[][] {
  const measured = measure(cells, wanted.em, wanted.width, !wanted.keepWords);
  const starts = bestStarts(measured, wanted);
  return starts.map((start, line) => {
    const end = starts[line + 1] ?? cells.length;
    const last = lastOf(measured, start, end);
    return setLine(measured, start, last, changeOf(measured, start, last, end === cells.length, wanted));
  });
}

/** Dots by which a line is wider or narrower than it would be by itself. */
function changeOf(measured: Measured, start: number, last: number, isLast: boolean, wanted: Measure): number {
  const slack = roomOf(wanted, start) - naturalWidth(measured, start, last);
  if (slack < 0) return -Math.min(-slack, shrinkable(measured, start, last));
  return !isLast && isJustified(wanted) && slack <= growable(measured, start, last) ? slack : 0;
}

function roomOf({ width, firstWidth = width }: Measure, start: number): number {
  return start === 0 ? firstWidth : width;
}

function isJustified({ justify = false, width, em }: Measure): boolean {
  return justify && width >= justifiedFromEm * em;
}

/**
 * What the line from `start` to `end` costs by itself; Infinity: it does not fit, and no longer one does.
 */
export function lineCost(measured: Measured, start: number, end: number, wanted: Measure): number {
  const { cells, em } = measured;
  const last = lastOf(measured, start, end);
  const room = roomOf(wanted, start);
  const natural = naturalWidth(measured, start, last);
  const isLast = end === cells.length;
  let cost: number = lineCosts.line;
  if (natural > room) {
    const can = shrinkable(measured, start, last);
    if (natural - can > room)
      return isOne(measured, start, last) ? cost + lineCosts.overfull : Number.POSITIVE_INFINITY;
    cost += squeezeCost(natural - room, endBlank(measured, last), can);
  } else if (!isLast) {
    const can = isJustified(wanted) ? growable(measured, start, last) / em : 0;
    cost += slackCost((room - natural) / em, can, wanted.keepWords ? 0 : lineCosts.notFull);
  }
  if (isLast && start > 0) cost += lastLineCost(measured, start, last, natural, wanted);
  return cost;
}

/** One cell that has a width, whatever comes with it. */
function isOne({ cells }: Measured, start: number, last: number): boolean {
  let wide = 0;
  for (let index = start; index <= last && wide < 2; index++) if ((cells[index] as Cell).width > 0) wide++;
  return wide < 2;
}

function squeezeCost(need: number, unseen: number, can: number): number {
  if (need <= unseen) return lineCosts.trimmed;
  return lineCosts.touched + lineCosts.squeezed * ((need - unseen) / (can - unseen)) ** 2;
}

/** `slack`: what the line leaves free, `can`: what it could be stretched by, em. */
function slackCost(slack: number, can: number, notFull: number): number {
  if (slack > 0 && slack <= can) return lineCosts.stretched * (slack / can) ** 2;
  const torn = slack > 0 && can > 0 ? lineCosts.torn : 0;
  return torn + Math.min(lineCosts.raggedMost, notFull * slack + lineCosts.ragged * slack ** 2);
}

function lastLineCost(
  { cells, em }: Measured,
  start: number,
  last: number,
  natural: number,
  { width }: Measure,
): number {
  if (width < loneFromEm * em) return 0;
  let characters = 0;
  for (let index = start; index <= last && characters < 2; index++) {
    const cell = cells[index] as Cell;
    if (cell.width > 0 && !isSpace(cell) && !neverFirst.has(cell.text) && !openingMarks.has(cell.text)) characters++;
  }
  if (characters < 2) return lineCosts.lone;
  return width >= shortLastFromEm * em && natural < shortLastEm * em ? lineCosts.shortLast : 0;
}

/** Where the lines of the cheapest setting begin. Of settings that cost the same, the one whose last lines are fuller. */
export function bestStarts(measured: Measured, wanted: Measure): number[] {
  const { cells, price, em, x, startTrim, solidEnd, right, stretchable } = measured;
  const count = cells.length;
  if (count === 0) return [];
  const notFull = wanted.keepWords ? 0 : lineCosts.notFull;
  const growPx = isJustified(wanted) ? em >> 2 : 0;
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(count + 1);
  best[0] = 0;
  for (let start = 0; start < count; start++) {
    const reached = best[start] as number;
    if (reached === Number.POSITIVE_INFINITY) continue;
    const room = roomOf(wanted, start);
    const left = (x[start] as number) + (startTrim[start] as number);
    for (let end = start + 1; end <= count; end++) {
      const ending = end === count ? 0 : (price[end] as number);
      if (ending === Number.POSITIVE_INFINITY) continue;
      const known = best[end] as number;
      // Not even a perfect line would help. Whether it fits is asked now and then: what does not fit ends the search.
      if (reached + ending + lineCosts.line >= known) {
        if (end % 8 === 0 && lineCost(measured, start, end, wanted) === Number.POSITIVE_INFINITY) break;
        continue;
      }
      const slack = room - ((right[end] as number) - left);
      const last = (solidEnd[end] as number) - 1;
      let cost: number;
      // Most lines that are weighed have room to spare: what `lineCost` says of those, without asking it.
      if (slack >= 0 && end < count && last >= start) {
        const places = (stretchable[last] as number) - (stretchable[start] as number);
        cost = lineCosts.line + slackCost(slack / em, (places * growPx) / em, notFull);
      } else cost = lineCost(measured, start, end, wanted);
      if (cost === Number.POSITIVE_INFINITY) break;
      if (reached + ending + cost >= known) continue;
      best[end] = reached + ending + cost;
      from[end] = start;
    }
  }
  const starts: number[] = [];
  for (let end = count; end > 0; ) {
    end = from[end] as number;
    starts.push(end);
  }
  return starts.reverse();
}
