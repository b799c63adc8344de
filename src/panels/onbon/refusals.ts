/**
 * What a card would not do: not again before a while, longer each time; anything else goes on. Of each kind of question it is
 * kept apart: a card that refuses two would else be asked for one as soon as it has refused the other, at the line's speed,
 * and for nothing else.
 */
import type { Instant } from "../../message/index.ts";

export interface Refusal<Kind extends string> {
  readonly kind: Kind;
  /** The programme that was not taken; another one may be tried at once. */
  readonly programme: string | null;
  /** Board clock. */
  readonly waitUntil: Instant;
  readonly count: number;
}

/** The newest last, one of each kind. */
export type Refusals<Kind extends string> = readonly Refusal<Kind>[];

export const refusalWaitMs = 2000;
export const refusalWaitMaxMs = 60_000;

/** `programme`: that is to be tried; null: whatever was refused. */
export function waits<Kind extends string>(
  refusals: Refusals<Kind>,
  now: Instant,
  kind: Kind,
  programme: string | null = null,
): boolean {
  const refusal = refusals.find((one) => one.kind === kind);
  if (!refusal || (programme !== null && refusal.programme !== programme)) return false;
  const waitMs = refusal.waitUntil - now;
  // A clock that was set back must not make the wait longer than it can be.
  return waitMs > 0 && waitMs <= refusalWaitMaxMs;
}

/** Refused once more; `count`: how often now. */
export function refusedAgain<Kind extends string>(
  refusals: Refusals<Kind>,
  now: Instant,
  kind: Kind,
  programme: string | null = null,
): { readonly refusals: Refusals<Kind>; readonly count: number } {
  const before = refusals.find((one) => one.kind === kind);
  const count = before && before.programme === programme ? before.count + 1 : 1;
  const waitUntil = now + Math.min(refusalWaitMaxMs, refusalWaitMs * 2 ** (count - 1));
  return { refusals: [...agreedTo(refusals, kind), { kind, programme, waitUntil, count }], count };
}

export const agreedTo = <Kind extends string>(refusals: Refusals<Kind>, kind: Kind): Refusals<Kind> =>
  refusals.filter((one) => one.kind !== kind);
