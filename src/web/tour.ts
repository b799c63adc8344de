/** The guided tour of the practice boards: its steps, and how far somebody in this browser has come. */
import { computed, reactive, readonly } from "vue";
import type { Role } from "../people/types.ts";
import type { ViewName } from "./address.ts";

export const tourSteps = ["wall", "enter", "write", "submit", "signer", "sign", "see", "withdraw", "end"] as const;
export type TourStep = (typeof tourSteps)[number];

/** What the page knows of where somebody is. */
export interface Seen {
  readonly view: ViewName;
  readonly words: readonly string[];
  readonly roles: readonly Role[];
  /** Of the case that was submitted in the tour; null: not known. */
  readonly state: string | null;
}

/** Where a step is done, and what is to be pressed there. */
export const tourPlaces: Readonly<Record<TourStep, { readonly go: string | null; readonly press: string | null }>> = {
  wall: { go: "#/", press: null },
  enter: { go: "#/sign-in", press: '[data-roles~="maker"]' },
  write: { go: "#/drafts", press: ".view-tools .primary" },
  submit: { go: null, press: ".submit" },
  signer: { go: "#/sign-in", press: '[data-roles~="signer"]' },
  sign: { go: "case", press: ".sign" },
  see: { go: "#/", press: null },
  withdraw: { go: "case", press: null },
  end: { go: "#/today", press: null },
};

/** Whether a step is done by what is seen; those where one only looks are done by saying so. */
export function isDone(step: TourStep, { view, words, roles, state }: Seen): boolean {
  switch (step) {
    case "enter":
      return roles.includes("maker");
    case "write":
      return view === "draft" && words.length > 0;
    case "submit":
      return view === "cases" && words.length > 0;
    case "signer":
      return roles.includes("signer");
    case "sign":
      return state === "signed" || state === "withdrawn";
    case "withdraw":
      return state === "withdrawn";
    default:
      return false;
  }
}

export interface Kept {
  /** `new`: never asked; `asked`: no, thank you, or left at some step; `on`: being taken. */
  readonly state: "new" | "asked" | "on";
  readonly step: number;
  readonly case: string | null;
}
const blank: Kept = { state: "new", step: 0, case: null };

/** What was kept by whatever version of the page: anything else is as if nothing had been. */
export function readKept(text: string | null): Kept {
  try {
    const kept = JSON.parse(text ?? "null") as Partial<Kept> | null;
    const step = Number(kept?.step);
    const isState = kept?.state === "asked" || kept?.state === "on";
    if (!isState || !Number.isInteger(step) || step < 0 || step >= tourSteps.length) return blank;
    return { state: kept.state ?? "asked", step, case: typeof kept.case === "string" ? kept.case : null };
  } catch {
    return blank;
  }
}

const remembered = "boardcast.tour";
const kept = reactive<{ -readonly [Key in keyof Kept]: Kept[Key] }>({ ...readKept(load()) });

function load(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

function set(change: Partial<Kept>): void {
  Object.assign(kept, change);
  try {
    localStorage.setItem(remembered, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing offers the tour again.
  }
}

export function useTour() {
  return {
    kept: readonly(kept),
    /** It is being taken, or has never been offered. */
    touring: computed(() => kept.state !== "asked"),
    step: computed<TourStep>(() => tourSteps[kept.step] ?? "end"),
    /** From the beginning, unless it was left on its way. */
    start: (anew = false) =>
      set(anew || kept.step >= tourSteps.length - 1 ? { ...blank, state: "on" } : { state: "on" }),
    leave: () => set({ state: "asked" }),
    goOn: (found?: string) =>
      set({ step: Math.min(kept.step + 1, tourSteps.length - 1), ...(found && { case: found }) }),
    goBack: () => set({ step: Math.max(0, kept.step - 1) }),
    finish: () => set({ state: "asked", step: 0, case: null }),
  };
}
