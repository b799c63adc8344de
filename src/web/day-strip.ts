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
  /** What may be on when, in order; of a board that is dark, or in maintenance, nothing. */
  readonly shows: readonly (Window & { readonly notices: readonly string[] })[];
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

type BoardDay = Pick<ScheduleViewJson["boards"][number], "board" | "open" | "intervals" | "card">;

export function stripOf({ from, until }: Window, boards: readonly BoardDay[]): Strip {
  const changes = new Map<Instant, string[]>();
  const lanes = boards.map(({ board, open, intervals, card }): Lane => {
    // Its card knows no hours: what a person put in goes round all day, and all night.
    if (card)
      return cardLane(
        board,
        card,
        (at) => at > from && at < until && changes.set(at, [...(changes.get(at) ?? []), board]),
      );
    const shows: Lane["shows"][number][] = [];
    const windows: Record<LaneLook, Window[]> = { open: open.map(windowOf), standby: [], lit: [], urgent: [] };
    for (const { start, end, notices, priority, suspended } of intervals) {
      const one = windowOf({ from: start, until: end });
      if (one.from > from && one.from < until) changes.set(one.from, [...(changes.get(one.from) ?? []), board]);
      shows.push({ ...one, notices: suspended === null ? notices : [] });
      // What is suspended is not lit; what is default, or nothing, is told apart.
      if (notices.length === 0 || suspended !== null) continue;
      const isStandby = notices.every((notice) => notice.startsWith(defaultPrefix));
      windows[isStandby ? "standby" : isUrgent(priority) ? "urgent" : "lit"].push(one);
    }
    return { board, shows, windows };
  });
  const sorted = [...changes].sort(([one], [other]) => one - other);
  return { from, until, lanes, changes: sorted.map(([at, ids]) => ({ at, boards: ids })) };
}

function cardLane(board: string, card: NonNullable<BoardDay["card"]>, change: (at: Instant) => unknown): Lane {
  const pieces = card.map(({ notices, loaded, ...one }) => ({ ...windowOf(one), notices, loaded }));
  for (const { from } of pieces) change(from);
  const known = pieces.filter(({ loaded }) => loaded !== null);
  const isStandby = ({ notices }: { notices: readonly string[] }) =>
    notices.every((one) => one.startsWith(defaultPrefix));
  const windowsOf = (some: typeof pieces) => some.map(({ from, until }) => ({ from, until }));
  const shown = known.filter(({ notices }) => notices.length > 0);
  return {
    board,
    shows: pieces.map(({ from, until, notices }) => ({ from, until, notices })),
    windows: {
      open: windowsOf(known),
      standby: windowsOf(shown.filter(isStandby)),
      lit: windowsOf(shown.filter((one) => !isStandby(one))),
      urgent: [],
    },
  };
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

/**
 * Until when a notice that is on at `at` may be on without a break, by that day's schedule; `day`: to its very end.
 * null: not known. `owner` null: nothing is on.
 */
export function lastsUntil(
  strip: Strip | null,
  board: string,
  owner: string | null,
  at: Instant,
): Instant | "day" | null {
  const lane = strip?.lanes.find((one) => one.board === board);
  if (!strip || !lane || at < strip.from || at >= strip.until) return null;
  const isMine = ({ notices }: Lane["shows"][number]) =>
    owner === null ? notices.length === 0 : notices.includes(owner);
  let until: Instant | null = null;
  for (const one of lane.shows) {
    if (one.until <= at) continue;
    if (until === null ? one.from > at || !isMine(one) : one.from !== until || !isMine(one)) break;
    until = one.until;
  }
  return until !== null && until >= strip.until ? "day" : until;
}

/** Rectangles of a lane as an SVG path: minutes of the day across, from `top` so many units down. */
export function pathOf(windows: readonly Window[], { from, until }: Window, top: number, height: number): string {
  const minutes = (at: Instant) => Math.round((Math.min(until, Math.max(from, at)) - from) / 6000) / 10;
  return windows
    .map((one) => `M${minutes(one.from)} ${top}H${minutes(one.until)}v${height}H${minutes(one.from)}z`)
    .join("");
}
