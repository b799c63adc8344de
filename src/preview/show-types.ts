/**
 * What `ws /show/:board/line` says. The far end is a page on an LCD's computer, or `boardcast show` there, between both. Close
 * codes are 4000 and the HTTP status: 4401 no key that holds, 4403 another board's, 4404 no such board, 4503 too many pages.
 */
import type { Instant, Shape } from "../message/types.ts";
import type { PageReport } from "../panels/pages.ts";

/** First word of the page. */
export interface ShowHello {
  readonly show: 1;
  /** What the link has behind #key=; null: none (practice). */
  readonly key: string | null;
  /** Its own name, kept over reloads: 16 to 64 letters, figures, - and _. */
  readonly page: string;
}

/** What it lights, read back from its canvas. */
export interface ShowReport {
  readonly report: PageReport;
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
