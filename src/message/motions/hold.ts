import { copyWindow } from "../bitmap.ts";
import type { Motion } from "./motion.ts";

export const hold: Motion = {
  name: "hold",
  code: 0,
  problem(page, shape) {
    if (page.bitmap.width !== shape.width || page.bitmap.height !== shape.height)
      return "a held page must have the panel's size";
    if (page.msPerPx !== 0) return "a held page has no speed";
    if (page.holdMs < 1) return "a held page must last at least 1 ms";
    return null;
  },
  durationMs: (page) => page.holdMs,
  draw: (page, shape, _elapsedMs, into) => copyWindow(page.bitmap, 0, 0, shape, into),
};
