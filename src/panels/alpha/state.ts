/** What the driver knows of a sign on one connection. */
import type { Instant } from "../../message/index.ts";
import type { PanelIdentity } from "../contract.ts";

/** Two pictures are kept in the sign: one is lit while the other is written, and of two that take turns neither is sent twice. */
export const pictureLabels = ["P", "Q"] as const;
export type PictureLabel = (typeof pictureLabels)[number];

/** Date, day of the week, 24 hours, time of day. */
export const clockSteps = 4;

export interface Kept {
  /** Its rows of digits, put end to end. */
  readonly dots: string;
  readonly at: Instant;
}

export type Command =
  /** Answering signs: who is there. Others: nothing is sent. */
  | { readonly verb: "hello" }
  | { readonly verb: "configure"; readonly configuredAt: Instant }
  /** What others may have put before file A is put away. */
  | { readonly verb: "take-over"; readonly at: Instant }
  /** That, an empty file A, and whether it took them, to a sign that has not answered yet. */
  | { readonly verb: "darken"; readonly at: Instant }
  | { readonly verb: "picture"; readonly label: PictureLabel; readonly kept: Kept }
  | {
      readonly verb: "show";
      readonly label: PictureLabel | null;
      readonly programme: string | null;
      readonly at: Instant;
    }
  | { readonly verb: "clock"; readonly step: number; readonly at: Instant }
  /** Nothing changes but the programme that what is lit belongs to. */
  | { readonly verb: "goes-on"; readonly programme: string }
  /** Serial error status: did it take what it was sent? */
  | { readonly verb: "status" }
  /** Its memory configuration: is it the one that it was given? */
  | { readonly verb: "poll" };

export interface State {
  readonly panel: PanelIdentity;
  readonly seq: number;
  readonly greeted: boolean;
  /** Files that the sign has memory for since then; null: not yet on this connection. */
  readonly configuredAt: Instant | null;
  readonly configurations: number;
  /** The priority file was written empty then, and file A told to play; null: what plays may be another's. */
  readonly takenOverAt: Instant | null;
  /** It would not have that, or did not hear it well: it is asked again after a while, and all else goes on. */
  readonly takeOverRefusedAt: Instant;
  readonly kept: Readonly<Record<PictureLabel, Kept | null>>;
  /** What file A calls: a picture, nothing; undefined: not known. */
  readonly shown: PictureLabel | null | undefined;
  /** File A was written then. */
  readonly shownAt: Instant;
  /** It took an empty file A. */
  readonly dark: boolean | null;
  readonly active: string | null;
  readonly clockStep: number;
  readonly clockAt: Instant;
  /** What was asked last. */
  readonly asked: Command | null;
  /** A write of which an answering sign has not yet said that it took it. */
  readonly doubtful: Command | null;
  /** Whether its memory configuration reads as it was written; null: not tried yet. */
  readonly comparable: boolean | null;
  /** Writes in a row of which it said that they went wrong. */
  readonly refusals: number;
  /** `darken`: due when the first question of a connection has gone unanswered, and said once. */
  readonly blind: "no" | "due" | "said";
}

export function firstState(panel: PanelIdentity, firstSeq: number): State {
  return {
    panel,
    seq: firstSeq,
    greeted: false,
    configuredAt: null,
    configurations: 0,
    takenOverAt: null,
    takeOverRefusedAt: Number.NEGATIVE_INFINITY,
    kept: { P: null, Q: null },
    shown: undefined,
    shownAt: 0,
    dark: null,
    active: null,
    clockStep: 0,
    clockAt: Number.NEGATIVE_INFINITY,
    asked: null,
    doubtful: null,
    comparable: null,
    refusals: 0,
    blind: "no",
  };
}

/** The sign may have lost all of it. */
export function bare(state: State): State {
  return {
    ...state,
    configuredAt: null,
    takenOverAt: null,
    kept: { P: null, Q: null },
    shown: undefined,
    active: null,
    dark: null,
    doubtful: null,
  };
}
