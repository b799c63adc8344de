/**
 * The last look before bytes leave (promise 1), on every path. Sole maker of `Cleared<Wanted>`: what is not sealed for
 * this board, for this time, dot for dot, does not get this type, and nothing else reaches a link.
 *
 * It is asked again each second, so what never changes is worked out once: a message's hash, and which notice claims
 * which time of a programme. Seals are judged anew each time.
 */
import { createHash } from "node:crypto";
import type { Fault } from "../../fault.ts";
import {
  blankMessage,
  blankOwner,
  emptyFrame,
  type Frame,
  frameAt,
  type Instant,
  type Message,
  type MessageHash,
  patternMessage,
  patternOf,
  type Shape,
} from "../../message/index.ts";
import type { SealVerdict } from "../../notices/types.ts";
import type { Cleared, Wanted } from "../contract.ts";

/** Asked anew each time: signature, content and withdrawal as they are now. */
export interface Seals {
  /** Of the revision that is in force at `at`: a notice may be signed anew while a programme plays. */
  verdict(notice: string, at: Instant): SealVerdict;
  /** When a board's maintenance ends; null, or absent: it is in none, and no test picture may be lit. */
  maintenanceUntil?(board: string): Instant | null;
}

export type Clearance =
  | { readonly ok: true; readonly cleared: Cleared<Wanted> }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Spans that ended before `now` are not looked at: what was is not lit again. */
export function clear(wanted: Wanted, seals: Seals, now: Instant): Clearance {
  const { programme, board } = wanted;
  const faults: Fault[] = [];
  for (const message of programme.messages)
    if (!isWhatItIsCalled(wanted.messages.get(message), message))
      faults.push({ code: "message/altered", board, message });
  const refused = new Map<string, string>();
  for (const claim of claimsOf(wanted)) {
    if (claim.until <= now || refused.has(claim.notice)) continue;
    const pattern = patternOf(claim.notice);
    const why =
      pattern === null
        ? objection(claim, wanted.board, seals, now)
        : patternObjection(claim, pattern, wanted, seals.maintenanceUntil?.(wanted.board) ?? null);
    if (why !== null) refused.set(claim.notice, why);
  }
  for (const [notice, why] of refused) faults.push({ code: "seal/refused", board, notice, why });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, cleared: wanted as Cleared<Wanted> };
}

/** What streams take: the frame of a cleared programme at `now`, or black, which shows nothing and needs no seal. */
export function lit(cleared: Cleared<Wanted> | null, shape: Shape, now: Instant): Cleared<Frame> {
  if (cleared === null) return emptyFrame(shape) as Cleared<Frame>;
  return frameAt(cleared.programme, (hash) => cleared.messages.get(hash), now) as Cleared<Frame>;
}

/** Messages whose bytes were hashed and found right. Bytes never change; the panel hashes what it receives once more. */
const hashed = new WeakMap<Message, MessageHash>();

function isWhatItIsCalled(message: Message | undefined, hash: MessageHash): boolean {
  if (message === undefined) return false;
  if (hashed.get(message) === hash) return true;
  if (createHash("sha256").update(message.bytes).digest("hex") !== hash) return false;
  hashed.set(message, hash);
  return true;
}

/** A notice's message is to be lit in [from, until). */
interface Claim {
  readonly notice: string;
  readonly message: MessageHash;
  readonly from: Instant;
  until: Instant;
}

const claimed = new WeakMap<Wanted, readonly Claim[]>();

/** Everything that `wanted` would light but blank, touching times joined. */
function claimsOf(wanted: Wanted): readonly Claim[] {
  const known = claimed.get(wanted);
  if (known) return known;
  const { programme, owners } = wanted;
  const blank = blankMessage(programme.shape).hash;
  const claims: Claim[] = [];
  // Most programmes have one turn: a thousand of them are looked at in one moment.
  let newest: Map<string, Claim> | null = null;
  for (const [index, span] of programme.spans.entries()) {
    const [from, until] = [programme.base + span.startMs, programme.base + span.endMs];
    for (const [place, turn] of span.turns.entries()) {
      const notice = owners[index]?.[place] ?? "";
      const message = programme.messages[turn.message] ?? "";
      if (notice === blankOwner && message === blank) continue;
      if (claims.length > 0) newest ??= new Map(claims.map((claim) => [keyOf(claim), claim]));
      const before = newest?.get(keyOf({ notice, message }));
      if (before && before.until >= from) {
        before.until = until;
        continue;
      }
      const claim = { notice, message, from, until };
      claims.push(claim);
      newest?.set(keyOf(claim), claim);
    }
  }
  claimed.set(wanted, claims);
  return claims;
}

const keyOf = ({ message, notice }: Pick<Claim, "message" | "notice">) => `${message} ${notice}`;

/**
 * Until when `wanted` lights a notice (null: any) from `now` on, at the latest; null: it does not. With `seals`: only what may
 * not be lit, as they are now, is looked for.
 */
export function lightsUntil(wanted: Wanted, notice: string | null, now: Instant, seals?: Seals): Instant | null {
  if (wanted.dark) return null;
  let last: Instant | null = null;
  for (const claim of claimsOf(wanted)) {
    if (claim.until <= Math.max(now, last ?? now) || (notice ?? claim.notice) !== claim.notice) continue;
    if (seals === undefined || objection(claim, wanted.board, seals, now) !== null) last = claim.until;
  }
  return last;
}

/** Why this may not be lit, or null. A claim may run on from one revision into the next if both show the same pixels. */
function objection(claim: Claim, board: string, seals: Seals, now: Instant): string | null {
  let at = Math.max(claim.from, now);
  for (;;) {
    const verdict = seals.verdict(claim.notice, at);
    if (!verdict.ok) return verdict.why;
    const { envelope, supersededAt, withdrawnAt, takenOff } = verdict;
    if (!envelope.boards.includes(board)) return "not signed for this board";
    if (verdict.pixels.get(board) !== claim.message) return "not the signed pixels";
    if (at < Math.max(envelope.from, verdict.signedAt)) return "before its signed window";
    const until = Math.min(
      envelope.until,
      withdrawnAt ?? envelope.until,
      supersededAt ?? envelope.until,
      takenOff?.[board] ?? envelope.until,
    );
    if (claim.until <= until) return null;
    if (until !== supersededAt || until <= at) return "after its signed window";
    at = until;
  }
}

/** A test picture needs no seal: it is drawn again and compared. It is for a board in maintenance, and until its end. */
function patternObjection(
  claim: Claim,
  pattern: string,
  { board, programme }: { readonly board: string; readonly programme: { readonly shape: Shape } },
  until: Instant | null,
): string | null {
  if (until === null) return "a test picture, and the board is not in maintenance";
  if (claim.until > until) return "a test picture after the end of maintenance";
  return patternMessage(pattern, programme.shape, board)?.hash === claim.message
    ? null
    : "not the test picture's pixels";
}
