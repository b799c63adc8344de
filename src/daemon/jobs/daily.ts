/** When a daily job is due. Pure. */
import type { Instant } from "../../time/clock.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import type { Job } from "../jobs.ts";

/** The last time at or before `at` that it was `minute` minutes after civil midnight. */
export function lastTime(zone: string, minute: number, at: Instant): Instant {
  const day = dayNumberAt(zone, at);
  const today = instantOf(zone, day, minute);
  return today <= at ? today : instantOf(zone, day - 1, minute);
}

/** Once after each civil day's `minute`, however many days nobody looked. Never done: at once. */
export const daily =
  (by: "board" | "wall", zone: string, minute: number): Job["due"] =>
  (now, last) =>
    last === null || last[by] < lastTime(zone, minute, now[by]);
