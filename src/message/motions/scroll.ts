/** What the four scrolls share: a rest, then one loop, a dot each `msPerPx`. */
import type { Page, Shape } from "../types.ts";

/** `side`: the bitmap's along the way. */
export function scrollMs(page: Page, side: number): number {
  return page.holdMs + side * page.msPerPx;
}

/** Dots travelled, 0 to `side` − 1. */
export function travelled(page: Page, side: number, elapsedMs: number): number {
  const moving = elapsedMs - page.holdMs;
  if (moving <= 0) return 0;
  const dots = Math.floor(moving / page.msPerPx);
  return dots < side ? dots : dots % side;
}

/** `way`: "left", "right", "up" or "down", for the words. */
export function scrollProblem({ bitmap, msPerPx }: Page, shape: Shape, way: string): string | null {
  const sideways = way === "left" || way === "right";
  if (sideways ? bitmap.height !== shape.height : bitmap.width !== shape.width)
    return `a strip that scrolls ${way} must have the panel's ${sideways ? "height" : "width"}`;
  if (sideways ? bitmap.width < shape.width : bitmap.height < shape.height)
    return `a strip that scrolls ${way} must be at least as ${sideways ? "wide" : "high"} as the panel`;
  return msPerPx < 1 ? "a scrolling page needs a speed" : null;
}
