import type { Frame, MotionName, Page, Shape } from "../types.ts";

/**
 * How a page passes over the panel. A new motion is a file here and a line in `list.ts`; its `code` goes on the wire
 * (SPEC.md §5.3) and is never reused. Arithmetic is whole numbers only, so that firmware in C gives the same dots.
 */
export interface Motion {
  readonly name: MotionName;
  readonly code: number;
  /** What is wrong with such a page on this shape, or null. */
  problem(page: Page, shape: Shape): string | null;
  /** How long the page lasts, ms, without its entry and exit. */
  durationMs(page: Page): number;
  /** All that the picture depends on of the time, ms, since the page stood: dots travelled and the like, 0 or more. */
  phase(page: Page, elapsedMs: number): number;
  /** Draws the page at a phase; writes every dot of the frame, whatever was there before. */
  draw(page: Page, phase: number, into: Frame): void;
}
