import { emptyBitmap } from "./bitmap.ts";
import { makeMessage } from "./encode.ts";
import type { Message, Shape } from "./types.ts";

/** The notice id behind a blank turn: no notice at all. The only thing that may be lit unsealed, for it lights nothing. */
export const blankOwner = "blank:";

/** Black for a second: what a closed or darkened board intends. */
export function blankMessage(shape: Shape): Message {
  const format = shape.colour === "mono" ? "mono1" : shape.colour === "dual" ? "dual2" : "index1";
  const palette = shape.colour === "rgb" ? new Uint8Array(3) : new Uint8Array(0);
  const bitmap = emptyBitmap(shape.width, shape.height, format, palette);
  return makeMessage(shape, [{ bitmap, motion: "hold", msPerPx: 0, holdMs: 1000, step: 0, window: null, fields: [] }]);
}
