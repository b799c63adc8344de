/** How things of a schedule look: colours by category, days and hours of the line. Colour is never all that tells them apart. */
import type { FindingJson } from "../outlook-api.ts";
import type { Instant, Window } from "../../message/types.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import { defaultPrefix } from "../playing.ts";
import type { Scale } from "../schedule-moves.ts";
import type { BoardScheduleJson } from "./api.ts";

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

export interface FindingMark {
  readonly left: number;
  readonly findings: readonly FindingJson[];
}

/** Marks nearer to each other than this share of the line are one. */
const marksApart = 1.5;

/** Where on the line the first of each finding's slots is, from the left; those that would cover each other together. */
export function marksOf(findings: readonly FindingJson[], span: Window): readonly FindingMark[] {
  const found = findings.flatMap((finding) => {
    if (finding.first === undefined) return [];
    const at = Date.parse(finding.first.from);
    const left = ((at - span.from) / (span.until - span.from)) * 100;
    return left < 0 || left >= 100 ? [] : [{ left, finding }];
  });
  const marks: { left: number; findings: FindingJson[] }[] = [];
  for (const { left, finding } of found.sort((one, other) => one.left - other.left)) {
    const last = marks[marks.length - 1];
    if (last && left - last.left < marksApart) last.findings.push(finding);
    else marks.push({ left, findings: [finding] });
  }
  return marks;
}

export interface CardLoad {
  /** Null: nobody has said anything, and what is there is not known. */
  readonly loaded: Instant | null;
  /** When something else was put in; null: nobody has said so. */
  readonly until: Instant | null;
  /** In the order of the card; null: default pictures, once. */
  readonly notices: readonly (string | null)[];
}

/** What a card goes round, load by load; `now`: that one alone which counts then, or the nearest of a span without it. */
export function cardLoads(pieces: NonNullable<BoardScheduleJson["card"]>, now: Instant | null): readonly CardLoad[] {
  const all = pieces.map(({ from, until, loaded, notices }, index) => ({
    from: Date.parse(from),
    loaded: loaded === null ? null : Date.parse(loaded),
    until: index === pieces.length - 1 ? null : Date.parse(until),
    notices: [...new Set(notices.map((id) => (id.startsWith(defaultPrefix) ? null : id)))],
  }));
  const begun = now === null ? [] : all.filter(({ from }) => from <= now);
  const counting = now === null ? all : begun.length > 0 ? begun.slice(-1) : all.slice(0, 1);
  return counting.map(({ from: _, ...load }) => load);
}
