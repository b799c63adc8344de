/** When the daemon looks: a heartbeat a minute decides from state what is due, a watch each second sees what nothing announces. */
import { createTask } from "node-cron";

export interface HeartParts {
  /** What another process (an `import`) has written to the store is read again, and planned anew. */
  catchUp(): Promise<void>;
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

/** Returns what stops it. */
export function startHeart(parts: HeartParts): () => Promise<void> {
  const heartbeat = createTask("* * * * *", () => parts.look().catch(parts.failed));
  void heartbeat.start();
  let offset = parts.offset();
  let watching: Promise<void> = Promise.resolve();
  let stopped = false;

  const watch = async () => {
    try {
      await parts.catchUp();
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
