import { copyWindow } from "../window.ts";
import type { Motion } from "./motion.ts";
import { scrollMs, scrollProblem, travelled } from "./scroll.ts";

/** Rests `holdMs` at the strip's top, then goes once round upwards. */
export const scrollUp: Motion = {
  name: "scroll-up",
  code: 2,
  problem: (page, shape) => scrollProblem(page, shape, "up"),
  durationMs: (page) => scrollMs(page, page.bitmap.height),
  phase: (page, elapsedMs) => travelled(page, page.bitmap.height, elapsedMs),
  draw: ({ bitmap }, phase, into) => copyWindow(bitmap, 0, phase, into),
};
