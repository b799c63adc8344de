import type { MotionName, Page, Shape } from "../types.ts";

/**
 * How a page passes over the panel. A new motion is a file here and a line in `list.ts`; its `code` goes on the wire
 * (SPEC.md §5.3) and is never reused. Arithmetic is whole numbers only, so that firmware in C gives the same dots.
 */
export interface Motion {
  readonly name: MotionName;
  readonly code: number;
  /** What is wrong with such a page on this shape, or null. */
  problem(page: Page, shape: Shape): string | null;
  /** How long the page lasts, ms. */
  durationMs(page: Page): number;
  /** Draws the page as it stands `elapsedMs` after it began into a black frame. */
  draw(page: Page, shape: Shape, elapsedMs: number, into: Uint8Array): void;
}
