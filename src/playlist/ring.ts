/** The ring that gives every notice its place, whatever else comes or goes (semantics.md "Ring"). */
import { createHash } from "node:crypto";

const whole = 2 ** 32;

export interface Place {
  /** 0 … 2³²−1 */
  readonly point: number;
  readonly id: string;
}

const points = new Map<string, number>();
const cachedMax = 200_000;

/** First four bytes of SHA-256 of the id, big-endian. */
export function pointOf(id: string): number {
  let point = points.get(id);
  if (point === undefined) {
    point = createHash("sha256").update(id).digest().readUInt32BE(0);
    if (points.size >= cachedMax) points.clear();
    points.set(id, point);
  }
  return point;
}

/** `weight` copies, spread evenly from the notice's own point. */
export function placesOf(id: string, weight: number): Place[] {
  const point = pointOf(id);
  return Array.from({ length: weight }, (_, copy) => ({
    point: (point + Math.floor((copy * whole) / weight)) % whole,
    id,
  }));
}

export function compare(left: Place, right: Place): number {
  return left.point - right.point || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

/** Where a day's rotation begins, so that no notice is always the first of the morning. */
export function dayPoint(dayNumber: number): number {
  // 0x9E3779B1 · dayNumber mod 2³², without losing low bits to a double.
  return Math.imul(dayNumber, 0x9e3779b1) >>> 0;
}
