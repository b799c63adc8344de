/** Why a notice is shown or hidden on a board at an instant, as data; `sentences.ts` says it. */
import { UnknownYear } from "../time/calendar.ts";
import type { Instant, Window } from "../message/types.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import { nextStart } from "./next.ts";
import { planOf, refusalOf } from "./plan.ts";
import { type BoardContext, eligibleWindows, knownWindows, lifeOf, playlistFor } from "./playlist.ts";
import { rankOf } from "./rank.ts";
import { hoursOf, openWindows, quietWindows, slotWindows } from "./slots.ts";
import type { Candidate, Ends, Next, PlaylistInterval, Reason } from "./types.ts";

export { ruleSentence } from "./rule-words.ts";
export { blockSentence, reasonSentence } from "./sentences.ts";

/** How far ahead "next at" is looked for, days. */
const lookAheadDays = 400;
/** How many civil days further the end of what is on is looked for; what lasts longer is said to last at least until then. */
const runDays = 2;

/** What the board shows from `at` on: the interval that holds it, and those after it up to two midnights further. */
export function intervalsAhead(board: BoardContext, at: Instant): readonly PlaylistInterval[] {
  const day = dayNumberAt(board.zone, at);
  const days = playlistFor({ ...board, firstDay: day, lastDay: day + runDays });
  return days.flatMap(({ intervals }) => intervals).filter(({ end }) => at < end);
}

/** `ahead` saves working it out again when asked for many notices at one instant. */
export function reasonFor(
  board: BoardContext,
  candidate: Candidate,
  at: Instant,
  ahead: readonly PlaylistInterval[] = intervalsAhead(board, at),
): Reason {
  if (candidate.blocked) return { code: "blocked", why: candidate.blocked };
  const life = lifeOf(candidate);
  if (at < candidate.window.from) return { code: "before", from: candidate.window.from };
  if (at >= candidate.window.until) return { code: "after", until: candidate.window.until };
  if (candidate.signedAt !== null && at < candidate.signedAt) return { code: "not-signed-yet", at: candidate.signedAt };
  if (at >= life.until)
    return candidate.withdrawnAt !== null && at >= candidate.withdrawnAt
      ? { code: "withdrawn", at: candidate.withdrawnAt, ...(candidate.takenOff && { here: true }) }
      : { code: "superseded", at: candidate.supersededAt ?? life.until };
  try {
    return reasonWithin(board, candidate, at, ahead);
  } catch (error) {
    if (error instanceof UnknownYear) return { code: "calendar-unknown", year: error.year };
    throw error;
  }
}

function reasonWithin(
  board: BoardContext,
  candidate: Candidate,
  at: Instant,
  ahead: readonly PlaylistInterval[],
): Reason {
  const { zone, calendar } = board;
  const { rule, priority } = candidate;
  const day = dayNumberAt(zone, at);
  const [now] = ahead;
  const shows = (interval: PlaylistInterval) => interval.notices.includes(candidate.notice);
  if (now && shows(now)) {
    const ends = soonest(endOfRun(ahead, shows), { until: lifeOf(candidate).until });
    return { code: "shown", with: now.notices.length, ...ends };
  }
  if (now && isIn(eligibleWindows(candidate, day, board), at)) {
    const rank = rankOf(candidate);
    const outranks = (one: PlaylistInterval) => rankIn(one) < rank;
    const ends = soonest(
      endOfRun(ahead, outranks),
      endOfWindows(board, at, (each) => knownWindows(candidate, each, board)),
    );
    const by = { by: now.notices[0] ?? "", priority: now.priority ?? 0 };
    return { code: "outranked", ...by, ...(now.priority === priority && { pinned: true }), ...ends };
  }
  if (isIn(slotWindows(rule, day, zone, calendar), at)) {
    if (!isIn(openWindows(board.hours, day, zone, calendar), at))
      return { code: "closed", opens: nextOpening(board, at) };
    // What is left: the default picture stands back only for hours that show nothing, as everything else does then.
    const quiet = (each: number, of = priority) => quietWindows(board.quiet, of, each, zone, calendar);
    const shown = isIn(quiet(day, 10), at) ? "nothing" : "default";
    return { code: "quiet", shows: shown, ...endOfWindows(board, at, quiet) };
  }
  return offAir(board, candidate, at);
}

/** None of its slots is on. */
function offAir(board: BoardContext, candidate: Candidate, at: Instant): Reason {
  const { zone, calendar } = board;
  const { hours } = candidate.rule;
  const plan = planOf(candidate.rule);
  const today = dayNumberAt(zone, at);
  // Before the end of hours that cross midnight it is still the day on which they began.
  const day = plan.early > 0 && isIn([hoursOf(plan, today - 1, zone)], at) ? today - 1 : today;
  const refusal = refusalOf(plan, day, calendar);
  const next = nextOf(board, candidate, at);
  switch (refusal?.why) {
    case "exception":
      return { code: "exception", name: refusal.name, ...next };
    case "weekday":
      return { code: "wrong-weekday", weekdays: refusal.weekdays, ...next };
    case "calendar":
      return { code: "wrong-day", needs: refusal.needs, ...next };
    case undefined:
      return hours && !isIn([hoursOf(plan, day, zone)], at)
        ? { code: "outside-hours", ...hours, ...next }
        : { code: "between-slots", ...next };
  }
}

function isIn(windows: readonly Window[], at: Instant): boolean {
  return windows.some(({ from, until }) => from <= at && at < until);
}

/** A blank board outranks nobody. */
function rankIn({ priority, pinned }: PlaylistInterval): number {
  return priority === null ? Number.POSITIVE_INFINITY : rankOf({ priority, pinned: pinned ?? false });
}

/** The earlier of two ends; where they are one and either is certain, it is. */
function soonest(one: Ends, other: Ends): Ends {
  if (one.until !== other.until) return one.until < other.until ? one : other;
  return one.atLeast ? other : one;
}

/** The end of the intervals, from the first on, of which `goesOn` is true. */
function endOfRun(ahead: readonly PlaylistInterval[], goesOn: (interval: PlaylistInterval) => boolean): Ends {
  const stop = ahead.findIndex((interval) => !goesOn(interval));
  if (stop < 0) return { until: ahead[ahead.length - 1]?.end ?? 0, atLeast: true };
  return { until: ahead[stop - 1]?.end ?? 0 };
}

/** The end of the windows, day by day, that `at` is in, looking at most two midnights further. */
function endOfWindows(board: BoardContext, at: Instant, windowsOn: (day: number) => readonly Window[]): Ends {
  const today = dayNumberAt(board.zone, at);
  let until = at;
  for (let day = today; day <= today + runDays; day++) {
    // Skipped by the zone: nothing ends in it.
    if (instantOf(board.zone, day, 0) === instantOf(board.zone, day + 1, 0)) continue;
    const window = windowsOn(day).find(({ from, until: end }) => from <= until && until < end);
    if (!window) return { until };
    until = window.until;
    if (until < instantOf(board.zone, day + 1, 0)) return { until };
  }
  return { until, atLeast: true };
}

function nextOf(board: BoardContext, candidate: Candidate, at: Instant): Next {
  try {
    return { next: nextEligible(board, candidate, at) };
  } catch (error) {
    if (error instanceof UnknownYear) return { next: null, unknownYear: error.year };
    throw error;
  }
}

function nextEligible(board: BoardContext, candidate: Candidate, at: Instant): Instant | null {
  const { zone, calendar } = board;
  const { until } = lifeOf(candidate);
  const today = dayNumberAt(zone, at);
  const lastDay = Math.min(today + lookAheadDays, dayNumberAt(zone, until - 1));
  for (let day = today; day <= lastDay; day++) {
    const next = eligibleWindows(candidate, day, board).find((window) => window.from > at);
    if (next) return next.from;
    if (slotWindows(candidate.rule, day, zone, calendar).length > 0) continue;
    // Nothing of it runs over the end of this day: on to the day on which the next slot begins.
    const start = nextStart(candidate.rule, instantOf(zone, day + 1, 0) - 1, zone, calendar, until);
    if (start === null) return null;
    day = dayNumberAt(zone, start) - 1;
  }
  return null;
}

function nextOpening(board: BoardContext, at: Instant): Instant | null {
  const today = dayNumberAt(board.zone, at);
  for (let day = today; day <= today + lookAheadDays; day++) {
    const next = openWindows(board.hours, day, board.zone, board.calendar).find((window) => window.from > at);
    if (next) return next.from;
  }
  return null;
}
