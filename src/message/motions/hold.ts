import type { Page, Shape } from "../types.ts";
import { copyWindow } from "../window.ts";
import type { Motion } from "./motion.ts";

export const hold: Motion = {
  name: "hold",
  code: 0,
  problem(page, shape) {
    if (!isPanelSized(page, shape)) return "a held page must have the panel's size";
    if (page.msPerPx !== 0) return "a held page has no speed";
    return page.holdMs < 1 ? "a held page must last at least 1 ms" : null;
  },
  durationMs: (page) => page.holdMs,
  phase: () => 0,
  draw: (page, _phase, into) => copyWindow(page.bitmap, 0, 0, into),
};

export function isPanelSized({ bitmap }: Page, shape: Shape): boolean {
  return bitmap.width === shape.width && bitmap.height === shape.height;
}
