/** Where a line may end (GB/T 15834, W3C clreq "Prohibition rules for line start and end"), and lines of a given width. */
import { type Cell, widthOf } from "./text.ts";

const neverFirst = new Set("、。,;:?!)》”’』」】〕〉…%℃‰·~—,;:?!.)]}-/°");
const neverLast = new Set("(《“‘『「【〔〈([{¥$");
const digit = /^[0-9]$/;
const word = /^[A-Za-z0-9]$/;
/** Marks inside a number, a time, a phone number or an address on the net: 0715-0000000, 8:30, 93.5, 1,234. */
const joins = new Set(".,:-/_@+*");
/** Units that a number is not parted from; within dates also the number after them. */
const units = new Set("年月日号时分秒元万亿%℃‰度");

/** May a line end between `cells[index - 1]` and `cells[index]`? */
export function mayBreak(cells: readonly Cell[], index: number): boolean {
  const before = cells[index - 1]?.text ?? "";
  const after = cells[index]?.text ?? "";
  if (neverFirst.has(after) || neverLast.has(before)) return false;
  if (after === " ") return false;
  if (before === " ") return true;
  if (word.test(before) && word.test(after)) return false;
  const beforeThat = cells[index - 2]?.text ?? "";
  if (joins.has(before) && word.test(after) && word.test(beforeThat)) return false;
  if (digit.test(before) && units.has(after)) return false;
  if (
    digit.test(after) &&
    (before === "年" || before === "月" || before === "时" || before === "〕") &&
    (digit.test(beforeThat) || beforeThat === "〇")
  )
    return false;
  return true;
}

/**
 * Greedy lines of at most `width` (unscaled columns). `firstWidth` is what the first line has, after its indent.
 * Spaces at a break belong to the line before and may hang out of it; they have no dots. A run that may not be broken
 * and is longer than a line is broken where the line is full.
 */
export function breakLines(cells: readonly Cell[], width: number, firstWidth = width): Cell[][] {
  const lines: Cell[][] = [];
  let start = 0;
  while (start < cells.length) {
    const room = lines.length === 0 ? firstWidth : width;
    const end = lineEnd(cells, start, room);
    lines.push(trimmed(cells.slice(start, end)));
    start = end;
  }
  return lines;
}

function lineEnd(cells: readonly Cell[], start: number, room: number): number {
  let used = 0;
  let full = start;
  while (full < cells.length) {
    const cell = cells[full] as Cell;
    if (cell.text !== " " && used + cell.width > room) break;
    used += cell.width;
    full++;
  }
  if (full >= cells.length) return full;
  for (let end = full; end > start; end--) if (mayBreak(cells, end)) return end;
  // Nothing else to do: even one cell wider than the room goes somewhere (the caller has made room for one).
  return Math.max(full, start + 1);
}

/** Spaces at a line's end show nothing and would only push centred text aside. */
function trimmed(line: Cell[]): Cell[] {
  let end = line.length;
  while (end > 1 && line[end - 1]?.text === " ") end--;
  return end === line.length ? line : line.slice(0, end);
}

/** As few lines as greedy breaking needs, but evenly long: for centred text. At most `most` lines, else null. */
export function balancedLines(cells: readonly Cell[], width: number, most: number): Cell[][] | null {
  const greedy = breakLines(cells, width);
  const phrases = phrasesOf(cells);
  // Two halves of a slogan stand better as two lines than run together and broken elsewhere.
  if (greedy.length > 1 && phrases.length <= Math.max(greedy.length, 2) && phrases.length <= most)
    if (phrases.every((line) => widthOf(line) <= width)) return phrases;
  if (greedy.length > most || greedy.some((line) => widthOf(line) > width)) return null;
  let best = greedy;
  let low = Math.ceil(widthOf(cells) / greedy.length);
  for (let high = width; low <= high; ) {
    const middle = Math.floor((low + high) / 2);
    const lines = breakLines(cells, middle);
    if (lines.length <= greedy.length && lines.every((line) => widthOf(line) <= middle)) {
      best = lines;
      high = middle - 1;
    } else low = middle + 1;
  }
  return best;
}

/** The parts between spaces. */
function phrasesOf(cells: readonly Cell[]): Cell[][] {
  const phrases: Cell[][] = [[]];
  for (const cell of cells) {
    if (cell.text === " ") phrases.push([]);
    else phrases[phrases.length - 1]?.push(cell);
  }
  return phrases.filter((phrase) => phrase.length > 0);
}
