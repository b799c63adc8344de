/** What boards show over many days: the days' intervals, joined where nothing changes at midnight. */
import type { Instant, Window } from "../message/types.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import { type BoardContext, playlistFor } from "./playlist.ts";
import type { Candidate, PlaylistInterval } from "./types.ts";

export interface TimelineBoard extends BoardContext {
  readonly board: string;
}

/** Civil days, both included. */
export interface Days {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The civil days that `span` touches. */
export function daysOf(zone: string, { from, until }: Window): Days {
  return { firstDay: dayNumberAt(zone, from), lastDay: dayNumberAt(zone, Math.max(from, until - 1)) };
}

/** From the first day's midnight to that after the last. */
export function spanOf(zone: string, { firstDay, lastDay }: Days): Window {
  return { from: instantOf(zone, firstDay, 0), until: instantOf(zone, lastDay + 1, 0) };
}

/**
 * The board's intervals within `span`, in order, without gaps. A day a step: who iterates may let others go first between
 * them, and joins what the days yield (`joined`).
 */
export function* timelineDays(board: BoardContext, span: Window): Generator<readonly PlaylistInterval[]> {
  const { firstDay, lastDay } = daysOf(board.zone, span);
  for (let day = firstDay; day <= lastDay; day++) {
    const [made] = playlistFor({ ...board, firstDay: day, lastDay: day });
    yield cut(made?.intervals ?? [], span);
  }
}

/** All of it at once. */
export function timelineOf(board: BoardContext, span: Window): PlaylistInterval[] {
  return joined([...timelineDays(board, span)].flat());
}

/** What of the intervals lies within `span`. */
export function cut(intervals: readonly PlaylistInterval[], { from, until }: Window): PlaylistInterval[] {
  return intervals
    .filter(({ start, end }) => start < until && from < end)
    .map((one) =>
      from <= one.start && one.end <= until
        ? one
        : { ...one, start: Math.max(from, one.start), end: Math.min(until, one.end) },
    );
}

/** Touching intervals that show the same become one. */
export function joined(intervals: readonly PlaylistInterval[]): PlaylistInterval[] {
  const out: PlaylistInterval[] = [];
  for (const interval of intervals) {
    const last = out.at(-1);
    if (last && last.end === interval.start && sameShown(last, interval))
      out[out.length - 1] = { ...last, end: interval.end };
    else out.push(interval);
  }
  return out;
}

function sameShown(one: PlaylistInterval, other: PlaylistInterval): boolean {
  return (
    one.priority === other.priority &&
    one.pinned === other.pinned &&
    one.notices.length === other.notices.length &&
    one.notices.every((notice, index) => notice === other.notices[index])
  );
}

/** How long one round lasts in which each notice has its turns, and how long the shortest and longest turn are; ms. */
export interface Cycle {
  readonly cycleMs: number;
  readonly shortestMs: number;
  readonly longestMs: number;
  readonly turns: number;
}

/** `durationOf`: of what a candidate's message lasts, ms; 0 where that is not known, which takes no time. */
export function cycleOf(turns: readonly Candidate[], durationOf: (candidate: Candidate) => number): Cycle {
  const lengths = turns.map(durationOf);
  return {
    cycleMs: turns.reduce((sum, { weight }, index) => sum + weight * (lengths[index] ?? 0), 0),
    shortestMs: lengths.length === 0 ? 0 : Math.min(...lengths),
    longestMs: Math.max(0, ...lengths),
    turns: turns.reduce((sum, { weight }) => sum + weight, 0),
  };
}

/** The parts of `intervals` that lie in each of `windows`, in order; both sorted and disjoint. Costs what both have, and the answer. */
export function* within<W extends Window>(
  windows: readonly W[],
  intervals: readonly PlaylistInterval[],
): Generator<{
  readonly window: W;
  readonly interval: PlaylistInterval;
  readonly from: Instant;
  readonly until: Instant;
}> {
  let next = 0;
  for (const window of windows) {
    while (next < intervals.length && (intervals[next] as PlaylistInterval).end <= window.from) next++;
    for (let place = next; place < intervals.length; place++) {
      const interval = intervals[place] as PlaylistInterval;
      if (interval.start >= window.until) break;
      const from = Math.max(window.from, interval.start);
      yield { window, interval, from, until: Math.min(window.until, interval.end) };
    }
  }
}
