/** What the daemon knows of a BX-K card on one connection. Immutable. */
import type { OnbonKConfig } from "../../config/types.ts";
import type { Instant } from "../../message/index.ts";
import type { Goal, PanelIdentity } from "../contract.ts";
import type { ClockSet } from "../onbon/days.ts";
import type { Refusals } from "../onbon/refusals.ts";
import type { Blind } from "../onbon/state.ts";
import type { Trouble } from "./troubles.ts";

/** As it is written in the installation file. */
export type OnbonKOptions = Omit<OnbonKConfig, "kind">;

/** What the exchange on its way asks. */
export type Asked =
  | { readonly kind: "ping" | "poll" | "brightness" | "clock" }
  | { readonly kind: "switch"; readonly on: boolean }
  | { readonly kind: "text"; readonly shows: Shows };

/** A page of a programme until when; then the next one is due, or the same anew. */
export interface Shows {
  readonly programme: string;
  readonly until: Instant;
  /** Why it is black instead; null: it is what is wanted. */
  readonly trouble: Trouble | null;
}

export interface State {
  readonly panel: PanelIdentity;
  readonly options: OnbonKOptions;
  readonly seq: number;
  /** It has answered, and is what is written of it. */
  readonly known: boolean;
  /** null: not known. */
  readonly on: boolean | null;
  readonly shows: Shows | null;
  /** Others' areas are gone from its RAM. */
  readonly cleared: boolean;
  /**
   * Until then an answer may come to what was asked before, and none has a number: what is agreed to is no proof that it is
   * dark. null: none can come.
   */
  readonly lateUntil: Instant | null;
  readonly brightnessSet: boolean;
  readonly clockSet: ClockSet | null;
  readonly asked: Asked | null;
  /** What `asked` is for. */
  readonly goal: Goal | null;
  readonly refusals: Refusals<Asked["kind"]>;
  readonly blind: Blind;
}

export function firstState(panel: PanelIdentity, options: OnbonKOptions, firstSeq: number): State {
  return {
    ...{ panel, options, seq: firstSeq, known: false, on: null, shows: null, cleared: false, lateUntil: null },
    ...{ brightnessSet: false, clockSet: null, asked: null, goal: null, refusals: [], blind: "no" },
  };
}
