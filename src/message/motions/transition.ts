import type { Direction, Frame, TransitionName } from "../types.ts";

/** In the order of their codes on the wire (SPEC.md §5.4). */
export const directions: readonly Direction[] = ["left", "right", "up", "down", "horizontal", "vertical"];

/**
 * How a page that holds comes out of black and goes into it. A new transition is a file here and a line in `list.ts`; its
 * `code` goes on the wire and is never reused. An entry shows `shown` = 0, 1 … travel − 1 and an exit travel − 1 … 1, 0.
 */
export interface TransitionKind {
  readonly name: TransitionName;
  readonly code: number;
  readonly directions: readonly Direction[];
  /** How far it is from black to the whole page, dots, on a panel of so many. */
  travelPx(direction: Direction, width: number, height: number): number;
  /**
   * Turns the whole page that is in the frame into the page on its way.
   * @param shown dots of the way that show the page, 0 to travel − 1.
   * @param leaving true for an exit, false for an entry.
   */
  draw(direction: Direction, shown: number, leaving: boolean, frame: Frame): void;
}

/** The travel from edge to edge. */
export function acrossPx(direction: Direction, width: number, height: number): number {
  return direction === "left" || direction === "right" ? width : height;
}
