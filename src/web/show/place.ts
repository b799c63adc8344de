/** Where a board's bitmap stands on the screen: whole device pixels a dot, or made smaller where there are too few. */
import type { Shape } from "../../message/types.ts";

export type Turn = 0 | 90 | 270;

export interface Place {
  /** Of the bitmap's top left corner before it is turned, CSS pixels. */
  readonly left: number;
  readonly top: number;
  /** Of the canvas before it is turned, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** A whole number of device pixels a dot: edges stay edges. */
  readonly sharp: boolean;
}

/** `roomWidth`, `roomHeight`: CSS pixels. `turn`: clockwise, for a portrait board on a screen that its system does not turn. */
export function placeOf(shape: Shape, roomWidth: number, roomHeight: number, pixelRatio: number, turn: Turn): Place {
  const [deviceWidth, deviceHeight] = [Math.round(roomWidth * pixelRatio), Math.round(roomHeight * pixelRatio)];
  const [across, down] = turn === 0 ? [shape.width, shape.height] : [shape.height, shape.width];
  const room = Math.min(deviceWidth / across, deviceHeight / down);
  const sharp = room >= 1;
  const scale = sharp ? Math.floor(room) : room;
  const [lit, high] = [Math.round(across * scale), Math.round(down * scale)];
  // Whole device pixels, or the browser smears one column over two.
  const left = Math.floor((deviceWidth - lit) / 2);
  const top = Math.floor((deviceHeight - high) / 2);
  const css = (device: number) => device / pixelRatio;
  const [width, height] = turn === 0 ? [lit, high] : [high, lit];
  const corner = { 0: [left, top], 90: [left + lit, top], 270: [left, top + high] }[turn] as [number, number];
  return { left: css(corner[0]), top: css(corner[1]), width: css(width), height: css(height), sharp };
}
