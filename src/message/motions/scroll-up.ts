import { copyWindow } from "../bitmap.ts";
import type { Motion } from "./motion.ts";

/** Rests `holdMs` at the strip's top, then goes once round upwards. */
export const scrollUp: Motion = {
  name: "scroll-up",
  code: 2,
  problem(page, shape) {
    if (page.bitmap.width !== shape.width) return "a strip that scrolls up must have the panel's width";
    if (page.bitmap.height < shape.height) return "a strip that scrolls up must be at least as high as the panel";
    return page.msPerPx < 1 ? "a scrolling page needs a speed" : null;
  },
  durationMs: (page) => page.holdMs + page.bitmap.height * page.msPerPx,
  draw(page, shape, elapsedMs, into) {
    const moving = elapsedMs - page.holdMs;
    const offset = moving <= 0 ? 0 : Math.floor(moving / page.msPerPx) % page.bitmap.height;
    copyWindow(page.bitmap, 0, offset, shape, into);
  },
};
