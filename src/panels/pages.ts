/** Pages that play a board (LCD screens, `link: browser`): what they are offered, what they say, and how each is listed. */
import type { Instant, Message, MessageHash } from "../message/types.ts";
import type { Cleared, Timing, Wanted } from "./contract.ts";

/** A page's own word on what it lights, read back from its canvas. */
export interface PageReport {
  /** Board clock at the frame that the CRC is of. */
  readonly at: Instant;
  /** Board clock when the report left. */
  readonly sentAt: Instant;
  /** Its best round trip so far, ms: half of it is how far its clock may be off without fault. */
  readonly roundTripMs: number;
  /** Hex programme id, null when it has none. */
  readonly programme: string | null;
  readonly message: MessageHash | null;
  readonly why: "turn" | "blank" | "dark" | "bare";
  /** CRC-32 of the canvas's pixels, packed as the panel's frame. */
  readonly frameCrc: number;
  /** Covered by another window or tab: what it draws nobody sees. */
  readonly hidden: boolean;
}

/** What a page shall play from now on. */
export interface PageOffer {
  /** null: go on with what there is; nothing else may be sent now. */
  readonly programme: { readonly wanted: Cleared<Wanted>; readonly id: string } | null;
  readonly dark: boolean;
}

export interface PageVisit {
  /** The page's own name for itself, kept over reloads. */
  readonly id: string;
  /** For people: address. */
  readonly from: string;
}

/** One page at its line, from its coming until it leaves. */
export interface PageGuest {
  /** null: nothing has changed since the last offer. Cleared in this moment (promise 1). */
  next(): PageOffer | null;
  heard(report: PageReport, timing: Timing): void;
  leave(): void;
}

/** One page as people see it listed. */
export interface PageView extends PageVisit {
  readonly since: Instant;
  readonly seenAt: Instant | null;
  readonly state: "confirmed" | "wrong" | "waiting" | "hidden" | "unseen";
}

export interface PageHouse {
  /** `look`: told when `next` may have something. null: there are too many pages already. */
  join(visit: PageVisit, look: () => void): PageGuest | null;
  /** Only what a page was offered and may still be sent, as of this second. */
  message(hash: MessageHash): Message | null;
  pages(): readonly PageView[];
}
