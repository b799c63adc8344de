/** The three facts of a board, judged: never one green light for three facts. */
import { lookup } from "../message/index.ts";
import type { Instant } from "../message/types.ts";
import type { Fact } from "../panels/contract.ts";
import type { PreviewBoard } from "../preview/types.ts";
import type { BoardJson } from "./api.ts";

export type FactName = "intended" | "sent" | "confirmed";
/** Keys of `fact.state.*` in the locales. */
export type FactState =
  | "planned"
  | "dark"
  | "test-picture"
  | "loops"
  | "not-loaded"
  | "sent"
  | "sent-unread"
  | "written"
  | "to-carry"
  | "load-due"
  | "outdated"
  | "not-sent"
  | "needless"
  | "same"
  | "different"
  | "checking"
  | "never"
  | "stale"
  | "no-panel"
  | "by-person"
  | "no-read-back"
  | "offline";
export type FactTone = "good" | "bad" | "waiting" | "plain" | "stale";

export interface JudgedFact {
  readonly name: FactName;
  readonly state: FactState;
  readonly tone: FactTone;
  /** null: there is no fact. ms */
  readonly ageMs: number | null;
  readonly fact: Fact | null;
}

/** A confirmation older than this says nothing of now. */
export const staleMs = 15_000;

/** Of a board, what says how far its facts go. */
export type Reach = { readonly link: Pick<BoardJson["link"], "kind"> } & {
  readonly capabilities: Pick<BoardJson["capabilities"], "readBack">;
};

/** `online`: the daemon was heard lately; else all is as old as the last word. */
export function judgeFacts(board: PreviewBoard, reach: Reach, now: Instant, online: boolean): readonly JudgedFact[] {
  const { intended, sent, confirmed } = board.facts;
  const judged = (name: FactName, fact: Fact | null, [state, tone]: readonly [FactState, FactTone]): JudgedFact => ({
    name,
    fact,
    ageMs: fact === null ? null : Math.max(0, now - fact.at),
    ...(online || fact === null ? { state, tone } : { state: "offline", tone: "stale" }),
  });
  return [
    // Where nothing is known there is no fact that anybody could look at.
    judged("intended", board.loaded === null ? null : intended, [intendedAs(board), "plain"]),
    judged("sent", sent, judgeSent(board, reach)),
    judged("confirmed", confirmed, judgeConfirmed(board, reach, now)),
  ];
}

function intendedAs({ above, loaded }: PreviewBoard): FactState {
  if (above?.dark) return "dark";
  if (loaded !== undefined) return loaded === null ? "not-loaded" : "loops";
  return above?.maintenance ? "test-picture" : "planned";
}

/** `sent` names what the panel's own programme has on at the moment that the state speaks of, as `intended` does. */
function judgeSent(
  { facts: { sent, intended, link: state }, card }: PreviewBoard,
  { link, capabilities }: Reach,
): readonly [FactState, FactTone] {
  // What a person says, and no comparing: the card goes round by itself.
  if (link.kind === "carried") {
    if (sent === null) return ["to-carry", "waiting"];
    const isDue = card?.state === "to-carry" || card?.state === "to-take-off";
    return isDue ? ["load-due", "waiting"] : ["written", "plain"];
  }
  // No page has ever come to fetch it.
  if (state === "browser") return ["needless", "plain"];
  if (sent === null) return ["not-sent", "waiting"];
  if (sent.message !== intended.message) return ["outdated", "waiting"];
  // No green for what nobody will ever say.
  return capabilities.readBack ? ["sent", "good"] : ["sent-unread", "plain"];
}

/** Compared with what was intended at the moment of the confirmation, not now. */
function judgeConfirmed(
  { facts: { confirmed, intended, link: state }, programme }: PreviewBoard,
  { link, capabilities }: Reach,
  now: Instant,
): readonly [FactState, FactTone] {
  if (confirmed === null) {
    if (state === "browser") return ["no-panel", "plain"];
    if (link.kind === "carried") return ["by-person", "plain"];
    return capabilities.readBack ? ["never", "waiting"] : ["no-read-back", "plain"];
  }
  if (now - confirmed.at > staleMs) return ["stale", "stale"];
  const asNow = confirmed.message === intended.message;
  // Just planned anew: what was intended back then is not in this programme.
  if (confirmed.at < programme.base) return asNow ? ["same", "good"] : ["checking", "waiting"];
  // Black, by the hours or by the dark switch, is a message with a hash, but stands in no programme.
  if (intended.notice === null && asNow) return ["same", "good"];
  const then = lookup(programme, confirmed.at).message;
  const same = then === null ? confirmed.notice === null : then === confirmed.message;
  return same ? ["same", "good"] : ["different", "bad"];
}
