/** Playlist and messages made into turns: the cursor, span by span, as semantics.md "Playlist, programme, rotation" defines it. */
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant, MessageHash, Shape, Span, Turn } from "../message/types.ts";
import { utcOffsetMin } from "../time/zone.ts";
import { aliveAt } from "./playlist.ts";
import { rankOf } from "./rank.ts";
import { compare, dayPoint, type Place, placesOf } from "./ring.ts";
import type { Candidate, PlannedProgramme, PlaylistDay, PlaylistInterval } from "./types.ts";

const u32Max = 0xffff_ffff;

export interface ProgrammeRequest {
  readonly board: string;
  /** Whole civil days that cover [from, until). */
  readonly days: readonly PlaylistDay[];
  /** Every revision that the days may show, with its message and duration. */
  readonly candidates: readonly Candidate[];
  readonly shape: Shape;
  readonly zone: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** Where a rank's rotation stands: at this place, `elapsed` ms into its turn. `id` null: nothing shown yet today. */
interface Cursor {
  readonly point: number;
  readonly id: string | null;
  readonly elapsed: number;
}

interface Ring {
  /** The revision of each notice that is alive in the interval. */
  readonly byId: ReadonlyMap<string, Candidate>;
  readonly places: readonly Place[];
  /** Cumulative ends of the turns; the last is the loop's length L. */
  readonly ends: readonly number[];
}

/** The same for any cut: `from` and `until` choose what is emitted, never how the rotation stands. */
export function programmeFor(
  request: ProgrammeRequest,
): { readonly ok: true; readonly planned: PlannedProgramme } | { readonly ok: false; readonly fault: Fault } {
  const { shape, zone, from, until } = request;
  const revisions = new Map<string, Candidate[]>();
  for (const candidate of request.candidates)
    revisions.set(candidate.notice, [...(revisions.get(candidate.notice) ?? []), candidate]);
  const messages: MessageHash[] = [];
  const indexOf = new Map<MessageHash, number>();
  const spans: Span[] = [];
  const owners: string[][] = [];
  const overfull = (count: number, max: number) =>
    ({ ok: false, fault: { code: "board/overfull", board: request.board, spans: count, max } }) as const;

  for (const day of request.days) {
    const cursors = new Map<number, Cursor>();
    for (const interval of day.intervals) {
      if (interval.priority === null || interval.start >= until) continue;
      const rank = rankOf({ priority: interval.priority, pinned: interval.pinned ?? false });
      const ring = ringOf(interval, revisions);
      const loopMs = ring.ends[ring.ends.length - 1] ?? 0;
      if (loopMs === 0) continue;
      if (ring.places.length > limits.turnsPerSpan) return overfull(ring.places.length, limits.turnsPerSpan);
      if (loopMs > u32Max)
        return overfull(
          ring.places.length,
          ring.ends.findIndex((end) => end > u32Max),
        );
      const lead = leadOf(ring, cursors.get(rank) ?? { point: dayPoint(day.dayNumber), id: null, elapsed: 0 });
      cursors.set(rank, cursorAfter(ring, (lead + interval.end - 1 - interval.start) % loopMs));
      const start = Math.max(interval.start, from);
      const end = Math.min(interval.end, until);
      if (start >= end) continue;
      const turns = ring.places.map((place, index): Turn => {
        const hash = ring.byId.get(place.id)?.message ?? "";
        let message = indexOf.get(hash);
        if (message === undefined) {
          message = messages.push(hash) - 1;
          indexOf.set(hash, message);
        }
        return { message, endMs: ring.ends[index] ?? 0 };
      });
      for (const piece of piecesOfOneOffset(zone, start, end)) {
        spans.push({
          startMs: piece.start - from,
          endMs: piece.end - from,
          leadMs: (lead + piece.start - interval.start) % loopMs,
          turns,
          utcOffsetMin: piece.offset,
        });
        owners.push(ring.places.map((place) => place.id));
      }
    }
  }
  if (spans.length > limits.spansPerProgramme) return overfull(spans.length, limits.spansPerProgramme);
  if (messages.length > limits.messagesPerProgramme) return overfull(messages.length, limits.messagesPerProgramme);
  const fitting = spansThatFit(spans, messages.length);
  if (fitting < spans.length) return overfull(spans.length, fitting);
  return { ok: true, planned: { programme: { shape, base: from, endMs: until - from, messages, spans }, owners } };
}

/** How many of the spans go into a programme of at most `limits.programmeBytes`, encoded. */
function spansThatFit(spans: readonly Span[], messageCount: number): number {
  let bytes = 24 + messageCount * 32;
  for (const [index, span] of spans.entries()) {
    bytes += 16 + span.turns.length * 6;
    if (bytes > limits.programmeBytes) return index;
  }
  return spans.length;
}

function ringOf(interval: PlaylistInterval, revisions: ReadonlyMap<string, readonly Candidate[]>): Ring {
  const byId = new Map<string, Candidate>();
  const places: Place[] = [];
  for (const id of interval.notices) {
    const alive = revisions.get(id)?.find((one) => !one.blocked && aliveAt(one, interval.start));
    if (!alive || alive.message === null || alive.durationMs <= 0) continue;
    byId.set(id, alive);
    places.push(...placesOf(id, alive.weight));
  }
  places.sort(compare);
  let end = 0;
  const ends = places.map((place) => {
    end += byId.get(place.id)?.durationMs ?? 0;
    return end;
  });
  return { byId, places, ends };
}

/** Where in the loop the rotation takes up again. */
function leadOf(ring: Ring, cursor: Cursor): number {
  const startOf = (index: number) => (index === 0 ? 0 : (ring.ends[index - 1] ?? 0));
  if (cursor.id !== null) {
    const here = ring.places.findIndex((place) => place.point === cursor.point && place.id === cursor.id);
    const start = startOf(here);
    if (here >= 0 && cursor.elapsed < (ring.ends[here] ?? 0) - start) return start + cursor.elapsed;
  }
  const next = ring.places.findIndex((place) =>
    cursor.id === null ? place.point >= cursor.point : compare(place, { point: cursor.point, id: cursor.id }) > 0,
  );
  return next < 0 ? 0 : startOf(next);
}

/** The cursor when the last millisecond shown was `last` into the loop. */
function cursorAfter(ring: Ring, last: number): Cursor {
  const index = ring.ends.findIndex((end) => last < end);
  const place = ring.places[index] as Place;
  const start = index === 0 ? 0 : (ring.ends[index - 1] ?? 0);
  return { point: place.point, id: place.id, elapsed: last - start + 1 };
}

/** Clock fields need the offset from UTC: where daylight saving changes it, the span is two. */
function piecesOfOneOffset(zone: string, start: Instant, end: Instant) {
  const pieces: { start: Instant; end: Instant; offset: number }[] = [];
  const quarterMs = 900_000;
  const last = utcOffsetMin(zone, end - 1);
  for (let at = start; at < end; ) {
    const offset = utcOffsetMin(zone, at);
    let to = end;
    if (offset !== last) {
      to = (Math.floor(at / quarterMs) + 1) * quarterMs;
      while (to < end && utcOffsetMin(zone, to) === offset) to += quarterMs;
      to = Math.min(to, end);
    }
    pieces.push({ start: at, end: to, offset });
    at = to;
  }
  return pieces;
}
