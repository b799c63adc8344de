/**
 * What `ws /show/:board/line` says. The far end is a page on an LCD's computer, or `boardcast show` there, between both. Close
 * codes are 4000 and the HTTP status: 4401 no key that holds, 4403 another board's, 4404 no such board, 4503 too many pages.
 */
import type { Instant, MessageHash, Shape } from "../message/types.ts";

/** First word of the page. */
export interface ShowHello {
  readonly show: 1;
  /** What the link has behind #key=; null: none (practice). */
  readonly key: string | null;
  /** Its own name, kept over reloads: 16 to 64 letters, figures, - and _. */
  readonly page: string;
}

/** A report as `PageReport` has it (panels/pages.ts). */
export interface ShowReport {
  readonly report: {
    readonly at: Instant;
    readonly sentAt: Instant;
    readonly roundTripMs: number;
    readonly programme: string | null;
    readonly message: MessageHash | null;
    readonly why: "turn" | "blank" | "dark" | "bare";
    readonly frameCrc: number;
    readonly hidden: boolean;
  };
}

/** Whenever something changed. The clock is asked for as on `/preview`: `PreviewPing`, `PreviewPong`. */
export interface ShowState {
  readonly v: 1;
  /** Of the page that is served: another one, and the page loads itself anew. */
  readonly build: string;
  readonly clockId: string;
  readonly now: Instant;
  readonly utcOffsetMin: number;
  readonly board: ShowBoard;
  readonly dark: boolean;
  /** base64 of the canonical bytes (SPEC.md §6); null: go on with what there is. */
  readonly programme: string | null;
  /** `boardcast show` only: since when its own line to the daemon is down, 0: always; null: it is up. */
  readonly awaySince: Instant | null;
  /** `boardcast show` only: nobody knows the time, so nothing may be shown. */
  readonly blind: boolean;
}

export interface ShowBoard {
  readonly id: string;
  readonly name: string;
  readonly shape: Shape;
  readonly ledColour: string | null;
}
