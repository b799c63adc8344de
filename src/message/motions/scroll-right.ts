import { copyWindow } from "../window.ts";
import type { Motion } from "./motion.ts";
import { scrollMs, scrollProblem, travelled } from "./scroll.ts";

/** Rests `holdMs` at the strip's start, then goes once round to the right: the strip's end follows its start. */
export const scrollRight: Motion = {
  name: "scroll-right",
  code: 3,
  problem: (page, shape) => scrollProblem(page, shape, "right"),
  durationMs: (page) => scrollMs(page, page.bitmap.width),
  phase: (page, elapsedMs) => travelled(page, page.bitmap.width, elapsedMs),
  draw: ({ bitmap }, phase, into) => copyWindow(bitmap, phase === 0 ? 0 : bitmap.width - phase, 0, into),
};
