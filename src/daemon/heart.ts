/** When the daemon looks: a heartbeat a minute decides from state what is due, a watch each second sees what nothing announces. */
import { createTask } from "node-cron";

export interface HeartParts {
  /** Changes when another process (an `import`) has written to the store. */
  version(): Promise<number>;
  /** Something was written: read it again and plan anew. */
  written(): Promise<void>;
  /** Plan what runs short or lies in another time. */
  look(): Promise<void>;
  /** Board clock less monotonic clock, ms: constant unless somebody sets the clock or the computer sleeps. */
  offset(): number;
  failed(error: unknown): void;
  /** Each second; must not throw. */
  watch?(): void;
  /** How often the watch looks, ms. */
  readonly everyMs?: number;
}

const lookEveryMs = 1000;
/** Slewing by a time service stays far below this within a second. */
const jumpMs = 500;

/** `seen`: the store's version before it was last read. Returns what stops it. */
export function startHeart(parts: HeartParts, seen: number): () => Promise<void> {
  const heartbeat = createTask("* * * * *", () => parts.look().catch(parts.failed));
  void heartbeat.start();
  let known = seen;
  let offset = parts.offset();
  let watching: Promise<void> = Promise.resolve();
  let stopped = false;

  // Whatever fails is tried again at the next look: `known` moves on only when all is read.
  const watch = async () => {
    try {
      const version = await parts.version();
      if (version !== known) {
        await parts.written();
        known = version;
      }
      const jumped = Math.abs(parts.offset() - offset) > jumpMs;
      offset = parts.offset();
      if (jumped) await parts.look();
    } catch (error) {
      parts.failed(error);
    }
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy || stopped) return;
    parts.watch?.();
    busy = true;
    watching = watch().finally(() => {
      busy = false;
    });
  }, parts.everyMs ?? lookEveryMs);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await heartbeat.destroy();
    await watching;
  };
}
