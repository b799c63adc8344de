/** 连通情况: what the play log says of a board's link over a time. Pure: the rows are handed in, the answer is bounded. */
import { limits } from "../limits.ts";
import type { Instant, Window } from "../message/types.ts";
import type { Run } from "./play.ts";
import { runOf } from "./play-was.ts";
import type { LedgerRow } from "./types.ts";

/** `wrong`: it answered, with another picture; `stopped`: no daemon ran; `unknown`: nothing is on record, or read back. */
const healthStates = ["stopped", "wrong", "unreached", "dark", "maintenance", "reached", "unknown"] as const;
export type HealthState = (typeof healthStates)[number];

/** An unbroken time in which the board was not confirmed. */
export interface Outage extends Window {
  readonly state: "wrong" | "unreached";
  /** A fault's code, or "no-read-back". */
  readonly why: string;
}

export interface LinkHealth {
  /** `limits.healthCells` equal parts of the time, in order: of each what a person should see of it. */
  readonly cells: readonly HealthState[];
  /** ms of each state. */
  readonly ms: Readonly<Record<HealthState, number>>;
  /** Of the time in which it was asked, how much it was confirmed, dark and in maintenance too; null: never asked. */
  readonly share: number | null;
  readonly outages: number;
  readonly longestMs: number;
  /** The last `limits.healthOutages`, the latest first. */
  readonly last: readonly Outage[];
}

export interface HealthRows {
  /** Of one board, in order; also the last of each kind before the time. */
  readonly rows: readonly LedgerRow[];
  /** What is confirmed and not yet written. */
  readonly open: Run | null;
  /** When no daemon ran, sorted, apart. */
  readonly down: readonly Window[];
  readonly now: Instant;
}

/** `window` is cut at `now`: of what is to come nothing is known. */
export function healthOf(window: Window, { rows, open, down, now }: HealthRows): LinkHealth {
  const whole = { from: window.from, until: Math.max(window.from, Math.min(window.until, now)) };
  const runs = rows.flatMap(({ action, data }) => (action === "play/confirmed" ? runOf(data) : []));
  if (open !== null) runs.push(open);
  const reached = joined(runs);
  const missed = missedIn(rows, reached, down, now);
  const above = aboveIn(rows, now);
  const cuts = cutsOf(whole, [reached, missed, above.dark, above.maintenance, down]);
  const ms = Object.fromEntries(healthStates.map((state) => [state, 0])) as Record<HealthState, number>;
  const cells = Array.from({ length: limits.healthCells }, () => new Map<HealthState, number>());
  const cellMs = (window.until - window.from) / limits.healthCells;
  const [isDown, isReached, missedAt] = [walker(down), walker(reached), walker(missed)];
  const [isDark, isMaintained] = [walker(above.dark), walker(above.maintenance)];
  let [asked, confirmed] = [0, 0];
  for (const [index, from] of cuts.slice(0, -1).entries()) {
    const until = cuts[index + 1] ?? from;
    const [stopped, seen, miss] = [isDown(from), isReached(from), missedAt(from)];
    const [dark, maintained] = [isDark(from), isMaintained(from)];
    const state = stateOf({ stopped, seen, miss, dark, maintained });
    ms[state] += until - from;
    if (seen && !stopped) confirmed += until - from;
    if (!stopped && (seen || miss)) asked += until - from;
    for (let at = from; at < until; ) {
      const cell = Math.min(limits.healthCells - 1, Math.floor((at - window.from) / cellMs));
      const next = cell === limits.healthCells - 1 ? until : Math.min(until, window.from + (cell + 1) * cellMs);
      const here = cells[cell];
      here?.set(state, (here.get(state) ?? 0) + next - at);
      // A boundary between two milliseconds is not to be stood on for ever.
      at = next > at ? next : until;
    }
  }
  const outages = outagesIn(missed, whole);
  return {
    cells: cells.map(shownOf),
    ms,
    share: asked === 0 ? null : confirmed / asked,
    outages: outages.length,
    longestMs: outages.reduce((most, one) => Math.max(most, one.until - one.from), 0),
    last: outages.slice(-limits.healthOutages).reverse(),
  };
}

interface Here {
  readonly stopped: Window | null;
  readonly seen: Window | null;
  readonly miss: Outage | null;
  readonly dark: Window | null;
  readonly maintained: Window | null;
}

function stateOf({ stopped, seen, miss, dark, maintained }: Here): HealthState {
  if (stopped) return "stopped";
  if (!seen && miss) return miss.state;
  if (dark) return "dark";
  if (maintained) return "maintenance";
  return seen ? "reached" : "unknown";
}

/** Trouble is shown however short it was; else what there was most of. */
function shownOf(cell: ReadonlyMap<HealthState, number>): HealthState {
  for (const state of ["wrong", "unreached"] as const) if ((cell.get(state) ?? 0) > 0) return state;
  let shown: HealthState = "unknown";
  for (const [state, ms] of cell) if (ms > (cell.get(shown) ?? 0)) shown = state;
  return shown;
}

/** Two read-backs that are near enough are one stretch, whatever programme they confirmed. */
function joined(runs: readonly Run[]): readonly Window[] {
  const all: { from: Instant; until: Instant }[] = [];
  for (const { from, to } of [...runs].sort((one, other) => one.from - other.from)) {
    const last = all[all.length - 1];
    if (last && from - last.until <= limits.playGapMs) last.until = Math.max(last.until, to);
    else all.push({ from, until: to });
  }
  return all;
}

/**
 * From each row that says so until the board was confirmed again, had nothing to confirm, or nobody looked any more: who
 * looks again says it again. A row may begin before what was confirmed last, but was written after it.
 */
function missedIn(rows: readonly LedgerRow[], reached: readonly Window[], down: readonly Window[], now: Instant) {
  const all: Outage[] = [];
  const ended = rows.flatMap(({ action, data }) => (action === "play/ended" ? whole(data.to) : []));
  ended.sort((one, other) => one - other);
  const [starts, stops] = [reached.map(({ from }) => from), down.map(({ from }) => from)];
  const said = rows.filter(({ action }) => action === "play/unconfirmed");
  let last: Instant = Number.NEGATIVE_INFINITY;
  for (const [index, { data, boardAt }] of said.entries()) {
    const [next = Infinity] = whole(said[index + 1]?.data.from);
    const seen = reached[countUntil(starts, boardAt) - 1]?.until ?? Number.NEGATIVE_INFINITY;
    const from = Math.max(last, Math.min(seen, boardAt), ...whole(data.from));
    const ends = [starts, ended, stops].map((sorted) => sorted[countUntil(sorted, boardAt)] ?? Infinity);
    const until = Math.min(...ends, next > from ? next : Infinity, now);
    const why = String(data.why ?? "");
    if (until <= from) continue;
    all.push({ from, until, state: why === "panel/frame" ? "wrong" : "unreached", why });
    last = until;
  }
  return all.flatMap((one) => without(one, down));
}

/** 紧急关屏 and test pictures, by what the board was told. */
function aboveIn(rows: readonly LedgerRow[], now: Instant) {
  const dark: Window[] = [];
  const maintenance: Window[] = [];
  let [darkFrom, testFrom, testUntil] = [Infinity, Infinity, Infinity];
  const endTest = (at: Instant) => {
    const until = Math.min(at, testUntil);
    if (until > testFrom) maintenance.push({ from: testFrom, until });
    testFrom = Infinity;
  };
  for (const { action, data } of [...rows].sort((one, other) => one.seq - other.seq)) {
    const [at = Infinity] = whole(data.from ?? data.to);
    if (action === "play/dark") darkFrom = Math.min(darkFrom, at);
    if (action === "play/lit" && darkFrom < Infinity) {
      if (at > darkFrom) dark.push({ from: darkFrom, until: at });
      darkFrom = Infinity;
    }
    if (action !== "play/told" && action !== "play/ended") continue;
    endTest(at);
    if (action === "play/told" && isTest(data.notices)) {
      [testFrom, testUntil] = [at, whole(data.until)[0] ?? Infinity];
    }
  }
  endTest(now);
  if (now > darkFrom) dark.push({ from: darkFrom, until: now });
  return { dark, maintenance };
}

const isTest = (notices: unknown): boolean =>
  Array.isArray(notices) && notices.some((one: { id?: unknown }) => String(one?.id ?? "").startsWith("pattern:"));

/** Breaks that touch are one: a board that was told anew meanwhile was no less away. */
function outagesIn(missed: readonly Outage[], { from, until }: Window): readonly Outage[] {
  const all: { from: Instant; until: Instant; state: Outage["state"]; why: string }[] = [];
  for (const one of missed) {
    const inside = { ...one, from: Math.max(one.from, from), until: Math.min(one.until, until) };
    if (inside.until <= inside.from) continue;
    const last = all[all.length - 1];
    if (last && inside.from - last.until <= limits.playGapMs && last.state === inside.state) last.until = inside.until;
    else all.push(inside);
  }
  return all;
}

function without(one: Outage, down: readonly Window[]): readonly Outage[] {
  const left: Outage[] = [];
  let { from } = one;
  for (const gap of down) {
    if (gap.until <= from || gap.from >= one.until) continue;
    if (gap.from > from) left.push({ ...one, from, until: gap.from });
    from = gap.until;
  }
  return from < one.until ? [...left, { ...one, from }] : left;
}

function cutsOf({ from, until }: Window, all: readonly (readonly Window[])[]): readonly Instant[] {
  const inside = all.flat().flatMap((one) => [one.from, one.until].filter((at) => from < at && at < until));
  return [from, ...[...new Set(inside)].sort((one, other) => one - other), ...(until > from ? [until] : [])];
}

/** Asked at instants that grow: whose window holds it. */
function walker<T extends Window>(windows: readonly T[]): (at: Instant) => T | null {
  const sorted = [...windows].sort((one, other) => one.from - other.from);
  let next = 0;
  return (at) => {
    while ((sorted[next]?.until ?? Infinity) <= at) next++;
    const found = sorted[next];
    return found && found.from <= at ? found : null;
  };
}

/** How many of sorted instants are at most `at`. */
function countUntil(sorted: readonly Instant[], at: Instant): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as Instant) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

const whole = (value: unknown): Instant[] => (Number.isSafeInteger(value) ? [Number(value)] : []);
