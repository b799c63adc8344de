/** How things of a schedule look: colours by category, days and hours of the line. Colour is never all that tells them apart. */
import type { Instant, Window } from "../../message/types.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import type { Scale } from "../schedule-moves.ts";

const colours = 8;

/** The same category has the same colour on every page; two may share one, and are told apart by their words. */
export function colourOf(category: string): string {
  let sum = 0;
  for (const letter of category) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return `category-${sum % colours}`;
}

/** 急事: what interrupts. */
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
