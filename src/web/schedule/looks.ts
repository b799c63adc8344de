/** How things of a schedule look: colours by category, days and hours of the line. Colour is never all that tells them apart. */
import type { Instant, Window } from "../../message/types.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import type { Scale } from "../schedule-moves.ts";

const colours = 10;

/**
 * Each category's colour on a page: its own place among them, or the next that is free there, so that no two look alike
 * while there are colours left.
 */
export function coloursOf(categories: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<number>();
  for (const category of [...new Set(categories)].sort()) {
    let place = 0;
    for (const letter of category) place = (place * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
    place %= colours;
    while (taken.has(place) && taken.size < colours) place = (place + 1) % colours;
    taken.add(place);
    found.set(category, `category-${place}`);
  }
  return found;
}

/** What interrupts others. */
export const isUrgent = (priority: number | null) => priority !== null && priority <= 2;

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
export const piecesOf: Readonly<Record<Scale, number>> = { day: 48, week: 28, month: 90 };

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
