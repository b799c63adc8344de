/** Per board and civil day: the maximal intervals with one top rank and one eligible set (semantics.md "Playlist"). */
import type { BoardHours, QuietHours } from "../config/types.ts";
import type { Instant, Window } from "../message/types.ts";
import { UnknownYear, type WorkCalendar } from "../time/calendar.ts";
import { instantOf } from "../time/zone.ts";
import { rankOf } from "./rank.ts";
import { compare, pointOf } from "./ring.ts";
import { openWindows, quietWindows, slotWindows } from "./slots.ts";
import type { Candidate, PlaylistDay, PlaylistInterval } from "./types.ts";
import { intersected, without } from "./windows.ts";

export interface BoardContext {
  readonly hours: BoardHours;
  /** Of the board; undefined: none. */
  readonly quiet: readonly QuietHours[] | undefined;
  /** Revisions of one notice may stand side by side; no two of them are alive at one instant (`lifeOf`). */
  readonly candidates: readonly Candidate[];
  readonly calendar: WorkCalendar;
  readonly zone: string;
}

/** When a candidate may be shown at all: signed, in its period, not withdrawn or superseded. Slots and hours come on top. */
export function lifeOf(candidate: Candidate): Window {
  const { window } = candidate;
  return {
    from: Math.max(window.from, candidate.signedAt ?? window.from),
    until: Math.min(window.until, candidate.withdrawnAt ?? window.until, candidate.supersededAt ?? window.until),
  };
}

export function aliveAt(candidate: Candidate, at: Instant): boolean {
  const { from, until } = lifeOf(candidate);
  return from <= at && at < until;
}

/** One candidate a notice, in the order of the notices: the revision that is alive at `at`, else the last one given. */
export function inForce(candidates: readonly Candidate[], at: Instant): Candidate[] {
  const chosen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const before = chosen.get(candidate.notice);
    if (!before || !aliveAt(before, at)) chosen.set(candidate.notice, candidate);
  }
  return [...chosen.values()];
}

/** The same as `eligibleWindows`, and nothing where that depends on a year that the calendar does not know. */
export function knownWindows(candidate: Candidate, day: number, board: Omit<BoardContext, "candidates">): Window[] {
  try {
    return eligibleWindows(candidate, day, board);
  } catch (error) {
    if (error instanceof UnknownYear) return [];
    throw error;
  }
}

/** When a candidate is eligible within a civil day; priority 0 ignores the board's hours, quiet ones too. Throws `UnknownYear`. */
export function eligibleWindows(candidate: Candidate, day: number, board: Omit<BoardContext, "candidates">): Window[] {
  if (candidate.blocked) return [];
  const life = lifeOf(candidate);
  const start = instantOf(board.zone, day, 0);
  const end = instantOf(board.zone, day + 1, 0);
  if (life.until <= start || life.from >= end) return [];
  const within = { from: Math.max(start, life.from), until: Math.min(end, life.until) };
  const slots = intersected([within], slotWindows(candidate.rule, day, board.zone, board.calendar));
  const { priority } = candidate;
  if (priority === 0 || slots.length === 0) return slots;
  const { zone, calendar } = board;
  const open = intersected(slots, openWindows(board.hours, day, zone, calendar));
  return without(open, quietWindows(board.quiet, priority, day, zone, calendar));
}

export function playlistFor(
  board: BoardContext & { readonly firstDay: number; readonly lastDay: number },
): PlaylistDay[] {
  const days: PlaylistDay[] = [];
  for (let day = board.firstDay; day <= board.lastDay; day++) days.push(playlistDay(board, day));
  return days;
}

interface Edge {
  readonly at: Instant;
  readonly candidate: Candidate;
  readonly enters: boolean;
}

function playlistDay(board: BoardContext, dayNumber: number): PlaylistDay {
  const start = instantOf(board.zone, dayNumber, 0);
  const end = instantOf(board.zone, dayNumber + 1, 0);
  const edges: Edge[] = [];
  for (const candidate of board.candidates) {
    for (const window of knownWindows(candidate, dayNumber, board)) {
      edges.push({ at: window.from, candidate, enters: true }, { at: window.until, candidate, enters: false });
    }
  }
  edges.sort((left, right) => left.at - right.at);
  const eligible = new Set<Candidate>();
  const intervals: PlaylistInterval[] = [];
  let shown: readonly Candidate[] = [];
  let from = start;
  for (let next = 0; from < end; ) {
    while (next < edges.length && (edges[next] as Edge).at <= from) {
      const { candidate, enters } = edges[next++] as Edge;
      if (enters) eligible.add(candidate);
      else eligible.delete(candidate);
    }
    const until = Math.min(end, edges[next]?.at ?? end);
    const top = mostUrgent(eligible);
    const last = intervals[intervals.length - 1];
    // Compared as revisions: a newer one of the same notice begins an interval of its own.
    if (last && top.length === shown.length && top.every((one, index) => one === shown[index]))
      intervals[intervals.length - 1] = { ...last, end: until };
    else
      intervals.push({
        start: from,
        end: until,
        priority: top[0]?.priority ?? null,
        ...(top[0]?.pinned && { pinned: true }),
        notices: top.map((candidate) => candidate.notice),
      });
    shown = top;
    from = until;
  }
  return { dayNumber, start, end, intervals };
}

/** The candidates of the smallest rank, in ring order. */
function mostUrgent(eligible: ReadonlySet<Candidate>): Candidate[] {
  let rank = Number.POSITIVE_INFINITY;
  for (const candidate of eligible) rank = Math.min(rank, rankOf(candidate));
  return [...eligible]
    .filter((candidate) => rankOf(candidate) === rank)
    .map((candidate) => ({ candidate, point: pointOf(candidate.notice), id: candidate.notice }))
    .sort(compare)
    .map(({ candidate }) => candidate);
}
