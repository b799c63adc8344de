/** Where a line may end (GB/T 15834, W3C clreq "Prohibition rules for line start and end"), and lines of a given width. */
import { type Cell, isSpace, textOf, widthOf } from "./text.ts";

// Full-width forms are written as escapes: many editors and transports fold them to their narrow twins unasked.
const neverFirst = new Set(
  "\uff0c\uff1b\uff1a\uff1f\uff01\uff0e\uff09\uff3d\uff5d\uff05\uff5e\u3001\u3002,;:?!.)]}%~\u300b\u201d\u2019\u300f\u300d\u3011\u3015\u3009\u2026\u2014\u2103\u2030\u00b0\u00b7-/",
);
const neverLast = new Set("\uff08\uff3b\uff5b\uff04\uffe5([{$\u00a5\u300a\u201c\u2018\u300e\u300c\u3010\u3014\u3008");
/** Ends of clauses: after them a line of a title ends best. */
const clauseEnds = new Set("\uff0c\uff1b\uff1a\uff1f\uff01\u3001\u3002,;:?!)\uff09\u300b\u201d\u3011\u3015");
const digit = /^[0-9]$/;
const word = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}0-9]/u;
/** Marks inside a number, a time, a telephone number or an address on the net: 0715-0000000, 8:30, 93.5, 1,234. */
const joins = new Set(".,:-/_@+'\u2019");
/** What a number is not parted from: units and the commoner measure words. */
const units = new Set(
  "年月日号时分秒元角万亿千百余个名户人条件期篇份项次米天页岁周届批台栋亩里吨斤克度级层楼室组厘毫公平%\uff05℃‰°",
);
const unitStarts = new Set("毫厘公平千万亿");
const unitRests = new Set("米里克升斤方吨元人户条");
/** After these a date or a document number goes on with digits. */
const numberGoesOn = new Set("年月时分〕第");

/** How good a place to end a line is. */
const never = 0;
/** Inside a word, a number, a date or a masked name: only where such a run is longer than a line. */
const forced = 1;
const free = 2;

/** May a line end between `cells[index - 1]` and `cells[index]`? */
function breakAt(cells: readonly Cell[], index: number): number {
  const before = cells[index - 1]?.text ?? "";
  const after = cells[index]?.text ?? "";
  if (neverFirst.has(after) || neverLast.has(before) || isSpace(cells[index])) return never;
  if (isSpace(cells[index - 1])) return free;
  const beforeThat = cells[index - 2]?.text ?? "";
  if (word.test(after) && (word.test(before) || (joins.has(before) && word.test(beforeThat)))) return forced;
  if (before === "*" || after === "*") return forced;
  if (digit.test(before) && units.has(after)) return forced;
  if (unitStarts.has(before) && unitRests.has(after) && digit.test(beforeThat)) return forced;
  if (digit.test(after) && numberGoesOn.has(before) && (before === "第" || digit.test(beforeThat))) return forced;
  return free;
}

/** A last line with less is an orphan. Unscaled columns: three characters. */
const lastLineLeast = 48;
/** Narrower lines have no characters to give to the next. */
const evenedWidthLeast = 128;

/**
 * Greedy lines of at most `width` (unscaled columns). `firstWidth` is what the first line has, after its indent.
 * Spaces at a break belong to the line before and may hang out of it; they have no dots. A run that may not be broken
 * and is longer than a line is broken where the line is full. The last line takes a few characters from the one before
 * if it has hardly any.
 */
export function breakLines(cells: readonly Cell[], width: number, firstWidth = width): Cell[][] {
  const starts: number[] = [];
  for (let start = 0; start < cells.length; )
    start = lineEnd(cells, start, starts.push(start) === 1 ? firstWidth : width);
  const last = starts.length - 1;
  if (last > 0 && width >= evenedWidthLeast) starts[last] = evened(cells, starts[last - 1] ?? 0, starts[last] ?? 0);
  return starts.map((start, line) => trimmed(cells.slice(start, starts[line + 1] ?? cells.length)));
}

function lineEnd(cells: readonly Cell[], start: number, room: number): number {
  let used = 0;
  let full = start;
  while (full < cells.length) {
    const cell = cells[full] as Cell;
    if (!isSpace(cell) && used + cell.width > room) break;
    used += cell.width;
    full++;
  }
  if (full >= cells.length) return full;
  for (const least of [free, forced])
    for (let end = full; end > start; end--) if (breakAt(cells, end) >= least) return end;
  // A row of brackets longer than a line. Even one cell wider than the room goes somewhere.
  return Math.max(full, start + 1);
}

/** The width of the longest part that is broken only where it must be. */
export function longestRun(cells: readonly Cell[]): number {
  let longest = 0;
  let run = 0;
  for (const [index, cell] of cells.entries()) {
    run = index > 0 && breakAt(cells, index) === free ? cell.width : run + cell.width;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Where the last line should begin instead of at `start`, the line before beginning at `before`. */
function evened(cells: readonly Cell[], before: number, start: number): number {
  let tail = widthOf(trimmed(cells.slice(start)));
  if (tail >= lastLineLeast) return start;
  const half = (start + before) / 2;
  for (let at = start - 1; at > half; at--) {
    tail += cells[at]?.width ?? 0;
    if (tail < lastLineLeast || breakAt(cells, at) !== free) continue;
    // A character or two more, if a clause or a bracket begins there.
    const better = [at, at - 1, at - 2].find(
      (one) => one > half && breakAt(cells, one) === free && beginsPart(cells, one),
    );
    return better ?? at;
  }
  return start;
}

function beginsPart(cells: readonly Cell[], index: number): boolean {
  return clauseEnds.has(cells[index - 1]?.text ?? "") || neverLast.has(cells[index]?.text ?? "");
}

/** Spaces at a line's end show nothing and would only push centred text aside. */
function trimmed(line: Cell[]): Cell[] {
  let end = line.length;
  while (end > 1 && isSpace(line[end - 1])) end--;
  return end === line.length ? line : line.slice(0, end);
}

/** What a line's end costs in a centred text, against the square of its distance from an even length in characters. */
const costs = { clause: 0, betweenWords: 4, insideWord: 14, forced: 400 } as const;
/** Longer titles are broken greedily: evenness is not seen any more, and the search grows with the square. */
const balancedMost = 240;

/**
 * Lines for a centred text: evenly long, and broken between words and clauses. Of `most` lines at most, else null.
 * `strict`: rather more lines, or null, than a word or a number broken.
 */
export function balancedLines(cells: readonly Cell[], width: number, most: number, strict = false): Cell[][] | null {
  const greedy = breakLines(cells, width);
  const phrases = phrasesOf(cells);
  // Two halves of a slogan stand better as two lines than run together and broken elsewhere.
  if (greedy.length > 1 && phrases.length <= Math.max(greedy.length, 2) && phrases.length <= most)
    if (phrases.every((line) => widthOf(line) <= width && !neverFirst.has(line[0]?.text ?? ""))) return phrases;
  if (greedy.length > most || greedy.some((line) => widthOf(line) > width)) return null;
  if (greedy.length === 1) return greedy;
  if (cells.length > balancedMost) return greedy;
  if (strict && phrases.length > 1 && phrases.length <= most) {
    let left = most - phrases.length;
    const parts = phrases.map((phrase) => {
      const lines = balancedLines(phrase, width, left + 1, true);
      left -= (lines?.length ?? 1) - 1;
      return lines;
    });
    const lines = parts.every((part) => part !== null) ? parts.flat() : null;
    return lines && areEven(lines) ? lines : null;
  }
  const prices = pricesOf(cells, strict);
  for (let count = greedy.length; count <= Math.min(most, strict ? greedy.length + 1 : greedy.length); count++) {
    const ends = cheapestEnds(cells, prices, width, count);
    const lines = ends?.map((end, line) => trimmed(cells.slice(ends[line - 1] ?? 0, end)));
    if (lines && (!strict || areEven(lines))) return lines;
  }
  return strict ? null : greedy;
}

/** No line much shorter than the longest: a slogan is not a list. */
function areEven(lines: readonly (readonly Cell[])[]): boolean {
  const widths = lines.map(widthOf);
  return Math.min(...widths) * 2 >= Math.max(...widths);
}

/** The ends of `count` lines with the least cost; null if no allowed ends give lines that fit. */
function cheapestEnds(
  cells: readonly Cell[],
  prices: readonly (number | undefined)[],
  width: number,
  count: number,
): number[] | null {
  const even = widthOf(cells) / count;
  let best: { cost: number; ends: number[] }[] = [];
  best[0] = { cost: 0, ends: [] };
  for (let line = 1; line <= count; line++) {
    const next: { cost: number; ends: number[] }[] = [];
    for (const [start, reached] of best.entries()) {
      if (!reached) continue;
      let reach = 0;
      let used = 0;
      for (let end = start + 1; end <= cells.length; end++) {
        const cell = cells[end - 1] as Cell;
        reach += cell.width;
        if (!isSpace(cell)) used = reach;
        if (used > width) break;
        const price = end === cells.length ? 0 : prices[end];
        if (price === undefined || (line === count) !== (end === cells.length)) continue;
        const cost = reached.cost + price + ((used - even) / 16) ** 2;
        const known = next[end];
        if (!known || cost < known.cost) next[end] = { cost, ends: [...reached.ends, end] };
      }
    }
    best = next;
  }
  return best[cells.length]?.ends ?? null;
}

const wordSegmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** What ending a line before each cell costs; undefined where it is forbidden. */
function pricesOf(cells: readonly Cell[], strict: boolean): (number | undefined)[] {
  const wordStarts = new Set([...wordSegmenter.segment(textOf(cells))].map(({ index }) => index));
  let position = 0;
  return cells.map((cell, index) => {
    const start = position;
    position += cell.text.length;
    const kind = index === 0 ? never : breakAt(cells, index);
    if (kind === never) return undefined;
    if (kind === forced) return strict ? undefined : costs.forced;
    const before = cells[index - 1];
    if (isSpace(before) || clauseEnds.has(before?.text ?? "")) return costs.clause;
    if (wordStarts.has(start)) return costs.betweenWords;
    return strict ? undefined : costs.insideWord;
  });
}

/** The parts between spaces; a space between two words of letters parts nothing. */
function phrasesOf(cells: readonly Cell[]): Cell[][] {
  const phrases: Cell[][] = [[]];
  for (const [index, cell] of cells.entries()) {
    const inWords = word.test(cells[index - 1]?.text ?? "") && word.test(cells[index + 1]?.text ?? "");
    if (isSpace(cell) && !inWords) phrases.push([]);
    else phrases[phrases.length - 1]?.push(cell);
  }
  return phrases.filter((phrase) => phrase.length > 0);
}
