/**
 * How wide a line is and what its cells become: narrower punctuation, room between Chinese and words of letters, and
 * whole dots shared out over a line that is to be flush (W3C clreq "Line composition", GB/T 15834).
 *
 * - Two full-width marks side by side (”。 》、 ：“) share one blank half. Always.
 * - A word of letters (also one with figures in it: PM2.5, 5G) has a gap to the ideographs beside it, unless a space is
 *   typed there. A number is set tight, with its unit: 2017年9月25日, as offices do.
 * - An opening mark at a line's beginning has lost its blank half, so that ink is flush with the lines around. Always.
 * - A line that is a little too long loses, in this order: the blank half of a mark at its end, those gaps, and up to a
 *   quarter em of the blank beside each other mark.
 * - A line that is to be flush is stretched alike at all places where it might end: a mark has room enough beside it.
 * - Ink is never cut, and inside a line a dot stays free beside it.
 */
import { breaksOf, closingMarks, openingMarks, prices } from "./break-rules.ts";
import { type Cell, isSpace } from "./text.ts";
import { wordStarts } from "./words.ts";

/** Shorter lines have a gap of an eighth em, not a quarter, and end between words where that is as good. */
const narrowBelowEm = 10;

/**
 * Cells measured once, for any line of them. A line is `start` inclusive to `end` exclusive; what is said of the boundary
 * `index` is said of what lies between cells `index` and `index + 1`. All in dots.
 */
export interface Measured {
  readonly cells: readonly Cell[];
  readonly em: number;
  /** As `breaksOf` gives it. */
  readonly price: Float64Array;
  /** `end` without the spaces before it, which hang out of the line; by `end`. */
  readonly solidEnd: Int32Array;
  /** Left edge of each cell if all stood on one line. */
  readonly x: Int32Array;
  /** Right edge of the last cell before `end` that is not a hanging space, on the same line; by `end`. */
  readonly right: Int32Array;
  /** What of a cell's blank may go at a line's end, and at a line's beginning. */
  readonly endTrim: Int32Array;
  readonly startTrim: Int32Array;
  /** By boundary: what is taken because two marks meet; the gap; what may be squeezed out. */
  readonly pair: Int32Array;
  readonly gap: Int32Array;
  readonly squeeze: Int32Array;
  /** Sums over the boundaries before; of stretchable ones the number. */
  readonly gapSum: Int32Array;
  readonly squeezeSum: Int32Array;
  readonly stretchable: Int32Array;
}

const isMark = (cell: Cell) =>
  closingMarks.has(cell.text) || openingMarks.has(cell.text) || /^[\uff1f\uff01]/.test(cell.text);
const ideograph = /^[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\ud840-\ud8ff]/;

/** Of one text, by what kind of width it is for: a size is sought, and boards are set, with the same cells again and again. */
const known = new WeakMap<readonly Cell[], Measured[]>();

/**
 * `width`: of the lines that will be set; only what is a narrow line depends on it. `running`: see `Measure` of
 * `paragraph.ts`.
 */
export function measure(cells: readonly Cell[], em: number, width: number, running = false): Measured {
  const kind = width >= narrowBelowEm * em ? 0 : width <= em ? 1 : running ? 2 : 3;
  let kinds = known.get(cells);
  if (!kinds) {
    kinds = [];
    known.set(cells, kinds);
  }
  let measured = kinds[kind];
  if (!measured) {
    measured = measureAnew(cells, em, kind > 0, insideWord[kind] ?? prices.free);
    kinds[kind] = measured;
  }
  return measured;
}

/** By kind of width what it costs to end a line inside a word. */
const insideWord = [prices.free, prices.free, prices.insideWordRunning, prices.insideWord];

function measureAnew(cells: readonly Cell[], em: number, isNarrow: boolean, wordPrice: number): Measured {
  const count = cells.length;
  const { price, letters } = breaksOf(cells);
  const numbers = () => new Int32Array(count + 1);
  const [solidEnd, x, right] = [numbers(), numbers(), numbers()];
  const [endTrim, startTrim] = [numbers(), numbers()];
  const [pair, gap, squeeze] = [numbers(), numbers(), numbers()];
  const [gapSum, squeezeSum, stretchable] = [numbers(), numbers(), numbers()];
  const gapPx = Math.round(em / (isNarrow ? 8 : 4));
  if (wordPrice > prices.free) keepWords(cells, price, wordPrice);
  for (let index = 0; index < count; index++) {
    const cell = cells[index] as Cell;
    if (closingMarks.has(cell.text)) endTrim[index] = Math.min(blankAfter(cell), cell.width >> 1);
    else if (openingMarks.has(cell.text) && cell.width * 2 > em)
      startTrim[index] = Math.min(blankBefore(cell), cell.width >> 1);
  }
  for (let index = 0; index < count; index++) {
    const cell = cells[index] as Cell;
    const next = cells[index + 1];
    if (next) {
      const after = Math.max(0, (endTrim[index] as number) - 1);
      const before = Math.max(0, (startTrim[index + 1] as number) - 1);
      if (after + before === 0) {
        if (letters[index] !== letters[index + 1] && ideograph.test((letters[index] ? next : cell).text))
          gap[index] = gapPx;
      } else if (isMark(cell) && isMark(next)) pair[index] = after || before;
      else squeeze[index] = Math.min(after + before, em >> 2);
    }
    x[index + 1] = at(x, index) + cell.width - at(pair, index) + at(gap, index);
    gapSum[index + 1] = at(gapSum, index) + at(gap, index);
    squeezeSum[index + 1] = at(squeezeSum, index) + at(squeeze, index);
    stretchable[index + 1] = at(stretchable, index) + ((price[index + 1] ?? prices.joint) < prices.joint ? 1 : 0);
    const hangs = isSpace(cell);
    solidEnd[index + 1] = hangs ? at(solidEnd, index) : index + 1;
    right[index + 1] = hangs ? at(right, index) : at(x, index) + cell.width;
  }
  return {
    ...{ cells, em, price, solidEnd, x, right, endTrim, startTrim },
    ...{ pair, gap, squeeze, gapSum, squeezeSum, stretchable },
  };
}

/** Makes it dearer to end a line inside a word. */
export function keepWords(cells: readonly Cell[], price: Float64Array, wordPrice: number): void {
  const starts = wordStarts(cells.map(({ text }) => (text.length === 1 ? text : "\ufffc")).join(""));
  for (let index = 1; index < cells.length; index++)
    if (starts[index] === 0 && price[index] === prices.free) price[index] = wordPrice;
}

function at(numbers: Int32Array, index: number): number {
  return numbers[index] as number;
}

/** Blank columns of a cell right of its ink, and left of it; 0 where it has none or reaches out. */
function blankAfter({ glyphs, dx, width }: Cell): number {
  let ink = 0;
  for (const glyph of glyphs) ink = Math.max(ink, dx + glyph.left + glyph.width);
  return Math.max(0, width - ink);
}
function blankBefore({ glyphs, dx, width }: Cell): number {
  let ink = width;
  for (const glyph of glyphs) if (glyph.width > 0) ink = Math.min(ink, dx + glyph.left);
  return Math.max(0, ink);
}

/** The last cell of a line that is not a hanging space; of a line of spaces the first one. */
export function lastOf({ solidEnd }: Measured, start: number, end: number): number {
  return Math.max(start, at(solidEnd, end) - 1);
}

/** Width of the line from `start` to its `last` cell inclusive, nothing squeezed or stretched. */
export function naturalWidth({ cells, x, startTrim }: Measured, start: number, last: number): number {
  return at(x, last) - at(x, start) + (cells[last] as Cell).width - at(startTrim, start);
}

/** The dots that the same line can lose. */
export function shrinkable(measured: Measured, start: number, last: number): number {
  const { gapSum, squeezeSum } = measured;
  const inside = at(gapSum, last) - at(gapSum, start) + at(squeezeSum, last) - at(squeezeSum, start);
  return inside + endBlank(measured, last);
}

/** The dots of them that nobody sees: the blank half of a mark at its end. */
export function endBlank({ endTrim }: Measured, last: number): number {
  return at(endTrim, last);
}

/** The dots that the same line can gain: a quarter em at each place where it might end. */
export function growable({ stretchable, em }: Measured, start: number, last: number): number {
  return (at(stretchable, last) - at(stretchable, start)) * (em >> 2);
}

/**
 * The cells of the line from `start` to `last` inclusive, `change` dots wider than `naturalWidth` (or narrower): at most
 * `growable` or `shrinkable`. Cells that stay as they are stay the same objects.
 */
export function setLine(measured: Measured, start: number, last: number, change: number): Cell[] {
  const { cells, pair, gap, squeeze, endTrim, startTrim, em, stretchable } = measured;
  const count = last - start + 1;
  if (change === 0 && isPlain(measured, start, last)) return cells.slice(start, last + 1);
  /** Dots added left and right of each cell's ink. */
  const lead = new Int32Array(count);
  const trail = new Int32Array(count);
  lead[0] = -at(startTrim, start);
  const take = (index: number, dots: number) => {
    // From the blank half of the mark before the boundary, else of the one behind it.
    if (at(endTrim, start + index) > 0) trail[index] = at(trail, index) - dots;
    else lead[index + 1] = at(lead, index + 1) - dots;
  };
  const give = (index: number, dots: number) => {
    // Whole full-width cells are drawn fastest: leave those alone where the neighbour is none anyway.
    const [cell, next] = [cells[start + index] as Cell, cells[start + index + 1] as Cell];
    if (cell.wide !== 0 && next.wide === 0) lead[index + 1] = at(lead, index + 1) + dots;
    else trail[index] = at(trail, index) + dots;
  };
  for (let index = 0; index < count - 1; index++) {
    if (at(pair, start + index) > 0) take(index, at(pair, start + index));
    if (at(gap, start + index) > 0) give(index, at(gap, start + index));
  }
  if (change < 0) {
    const fromEnd = Math.min(-change, at(endTrim, last));
    trail[count - 1] = at(trail, count - 1) - fromEnd;
    const need = -change - fromEnd;
    const fromGaps = share(
      need,
      count - 1,
      (index) => at(gap, start + index),
      (index, dots) => give(index, -dots),
    );
    share(need - fromGaps, count - 1, (index) => at(squeeze, start + index), take);
  } else if (change > 0) {
    const can = (index: number) => at(stretchable, start + index + 1) - at(stretchable, start + index);
    share(change, count - 1, (index) => can(index) * (em >> 2), give);
  }
  const line = cells.slice(start, last + 1);
  for (let index = 0; index < count; index++) {
    const before = at(lead, index);
    const after = at(trail, index);
    if (before === 0 && after === 0) continue;
    const { text, glyphs, width, dx } = line[index] as Cell;
    line[index] = { text, glyphs, width: width + before + after, dx: dx + before, wide: 0 };
  }
  return line;
}

function isPlain({ pair, gap, startTrim }: Measured, start: number, last: number): boolean {
  if (startTrim[start] !== 0) return false;
  for (let index = start; index < last; index++) if (pair[index] !== 0 || gap[index] !== 0) return false;
  return true;
}

/** Gives out `dots` in whole ones as evenly as the places' `room` allows, both edges alike; says how many were given. */
function share(
  dots: number,
  places: number,
  room: (index: number) => number,
  give: (index: number, dots: number) => void,
): number {
  let total = 0;
  for (let index = 0; index < places; index++) total += room(index);
  const given = Math.min(dots, total);
  if (given <= 0) return 0;
  let before = 0;
  for (let index = 0; index < places; index++) {
    const after = before + room(index);
    const part = Math.floor((after * given) / total + 0.5) - Math.floor((before * given) / total + 0.5);
    if (part > 0) give(index, part);
    before = after;
  }
  return given;
}
