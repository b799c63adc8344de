/** Where a message's dots depend on the civil time, and not on how long it has been on: windows and clock fields. */
import { civil } from "./civil.ts";
import type { FieldUnit, Instant, Message } from "./types.ts";

/** ms until the unit can be another one; days and more are looked at midnight. */
const unitMs = { S: 1000, M: 60_000, H: 3_600_000 } as const;
const dayMs = 86_400_000;

/**
 * The first instant after `at` at which a page's window opens or closes, or a clock field that can be seen then may show
 * something else; Infinity: never. `utcOffsetMin` as for `frameAt`.
 */
export function changesAt(message: Message, at: Instant, utcOffsetMin: number): Instant {
  let next = Number.POSITIVE_INFINITY;
  for (const { window, fields } of message.pages) {
    if (window && window.until <= at) continue;
    if (window && at < window.from) {
      next = Math.min(next, window.from);
      continue;
    }
    if (window) next = Math.min(next, window.until);
    for (const { cells } of fields)
      for (const { unit } of cells) next = Math.min(next, unitEnds(unit, at, utcOffsetMin));
  }
  return next;
}

function unitEnds(unit: FieldUnit, at: Instant, utcOffsetMin: number): Instant {
  const lengthMs = unit === "S" || unit === "M" || unit === "H" ? unitMs[unit] : dayMs;
  const { H, M, S } = civil(at, utcOffsetMin);
  const sinceMs = (((H * 60 + M) * 60 + S) * 1000 + (((at % 1000) + 1000) % 1000)) % lengthMs;
  return at - sinceMs + lengthMs;
}
