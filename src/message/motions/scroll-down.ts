import { copyWindow } from "../window.ts";
import type { Motion } from "./motion.ts";
import { scrollMs, scrollProblem, travelled } from "./scroll.ts";

/** Rests `holdMs` at the strip's top, then goes once round downwards: the strip's foot follows its top. */
export const scrollDown: Motion = {
  name: "scroll-down",
  code: 4,
  problem: (page, shape) => scrollProblem(page, shape, "down"),
  durationMs: (page) => scrollMs(page, page.bitmap.height),
  phase: (page, elapsedMs) => travelled(page, page.bitmap.height, elapsedMs),
  draw: ({ bitmap }, phase, into) => copyWindow(bitmap, 0, phase === 0 ? 0 : bitmap.height - phase, into),
};
