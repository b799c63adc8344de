/**
 * The playlist and its rotation once more, slowly and from semantics.md alone: minute by minute, one turn after the other,
 * with a finger on the ring. It shares no code with src/playlist. Zone: UTC+8 throughout.
 */
import { createHash } from "node:crypto";
import type { BoardHours } from "../../src/config/types.ts";
import type { Candidate } from "../../src/playlist/types.ts";

export const zone = "Asia/Shanghai";
const offsetMs = 8 * 3600_000;
const minuteMs = 60_000;

export interface Town {
  readonly candidates: readonly Candidate[];
  readonly hours: BoardHours;
  /** Civil days that are no working days. */
  readonly restDays: ReadonlySet<number>;
}

/** What is on from `from` to `until`: null for nothing. */
export interface Piece {
  readonly from: number;
  readonly until: number;
  readonly eligible: readonly Candidate[];
}
export interface Segment {
  readonly from: number;
  readonly until: number;
  readonly candidate: Candidate;
  /** How far into its turn it is at `from`, ms. */
  readonly elapsedMs: number;
}

export const midnight = (day: number): number => day * 86_400_000 - offsetMs;

/** The pieces of a civil day with their top-priority candidates, cut at least at every minute. */
export function piecesOf(town: Town, day: number): Piece[] {
  const slots = new Map(town.candidates.map((one) => [one, slotMinutes(one, town, day)]));
  const pieces: Piece[] = [];
  for (let minute = 0; minute < 1440; minute++) {
    const start = midnight(day) + minute * minuteMs;
    const ends = [start, start + minuteMs];
    for (const one of town.candidates)
      for (const edge of [one.window.from, one.window.until, one.signedAt, one.withdrawnAt, one.supersededAt])
        if (edge !== null && edge > start && edge < start + minuteMs) ends.push(edge);
    ends.sort((a, b) => a - b);
    for (let at = 0; at + 1 < ends.length; at++) {
      const from = ends[at] as number;
      const until = ends[at + 1] as number;
      if (from === until) continue;
      const can = town.candidates.filter((one) => {
        if (one.blocked || !alive(one, from) || !slots.get(one)?.has(minute)) return false;
        return one.priority === 0 || open(town, day, minute);
      });
      const top = Math.min(...can.map((one) => one.priority));
      pieces.push({ from, until, eligible: can.filter((one) => one.priority === top) });
    }
  }
  return pieces;
}

function alive(one: Candidate, at: number): boolean {
  if (at < one.window.from || at >= one.window.until) return false;
  if (one.signedAt !== null && at < one.signedAt) return false;
  if (one.withdrawnAt !== null && at >= one.withdrawnAt) return false;
  return one.supersededAt === null || at < one.supersededAt;
}

/** The minutes of `day` that some slot covers. */
function slotMinutes(one: Candidate, town: Town, day: number): ReadonlySet<number> {
  const covered = new Set<number>();
  const { cron, slotMinutes: length, calendar } = one.rule;
  const allowed = (on: number) => calendar === "everyday" || (calendar === "restday") === town.restDays.has(on);
  for (const began of [day - 1, day]) {
    if (!allowed(began)) continue;
    for (let minute = 0; minute < 1440; minute++) {
      if (cron === null) {
        if (began === day) covered.add(minute);
      } else if (fires(cron, began, minute)) {
        for (let after = 0; after < length; after++) {
          const at = minute + after - (began === day ? 0 : 1440);
          if (at >= 0 && at < 1440) covered.add(at);
        }
      }
    }
  }
  return covered;
}

/** Understands numbers, lists and `*`, which is what the tests write. */
export function fires(cron: string, day: number, minute: number): boolean {
  const date = new Date(day * 86_400_000);
  const values = [minute % 60, Math.floor(minute / 60), date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCDay()];
  return cron.split(" ").every(
    (field, index) =>
      field === "*" ||
      field
        .split(",")
        .map(Number)
        .includes(values[index] as number),
  );
}

function open({ hours, restDays }: Town, day: number, minute: number): boolean {
  const allowed = (on: number) => hours.days === "everyday" || (hours.days === "restday") === restDays.has(on);
  const { fromMinute, untilMinute } = hours;
  if (fromMinute < untilMinute) return minute >= fromMinute && minute < untilMinute && allowed(day);
  return (minute >= fromMinute && allowed(day)) || (minute < untilMinute && allowed(day - 1));
}

interface Place {
  readonly point: number;
  readonly candidate: Candidate;
}

export function ringOf(candidates: readonly Candidate[]): Place[] {
  const places: Place[] = [];
  for (const candidate of candidates) {
    const point = Number.parseInt(createHash("sha256").update(candidate.notice).digest("hex").slice(0, 8), 16);
    for (let copy = 0; copy < candidate.weight; copy++)
      places.push({ point: (point + Math.floor((copy * 4294967296) / candidate.weight)) % 4294967296, candidate });
  }
  return places.sort((a, b) => a.point - b.point || (a.candidate.notice < b.candidate.notice ? -1 : 1));
}

/** What a patient person with a stop-watch would write down over a civil day. */
export function played(town: Town, day: number): Segment[] {
  const fingers = new Map<number, { point: number; id: string | null; elapsed: number }>();
  const segments: Segment[] = [];
  for (const { from, until, eligible } of piecesOf(town, day)) {
    const priority = eligible[0]?.priority;
    if (priority === undefined) continue;
    const ring = ringOf(eligible);
    let finger = fingers.get(priority) ?? {
      point: Number((BigInt(day) * 0x9e3779b1n) % 0x1_0000_0000n),
      id: null,
      elapsed: 0,
    };
    for (let at = from; at < until; ) {
      let place = ring.find((one) => one.point === finger.point && one.candidate.notice === finger.id);
      if (!place || finger.elapsed >= place.candidate.durationMs) {
        const { point, id } = finger;
        place =
          ring.find((one) =>
            id === null ? one.point >= point : one.point > point || (one.point === point && one.candidate.notice > id),
          ) ?? (ring[0] as Place);
        finger = { point: place.point, id: place.candidate.notice, elapsed: 0 };
      }
      const end = Math.min(until, at + place.candidate.durationMs - finger.elapsed);
      segments.push({ from: at, until: end, candidate: place.candidate, elapsedMs: finger.elapsed });
      finger = { ...finger, elapsed: finger.elapsed + end - at };
      at = end;
    }
    fingers.set(priority, finger);
  }
  return segments;
}

export function segmentAt(segments: readonly Segment[], at: number): Segment | null {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle] as Segment).until <= at) low = middle + 1;
    else high = middle;
  }
  const found = segments[low];
  return found && found.from <= at ? found : null;
}
