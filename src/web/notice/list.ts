/** All notices, as the daemon lists them: found by words, a page at a time, the newest numbers first. */
import type { NoticeJson } from "../../api/schemas.ts";
import { Refusal } from "../ask.ts";
import { inSession } from "../between.ts";
import { timeoutSignal } from "../old.ts";

export type { NoticeJson };
export const noticeStates = ["showing", "coming", "over", "waiting", "withdrawn", "refused"] as const;
export type NoticeState = (typeof noticeStates)[number];

export interface Sought {
  readonly words?: string;
  readonly state?: NoticeState | "";
  readonly board?: string;
  readonly most?: number;
}

export interface Page {
  readonly notices: readonly NoticeJson[];
  /** Address of those behind them; null: there are none. */
  readonly next: string | null;
}

const patienceMs = 30_000;

export function noticeList({ words, state, board, most }: Sought): Promise<Page> {
  const query = new URLSearchParams({ newest: "true", most: String(most ?? 50) });
  if (words) query.set("words", words);
  if (state) query.set("state", state);
  if (board) query.set("board", board);
  return noticePage(`/api/v1/notices?${query}`);
}

/** Rejects with a `Refusal`. */
export async function noticePage(address: string): Promise<Page> {
  const response = await inSession(() => fetch(address, { signal: timeoutSignal(patienceMs) })).catch(() => null);
  if (!response?.ok) throw new Refusal(response?.status ?? 0, []);
  const [, next = null] = /<([^>]+)>; rel="next"/.exec(response.headers.get("Link") ?? "") ?? [];
  const all = (await response.json()) as readonly NoticeJson[];
  // What a board shows between slots is no notice that anybody looks for; the installation file has it.
  return { notices: all.filter(({ id }) => !id.startsWith("default:")), next };
}

/** What a notice is doing at an instant, in the words of the list. */
export function stateOf({ state, from, until, displayable }: NoticeJson, now: number): NoticeState {
  if (state === "withdrawn" || state === "refused") return state;
  if (state === "draft") return "waiting";
  if (Date.parse(from) > now) return "coming";
  if (Date.parse(until) <= now) return "over";
  return displayable ? "showing" : "refused";
}
