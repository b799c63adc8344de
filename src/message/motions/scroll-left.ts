import { copyWindow } from "../window.ts";
import type { Motion } from "./motion.ts";
import { scrollMs, scrollProblem, travelled } from "./scroll.ts";

/** Rests `holdMs` at the strip's start, then goes once round to the left; the strip's end carries its own gap before the start. */
export const scrollLeft: Motion = {
  name: "scroll-left",
  code: 1,
  problem: (page, shape) => scrollProblem(page, shape, "left"),
  durationMs: (page) => scrollMs(page, page.bitmap.width),
  phase: (page, elapsedMs) => travelled(page, page.bitmap.width, elapsedMs),
  draw: ({ bitmap }, phase, into) => copyWindow(bitmap, phase, 0, into),
};
