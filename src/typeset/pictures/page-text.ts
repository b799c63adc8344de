/** How large the writing on a scanned page is: what decides whether it can be read on a panel. */
import type { Raster } from "./raster.ts";

/** Of the picture's own dots. */
export interface PageText {
  /** An ideograph's ink, and from line to line. */
  readonly heightPx: number;
  readonly pitchPx: number;
  /** Guessed from the two and from the inked width. */
  readonly characters: number;
}

/** Upright strips that the page is looked at in: a page that lies a little askew still has clear lines in each. */
const strips = 12;
/** Darker than paper by this much is ink (of 255). */
const inkBelow = 80;
/** A line of writing: at least so many dots high, at most this part of the page. */
const lineLeastPx = 5;
const lineMostPart = 1 / 12;
/** So many lines that look alike, in all strips together, make a page of writing. */
const linesLeast = 6;
/** Of the page that is paper, at least; photographs have no such colour. */
const paperLeast = 0.6;
/** Paper is at least this bright. */
const paperFrom = 160;

/** Null: no page of writing, on light paper, that could be told. */
export function measurePageText(raster: Raster): PageText | null {
  const { width, height } = raster;
  const paper = paperOf(raster);
  if (paper === null) return null;
  const heights: number[] = [];
  const pitches: number[] = [];
  let inked = 0;
  for (let strip = 0; strip < strips; strip++) {
    const left = Math.floor((strip * width) / strips);
    const right = Math.floor(((strip + 1) * width) / strips);
    const runs = runsOf(raster, left, right, paper - inkBelow).filter(
      ({ from, until }) => until - from >= lineLeastPx && until - from <= height * lineMostPart,
    );
    for (const [index, { from, until }] of runs.entries()) {
      heights.push(until - from);
      inked += right - left;
      const next = runs[index + 1];
      if (next) pitches.push(next.from - from);
    }
  }
  if (heights.length < linesLeast) return null;
  const heightPx = median(heights);
  const alike = heights.filter((one) => one * 3 >= heightPx * 2 && one * 2 <= heightPx * 3).length;
  if (alike < linesLeast || alike * 2 < heights.length) return null;
  const pitchPx = Math.max(heightPx, pitches.length > 0 ? median(pitches) : heightPx * 2);
  return { heightPx, pitchPx, characters: Math.round(inked / (heightPx * 1.15)) };
}

function sampleAt({ channels, pixels }: Raster, dot: number): number {
  if (channels === 1) return pixels[dot] as number;
  // Green is most of what the eye calls bright, and is dark where a red stamp or black ink is.
  return pixels[dot * 3 + 1] as number;
}

/** The paper's value: the commonest; null if it is not most of the page, or not light. */
function paperOf(raster: Raster): number | null {
  const counts = new Uint32Array(256);
  const dots = raster.width * raster.height;
  for (let dot = 0; dot < dots; dot++) {
    const value = sampleAt(raster, dot);
    counts[value] = (counts[value] as number) + 1;
  }
  let paper = 255;
  for (let value = 255; value >= paperFrom; value--)
    if ((counts[value] as number) > (counts[paper] as number)) paper = value;
  let near = 0;
  for (let value = paper - 24; value <= Math.min(255, paper + 24); value++) near += counts[value] as number;
  return near >= dots * paperLeast ? paper : null;
}

interface Run {
  readonly from: number;
  readonly until: number;
}

/** Rows of a strip that have ink, in runs. */
function runsOf(raster: Raster, left: number, right: number, below: number): Run[] {
  const runs: Run[] = [];
  let from = -1;
  // A speck is no ink: one dot in forty of the row.
  const least = Math.max(1, Math.floor((right - left) / 40));
  for (let y = 0; y <= raster.height; y++) {
    let ink = 0;
    if (y < raster.height)
      for (let dot = y * raster.width + left, end = y * raster.width + right; dot < end; dot++)
        if (sampleAt(raster, dot) < below && ++ink >= least) break;
    const has = ink >= least;
    if (has && from < 0) from = y;
    if (!has && from >= 0) {
      runs.push({ from, until: y });
      from = -1;
    }
  }
  return runs;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
