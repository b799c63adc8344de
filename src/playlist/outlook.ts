/**
 * What a board's coming days hold that somebody should know of now: notices that are never seen, slots that are covered,
 * days with nothing but the default picture, rounds too long for their slots, ends without a successor.
 */
import { limits } from "../limits.ts";
import type { Instant, Window } from "../message/types.ts";
import { partsOf } from "../time/days.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import { type BoardContext, knownWindows, lifeOf } from "./playlist.ts";
import { openWindows, quietWindows } from "./slots.ts";
import { cut, cycleOf, daysOf, joined, spanOf, timelineDays, within } from "./timeline.ts";
import type { BlockReason, Candidate, PlaylistInterval } from "./types.ts";
import { type DurationOf, defaultPriority } from "./what-if.ts";
import { intersected, merged, without } from "./windows.ts";

export type Finding =
  /** Some of its slots have it nowhere, because something of a better rank is on all along. */
  | {
      readonly kind: "covered";
      readonly notice: string;
      readonly by: string;
      readonly slots: number;
      readonly of: number;
      readonly first: Window;
    }
  /**
   * Alive and scheduled, and never on in the span. `by`: who is on instead. null: its slots lie outside the board's hours
   * (`closed`), all that is left of them in quiet ones (`quiet`), or there are none (`none`).
   */
  | { readonly kind: "starved"; readonly notice: string; readonly by: string }
  | { readonly kind: "starved"; readonly notice: string; readonly by: null; readonly why: "closed" | "quiet" | "none" }
  /** Open all day, and nothing but the default picture, or black: so many days on end, from this civil day on. */
  | { readonly kind: "empty"; readonly day: number; readonly days: number }
  /** A slot is promised to what may not be shown as it stands. */
  | { readonly kind: "unfilled"; readonly notice: string; readonly why: BlockReason; readonly first: Window }
  /** A round takes longer than the slot it is in (`slot`), or than all of its time that day (`day`). */
  | {
      readonly kind: "overfull";
      readonly level: "slot" | "day";
      readonly cycleMs: number;
      readonly hasMs: number;
      readonly notices: number;
      readonly first: Window;
      readonly days: number;
    }
  /** More turns in a round, or more changes in a day, than a panel takes. */
  | {
      readonly kind: "limit";
      readonly what: "turns" | "spans";
      readonly count: number;
      readonly max: number;
      readonly day: number;
    }
  /** Its end comes, and in the week after nobody else is on in what were its slots. */
  | { readonly kind: "ending"; readonly notice: string; readonly until: Instant };

export interface BoardOutlook {
  readonly intervals: readonly PlaylistInterval[];
  readonly findings: readonly Finding[];
}

/** How long after a notice's end its slots are looked at, days. */
const successorDays = 7;

/**
 * `candidates`: those alive on one of the civil days of `span`. A step is a small piece of the work: who iterates may let others go first.
 * Findings come in the order of the kinds above, and of the candidates.
 */
export function* outlookOf(board: BoardContext, span: Window, durationOf: DurationOf): Generator<void, BoardOutlook> {
  const days: (readonly PlaylistInterval[])[] = [];
  // Whole days: what is left of one at the ends of the span says nothing of how long its slots are.
  for (const day of timelineDays(board, spanOf(board.zone, daysOf(board.zone, span)))) {
    days.push(day);
    yield;
  }
  const intervals = joined(cut(days.flat(), span));
  const findings: Finding[] = [];
  for (const candidate of board.candidates) {
    if (candidate.priority === defaultPriority) continue;
    findings.push(
      ...(candidate.blocked === null ? seen(board, candidate, span, intervals) : unfilled(board, candidate, span)),
    );
    yield;
  }
  findings.push(...emptyDays(board, span, intervals));
  yield;
  findings.push(...overfull(board, span, days, durationOf));
  yield;
  for (const candidate of board.candidates) {
    findings.push(...ending(board, candidate, span, intervals));
    yield;
  }
  const order = ["covered", "starved", "empty", "unfilled", "overfull", "limit", "ending"];
  return { intervals, findings: findings.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind)) };
}

function windowsOf(board: BoardContext, candidate: Candidate, span: Window): Window[] {
  const { firstDay, lastDay } = daysOf(board.zone, span);
  const windows: Window[] = [];
  for (let day = firstDay; day <= lastDay; day++) windows.push(...knownWindows(candidate, day, board));
  return intersected([span], merged(windows));
}

/** What becomes of a candidate's slots; "all the time" is one slot a day. */
function seen(
  board: BoardContext,
  candidate: Candidate,
  span: Window,
  intervals: readonly PlaylistInterval[],
): Finding[] {
  const { notice } = candidate;
  const slots = windowsOf(board, candidate, span);
  const life = lifeOf(candidate);
  if (life.from >= life.until || life.from >= span.until || life.until <= span.from) return [];
  if (slots.length === 0) {
    const why = hiddenBy(board, candidate, span);
    // A slot may come after the span, or have come before it; of one whose life lies within it, none does.
    if (why === "none" && (life.until > span.until || life.from < span.from)) return [];
    return why === null ? [] : [{ kind: "starved", notice, by: null, why }];
  }
  const onIn = new Set<Window>();
  const taken = new Map<Window, Map<string, number>>();
  for (const { window, interval, from, until } of within(slots, intervals)) {
    if (interval.notices.includes(notice)) onIn.add(window);
    const by = taken.get(window) ?? new Map<string, number>();
    for (const one of interval.notices) by.set(one, (by.get(one) ?? 0) + until - from);
    taken.set(window, by);
  }
  const covered = slots.filter((slot) => !onIn.has(slot));
  const [first] = covered;
  if (first === undefined) return [];
  const total = new Map<string, number>();
  for (const slot of covered) for (const [by, ms] of taken.get(slot) ?? []) total.set(by, (total.get(by) ?? 0) + ms);
  const [by = ""] = [...total].sort(([one, ms], [other, most]) => most - ms || (one < other ? -1 : 1))[0] ?? [];
  if (covered.length === slots.length) return [{ kind: "starved", notice, by }];
  return [{ kind: "covered", notice, by, slots: covered.length, of: slots.length, first }];
}

/** What keeps a candidate without a window in the span off the board; null: its year has no calendar, so nobody knows. */
function hiddenBy(board: BoardContext, candidate: Candidate, span: Window): "closed" | "quiet" | "none" | null {
  const slots = (of: Candidate, quiet: BoardContext["quiet"]) => windowsOf({ ...board, quiet }, of, span).length > 0;
  if (slots(candidate, undefined)) return "quiet";
  // Priority 0 ignores the board's hours: what it would be on for are the rule's own slots.
  if (slots({ ...candidate, priority: 0 }, undefined)) return "closed";
  const { firstDay, lastDay } = daysOf(board.zone, span);
  const unknown = [firstDay, lastDay].some((day) => !board.calendar.covers(partsOf(day).year));
  return unknown && candidate.rule.calendar !== "everyday" ? null : "none";
}

function unfilled(board: BoardContext, candidate: Candidate, span: Window): Finding[] {
  const { notice, blocked: why } = candidate;
  if (why === null) return [];
  // Every slot counts as if it could be shown: that it cannot is what is told.
  const [first] = windowsOf(board, { ...candidate, blocked: null, signedAt: null }, span);
  return first === undefined ? [] : [{ kind: "unfilled", notice, why, first }];
}

/** Days on end on which the board is open and says nothing of its own; of days that lie whole within the span. */
function emptyDays(board: BoardContext, span: Window, intervals: readonly PlaylistInterval[]): Finding[] {
  const runs: { day: number; days: number }[] = [];
  const { firstDay, lastDay } = daysOf(board.zone, span);
  const said = intervals
    .filter(({ priority }) => priority !== null && priority < defaultPriority)
    .map(({ start, end }) => ({ from: start, until: end }));
  let closedSince: number | null = null;
  for (let day = firstDay; day <= lastDay; day++) {
    const whole = instantOf(board.zone, day, 0) >= span.from && instantOf(board.zone, day + 1, 0) <= span.until;
    if (!whole) continue;
    const open = openWindows(board.hours, day, board.zone, board.calendar);
    // A day that is quiet from opening to closing has no room for a notice: nobody need fill it.
    const quiet = quietWindows(board.quiet, defaultPriority - 1, day, board.zone, board.calendar);
    if (without(open, quiet).length === 0) {
      closedSince ??= day;
      continue;
    }
    const last = runs.at(-1);
    const empty = intersected(open, said).length === 0;
    // Closed and quiet days between empty ones are no relief.
    const goesOn = last !== undefined && last.day + last.days === (closedSince ?? day);
    if (empty && goesOn) last.days = day + 1 - last.day;
    else if (empty) runs.push({ day, days: 1 });
    closedSince = null;
  }
  return runs.map((run) => ({ kind: "empty", ...run }));
}

function overfull(
  board: BoardContext,
  span: Window,
  days: readonly (readonly PlaylistInterval[])[],
  durationOf: DurationOf,
): Finding[] {
  const revisions = new Map<string, Candidate[]>();
  for (const one of board.candidates) revisions.set(one.notice, [...(revisions.get(one.notice) ?? []), one]);
  const worst = new Map<string, Extract<Finding, { kind: "overfull" }>>();
  const reached: Finding[] = [];
  for (const [index, intervals] of days.entries()) {
    const day = daysOf(board.zone, span).firstDay + index;
    const rounds = new Map<
      string,
      { cycleMs: number; slotMs: number; dayMs: number; notices: number; first: Window | null }
    >();
    let turnsMost = 0;
    for (const { notices, start, end } of intervals) {
      if (notices.length === 0) continue;
      const key = notices.join("\n");
      // What is over, or comes after the span, counts for the day's time, and alone is no news.
      const here = start < span.until && span.from < end;
      const first = here ? { from: Math.max(start, span.from), until: Math.min(end, span.until) } : null;
      const known = rounds.get(key);
      if (known) {
        known.first ??= first;
        known.slotMs = Math.max(known.slotMs, end - start);
        known.dayMs += end - start;
        continue;
      }
      const turns = notices.flatMap((notice) => revisions.get(notice)?.find((one) => alive(one, start)) ?? []);
      const cycle = cycleOf(turns, durationOf);
      turnsMost = Math.max(turnsMost, cycle.turns);
      rounds.set(key, {
        cycleMs: cycle.cycleMs,
        slotMs: end - start,
        dayMs: end - start,
        notices: notices.length,
        first,
      });
    }
    if (turnsMost > limits.turnsPerSpan)
      reached.push({ kind: "limit", what: "turns", count: turnsMost, max: limits.turnsPerSpan, day });
    if (intervals.length > limits.spansPerProgramme)
      reached.push({ kind: "limit", what: "spans", count: intervals.length, max: limits.spansPerProgramme, day });
    for (const [key, { cycleMs, slotMs, dayMs, notices, first }] of rounds) {
      if (notices < 2 || cycleMs <= slotMs || first === null) continue;
      const level = cycleMs > dayMs ? "day" : "slot";
      const found = {
        kind: "overfull",
        level,
        cycleMs,
        hasMs: level === "day" ? dayMs : slotMs,
        notices,
        first,
        days: 1,
      } as const;
      const before = worst.get(`${level} ${key}`);
      worst.set(`${level} ${key}`, before ? { ...before, days: before.days + 1 } : found);
    }
  }
  // One limit is one thing to mend, however many days it is reached on.
  const kinds = new Set<string>();
  const once = reached.filter((one) => {
    const what = one.kind === "limit" ? one.what : "";
    return !kinds.has(what) && kinds.add(what);
  });
  return [...worst.values(), ...once];
}

function alive(candidate: Candidate, at: Instant): boolean {
  const { from, until } = lifeOf(candidate);
  return candidate.blocked === null && from <= at && at < until;
}

/** Only an end that comes by its own period: what was withdrawn or superseded, somebody has thought about. */
function ending(
  board: BoardContext,
  candidate: Candidate,
  span: Window,
  intervals: readonly PlaylistInterval[],
): Finding[] {
  const { notice, blocked, priority, window } = candidate;
  const { from, until } = lifeOf(candidate);
  if (blocked !== null || priority === defaultPriority || from >= until || until !== window.until) return [];
  if (until <= span.from || until >= span.until) return [];
  const end = dayNumberAt(board.zone, until) + successorDays;
  const after = intersected([span], [{ from: until, until: instantOf(board.zone, end, 0) }]);
  const slots = windowsOf(
    board,
    { ...candidate, window: { from: until, until: Number.MAX_SAFE_INTEGER }, signedAt: null },
    after[0] ?? span,
  );
  if (slots.length === 0) return [];
  for (const { interval } of within(slots, intervals))
    if (interval.priority !== null && interval.priority < defaultPriority) return [];
  return [{ kind: "ending", notice, until }];
}
