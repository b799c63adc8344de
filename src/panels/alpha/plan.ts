/** What is to be said next to a sign, most needed first. */
import { type Programme, programmeId } from "../../message/index.ts";
import { standingAt } from "../cards/standing.ts";
import type { Goal } from "../contract.ts";
import { rowsOf } from "./pictures.ts";
import { type Command, pictureLabels, type State } from "./state.ts";

/**
 * What is lit is sent again so often: a sign that says that nothing went wrong may not have heard a packet at all, and one
 * that says nothing may have lost its memory.
 */
const repeatMs = 30_000;
/** One-way: its memory is set out anew with the first repetition, and then so often; it is black for that moment. */
const configureMs = 3_600_000;
const clockMs = 6 * 3_600_000;

/** Programmes are immutable: their ids are worked out once. */
const ids = new WeakMap<Programme, string>();
function idOf(programme: Programme): string {
  const id = ids.get(programme) ?? programmeId(programme);
  ids.set(programme, id);
  return id;
}

/** The next thing to say, most needed first. */
export function plan(state: State, goal: Goal, answers: boolean): Command | null {
  const { now, wanted } = goal;
  // It may hear us though nobody hears it.
  if (!state.greeted)
    return goal.dark && answers && state.blind === "due" ? { verb: "darken", at: now } : { verb: "hello" };
  if (state.doubtful) return { verb: "status" };
  const mayTakeOver = state.takenOverAt === null && stale(state.takeOverRefusedAt, now);
  const renews = state.takenOverAt !== null && stale(state.takenOverAt, now);
  if (goal.dark) {
    // An empty file A is dark only once nothing of others' plays in its place; what is refused may not keep it from being empty.
    if (mayTakeOver) return { verb: "take-over", at: now };
    if (state.dark !== true || stale(state.shownAt, now))
      return { verb: "show", label: null, programme: null, at: now };
    if (renews) return { verb: "take-over", at: now };
  } else if (wanted) {
    const { programme } = wanted;
    const id = idOf(programme);
    const standing = standingAt(wanted, now);
    const dots = standing && rowsOf(standing.frame).join("");
    if (!ready(state, now, answers)) return { verb: "configure", configuredAt: now };
    if (mayTakeOver) return { verb: "take-over", at: now };
    const next = shows(state, dots, id, now);
    if (next) return next;
    if (renews) return { verb: "take-over", at: now };
    const [span] = programme.spans;
    if (span && (now - state.clockAt >= clockMs || now < state.clockAt || state.clockStep > 0))
      return { verb: "clock", step: state.clockStep, at: now + span.utcOffsetMin * 60_000 };
  }
  if (!goal.pollDue || !answers) return null;
  return state.configuredAt === null || state.comparable === false ? { verb: "status" } : { verb: "poll" };
}

/** `dots` null: nothing is on. */
function shows(state: State, dots: string | null, id: string, now: number): Command | null {
  const show = (label: "P" | "Q" | null) => ({ verb: "show", label, programme: id, at: now }) as const;
  if (dots === null) {
    const shown = state.shown === null && !state.dark && !stale(state.shownAt, now);
    return shown ? goesOn(state, id) : show(null);
  }
  const label = pictureLabels.find((one) => {
    const kept = state.kept[one];
    return kept?.dots === dots && !stale(kept.at, now);
  });
  // Never over the one that is lit.
  if (!label) return { verb: "picture", label: state.shown === "P" ? "Q" : "P", kept: { dots, at: now } };
  return state.shown === label && !state.dark ? goesOn(state, id) : show(label);
}

const goesOn = (state: State, programme: string): Command | null =>
  state.active === programme ? null : { verb: "goes-on", programme };

/** A clock that was set back must not make it wait for longer. */
const stale = (at: number, now: number): boolean => now - at >= repeatMs || now < at;

function ready(state: State, now: number, answers: boolean): boolean {
  const { configuredAt, configurations } = state;
  if (configuredAt === null || now < configuredAt) return false;
  return answers || now - configuredAt < (configurations < 2 ? repeatMs : configureMs);
}
