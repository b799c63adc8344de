/** How things of a schedule look: colours by category, days and hours of the line. Colour is never all that tells them apart. */
import type { Instant, Window } from "../../message/types.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import type { Scale } from "../schedule-moves.ts";

const colours = 10;

/** Kept while the page is open: turned to another week, or another board, a category looks as before. */
const given = new Map<string, number>();

/** Each category's colour: its own place among them, or the next that is free, so that no two look alike while some are left. */
export function coloursOf(categories: readonly string[]): ReadonlyMap<string, string> {
  for (const category of [...categories].sort()) {
    if (given.has(category)) continue;
    let place = 0;
    for (const letter of category) place = (place * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
    place %= colours;
    const taken = new Set(given.values());
    while (taken.has(place) && taken.size < colours) place = (place + 1) % colours;
    given.set(category, place);
  }
  return new Map([...given].map(([category, place]) => [category, `category-${place}`]));
}

/** What interrupts others. */
export const isUrgent = (priority: number | null) => priority !== null && priority <= 2;

/** 5: what ordinary notices have. Fillers wait for those, and are not interrupted by them. */
const ordinary = 5;
export const interrupts = (priority: number | null, own: number) =>
  priority !== null && priority < Math.min(own, ordinary);

export interface Mark extends Window {
  readonly label: string;
}

/** Where the line is marked: hours of a day; days of a longer span by their head. */
export function hourMarks(scale: Scale, span: Window, zone: string): readonly Mark[] {
  if (scale !== "day") return [];
  const day = dayNumberAt(zone, span.from);
  return Array.from({ length: 12 }, (_, index) => ({
    from: instantOf(zone, day, index * 120),
    until: instantOf(zone, day, (index + 1) * 120),
    label: `${index * 2}:00`,
  }));
}

/** How narrow an interval may be to be drawn by itself: a line has so many pieces, of which a day has the widest. */
export const piecesOf: Readonly<Record<Scale, number>> = { day: 48, week: 28, month: 60 };

/** The windows of `span` that `windows` leave out. */
export function gapsOf(windows: readonly Window[], span: Window): Window[] {
  const gaps: Window[] = [];
  let from: Instant = span.from;
  for (const one of windows) {
    if (one.from > from) gaps.push({ from, until: one.from });
    from = Math.max(from, one.until);
  }
  if (from < span.until) gaps.push({ from, until: span.until });
  return gaps;
}
