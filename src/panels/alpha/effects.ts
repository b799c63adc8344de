/** What holds of a sign after a command: once it was sent, once it was refused, once it was taken. */
import type { Timing } from "../contract.ts";
import { bare, clockSteps, type Command, type State } from "./state.ts";

const refusalsMax = 3;

/** What holds once a write is on its way. */
export function assumed(state: State, command: Command): State {
  switch (command.verb) {
    case "configure":
      return {
        ...bare(state),
        configuredAt: command.configuredAt,
        configurations: state.configurations + 1,
        shown: null,
      };
    case "take-over":
      return { ...state, takenOverAt: command.at };
    case "picture":
      return { ...state, kept: { ...state.kept, [command.label]: command.kept } };
    case "show":
      return { ...state, shown: command.label, shownAt: command.at, active: null };
    case "clock":
      return { ...state, clockStep: (command.step + 1) % clockSteps };
    default:
      return state;
  }
}

/** The sign said that something went wrong with what it was sent last. */
export function dropped(state: State): State {
  const { doubtful, refusals } = state;
  if (doubtful?.verb === "take-over")
    return { ...state, doubtful: null, takenOverAt: null, takeOverRefusedAt: doubtful.at };
  // It may have lost the memory that it was given: after a few it has all of it anew.
  if (refusals >= refusalsMax) return { ...bare(state), refusals: 0 };
  const next: State = { ...state, doubtful: null, refusals: refusals + 1 };
  switch (doubtful?.verb) {
    case "configure":
      return { ...next, configuredAt: null };
    case "picture":
      return { ...next, kept: { ...next.kept, [doubtful.label]: null } };
    case "show":
      return { ...next, shown: undefined };
    case "clock":
      return { ...next, clockStep: doubtful.step };
    default:
      return next;
  }
}

/** It has it, as far as can be known. */
export function took(state: State, command: Command, { heardAt }: Timing) {
  const next = assumed(state, command);
  const faults = [] as const;
  switch (command.verb) {
    case "show": {
      const isDark = command.programme === null;
      const active = command.programme;
      const dark = isDark && next.takenOverAt !== null;
      return { state: { ...next, dark: isDark, active }, dark, faults, ...(active !== null && { activated: active }) };
    }
    case "take-over":
      return { state: next, faults, ...(next.dark && { dark: true }) };
    case "goes-on":
      return { state: { ...next, active: command.programme }, activated: command.programme, faults };
    case "clock":
      return { state: command.step === clockSteps - 1 ? { ...next, clockAt: heardAt } : next, faults };
    default:
      return { state: next, faults };
  }
}
