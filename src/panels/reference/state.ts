/** What the daemon knows of a panel on one connection. Immutable. */
import type { PanelIdentity, PanelLimits } from "../contract.ts";
import type { Command } from "./codec.ts";

/** How far an upload has come: staged first, so that the panel keeps what the programme names, then what is missing. */
export interface Upload {
  readonly id: string;
  /** All that the programme names. */
  readonly names: readonly string[];
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
  /** What `active` names, where it became so on this connection: the panel keeps it (SPEC §7.2). */
  readonly held: readonly string[];
  /** null: not known. */
  readonly dark: boolean | null;
  readonly upload: Upload | null;
  /** The commands that the exchange on its way carries, and how many of them are settled. */
  readonly asked: readonly Command[];
  readonly heard: number;
  /** One of them failed, or its reply never came: what those behind it say of the upload is not what was planned. */
  readonly broken: boolean;
  readonly refusal: Refusal | null;
  /**
   * BLANK 1 to a panel that is not known (SPEC §4.8): due when a HELLO has gone unanswered or was refused, or tells of a panel
   * that cannot be used, where it was `wanted` already as it was asked; and said once.
   */
  readonly blind: "no" | "wanted" | "due" | "said";
}

/** Of an exchange under way. A thousand panels answer at once: what changes of a state is written into one copy of it. */
export type Progress = Pick<State, "asked" | "heard">;

/** What the panel would not do: not again before a while, longer each time. Anything else goes on. */
export interface Refusal {
  readonly verb: Command["verb"];
  /** The programme that was being uploaded; another one may be tried at once. */
  readonly programme: string | null;
  /** Board clock. */
  readonly waitUntil: number;
  readonly count: number;
}

/** A state that nobody has seen yet. */
export type Draft = { -readonly [Key in keyof State]: State[Key] };

/** To be changed before anyone sees it. Field by field: to spread so many, and replace some, takes twenty times as long. */
export function copyOf(state: State): Draft {
  return {
    panel: state.panel,
    seq: state.seq,
    boot: state.boot,
    limits: state.limits,
    payloadBytes: state.payloadBytes,
    clockDue: state.clockDue,
    active: state.active,
    held: state.held,
    dark: state.dark,
    upload: state.upload,
    asked: state.asked,
    heard: state.heard,
    broken: state.broken,
    refusal: state.refusal,
    blind: state.blind,
  };
}

function uploadWith(
  at: Upload,
  missing: Upload["missing"],
  put: number,
  staged: number,
  stagedWhole: boolean,
  missteps: number,
): Upload {
  return { id: at.id, names: at.names, unknown: at.unknown, missing, put, staged, stagedWhole, missteps };
}

/** So many bytes of the programme are there, perhaps `whole`. */
export function stagedTo(at: Upload, staged: number, whole: boolean): Upload {
  return uploadWith(at, at.missing, at.put, staged, whole, whole ? 0 : at.missteps);
}

/** So many bytes of the first missing message are there, or the `whole` of it. */
export function putTo(at: Upload, put: number, whole: boolean): Upload {
  const { staged, stagedWhole } = at;
  if (!whole) return uploadWith(at, at.missing, put, staged, stagedWhole, at.missteps);
  return uploadWith(at, at.missing.length === 1 ? none : at.missing.slice(1), 0, staged, stagedWhole, 0);
}

const none: readonly string[] = [];

export function firstState(panel: PanelIdentity, firstSeq: number): State {
  return {
    panel,
    seq: firstSeq,
    boot: null,
    limits: { ramBytes: 0, messages: 0, programmeBytes: 0 },
    payloadBytes: 0,
    clockDue: true,
    active: null,
    held: [],
    dark: null,
    upload: null,
    asked: [],
    heard: 0,
    broken: false,
    refusal: null,
    blind: "no",
  };
}

/** HELLO has made nothing known: it may hear us, and must be dark, for all that. */
export function unacquainted(state: State): State {
  return state.blind === "said" ? state : { ...state, blind: "due" };
}

/** How far it has come when a piece of it has arrived; as it was, after anything else. */
export function reached(at: Upload, command: Command): Upload {
  if (command.verb !== "stage" && command.verb !== "put") return at;
  const place = command.offset + command.data.length;
  const whole = place >= command.total;
  return command.verb === "stage" ? stagedTo(at, place, whole) : putTo(at, place, whole);
}
