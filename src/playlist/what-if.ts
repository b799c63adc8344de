/**
 * What a notice would do to a board, before it is signed: how often its turn comes and how long it lasts, whom it
 * interrupts, and whether it is ever seen itself. Worked out by the playlist itself, once with it and once without.
 */
import type { Instant, Window } from "../message/types.ts";
import { type BoardContext, eligibleWindows, lifeOf } from "./playlist.ts";
import { type Cycle, cycleOf, daysOf, joined, timelineDays, within } from "./timeline.ts";
import type { BlockReason, Candidate, PlaylistInterval } from "./types.ts";
import { merged } from "./windows.ts";

/** 10: the default picture, which gives way to everything and is nobody's loss. */
export const defaultPriority = 10;

/** A round that a notice has its turns in, and how long rounds like it are on. */
export interface Round extends Cycle {
  /** Its own turn, ms. */
  readonly ownMs: number;
  /** Of all rounds of this make-up, ms on the board. */
  readonly onMs: number;
  readonly notices: readonly string[];
}

export interface Interrupted {
  readonly notice: string;
  /** What it loses within the span, ms, in so many pieces; the first of them. */
  readonly ms: number;
  readonly times: number;
  readonly first: Window;
}

export interface Effect {
  /** What it is about; the notice's life lies in it, or a part of it. */
  readonly span: Window;
  /** Why it would never be on, however much room there is; of a signed one, what stands in its way then. */
  readonly blocked: BlockReason | null;
  /** When its schedule and the board's hours, quiet ones taken off, would let it be on, ms. */
  readonly eligibleMs: number;
  /** When it is on, alone or in turn with others, ms. */
  readonly onMs: number;
  readonly first: Instant | null;
  /** The end of its last appearance within the span. */
  readonly last: Instant | null;
  /** Civil days on which it is on. */
  readonly days: number;
  /** The rounds that it is in, the one that is on the longest first. null `usual`: never on. */
  readonly usual: Round | null;
  /** The longest round, where another than the usual one. */
  readonly longest: Round | null;
  /** Without it, the usual round's others would have had this one. null: they would have had nothing. */
  readonly before: Cycle | null;
  /** Who is not on while it is, and would have been; the one that loses most first. */
  readonly interrupts: readonly Interrupted[];
  /** Who is on while it might be and is not; the one that takes most first. */
  readonly waitsFor: readonly { readonly notice: string; readonly ms: number }[];
}

export type DurationOf = (candidate: Candidate) => number;

/** `board.candidates`: the others; revisions of the same notice among them are what it takes the place of. */
export function* effectDays(
  board: BoardContext,
  draft: Candidate,
  span: Window,
  durationOf: DurationOf,
): Generator<void, Effect> {
  const others = board.candidates.filter(({ notice }) => notice !== draft.notice);
  const withIt: PlaylistInterval[] = [];
  const without: PlaylistInterval[] = [];
  for (const day of timelineDays({ ...board, candidates: [...others, draft] }, span)) {
    withIt.push(...day);
    yield;
  }
  for (const day of timelineDays({ ...board, candidates: others }, span)) {
    without.push(...day);
    yield;
  }
  const eligible: Window[] = [];
  const { firstDay, lastDay } = daysOf(board.zone, span);
  for (let day = firstDay; day <= lastDay; day++) eligible.push(...eligibleWindows(draft, day, board));
  yield;
  return effectOf({ board, others, draft, span, withIt, without, eligible: merged(eligible), durationOf });
}

/** All of it at once. */
export function effectOn(board: BoardContext, draft: Candidate, span: Window, durationOf: DurationOf): Effect {
  const days = effectDays(board, draft, span, durationOf);
  for (;;) {
    const step = days.next();
    if (step.done) return step.value;
  }
}

interface Compared {
  readonly board: BoardContext;
  readonly others: readonly Candidate[];
  readonly draft: Candidate;
  readonly span: Window;
  readonly withIt: readonly PlaylistInterval[];
  readonly without: readonly PlaylistInterval[];
  readonly eligible: readonly Window[];
  readonly durationOf: DurationOf;
}

function effectOf({ board, others, draft, span, withIt, without, eligible, durationOf }: Compared): Effect {
  const on = joined(withIt).filter(({ notices }) => notices.includes(draft.notice));
  const aliveOf = living([...others, draft]);
  const rounds = roundsOf(on, draft, aliveOf, durationOf);
  const [usual = null] = rounds;
  const longest = rounds.reduce<Round | null>((most, one) => (most && most.cycleMs >= one.cycleMs ? most : one), null);
  const days = new Set<number>();
  for (const { start, end } of on) {
    const touched = daysOf(board.zone, { from: start, until: end });
    for (let day = touched.firstDay; day <= touched.lastDay; day++) days.add(day);
  }
  const inSpan = eligible
    .map(({ from, until }) => ({ from: Math.max(from, span.from), until: Math.min(until, span.until) }))
    .filter(({ from, until }) => from < until);
  const waitsFor = new Map<string, number>();
  for (const { interval, from, until } of within(inSpan, withIt))
    if (!interval.notices.includes(draft.notice))
      for (const notice of interval.notices) waitsFor.set(notice, (waitsFor.get(notice) ?? 0) + until - from);
  const sharing = usual?.notices.filter((notice) => notice !== draft.notice) ?? [];
  const when = usual && on.find(({ notices }) => sameSet(notices, usual.notices));
  return {
    span,
    blocked: draft.blocked,
    eligibleMs: inSpan.reduce((sum, { from, until }) => sum + until - from, 0),
    onMs: on.reduce((sum, { start, end }) => sum + end - start, 0),
    first: on[0]?.start ?? null,
    last: on.at(-1)?.end ?? null,
    days: days.size,
    usual,
    longest: longest && usual && longest.cycleMs > usual.cycleMs ? longest : null,
    before: when && sharing.length > 0 ? cycleOf(aliveOf(sharing, when.start), durationOf) : null,
    interrupts: interruptedBy(on, without, aliveOf),
    waitsFor: most([...waitsFor].map(([notice, ms]) => ({ notice, ms }))),
  };
}

/** Which revisions stand behind notices at an instant. */
function living(candidates: readonly Candidate[]) {
  const revisions = new Map<string, Candidate[]>();
  for (const one of candidates) revisions.set(one.notice, [...(revisions.get(one.notice) ?? []), one]);
  return (notices: readonly string[], at: Instant): Candidate[] =>
    notices.flatMap((notice) => {
      const alive = revisions.get(notice)?.find((one) => {
        const { from, until } = lifeOf(one);
        return one.blocked === null && from <= at && at < until;
      });
      return alive ? [alive] : [];
    });
}

const sameSet = (one: readonly string[], other: readonly string[]) => one.join("\n") === other.join("\n");

function roundsOf(
  on: readonly PlaylistInterval[],
  draft: Candidate,
  aliveOf: ReturnType<typeof living>,
  durationOf: DurationOf,
): Round[] {
  const rounds = new Map<string, Round>();
  for (const { notices, start, end } of on) {
    const key = notices.join("\n");
    const known = rounds.get(key);
    const round = known ?? {
      ...cycleOf(aliveOf(notices, start), durationOf),
      ownMs: durationOf(draft),
      onMs: 0,
      notices,
    };
    rounds.set(key, { ...round, onMs: round.onMs + end - start });
  }
  return [...rounds.values()].sort((one, other) => other.onMs - one.onMs);
}

/** Of those that would be on without it, who is not on while it is. */
function interruptedBy(
  on: readonly PlaylistInterval[],
  without: readonly PlaylistInterval[],
  aliveOf: ReturnType<typeof living>,
): Interrupted[] {
  const found = new Map<string, { notice: string; ms: number; times: number; first: Window; last: Instant }>();
  const times = on.map(({ start, end, notices }) => ({ from: start, until: end, notices }));
  for (const { window: its, interval, ...window } of within(times, without)) {
    for (const { notice, priority } of aliveOf(interval.notices, window.from)) {
      if (priority === defaultPriority || its.notices.includes(notice)) continue;
      const known = found.get(notice) ?? { notice, ms: 0, times: 0, first: window, last: Number.NaN };
      known.ms += window.until - window.from;
      // Cut at midnight, or where another comes or goes, it is one interruption all the same.
      if (known.last !== window.from) known.times++;
      if (known.times === 1) known.first = { from: known.first.from, until: window.until };
      known.last = window.until;
      found.set(notice, known);
    }
  }
  return most([...found.values()].map(({ last: _, ...one }) => one));
}

function most<T extends { readonly notice: string; readonly ms: number }>(list: T[]): T[] {
  return list.sort((one, other) => other.ms - one.ms || (one.notice < other.notice ? -1 : 1));
}
