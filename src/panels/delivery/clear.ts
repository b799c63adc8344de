/**
 * The last look before bytes leave (promise 1), on every path. Sole maker of `Cleared<Wanted>`: what is not sealed for
 * this board, for this time, dot for dot, does not get this type, and nothing else reaches a link.
 */
import { createHash } from "node:crypto";
import type { Fault } from "../../fault.ts";
import {
  blankMessage,
  blankOwner,
  type Instant,
  type Message,
  type MessageHash,
  type Span,
} from "../../message/index.ts";
import type { SealVerdict } from "../../notices/types.ts";
import type { Cleared, Wanted } from "../contract.ts";

/** Asked anew each time: signature, content and withdrawal as they are now. */
export interface Seals {
  verdict(notice: string): SealVerdict;
}

export type Clearance =
  | { readonly ok: true; readonly cleared: Cleared<Wanted> }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Spans that ended before `now` are not looked at: what was is not lit again. */
export function clear(wanted: Wanted, seals: Seals, now: Instant): Clearance {
  const faults: Fault[] = [];
  const { programme, board } = wanted;
  const altered = programme.messages.filter((hash) => !isWhatItIsCalled(wanted.messages.get(hash), hash));
  for (const message of altered) faults.push({ code: "message/altered", board, message });
  const verdicts = new Map<string, SealVerdict>();
  const verdictOf = (notice: string) => {
    let verdict = verdicts.get(notice);
    if (!verdict) {
      verdict = seals.verdict(notice);
      verdicts.set(notice, verdict);
    }
    return verdict;
  };
  const refused = new Map<string, string>();
  for (const [index, span] of programme.spans.entries()) {
    if (programme.base + span.endMs <= now) continue;
    for (const [turn, { message }] of span.turns.entries()) {
      const notice = wanted.owners[index]?.[turn] ?? "";
      const hash = programme.messages[message] ?? "";
      if (notice === blankOwner && hash === blankMessage(programme.shape).hash) continue;
      const why = objection(verdictOf(notice), wanted, span, hash, now);
      if (why !== null) refused.set(notice, why);
    }
  }
  for (const [notice, why] of refused) faults.push({ code: "seal/refused", board, notice, why });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, cleared: wanted as Cleared<Wanted> };
}

function isWhatItIsCalled(message: Message | undefined, hash: MessageHash): boolean {
  return message !== undefined && createHash("sha256").update(message.bytes).digest("hex") === hash;
}

function objection(verdict: SealVerdict, wanted: Wanted, span: Span, hash: MessageHash, now: Instant): string | null {
  if (!verdict.ok) return verdict.why;
  if (!verdict.envelope.boards.includes(wanted.board)) return "not signed for this board";
  if (verdict.pixels.get(wanted.board) !== hash) return "not the signed pixels";
  const from = Math.max(verdict.envelope.from, verdict.signedAt);
  const until = Math.min(
    verdict.envelope.until,
    verdict.withdrawnAt ?? Number.POSITIVE_INFINITY,
    verdict.supersededAt ?? Number.POSITIVE_INFINITY,
  );
  const { base } = wanted.programme;
  if (Math.max(base + span.startMs, now) < from && base + span.startMs < from) return "before its signed window";
  if (base + span.endMs > until) return "after its signed window";
  return null;
}
