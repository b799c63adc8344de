/** Per board and civil day: the maximal intervals with one top priority and one eligible set (semantics.md "Playlist"). */
import type { BoardHours } from "../config/types.ts";
import type { Instant, Window } from "../message/types.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import { instantOf } from "../time/zone.ts";
import { compare, pointOf } from "./ring.ts";
import { openWindows, slotWindows } from "./slots.ts";
import type { Candidate, PlaylistDay, PlaylistInterval } from "./types.ts";
import { intersected } from "./windows.ts";

export interface BoardContext {
  readonly hours: BoardHours;
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

/** When a candidate is eligible within a civil day; priority 0 ignores the board's hours. */
export function eligibleWindows(candidate: Candidate, day: number, board: Omit<BoardContext, "candidates">): Window[] {
  if (candidate.blocked) return [];
  const life = lifeOf(candidate);
  const start = instantOf(board.zone, day, 0);
  const end = instantOf(board.zone, day + 1, 0);
  if (life.until <= start || life.from >= end) return [];
  const within = { from: Math.max(start, life.from), until: Math.min(end, life.until) };
  const slots = intersected([within], slotWindows(candidate.rule, day, board.zone, board.calendar));
  return candidate.priority === 0
    ? slots
    : intersected(slots, openWindows(board.hours, day, board.zone, board.calendar));
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
    for (const window of eligibleWindows(candidate, dayNumber, board)) {
      edges.push({ at: window.from, candidate, enters: true }, { at: window.until, candidate, enters: false });
    }
  }
  edges.sort((left, right) => left.at - right.at);
  const eligible = new Set<Candidate>();
  const intervals: PlaylistInterval[] = [];
  let from = start;
  for (let next = 0; from < end; ) {
    while (next < edges.length && (edges[next] as Edge).at <= from) {
      const { candidate, enters } = edges[next++] as Edge;
      if (enters) eligible.add(candidate);
      else eligible.delete(candidate);
    }
    const until = Math.min(end, edges[next]?.at ?? end);
    append(intervals, from, until, eligible);
    from = until;
  }
  return { dayNumber, start, end, intervals };
}

/** Adds [from, until) with the most urgent of `eligible`, joined to the interval before it if nothing changed. */
function append(intervals: PlaylistInterval[], from: Instant, until: Instant, eligible: ReadonlySet<Candidate>): void {
  let priority: number | null = null;
  for (const candidate of eligible)
    if (priority === null || candidate.priority < priority) priority = candidate.priority;
  const notices = [...eligible]
    .filter((candidate) => candidate.priority === priority)
    .map((candidate) => ({ point: pointOf(candidate.notice), id: candidate.notice }))
    .sort(compare)
    .map((place) => place.id);
  const last = intervals[intervals.length - 1];
  if (last && last.priority === priority && last.notices.join("\n") === notices.join("\n"))
    intervals[intervals.length - 1] = { ...last, end: until };
  else intervals.push({ start: from, end: until, priority, notices });
}
