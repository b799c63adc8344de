/**
 * When the daemon was last known to run, kept at each heartbeat: a process that is killed cannot say so any more. The next
 * start tells it in the play log, and so does the first heartbeat after the computer slept.
 */
import type { PlayStore } from "../ledger/play-store.ts";
import { limits } from "../limits.ts";
import type { Instant, Window } from "../message/types.ts";
import { merged } from "../playlist/windows.ts";
import type { Store } from "../store/index.ts";
import { type Clock, monotonicMs, wallClock } from "../time/clock.ts";
import { rowsOf } from "./first-shown.ts";
import type { JobTime } from "./jobs.ts";

const key = "daemon.alive";

/** null: never, or nobody can read it any more. */
export async function lastAlive({ settings }: Pick<Store, "settings">): Promise<JobTime | null> {
  try {
    const { board, wall } = JSON.parse((await settings.get(key)) ?? "null") as Record<string, unknown>;
    const known = Number.isSafeInteger(board) && Number.isSafeInteger(wall);
    return known ? { board: Number(board), wall: Number(wall) } : null;
  } catch {
    return null;
  }
}

export interface AliveParts {
  readonly store: Pick<Store, "settings" | "change">;
  /** The boards'. */
  readonly clock: Clock;
  readonly wall?: Clock;
  /** Stands still while the computer sleeps. */
  readonly monotonic?: () => number;
}

/** At each heartbeat. */
export function createAlive({ store, clock, wall = wallClock, monotonic = monotonicMs }: AliveParts) {
  let last: (JobTime & { readonly monotonic: number }) | null = null;
  return {
    async beat(): Promise<void> {
      const now = { board: clock.now(), wall: wall.now(), monotonic: monotonic() };
      // By both clocks more time is gone than this process has lived: nobody looked at anything meanwhile.
      const lived = last === null ? 0 : now.monotonic - last.monotonic;
      const slept = last !== null && Math.min(now.board - last.board, now.wall - last.wall) - lived > limits.aliveGapMs;
      if (slept && last !== null) {
        const data = { aliveAt: last.board, lastAt: last.board, lastWallAt: last.wall, clockSet: false, slept: true };
        await store.change("system", (tx) => tx.record({ action: "play/started", subject: "office", data }, "play"));
      }
      last = now;
      await store.settings.set(key, JSON.stringify({ board: now.board, wall: now.wall }));
    },
  };
}

/** When, within `window`, no daemon ran; also before the log began. What is shorter than a heartbeat is none. */
export async function downIn(
  play: Pick<PlayStore, "during" | "first">,
  window: Window,
  now: Instant,
): Promise<readonly Window[]> {
  const down: Window[] = [];
  const first = await play.first();
  if (first === null) return [window];
  if (first.boardAt > window.from) down.push({ from: window.from, until: first.boardAt });
  for await (const { boardAt, data } of rowsOf(play, "office", "play/started", {
    from: window.from,
    until: Math.max(now, window.until) + 1,
  })) {
    // Another time altogether: how long it was is nowhere on record.
    if (data.clockSet === true) continue;
    const [alive, row] = [whole(data.aliveAt), whole(data.lastAt)];
    if (row === null && alive === null) continue;
    const since = Math.max(row ?? Number.NEGATIVE_INFINITY, alive ?? Number.NEGATIVE_INFINITY);
    if (since >= window.until) break;
    if (boardAt - since > limits.aliveGapMs) down.push({ from: since, until: boardAt });
  }
  return merged(down).flatMap(({ from, until }) => {
    const inside = { from: Math.max(from, window.from), until: Math.min(until, window.until) };
    return inside.until > inside.from ? [inside] : [];
  });
}

const whole = (value: unknown): number | null => (Number.isSafeInteger(value) ? Number(value) : null);
