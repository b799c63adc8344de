/**
 * The playlist once more, slowly and from its definition alone: minute by minute of elapsed time on the clock of the zone.
 * It shares no code with src/playlist or src/time.
 */
import type { BoardHours, QuietHours } from "../../src/config/types.ts";
import type { Candidate, Reason, Rule } from "../../src/playlist/types.ts";
import { dayOn, type Wall, wallAround } from "./wall.ts";

/** Where no other is said. */
export const zone = "Asia/Shanghai";
const offsetMs = 8 * 3600_000;
const minuteMs = 60_000;
const dayMin = 1440;

export interface Town {
  readonly candidates: readonly Candidate[];
  readonly hours: BoardHours;
  readonly quiet?: readonly QuietHours[] | undefined;
  readonly zone?: string;
  /** Civil days that are no working days. */
  readonly restDays: ReadonlySet<number>;
}

/** What is on from `from` to `until`: null for nothing. */
export interface Piece {
  readonly from: number;
  readonly until: number;
  readonly eligible: readonly Candidate[];
}
/** In Shanghai, which moves its clocks no more. */
export const midnight = (day: number): number => day * 86_400_000 - offsetMs;

/** The pieces of a civil day with the candidates that go first, cut at least at every minute. */
export function piecesOf(town: Town, day: number): Piece[] {
  const wall = wallAround(town.zone ?? zone, day);
  const slots = new Map(town.candidates.map((one) => [one, slotsOn(one.rule, town, wall, day)]));
  const edges = town.candidates.flatMap(({ window, signedAt, withdrawnAt, supersededAt }) =>
    [window.from, window.until, signedAt, withdrawnAt, supersededAt].filter((edge) => edge !== null),
  );
  const pieces: Piece[] = [];
  const { begin, end } = minutesOf(wall, day);
  for (let index = begin; index < end; index++) {
    const mark = wall.marks[index] as number;
    const start = (wall.first + index) * minuteMs;
    const inside = edges.filter((edge) => edge > start && edge < start + minuteMs).sort((a, b) => a - b);
    const ready = town.candidates.filter(
      (one) => !one.blocked && slots.get(one)?.has(index) && mayShow(town, one.priority, mark),
    );
    let from = start;
    for (const until of [...new Set(inside), start + minuteMs]) {
      pieces.push({ from, until, eligible: foremost(ready.filter((one) => isAlive(one, from))) });
      from = until;
    }
  }
  return pieces;
}

/** The minutes of elapsed time that belong to a civil day: they follow each other. */
function minutesOf({ marks }: Wall, day: number): { readonly begin: number; readonly end: number } {
  const after = (minute: number) => marks.findIndex((mark) => mark >= minute);
  return { begin: after(day * dayMin), end: after((day + 1) * dayMin) };
}

/** Those of the most urgent priority; of these the pinned ones, if there are any. */
function foremost(can: readonly Candidate[]): readonly Candidate[] {
  if (can.length < 2) return can;
  const top = Math.min(...can.map(({ priority }) => priority));
  const urgent = can.filter(({ priority }) => priority === top);
  const pinned = urgent.filter((one) => one.pinned === true);
  return pinned.length > 0 ? pinned : urgent;
}

function isAlive(one: Candidate, at: number): boolean {
  if (at < one.window.from || at >= one.window.until) return false;
  if (one.signedAt !== null && at < one.signedAt) return false;
  if (one.withdrawnAt !== null && at >= one.withdrawnAt) return false;
  return one.supersededAt === null || at < one.supersededAt;
}

const slotsKnown = new WeakMap<Town, Map<Rule, Map<number, ReadonlySet<number>>>>();

function slotsOn(rule: Rule, town: Town, wall: Wall, day: number): ReadonlySet<number> {
  const known = slotsKnown.get(town) ?? new Map<Rule, Map<number, ReadonlySet<number>>>();
  slotsKnown.set(town, known);
  const days = known.get(rule) ?? new Map<number, ReadonlySet<number>>();
  known.set(rule, days);
  const slots = days.get(day) ?? coveredOn(rule, town, wall, day);
  days.set(day, slots);
  return slots;
}

/** The minutes of elapsed time within `day` that some slot of the rule covers. */
function coveredOn(rule: Rule, town: Town, wall: Wall, day: number): ReadonlySet<number> {
  const covered = new Set<number>();
  const { marks } = wall;
  const { begin, end } = minutesOf(wall, day);
  if (rule.cron === null) {
    for (let index = begin; index < end; index++) {
      const of = dayOfHours(rule, marks[index] as number);
      if (of !== null && refusal(rule, town, of) === null) covered.add(index);
    }
    return covered;
  }
  const fires = firing(rule.cron);
  // A slot is a day long at most, and a repeated hour.
  for (let index = begin - dayMin * 1.5; index < end; index++) {
    // Every civil minute that the clock reaches now, having skipped the others.
    for (let civil = (marks[index - 1] as number) + 1; civil <= (marks[index] as number); civil++) {
      if (!fires(civil)) continue;
      const of = slotDay(rule, civil);
      if (refusal(rule, town, of) !== null) continue;
      for (let at = index; at < end && lasts(rule, at - index, marks[at] as number, civil); at++)
        if (at >= begin && (rule.hours === undefined || dayOfHours(rule, marks[at] as number) === of)) covered.add(at);
    }
  }
  return covered;
}

/** Whether a slot begun at `civil` is on after so many minutes, when the clock has shown `mark`. */
function lasts({ slotMinutes }: Rule, elapsed: number, mark: number, civil: number): boolean {
  return elapsed < slotMinutes || mark < civil + slotMinutes;
}

const isAcross = ({ fromMinute, untilMinute }: { fromMinute: number; untilMinute: number }) =>
  untilMinute <= fromMinute;

/** The day that a slot begun at a civil minute belongs to. */
function slotDay({ hours }: Rule, civil: number): number {
  const day = Math.floor(civil / dayMin);
  return hours && isAcross(hours) && civil % dayMin < hours.untilMinute ? day - 1 : day;
}

/** The day whose hours a civil minute is in; null: in none. Without hours, its day. */
function dayOfHours({ hours }: Pick<Rule, "hours">, civil: number): number | null {
  const day = Math.floor(civil / dayMin);
  const minute = civil % dayMin;
  if (!hours) return day;
  if (!isAcross(hours)) return minute >= hours.fromMinute && minute < hours.untilMinute ? day : null;
  if (minute < hours.untilMinute) return day - 1;
  return minute >= hours.fromMinute ? day : null;
}

type Refusal = "exception" | "wrong-weekday" | "wrong-day";

function refusal(rule: Rule, { restDays }: Town, day: number): Refusal | null {
  const date = new Date(day * 86_400_000);
  const written = date.toISOString().slice(0, 10);
  const holding = (rule.exceptions ?? []).filter(({ from, until }) => from <= written && written <= until);
  const last = holding[holding.length - 1];
  if (last) return last.plays ? null : "exception";
  if (rule.weekdays && !rule.weekdays.includes(date.getUTCDay())) return "wrong-weekday";
  return rule.calendar === "everyday" || (rule.calendar === "restday") === restDays.has(day) ? null : "wrong-day";
}

/** Understands numbers, lists and `*`, which is what the tests write. */
function firing(cron: string): (civil: number) => boolean {
  const fields = cron.split(" ").map((field) => (field === "*" ? null : field.split(",").map(Number)));
  const has = (index: number, value: number) => fields[index]?.includes(value) ?? true;
  return (civil) => {
    if (!has(0, civil % 60)) return false;
    const date = new Date(civil * minuteMs);
    const dayFits = has(2, date.getUTCDate()) && has(3, date.getUTCMonth() + 1) && has(4, date.getUTCDay());
    return dayFits && has(1, date.getUTCHours());
  };
}

/** Whether the board shows anything of this priority. */
function mayShow(town: Town, priority: number, mark: number): boolean {
  if (priority === 0) return true;
  return within(town.hours, town, mark) && quietNow(town, priority, mark).length === 0;
}

function quietNow(town: Town, priority: number, mark: number): readonly QuietHours[] {
  return (town.quiet ?? []).filter(
    (one) => within(one, town, mark) && (priority !== 10 || one.shows === "nothing") && priority !== 0,
  );
}

function within(hours: BoardHours, { restDays }: Town, mark: number): boolean {
  const day = dayOfHours({ hours }, mark);
  return day !== null && (hours.days === "everyday" || (hours.days === "restday") === restDays.has(day));
}

/** What is true of a candidate at an instant, in the words of `Reason`. */
export function codeAt(town: Town, one: Candidate, at: number): Reason["code"] {
  if (one.blocked) return "blocked";
  if (at < one.window.from) return "before";
  if (at >= one.window.until) return "after";
  if (one.signedAt !== null && at < one.signedAt) return "not-signed-yet";
  if (one.withdrawnAt !== null && at >= one.withdrawnAt) return "withdrawn";
  if (one.supersededAt !== null && at >= one.supersededAt) return "superseded";
  const day = dayOn(town.zone ?? zone, at);
  const wall = wallAround(town.zone ?? zone, day);
  const index = Math.floor(at / minuteMs) - wall.first;
  const mark = wall.marks[index] as number;
  if (slotsOn(one.rule, town, wall, day).has(index)) {
    if (mayShow(town, one.priority, mark)) return shownAmong(town, one, at) ? "shown" : "outranked";
    return within(town.hours, town, mark) ? "quiet" : "closed";
  }
  const of = dayOfHours(one.rule, mark);
  return refusal(one.rule, town, of ?? day) ?? (of === null ? "outside-hours" : "between-slots");
}

const shownPieces = new WeakMap<Town, Map<number, Piece[]>>();

function shownAmong(town: Town, one: Candidate, at: number): boolean {
  const days = shownPieces.get(town) ?? new Map<number, Piece[]>();
  shownPieces.set(town, days);
  const day = dayOn(town.zone ?? zone, at);
  const pieces = days.get(day) ?? piecesOf(town, day);
  days.set(day, pieces);
  return pieces.some(({ from, until, eligible }) => from <= at && at < until && eligible.includes(one));
}

/** Whether quiet hours keep this priority off the board. */
export function isQuiet(town: Town, priority: number, at: number): boolean {
  const wall = wallAround(town.zone ?? zone, dayOn(town.zone ?? zone, at));
  return quietNow(town, priority, wall.marks[Math.floor(at / minuteMs) - wall.first] as number).length > 0;
}

/** Every instant at which a slot that belongs to one of these days begins, as cut to its hours: in order, each once. */
export function startsFrom(rule: Rule, town: Town, firstDay: number, lastDay: number): number[] {
  const found = new Set<number>();
  const wall = wallAround(town.zone ?? zone, lastDay);
  const fires = rule.cron === null ? null : firing(rule.cron);
  const { marks } = wall;
  const begin = minutesOf(wall, firstDay - 1).begin;
  const { end } = minutesOf(wall, lastDay + 1);
  for (let index = begin; index < end; index++) {
    const mark = marks[index] as number;
    if (fires === null) {
      const of = dayOfHours(rule, mark);
      const began = of !== null && of !== dayOfHours(rule, marks[index - 1] as number);
      if (began && refusal(rule, town, of) === null) found.add(index);
      continue;
    }
    for (let civil = (marks[index - 1] as number) + 1; civil <= mark; civil++) {
      const of = slotDay(rule, civil);
      if (!fires(civil) || refusal(rule, town, of) !== null) continue;
      for (let at = index; lasts(rule, at - index, marks[at] as number, civil); at++)
        if (!rule.hours || dayOfHours(rule, marks[at] as number) === of) {
          found.add(at);
          break;
        }
    }
  }
  return [...found].sort((a, b) => a - b).map((index) => (wall.first + index) * minuteMs);
}
