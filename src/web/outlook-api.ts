/** Days to come, as the daemon answers them. */
import type { Sentence } from "../fault.ts";
import { ask } from "./ask.ts";

export interface BoardEffectJson {
  readonly board: string;
  readonly name: string;
  /** null: it cannot be set on this board. Lengths are milliseconds. */
  readonly effect: { readonly onMs: number; readonly interrupts: readonly { readonly notice: string }[] } | null;
  /** Why; none also where nothing is lit, on paper alone. */
  readonly faults: readonly unknown[];
  readonly sentence: Sentence;
}
export interface WhatIfJson {
  readonly notice: string;
  /** ISO 8601, by the board clock. */
  readonly from: string;
  readonly until: string;
  readonly boards: readonly BoardEffectJson[];
}

export type FindingKind = "covered" | "starved" | "empty" | "unfilled" | "overfull" | "limit" | "ending";
export interface BoardOutlookJson {
  readonly board: string;
  readonly name: string;
  readonly suspensions: readonly { readonly kind: "dark" | "maintenance"; readonly sentence: Sentence }[];
  readonly findings: readonly FindingJson[];
}
export interface FindingJson {
  readonly kind: FindingKind;
  readonly sentence: Sentence;
  /** Whose slots it is about, and the first of them; where there is one. */
  readonly notice?: string;
  readonly first?: { readonly from: string; readonly until: string };
}
export interface OutlookJson {
  /** ISO 8601, by the board clock. */
  readonly from: string;
  readonly until: string;
  readonly boards: readonly BoardOutlookJson[];
}

export const outlookApi = {
  whatIf: (asked: { readonly case: string } | { readonly notice: string }) =>
    ask<WhatIfJson>("POST", "/api/v1/what-if", asked),
  outlook: (days: number) => ask<OutlookJson>("GET", `/api/v1/outlook?days=${days}`),
};
