/** Sets of instants as sorted, disjoint, half-open windows. */
import type { Instant, Window } from "../message/types.ts";

/** Sorted and with touching or overlapping windows merged. */
export function merged(windows: readonly Window[]): Window[] {
  const out: { from: Instant; until: Instant }[] = [];
  for (const window of [...windows].sort((a, b) => a.from - b.from)) {
    if (window.from >= window.until) continue;
    const last = out[out.length - 1];
    if (last && window.from <= last.until) last.until = Math.max(last.until, window.until);
    else out.push({ ...window });
  }
  return out;
}

/** The instants of `windows` that are in none of `gaps`; both sorted and disjoint. */
export function without(windows: readonly Window[], gaps: readonly Window[]): Window[] {
  if (gaps.length === 0) return [...windows];
  const out: Window[] = [];
  for (const { from, until } of windows) {
    let at = from;
    for (const gap of gaps) {
      if (gap.until <= at) continue;
      if (gap.from >= until) break;
      if (at < gap.from) out.push({ from: at, until: gap.from });
      at = gap.until;
    }
    if (at < until) out.push({ from: at, until });
  }
  return out;
}

/** The instants in both; both sorted and disjoint. */
export function intersected(left: readonly Window[], right: readonly Window[]): Window[] {
  const out: Window[] = [];
  for (let a = 0, b = 0; a < left.length && b < right.length; ) {
    const one = left[a] as Window;
    const two = right[b] as Window;
    const from = Math.max(one.from, two.from);
    const until = Math.min(one.until, two.until);
    if (from < until) out.push({ from, until });
    if (one.until < two.until) a++;
    else b++;
  }
  return out;
}
