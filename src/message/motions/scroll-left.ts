import { copyWindow } from "../bitmap.ts";
import type { Motion } from "./motion.ts";

/** Rests `holdMs` at the strip's start, then goes once round; the strip's end carries its own gap before the start. */
export const scrollLeft: Motion = {
  name: "scroll-left",
  code: 1,
  problem(page, shape) {
    if (page.bitmap.height !== shape.height) return "a strip that scrolls left must have the panel's height";
    if (page.bitmap.width < shape.width) return "a strip that scrolls left must be at least as wide as the panel";
    return page.msPerPx < 1 ? "a scrolling page needs a speed" : null;
  },
  durationMs: (page) => page.holdMs + page.bitmap.width * page.msPerPx,
  draw(page, shape, elapsedMs, into) {
    const moving = elapsedMs - page.holdMs;
    const offset = moving <= 0 ? 0 : Math.floor(moving / page.msPerPx) % page.bitmap.width;
    copyWindow(page.bitmap, offset, 0, shape, into);
  },
};
