/** A page in time: its entry, its motion, its exit (SPEC.md §5.3, §5.4). */
import { motions, transitions } from "./motions/list.ts";
import type { Bitmap, Page, Transition } from "./types.ts";

/** How long a page lasts with its entry and its exit, ms. */
export function pageMs(page: Page): number {
  const own = motions[page.motion].durationMs(page);
  if (!page.entry && !page.exit) return own;
  return transitionMs(page.entry, page.bitmap) + own + transitionMs(page.exit, page.bitmap);
}

/** 0 for none. `bitmap`: of a page that holds, so of the panel's size. */
export function transitionMs(transition: Transition | null | undefined, bitmap: Bitmap): number {
  return transition ? travelPx(transition, bitmap) * transition.msPerPx : 0;
}

/** Dots between black and the whole page. */
export function travelPx({ name, direction }: Transition, { width, height }: Bitmap): number {
  return transitions[name].travelPx(direction, width, height);
}

/**
 * All that a page's picture depends on of the time since it began, fields apart: equal phases are equal dots. An entry has
 * −travel to −1, the motion its own from 0 on, an exit, whose page holds at 0, 1 to travel. `elapsedMs`: 0 to its duration.
 */
export function phaseAt(page: Page, elapsedMs: number): number {
  const motion = motions[page.motion];
  if (!page.entry && !page.exit) return motion.phase(page, elapsedMs);
  const standing = elapsedMs - transitionMs(page.entry, page.bitmap);
  if (page.entry && standing < 0) return Math.floor(standing / page.entry.msPerPx);
  const leaving = standing - motion.durationMs(page);
  return page.exit && leaving >= 0 ? 1 + Math.floor(leaving / page.exit.msPerPx) : motion.phase(page, standing);
}
