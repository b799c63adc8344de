/** The driver contract of stage 5, "how it gets lit". A driver is pure; `delivery/` waits, times out and retries for all. */
import type { Instant, Message, MessageHash, Programme } from "../message/types.ts";
import type { Fault } from "../fault.ts";

/** What a panel should play. All kinds of driver receive the same. */
export interface Wanted {
  readonly board: string;
  readonly programme: Programme;
  /** `owners[span][turn]`: the notice whose seal covers that turn. */
  readonly owners: readonly (readonly string[])[];
  readonly messages: ReadonlyMap<MessageHash, Message>;
  /** 紧急关屏: black, whatever the programme says. */
  readonly dark: boolean;
}

declare const cleared: unique symbol;
/** Verified by `delivery/clear.ts`, its sole maker, in the moment before bytes leave. Links and drivers take nothing else. */
export type Cleared<T> = T & { readonly [cleared]: true };

/** One question to the panel: bytes out, one reply expected with the same `seq`. */
export interface Exchange {
  readonly seq: number;
  readonly bytes: Uint8Array;
  /** For logs and faults: "PUT 3f2a… 4096/12288". */
  readonly label: string;
  /** From the last byte sent, ms. */
  readonly timeoutMs: number;
}

/** A panel's STATUS, captured atomically on its side, and when we asked and heard on our board clock. */
export interface PanelStatus {
  readonly panelTime: Instant;
  readonly bootId: string;
  /** Hex programme id (`programmeId`), null when bare. */
  readonly programme: string | null;
  readonly message: MessageHash | null;
  readonly why: "turn" | "blank" | "dark" | "bare";
  readonly frameCrc: number;
  readonly askedAt: Instant;
  readonly heardAt: Instant;
}

export interface Fact {
  readonly message: MessageHash;
  /** null for blank (closed, dark). */
  readonly notice: string | null;
  readonly at: Instant;
}
/** Never one green light for three facts. */
export interface BoardFacts {
  readonly intended: Fact;
  readonly sent: Fact | null;
  readonly confirmed: Fact | null;
  /** What stands in the way, newest first, at most `limits.faultsPerBoard`. */
  readonly faults: readonly { readonly fault: Fault; readonly at: Instant }[];
  readonly link: "connected" | "connecting" | "waiting" | "browser" | "carried" | "down";
}
