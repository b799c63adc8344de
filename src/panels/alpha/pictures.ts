/** Frames as rows of palette digits. */
import { type Frame, rowStride } from "../../message/index.ts";

/** 0 off, 1 red, 2 green, 3 amber: a mono sign's one colour is 1, too. Rows from the top, a digit a dot. */
export function rowsOf({ shape, pixels }: Frame): readonly string[] {
  const { width, height } = shape;
  const stride = rowStride(width, "mono1");
  const bit = (plane: number, x: number, y: number): number =>
    ((pixels[plane * stride * height + y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  const digit = (x: number, y: number): number => bit(0, x, y) + (shape.colour === "dual" ? 2 * bit(1, x, y) : 0);
  return Array.from({ length: height }, (_row, y) => Array.from({ length: width }, (_dot, x) => digit(x, y)).join(""));
}
