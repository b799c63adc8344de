import type { Instant } from "../message/index.ts";
import type { SettingStore } from "../notices/store.ts";
import { type Clock, offsetClock, wallClock } from "../time/clock.ts";
import { parseCivil } from "../time/zone.ts";

/** Practice begins ten seconds before the half hour, when most boards have something to say (issue 2, item 1). */
export const practiceStart = "2017-11-06T08:29:50";
const key = "practice.clock-offset-ms";

/**
 * A clock that begins at `startAt` (default: the practice start) the first time, then runs in real time; its offset is kept
 * over restarts. Giving `startAt` again moves it.
 */
export async function practiceClock(settings: SettingStore, zone: string, startAt: Instant | null): Promise<Clock> {
  const kept = await settings.get(key);
  const start = startAt ?? parseCivil(zone, practiceStart) ?? 0;
  // A kept offset that is no number is as good as none: the clock must run, whatever the row says.
  const offset =
    startAt === null && kept !== null && /^-?\d{1,14}$/.test(kept) ? Number(kept) : start - wallClock.now();
  if (kept !== String(offset)) await settings.set(key, String(offset));
  return offsetClock(wallClock, offset);
}
