/** What the driver knows of a card on one connection. */
import type { Instant } from "../../message/index.ts";
import type { PanelIdentity } from "../contract.ts";

/** A picture as the card stores it. */
export interface Picture {
  readonly name: string;
  readonly md5: string;
  readonly bytes: Uint8Array;
}

/** A programme that the card is given: a picture until `ends` (null: until something else comes), or nothing. */
export interface Showing {
  /** null: nothing. */
  readonly md5: string | null;
  readonly ends: Instant | null;
}

export type Asked =
  | { readonly verb: "version" | "session" | "info" | "files" | "brightness" | "open" | "close" | "file-end" }
  | { readonly verb: "time"; readonly at: Instant; readonly utcOffsetMin: number }
  | { readonly verb: "file-start"; readonly picture: Picture }
  | { readonly verb: "content"; readonly until: number }
  | {
      readonly verb: "show";
      readonly showing: Showing;
      readonly picture: Picture | null;
      readonly utcOffsetMin: number;
      readonly programme: string;
    }
  | { readonly verb: "delete"; readonly names: readonly string[] }
  /** `programme`: that what is lit belongs to from now on. */
  | { readonly verb: "heartbeat"; readonly programme: string | null };

export interface Refusal {
  readonly verb: Asked["verb"];
  readonly until: Instant;
}

export interface State {
  readonly panel: PanelIdentity;
  readonly seq: number;
  /** Answers of before are over: the card was asked for its version, and said it. */
  readonly level: boolean;
  /** The session's; null: none yet. */
  readonly guid: string | null;
  readonly informed: boolean;
  readonly brightened: boolean;
  /** Our files that are whole on the card, as it said on this connection, the least lately used first. */
  readonly files: readonly string[];
  /** Our files that its list names. */
  readonly known: readonly string[];
  readonly listed: boolean;
  readonly deletes: boolean;
  /** A file that is being sent: how many of its bytes are there; null before the card said so. */
  readonly upload: { readonly picture: Picture; readonly sent: number } | null;
  readonly shown: Showing | null;
  readonly open: boolean | null;
  readonly active: string | null;
  readonly clockAt: Instant;
  /** New pictures of this connection. */
  readonly stored: number;
  readonly refusal: Refusal | null;
  readonly asked: Asked | null;
}

export function firstState(panel: PanelIdentity, firstSeq: number): State {
  return {
    panel,
    seq: firstSeq,
    level: false,
    guid: null,
    informed: false,
    brightened: false,
    files: [],
    known: [],
    listed: false,
    deletes: true,
    upload: null,
    shown: null,
    open: null,
    active: null,
    clockAt: Number.NEGATIVE_INFINITY,
    stored: 0,
    refusal: null,
    asked: null,
  };
}

export const ourFile = /^boardcast-[0-9a-f]{32}\.png$/;

/** Used last. */
export const used = (files: readonly string[], name: string): readonly string[] => [
  ...files.filter((one) => one !== name),
  name,
];
