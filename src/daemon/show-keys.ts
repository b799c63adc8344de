/** The keys with which LCD pages come: one that is about to end is told of on its board's tile, before the screen goes black. */
import { limits } from "../limits.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { People } from "../people/index.ts";
import { monotonicMs } from "../time/clock.ts";
import { dateAt } from "../time/zone.ts";

export interface ShowKeys {
  /** A page was let in with it, or looked at again. */
  used(board: string, key: string): Promise<void>;
  faults(board: string): BoardFacts["faults"];
}

const dayMs = 86_400_000;
/** Pages are looked at again each quarter of a minute: a key that was not for so long is nobody's. */
const keptMs = 60_000;

export function createShowKeys(
  { tokens, wall, board: clock }: Pick<People, "tokens" | "wall" | "board">,
  zone: string,
) {
  const seen = new Map<string, Map<string, { readonly until: number; readonly atMs: number }>>();
  const keys: ShowKeys = {
    async used(board, key) {
      const found = await tokens.find(key);
      if (found === null) return;
      const own = seen.get(board) ?? new Map<string, { readonly until: number; readonly atMs: number }>();
      for (const [id, { atMs }] of own) if (monotonicMs() - atMs > keptMs) own.delete(id);
      if (own.size < limits.pagesPerBoard)
        own.set(found.token.id, { until: found.token.expiresAt, atMs: monotonicMs() });
      seen.set(board, own);
    },
    faults(board) {
      const inUse = [...(seen.get(board)?.values() ?? [])].filter(({ atMs }) => monotonicMs() - atMs <= keptMs);
      const until = Math.min(...inUse.map((one) => one.until));
      if (until - wall.now() > limits.showKeyDays * dayMs) return [];
      return [{ fault: { code: "panel/key-ends", board, on: dateAt(zone, until) }, at: clock.now() }];
    },
  };
  return keys;
}
