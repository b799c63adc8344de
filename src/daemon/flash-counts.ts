/**
 * How often each card's flash was written today, by the wall clock, and what it holds: flash endures some 100,000 writes, so
 * that a mistake which writes it again and again must not go on for a night. Kept in the store, so that a restart does not
 * begin to count anew.
 */
import type { BoardConfig } from "../config/types.ts";
import { limits } from "../limits.ts";
import type { SettingStore } from "../notices/store.ts";
import type { FlashCount } from "../panels/contract.ts";
import { type Clock, wallClock } from "../time/clock.ts";

interface Kept {
  /** Whole days since 1970, UTC. */
  readonly day: number;
  readonly writes: number;
  readonly holds: string | null;
}

const keyOf = (board: string) => `flash.${board}`;
const dayMs = 86_400_000;

/** What is kept is read before anything is sent. `failed`: it could not be kept. */
export async function openFlashCounts(
  settings: SettingStore,
  boards: readonly Pick<BoardConfig, "id" | "driver">[],
  failed: (error: unknown) => void,
  wall: Clock = wallClock,
): Promise<(board: string) => FlashCount> {
  const counts = new Map<string, Kept>();
  const today = () => Math.floor(wall.now() / dayMs);
  const none: Kept = { day: 0, writes: 0, holds: null };
  const most = new Map(boards.map(({ id, driver }) => [id, writesPerDay(driver)]));
  const mostOf = (board: string) => most.get(board) ?? 0;
  // Of those whose driver writes it at all.
  for (const { id } of boards.filter((board) => mostOf(board.id) > 0)) {
    const text = await settings.get(keyOf(id));
    // Of what nobody can read any more all may have been spent today: rather a day without than a worn card.
    const spent: Kept = { day: today(), writes: mostOf(id), holds: null };
    counts.set(id, text === null ? none : (parsed(text) ?? spent));
  }
  return (board) => ({
    now() {
      const { day, writes, holds } = counts.get(board) ?? none;
      // A clock that was set back gives no new day.
      return { left: Math.max(0, mostOf(board) - (day >= today() ? writes : 0)), holds };
    },
    wrote(times, holds) {
      if (times === 0 && holds === undefined) return;
      const before = counts.get(board) ?? none;
      const day = Math.max(before.day, today());
      const writes = (before.day === day ? before.writes : 0) + times;
      const kept = { day, writes, holds: holds === undefined ? before.holds : holds };
      counts.set(board, kept);
      void settings.set(keyOf(board), JSON.stringify(kept)).catch(failed);
    },
  });
}

/** Chips that are written in place endure little; cards with a file system spread what is written over all of it. */
function writesPerDay(driver: BoardConfig["driver"]): number {
  switch (driver?.kind) {
    case "onbon":
      return limits.flashWritesPerDay;
    case "huidu":
      return driver.picturesPerDay;
    default:
      return 0;
  }
}

/** null: it makes no sense. */
function parsed(text: string): Kept | null {
  try {
    const { day, writes, holds } = JSON.parse(text) as Record<string, unknown>;
    if (!Number.isSafeInteger(day) || !Number.isSafeInteger(writes)) return null;
    return { day: Number(day), writes: Number(writes), holds: typeof holds === "string" ? holds : null };
  } catch {
    return null;
  }
}
