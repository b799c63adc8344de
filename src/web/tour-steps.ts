/** The steps of the tour of the practice boards, and when each is done: pure, without the browser. */
import type { Role } from "../people/types.ts";

export const tourSteps = ["wall", "enter", "write", "submit", "signer", "sign", "see", "withdraw", "end"] as const;
export type TourStep = (typeof tourSteps)[number];

/** What the page knows of where somebody is. */
export interface Seen {
  /** The view's name, as addresses have it. */
  readonly view: string;
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
export const blank: Kept = { state: "new", step: 0, case: null };

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
