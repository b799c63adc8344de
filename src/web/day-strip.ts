/** A day of the boards as a strip: a lane each, what is on when in four looks, and every instant at which something changes. */
import type { Instant, Window } from "../message/types.ts";
import type { ScheduleViewJson } from "../api/schedule-schemas.ts";
import { defaultPrefix } from "./playing.ts";
import { isUrgent } from "./schedule/looks.ts";

/** Open hours lie under the others: nothing, the default picture, notices, and what interrupts them. */
export const laneLooks = ["open", "standby", "lit", "urgent"] as const;
export type LaneLook = (typeof laneLooks)[number];

export interface Lane {
  readonly board: string;
  readonly windows: Readonly<Record<LaneLook, readonly Window[]>>;
}

export interface Strip extends Window {
  readonly lanes: readonly Lane[];
  /** In order, each once, inside of the day. */
  readonly changes: readonly Change[];
}

export interface Change {
  readonly at: Instant;
  readonly boards: readonly string[];
}

type BoardDay = Pick<ScheduleViewJson["boards"][number], "board" | "open" | "intervals">;

export function stripOf({ from, until }: Window, boards: readonly BoardDay[]): Strip {
  const changes = new Map<Instant, string[]>();
  const lanes = boards.map(({ board, open, intervals }): Lane => {
    const windows: Record<LaneLook, Window[]> = { open: open.map(windowOf), standby: [], lit: [], urgent: [] };
    for (const { start, end, notices, priority, suspended } of intervals) {
      const one = windowOf({ from: start, until: end });
      if (one.from > from && one.from < until) changes.set(one.from, [...(changes.get(one.from) ?? []), board]);
      // What is suspended is not lit; what is default, or nothing, is told apart.
      if (notices.length === 0 || suspended !== null) continue;
      const isStandby = notices.every((notice) => notice.startsWith(defaultPrefix));
      windows[isStandby ? "standby" : isUrgent(priority) ? "urgent" : "lit"].push(one);
    }
    return { board, windows };
  });
  const sorted = [...changes].sort(([one], [other]) => one - other);
  return { from, until, lanes, changes: sorted.map(([at, ids]) => ({ at, boards: ids })) };
}

const windowOf = ({ from, until }: { from: string; until: string }): Window => ({
  from: Date.parse(from),
  until: Date.parse(until),
});

export const changeAt = ({ changes }: Strip, at: Instant): Change | null =>
  changes.find((change) => change.at === at) ?? null;

/** The last before `at`, or the first after it; null: none that day. */
export function changeBeside({ changes }: Strip, at: Instant, way: "before" | "after"): Change | null {
  if (way === "after") return changes.find((change) => change.at > at) ?? null;
  return [...changes].reverse().find((change) => change.at < at) ?? null;
}

/** When a board that is closed at `at` opens next that day; null: no more. undefined: it is open, or not known. */
export function opensNext(strip: Strip | null, board: string, at: Instant): Instant | null | undefined {
  if (strip === null || at < strip.from || at >= strip.until) return undefined;
  const lane = strip.lanes.find((one) => one.board === board);
  if (!lane || lane.windows.open.some(({ from, until }) => from <= at && at < until)) return undefined;
  return lane.windows.open.find(({ from }) => from > at)?.from ?? null;
}

/** Rectangles of a lane as an SVG path: minutes of the day across, from `top` so many units down. */
export function pathOf(windows: readonly Window[], { from, until }: Window, top: number, height: number): string {
  const minutes = (at: Instant) => Math.round((Math.min(until, Math.max(from, at)) - from) / 6000) / 10;
  return windows
    .map((one) => `M${minutes(one.from)} ${top}H${minutes(one.until)}v${height}H${minutes(one.from)}z`)
    .join("");
}
