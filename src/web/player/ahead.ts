/** What will be on soon: fetched in time, and before the daemon could be lost. */
import type { Instant, MessageHash, Programme } from "../../message/types.ts";

/** The messages with a turn in a span between two instants, the spans in order; of each ring all, whatever its lead. */
export function messagesBetween(programme: Programme, from: Instant, until: Instant): ReadonlySet<MessageHash> {
  const found = new Set<MessageHash>();
  for (const { startMs, endMs, turns } of programme.spans) {
    if (programme.base + endMs <= from || programme.base + startMs >= until) continue;
    for (const { message } of turns) {
      const hash = programme.messages[message];
      if (hash !== undefined) found.add(hash);
    }
  }
  return found;
}
