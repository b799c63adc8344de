/** The oracle's rotation: one turn after the other, with a finger on the ring. It shares no code with src/playlist. */
import { createHash } from "node:crypto";
import type { Candidate } from "../../src/playlist/types.ts";
import { piecesOf, type Town } from "./oracle.ts";

export interface Segment {
  readonly from: number;
  readonly until: number;
  readonly candidate: Candidate;
  /** How far into its turn it is at `from`, ms. */
  readonly elapsedMs: number;
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
  const fingers = new Map<string, { point: number; id: string | null; elapsed: number }>();
  const segments: Segment[] = [];
  for (const { from, until, eligible } of piecesOf(town, day)) {
    const [first] = eligible;
    if (first === undefined) continue;
    const whose = `${first.priority} ${first.pinned ?? false}`;
    const ring = ringOf(eligible);
    let finger = fingers.get(whose) ?? {
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
    fingers.set(whose, finger);
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
