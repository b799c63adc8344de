/**
 * 紧急关屏 while no daemon runs: it is written down, so that whoever starts one finds the boards dark. The panels know nothing
 * of it: each goes on with what it has until that ends, or until somebody cuts its power.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BoardConfig, Site } from "../config/types.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import { holdFolder, openStore } from "../store/index.ts";
import { type Instant, wallClock } from "../time/clock.ts";
import { chosen } from "./dark.ts";

export interface DarkWhileStopped {
  readonly boards: readonly BoardConfig[];
  /** By then a panel that this office told something is black by itself. Some cards and carried files have no such time. */
  readonly darkBy: Instant;
}

/**
 * null: there is no office in `folder`, or a daemon is starting or stopping there. FaultError `board/unknown`. Not for
 * practice, whose clock only its daemon knows and whose panels end with it.
 */
export async function darkenStopped(
  { site, folder }: { readonly site: Site; readonly folder: string },
  asked: "all" | readonly string[],
  reason: string,
): Promise<DarkWhileStopped | null> {
  const boards = chosen(site.boards, asked);
  if (site.practice || !existsSync(join(folder, "boardcast.db"))) return null;
  const letGo = holdFolder(folder);
  if (letGo === null) return null;
  try {
    const store = await openStore(folder);
    try {
      const since = wallClock.now();
      const already = new Set((await store.boards.of(boards.map(({ id }) => id))).dark.map(({ board }) => board));
      const doer = { by: "console", name: "console" };
      const fresh = boards.filter(({ id }) => !already.has(id));
      if (fresh.length > 0)
        await store.change(doer.by, async (tx) => {
          for (const { id } of fresh) await tx.boards.darken({ board: id, since, reason, ...doer });
          const expected = fresh.map((config) => {
            const endless = capabilitiesOf(config).ends === "never";
            return { board: config.id, darkBy: endless ? null : since + site.holdMs };
          });
          await tx.takedowns.open({ kind: "dark", notice: null, by: doer.name, reason, at: since, boards: expected });
        });
      return { boards, darkBy: since + site.holdMs };
    } finally {
      await store.close();
    }
  } finally {
    letGo();
  }
}
