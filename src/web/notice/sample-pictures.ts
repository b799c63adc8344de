/** Pictures of the kinds, asked for once while the page is open, one after another. */
import type { Message } from "../../message/types.ts";
import type { Content } from "../../notices/types.ts";
import type { KindId } from "./kinds.ts";
import { lookOn } from "./look.ts";

export const samplePanel = { width: 128, height: 64, colour: "dual" } as const;

const known = new Map<KindId, Promise<Message | null>>();
let line: Promise<unknown> = Promise.resolve();

/** null: it could not be had; the kind is chosen by its name then. `isWanted`: who has gone on is asked for nothing. */
export function samplePicture(
  kind: KindId,
  content: Partial<Content>,
  isWanted: () => boolean,
): Promise<Message | null> {
  const there = known.get(kind);
  if (there) return there;
  const asked = line.then(async () => {
    try {
      if (!isWanted()) throw new Error("nobody waits for it");
      return (await lookOn(samplePanel, content)).message;
    } catch {
      known.delete(kind);
      return null;
    }
  });
  line = asked;
  known.set(kind, asked);
  return asked;
}
