/** 连通情况 of a board, read from the play log. */
import { type HealthRows, healthOf, type LinkHealth } from "../ledger/health.ts";
import type { Run } from "../ledger/play.ts";
import type { PlayAction, PlayStore } from "../ledger/play-store.ts";
import type { LedgerRow } from "../ledger/types.ts";
import { limits } from "../limits.ts";
import type { Instant, Window } from "../message/types.ts";
import { downIn } from "./alive.ts";
import { rowsOf } from "./first-shown.ts";

const actions = [
  "play/told",
  "play/ended",
  "play/dark",
  "play/lit",
  "play/confirmed",
  "play/unconfirmed",
] as const satisfies readonly PlayAction[];

/** null: more rows than `limits.healthRows`; a shorter time is needed. */
export async function linkHealth(
  play: Pick<PlayStore, "during" | "before" | "first">,
  board: string,
  window: Window,
  { now, open }: { readonly now: Instant; readonly open: Run | null },
): Promise<LinkHealth | null> {
  const rows: LedgerRow[] = [];
  // A stretch has its row when it ends, at most this much later.
  const until = window.until + limits.playStillMs + limits.playGapMs;
  for (const action of actions) {
    rows.push(...(await play.before(board, action, window.from - 1, 1)));
    for await (const row of rowsOf(play, board, action, { from: window.from, until })) {
      if (rows.length >= limits.healthRows) return null;
      rows.push(row);
    }
  }
  // Before the log began nothing is known, whether a daemon ran or not.
  const begin = (await play.first())?.boardAt ?? Infinity;
  const down: HealthRows["down"] = (await downIn(play, window, now)).filter(({ until: end }) => end > begin);
  return healthOf(window, { rows: rows.sort((one, other) => one.seq - other.seq), open, down, now });
}
