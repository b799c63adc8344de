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
  /** Of the local time that its end is said in, from UTC; 0 where it has none. */
  readonly utcOffsetMin: number;
}

export type Asked =
  | { readonly verb: "version" | "session" | "info" | "files" | "brightness" | "open" | "file-end" }
  /** `at`: asked then. */
  | { readonly verb: "close"; readonly at: Instant }
  /** An empty list, because it is to be dark and will not be closed. */
  | { readonly verb: "blank" }
  /** `needed`: pictures end by it. */
  | { readonly verb: "time"; readonly utcOffsetMin: number; readonly needed: boolean }
  /** `stores`: if it is not whole there, it is sent; else it is only asked for. */
  | { readonly verb: "file-start"; readonly picture: Picture; readonly stores: boolean }
  | { readonly verb: "content"; readonly until: number }
  | {
      readonly verb: "show";
      readonly showing: Showing;
      readonly picture: Picture | null;
      readonly programme: string;
    }
  | { readonly verb: "delete"; readonly names: readonly string[] }
  /** `programme`: that what is lit belongs to from now on. */
  | { readonly verb: "heartbeat"; readonly programme: string | null };

/** Until when what was refused is not asked again: of each verb, for two that wait for one another would never wait. */
export type Refusals = Readonly<Partial<Record<Asked["verb"], Instant | undefined>>>;

export interface State {
  readonly panel: PanelIdentity;
  readonly seq: number;
  /** Answers of before are over: the card was asked for its version, and said it. */
  readonly level: boolean;
  /** It answers heartbeats; false: not always, and is asked for its version beside. */
  readonly beats: boolean;
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
  /** Of the time that it was set to, from UTC; null: not set yet. */
  readonly clockOffsetMin: number | null;
  /** New pictures of this connection. */
  readonly stored: number;
  readonly refusals: Refusals;
  readonly asked: Asked | null;
}

export function firstState(panel: PanelIdentity, firstSeq: number): State {
  return {
    panel,
    seq: firstSeq,
    level: false,
    beats: true,
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
    clockOffsetMin: null,
    stored: 0,
    refusals: {},
    asked: null,
  };
}

export const ourFile = /^boardcast-[0-9a-f]{32}\.png$/;

/** Used last. */
export const used = (files: readonly string[], name: string): readonly string[] => [
  ...files.filter((one) => one !== name),
  name,
];
