/** How large a panel is drawn in the room that it has. */
import type { Shape } from "../../message/types.ts";

export interface Fit {
  /** Pixels a dot before any shrinking. */
  readonly cellPx: number;
  readonly canvasWidth: number;
  readonly canvasHeight: number;
  readonly cssWidth: number;
  readonly cssHeight: number;
}

/** Lamps of whole pixels may leave up to this share of the room empty before the picture is shrunk to fill it. */
const emptyShare = 0.3;

/**
 * Signs get a whole number of screen pixels a dot, so that every lamp looks like its neighbour: unless that wastes the
 * room, or there is less than a pixel for a dot. Screens are shrunk (or enlarged) to the room. Proportion is kept.
 * `emptyMost`: the share of the room that may be wasted so; 1: any.
 */
export function fitPanel(
  shape: Shape,
  kind: "led" | "pixels",
  roomWidth: number,
  roomHeight: number,
  pixelRatio: number,
  emptyMost = emptyShare,
): Fit {
  const scale = Math.max(1 / 64, Math.min(roomWidth / shape.width, roomHeight / shape.height)) * pixelRatio;
  const whole = Math.floor(scale);
  const exact = kind === "led" && whole >= 1 && whole >= scale * (1 - emptyMost);
  const drawn = exact ? whole : scale;
  const canvasWidth = Math.max(1, Math.round(shape.width * drawn));
  const canvasHeight = Math.max(1, Math.round(shape.height * drawn));
  return {
    cellPx: exact ? whole : kind === "led" ? Math.ceil(scale) : 1,
    canvasWidth,
    canvasHeight,
    cssWidth: canvasWidth / pixelRatio,
    cssHeight: canvasHeight / pixelRatio,
  };
}
