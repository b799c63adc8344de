/** The office's states as frames for the line: each made once for all who get the same, without what they have already. */
import { textFrame } from "./text-frame.ts";
import type { PreviewState, PreviewUpdate } from "./types.ts";

/** Programmes as some subscriber has them; 0: none yet. */
export type PlanNumber = number;

export interface StateFrame {
  readonly frame: Buffer;
  /** What whoever got it has. */
  readonly plan: PlanNumber;
}

interface View {
  readonly state: PreviewState;
  readonly plan: PlanNumber;
  whole: Buffer | null;
  update: Buffer | null;
}

/** Of those who are told how the panels are reached, and of the others. */
type Views<T> = readonly [others: T, withLines: T];

/**
 * Programmes are many times what else a state says, and seldom change: whoever has them gets a state without. Four
 * frames are kept at most, whole and update for either view.
 */
export class StateFrames {
  readonly #read: (lines: boolean) => PreviewState;
  #views: Views<View | null> = [null, null];
  /** Whose programmes were sent last, by view, and their numbers: none is used twice. */
  readonly #plans: Views<{ boards: PreviewState["boards"]; plan: PlanNumber }> = [
    { boards: [], plan: 0 },
    { boards: [], plan: 0 },
  ];
  #lastPlan: PlanNumber = 0;

  /** `read`: the state as it is now. */
  constructor(read: (lines: boolean) => PreviewState) {
    this.#read = read;
  }

  /** What follows is read anew. */
  renew(): void {
    this.#views = [null, null];
  }

  /** For one that has programmes `has`. */
  frame(lines: boolean, has: PlanNumber): StateFrame {
    const view = this.#view(lines);
    if (has === view.plan) {
      view.update ??= framed({ ...view.state, boards: view.state.boards.map(withoutProgramme) });
      return { frame: view.update, plan: view.plan };
    }
    view.whole ??= framed(view.state);
    return { frame: view.whole, plan: view.plan };
  }

  #view(lines: boolean): View {
    const [others, withLines] = this.#views;
    const known = lines ? withLines : others;
    if (known !== null) return known;
    const state = this.#read(lines);
    const last = this.#plans[lines ? 1 : 0];
    if (last.plan === 0 || !samePlans(state.boards, last.boards)) last.plan = ++this.#lastPlan;
    last.boards = state.boards;
    const view: View = { state, plan: last.plan, whole: null, update: null };
    this.#views = lines ? [others, view] : [view, withLines];
    return view;
  }
}

/** Mostly the very same objects, which are not looked through then. */
function samePlans(some: PreviewState["boards"], others: PreviewState["boards"]): boolean {
  const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
  return (
    some.length === others.length &&
    some.every(({ id, programme, owners, notices, loaded }, index) => {
      const other = others[index];
      if (other === undefined || id !== other.id) return false;
      return (
        loaded === other.loaded &&
        same(programme, other.programme) &&
        same(owners, other.owners) &&
        same(notices, other.notices)
      );
    })
  );
}

function withoutProgramme({ programme, owners, notices, loaded, ...rest }: PreviewState["boards"][number]) {
  return rest;
}

function framed(state: PreviewUpdate): Buffer {
  return textFrame(JSON.stringify(state));
}
