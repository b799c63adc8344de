import type { Fault } from "../../fault.ts";
import type { Clock } from "../../time/clock.ts";
import type { Instant } from "../../message/index.ts";
import type {
  BoardFacts,
  Exchange,
  FlashCount,
  Goal,
  Holding,
  PanelDriver,
  PanelIdentity,
  PlayEvent,
  ReplyBytes,
  Timing,
  Wanted,
} from "../contract.ts";
import type { Link } from "../links/link.ts";
import type { Seals } from "./clear.ts";
import type { Play, Target } from "./target.ts";

export interface Counters {
  exchanges: number;
  timeouts: number;
  bytesOut: number;
  connections: number;
  activations: number;
  noise: number;
}

export interface PanelLoop {
  want(wanted: Wanted): void;
  facts(): BoardFacts;
  holding(): Holding;
  readonly counters: Readonly<Counters>;
  stop(): Promise<void>;
}

export interface LoopParts<State, Reply extends ReplyBytes> {
  readonly panel: PanelIdentity;
  readonly link: Link;
  readonly driver: PanelDriver<State, Reply>;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly random?: () => number;
  changed(): void;
  /** Told of what the last look objected to. */
  refused?(faults: readonly Fault[]): void;
  /** For the play log. */
  witness?(event: PlayEvent): void;
  readonly flash?: FlashCount | undefined;
}

/** `sent`: the line took all of what nobody answers. `silence`: no answer in time, or the line took nothing. */
export type Said<Reply> = { readonly reply: Reply } | "sent" | "silence";

/** An exchange that is under way. */
export interface Asked<Reply> {
  readonly exchange: Exchange;
  /** What it was about. */
  readonly offered: Play | null;
  readonly dark: boolean;
  readonly askedAt: Instant;
  readonly askedMs: number;
  /** When the first reply to it came; null: none has. */
  firstMs: number | null;
  /** When it was asked, or the newest reply to it came. */
  sinceMs: number;
  /** Of the newest reply to it. */
  timing: Timing | null;
  /** While its bytes leave one after the other, with pauses; ends them. */
  sending: AbortController | null;
  /** Heard before the last of them was sent: nothing of it may come between the next one's. */
  said: Said<Reply> | null;
}

export function askedNow<Reply>(
  exchange: Exchange,
  offered: Play | null,
  dark: boolean,
  askedAt: Instant,
  askedMs: number,
): Asked<Reply> {
  const [firstMs, sinceMs, timing, sending, said] = [null, askedMs, null, null, null];
  return { exchange, offered, dark, askedAt, askedMs, firstMs, sinceMs, timing, sending, said };
}

/** Of a reply that came at `heardMs`; those that came together have one. */
export function timingOf<Reply>(asked: Asked<Reply>, heardMs: number): Timing {
  if (asked.timing === null || asked.sinceMs !== heardMs)
    asked.timing = { askedAt: asked.askedAt, heardAt: asked.askedAt + Math.round(heardMs - asked.askedMs) };
  return asked.timing;
}

/** As it is now. `ahead`, bytes; `seq`: where the line gives it. */
export function goalOf<State, Reply extends ReplyBytes>(
  { clock, flash }: LoopParts<State, Reply>,
  target: Target,
  pollDue: boolean,
  ahead: number,
  seq: number | undefined,
): Goal {
  const wanted = target.cleared();
  const dark = target.dark();
  return { wanted, dark, pollDue, now: clock.now(), ahead: ahead || undefined, seq, flash: flash?.now() };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What is done behind it is done when this moment's work is. `queueMicrotask` makes a resource of each, to be followed. */
export const soon = Promise.resolve();
