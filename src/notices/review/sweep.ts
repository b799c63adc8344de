/** Pictures that were uploaded and then dropped: they go when nobody has named them for a day. */
import { z } from "zod";
import type { Instant } from "../../message/types.ts";
import type { ReviewParts } from "./parts.ts";

const dayMs = 86_400_000;
/** An upload is stored a moment before its draft names it: what lies about is remembered first, over restarts too. */
const key = "pictures.unnamed-since";
const since = z.record(z.string(), z.int());

/** Once an hour at most; `now` by the board clock. */
export function sweeping({ store }: Pick<ReviewParts, "store">): (now: Instant) => Promise<void> {
  let looked = Number.NEGATIVE_INFINITY;

  return async (now) => {
    if (now >= looked && now - looked < dayMs / 24) return;
    looked = now;
    const unnamed = await store.cases.unnamedPictures();
    const before = readBack(await store.settings.get(key));
    // A practice clock may have been moved back: then the day begins again.
    const seen = new Map(unnamed.map((sha256) => [sha256, Math.min(before.get(sha256) ?? now, now)]));
    const due = new Set([...seen].filter(([, at]) => now - at >= dayMs).map(([sha256]) => sha256));
    if (due.size > 0)
      await store.change("system", async (tx) => {
        const still = (await tx.cases.unnamedPictures()).filter((sha256) => due.has(sha256));
        const swept = await tx.cases.dropPictures(still);
        if (swept > 0) await tx.record({ action: "picture/swept", subject: "office", data: { swept } });
      });
    for (const sha256 of due) seen.delete(sha256);
    const [was, is] = [before, seen].map((one) => JSON.stringify(Object.fromEntries(one)));
    if (is !== undefined && is !== was) await store.settings.set(key, is);
  };
}

function readBack(text: string | null): ReadonlyMap<string, Instant> {
  try {
    return new Map(Object.entries(since.parse(JSON.parse(text ?? "{}"))));
  } catch {
    return new Map();
  }
}
