/** What the daemon knows of a panel on one connection. Immutable. */
import type { PanelIdentity, PanelLimits } from "../contract.ts";
import type { Command } from "./codec.ts";

/** How far an upload has come: staged first, so that the panel keeps what the programme names, then what is missing. */
export interface Upload {
  readonly id: string;
  /** Not yet asked about. */
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
  /** Bytes of `missing[0]` that the panel has. */
  readonly put: number;
  /** Bytes of the programme that the panel has. */
  readonly staged: number;
  readonly stagedWhole: boolean;
  /** Times that the panel was not where it should be. */
  readonly missteps: number;
}

export interface State {
  readonly panel: PanelIdentity;
  readonly seq: number;
  readonly boot: string | null;
  readonly limits: PanelLimits;
  /** Longest payload that the panel takes. */
  readonly payloadBytes: number;
  readonly clockDue: boolean;
  /** Programme that the panel plays, as far as it has said. */
  readonly active: string | null;
  /** null: not known. */
  readonly dark: boolean | null;
  readonly upload: Upload | null;
  /** The command that the exchange on its way carries. */
  readonly asked: Command | null;
  readonly refusal: Refusal | null;
}

/** What the panel would not do: not again before a while, longer each time. Anything else goes on. */
export interface Refusal {
  readonly verb: Command["verb"];
  /** The programme that was being uploaded; another one may be tried at once. */
  readonly programme: string | null;
  /** Board clock. */
  readonly waitUntil: number;
  readonly count: number;
}

export function firstState(panel: PanelIdentity, firstSeq: number): State {
  return {
    panel,
    seq: firstSeq,
    boot: null,
    limits: { ramBytes: 0, messages: 0, programmeBytes: 0 },
    payloadBytes: 0,
    clockDue: true,
    active: null,
    dark: null,
    upload: null,
    asked: null,
    refusal: null,
  };
}
