/** What the daemon knows of a BX-5 or BX-6 card on one connection. Immutable. */
import type { OnbonConfig } from "../../config/types.ts";
import type { Instant, MessageHash } from "../../message/index.ts";
import type { PanelIdentity } from "../contract.ts";
import type { Card, CardStatus } from "./answers.ts";
import type { ClockSet } from "./days.ts";
import type { Family, Generation } from "./families.ts";
import type { Refusals } from "./refusals.ts";

/** As it is written in the installation file; of a card whose device type is not known, `family` has to be. */
export type OnbonOptions = Omit<OnbonConfig, "kind">;

/** What the exchange on its way asks. */
export type Asked =
  | { readonly kind: "ping" | "status" | "unlock" | "brightness" | "clock" | "delete-programmes" | "clear-areas" }
  | { readonly kind: "switch"; readonly on: boolean }
  | { readonly kind: "area"; readonly shows: Shows }
  | { readonly kind: "flash"; readonly body: Uint8Array; readonly step: "begin" | "write" | "end" | "leave" };

/** A programme, or a part of it, until when; then the next part is due, or the same anew. */
export interface Shows {
  readonly programme: string;
  readonly until: Instant;
}

/** In place of a programme: black, because it is to be dark and will not be switched off. */
export const darkness = "dark";
/** It is given again so often while it is to be dark, and will not be switched off. */
export const blackAgainMs = 30_000;

/** A programme on its way to the flash. */
export interface FlashWrite {
  readonly message: MessageHash | null;
  /** Message and last day; null: nothing of ours. */
  readonly holds: string | null;
  readonly steps: readonly Extract<Asked, { kind: "flash" }>[];
}

export interface State {
  readonly panel: PanelIdentity;
  readonly options: OnbonOptions;
  readonly seq: number;
  /** How it is spoken to until it has said what it is. */
  readonly generation: Generation;
  readonly card: Card | null;
  readonly family: Family | null;
  readonly status: CardStatus | null;
  /** null: not known. */
  readonly on: boolean | null;
  readonly shows: Shows | null;
  /** Others' areas are gone from its RAM. */
  readonly cleared: boolean;
  readonly brightnessSetAt: Instant | null;
  /** Its own programmes were deleted on this connection. */
  readonly deleted: boolean;
  readonly clockSet: ClockSet | null;
  /** An answer without a number may still come to what was asked before. */
  readonly unsure: boolean;
  readonly flash: FlashWrite | null;
  readonly asked: Asked | null;
  readonly refusals: Refusals<Asked["kind"]>;
  readonly blind: Blind;
}

/**
 * Switched off though it is not known as the card that is wanted: due when a ping of a connection has gone unanswered, was
 * refused, or says of it that it is another one; and said once.
 */
export type Blind = "no" | "due" | "said";
export const dueOnce = (blind: Blind): Blind => (blind === "no" ? "due" : blind);

export function firstState(
  panel: PanelIdentity,
  options: OnbonOptions,
  firstSeq: number,
  generation: Generation,
): State {
  return {
    panel,
    options,
    seq: firstSeq,
    generation,
    card: null,
    family: null,
    status: null,
    on: null,
    shows: null,
    cleared: false,
    brightnessSetAt: null,
    deleted: false,
    clockSet: null,
    unsure: false,
    flash: null,
    asked: null,
    refusals: [],
    blind: "no",
  };
}
