/** What the installation file says is on record too: calendar, boards, rules of review, as each start finds them. */
import { createHash } from "node:crypto";
import type { Site } from "../config/types.ts";
import type { Store } from "../store/index.ts";

const key = "installed";
/** Told one by one; together they are the whole file. */
const parts = [
  "office",
  "zone",
  "calendar",
  "boards",
  "cabinets",
  "listen",
  "holdMs",
  "readingCharactersPerSecond",
  "review",
] as const;

const digestOf = (value: unknown) =>
  createHash("sha256")
    .update(JSON.stringify(value) ?? "")
    .digest("hex");

/** A row where something is otherwise than at the start before, with the old and the new hash of each part that is. */
export async function recordInstalled(store: Pick<Store, "change">, site: Site): Promise<void> {
  // Practice has no file: its panels' ports are others at each start.
  if (site.practice) return;
  const now = Object.fromEntries(parts.map((part) => [part, digestOf(site[part])]));
  await store.change("boardcast.yaml", async (tx) => {
    const kept = await tx.settings.get(key);
    const before = kept === null ? {} : (JSON.parse(kept) as Record<string, string>);
    const changed = parts.filter((part) => before[part] !== now[part]);
    if (changed.length === 0) return;
    await tx.settings.set(key, JSON.stringify(now));
    const data = Object.fromEntries(
      changed.map((part) => [part, { before: before[part] ?? null, after: now[part] ?? null }]),
    );
    await tx.record({ action: "installation/changed", subject: "office", data });
  });
}
