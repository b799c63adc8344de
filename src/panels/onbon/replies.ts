/** What a BX-5 or BX-6 card's answers mean for what is known of it. Pure. */
import type { Fault, Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { ColourKind } from "../../message/index.ts";
import type { Goal, Outcome } from "../contract.ts";
import { type Answer, type Card, isAck, isRefusal, parsePing, parseStatus } from "./answers.ts";
import { clockSet } from "./days.ts";
import { errors, meaningOf, troubles } from "./errors.ts";
import { families, familyOf } from "./families.ts";
import { ownProgrammes, tooLarge } from "./plan.ts";
import { agreedTo, refusedAgain } from "./refusals.ts";
import { type Asked, darkness, dueOnce, type State } from "./state.ts";

/** It holds one message at a time; what is too large for it is told when it comes to that. */
const noLimits = { ramBytes: Infinity, messages: Infinity, programmeBytes: Infinity };

/** `goal`: that the question was asked for. */
export function heard(state: State, asked: Asked, answer: Answer, goal: Goal, label: string): Outcome<State> {
  const sure = { ...state, unsure: asked.kind === "area" || asked.kind === "clear-areas" ? state.unsure : false };
  if (asked.kind === "ping") return identified(sure, answer, goal, label);
  if (asked.kind === "status") {
    // An answer about areas has no number: black that was agreed to while others may have been late is given anew.
    const doubted = state.unsure && state.shows?.programme === darkness;
    return polled(doubted ? { ...sure, shows: null } : sure, answer, goal, label);
  }
  if (isRefusal(answer) || !isAck(answer)) return refused(sure, asked, answer.error, goal, label);
  const agreed = { ...sure, refusals: agreedTo(state.refusals, asked.kind) };
  switch (asked.kind) {
    case "switch":
      return { state: { ...agreed, on: asked.on, shows: asked.on ? state.shows : null }, dark: !asked.on, faults: [] };
    case "area":
      if (asked.shows.programme === darkness)
        return {
          state: { ...agreed, shows: asked.shows },
          dark: isBlack({ ...agreed, shows: asked.shows }),
          faults: [],
        };
      return { state: { ...agreed, shows: asked.shows }, activated: asked.shows.programme, faults: [] };
    case "clear-areas":
      return { state: { ...agreed, cleared: true, shows: null }, faults: [] };
    case "clock":
      return {
        state: { ...agreed, clockSet: clockSet(goal.now, goal.wanted?.programme.spans[0]?.utcOffsetMin) },
        faults: [],
      };
    case "brightness":
      return { state: { ...agreed, brightnessSetAt: goal.now }, faults: [] };
    case "unlock": {
      const status = state.status && { ...state.status, screenLocked: false };
      return { state: { ...agreed, status }, faults: [fault(state, label, troubles.locked)] };
    }
    case "delete-programmes": {
      const status = state.status && { ...state.status, programmes: 0 };
      return { state: { ...agreed, deleted: true, status }, flashWrites: 1, flashHolds: null, faults: [] };
    }
    case "flash":
      return flashed(agreed, asked);
  }
}

function flashed(state: State, { step }: Extract<Asked, { kind: "flash" }>): Outcome<State> {
  const { flash } = state;
  const steps = flash?.steps.slice(1) ?? [];
  const next = { ...state, flash: flash && steps.length > 0 ? { ...flash, steps } : null };
  // From now on it is not what it was; and what it is only when all of it is there.
  if (step === "begin") return { state: next, flashWrites: 1, flashHolds: null, faults: [] };
  return step === "end" ? { state: next, flashHolds: flash?.holds ?? null, faults: [] } : { state: next, faults: [] };
}

function identified(state: State, answer: Answer, goal: Goal, label: string): Outcome<State> {
  const card = parsePing(answer);
  if (!card) return refused(state, { kind: "ping" }, answer.error, goal, label);
  const { shape } = state.panel;
  const family = familyOf(...card.device) ?? (state.options.family === null ? null : families[state.options.family]);
  const wait = (faults: readonly Fault[]): Outcome<State> => ({
    state: { ...state, refusals: refusedAgain(state.refusals, goal.now, "ping").refusals, blind: dueOnce(state.blind) },
    faults,
  });
  if (!card.hasScreen) return wait([fault(state, label, troubles.noScreen)]);
  if (!family) return wait([fault(state, label, troubles.unknownCard(hex(card)))]);
  const found = `${card.width}x${card.height}:${colourOf(card)}`;
  const wanted = `${shape.width}x${shape.height}:${shape.colour}`;
  if (found !== wanted) {
    const outcome = wait([{ code: "panel/shape", board: state.panel.board, wanted, found }]);
    if (!card.on) return outcome;
    // Whatever it was told: its power may have been away since, and it lights what is in its flash.
    const lit = { ...outcome.state, on: null, blind: "due" } as const;
    return { ...outcome, state: lit, ...(state.on === false && { dark: false }) };
  }
  const known = {
    ...state,
    card,
    family,
    generation: family.generation,
    on: card.on,
    refusals: agreedTo(state.refusals, "ping"),
  };
  // Whatever it was told before this connection is not known; that its screen is off is.
  const faults = family.areas === 0 ? [fault(state, label, troubles.noAreas(family.name))] : [];
  return { state: known, limits: noLimits, dark: !card.on, faults };
}

function polled(state: State, answer: Answer, goal: Goal, label: string): Outcome<State> {
  const status = parseStatus(answer);
  if (!status) return refused(state, { kind: "status" }, answer.error, goal, label);
  const next = { ...state, status, on: status.on };
  return {
    state: next,
    polled: true,
    dark: !status.on || isBlack(next),
    faults: told(next, goal, label),
  };
}

/**
 * By the picture that it was given: not while it is locked and shows what it showed then, areas of others may lie over it, or
 * what it agreed to may have been another.
 */
const isBlack = ({ shows, status, cleared, unsure }: State) =>
  shows?.programme === darkness && status?.screenLocked !== true && cleared && !unsure;

/** What stands in the way though nothing was refused. */
function told(state: State, goal: Goal, label: string): readonly Fault[] {
  const { wanted } = goal;
  const needs = wanted === null ? null : tooLarge(state, wanted);
  if (needs !== null) return [fault(state, label, troubles.tooLarge(needs, limits.onbonDataBytes))];
  const own = ownProgrammes(state, goal);
  if (own > 0 && (state.options.others === "told" || goal.flash?.left === 0))
    return [fault(state, label, troubles.ownProgrammes(own))];
  const spent = state.options.keepsDefault && goal.flash?.left === 0 && goal.flash.holds === null;
  return spent ? [fault(state, label, troubles.flashSpent(limits.flashWritesPerDay))] : [];
}

function refused(state: State, asked: Asked, error: number, goal: Goal, label: string): Outcome<State> {
  const programme = asked.kind === "area" ? asked.shows.programme : null;
  const { refusals, count } = refusedAgain(state.refusals, goal.now, asked.kind, programme);
  const next: State = {
    ...state,
    refusals,
    // It may be that it has none; and what nobody can be told of twice a second is not worth repeating.
    cleared: state.cleared || asked.kind === "clear-areas",
    flash: asked.kind === "flash" ? null : state.flash,
    blind: asked.kind === "ping" ? dueOnce(state.blind) : state.blind,
  };
  if (asked.kind === "clear-areas" || (error === errors.busy && count === 1))
    return { state: next, polled: asked.kind === "status", faults: [] };
  return { state: next, polled: asked.kind === "status", faults: [fault(state, label, meaningOf(error))] };
}

function fault(
  state: State,
  label: string,
  { what, todo }: { readonly what: Sentence; readonly todo: Sentence },
): Fault {
  return { code: "panel/card", board: state.panel.board, label, what, todo };
}

/** Three colours without shades are none of ours. */
function colourOf({ colour }: Card): ColourKind | string {
  return { 1: "mono", 3: "dual", 255: "rgb" }[colour] ?? `colour ${colour}`;
}

const hex = ({ device }: Card) => device.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
