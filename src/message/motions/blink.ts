import { limits } from "../../limits.ts";
import { copyWindow } from "../window.ts";
import { isPanelSized } from "./hold.ts";
import type { Motion } from "./motion.ts";

/** Lit for `msPerPx` ms, black for as long, and so on: whole blinks, so that what follows is never one flash more. */
export const blink: Motion = {
  name: "blink",
  code: 5,
  problem(page, shape) {
    if (!isPanelSized(page, shape)) return "a page that blinks must have the panel's size";
    if (page.msPerPx < limits.blinkHalfMs)
      return `a page may blink at 3 Hz at most: ${limits.blinkHalfMs} ms lit and as long black, not ${page.msPerPx}`;
    if (page.holdMs < 1 || page.holdMs % (2 * page.msPerPx) !== 0)
      return `a page that blinks must last whole blinks of ${2 * page.msPerPx} ms`;
    return null;
  },
  durationMs: (page) => page.holdMs,
  phase: (page, elapsedMs) => Math.floor(elapsedMs / page.msPerPx) % 2,
  draw(page, phase, into) {
    if (phase === 0) copyWindow(page.bitmap, 0, 0, into);
    else into.pixels.fill(0);
  },
};
