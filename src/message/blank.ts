import { emptyBitmap } from "./bitmap.ts";
import { makeMessage } from "./encode.ts";
import type { Message, Page, Shape } from "./types.ts";

/** The notice id behind a blank turn: no notice at all. The only thing that may be lit unsealed, for it lights nothing. */
export const blankOwner = "blank:";

/** Asked for at each look at a dark board, and an LCD's has a quarter of a megabyte to be named. An office has few shapes. */
const made = new Map<string, Message>();
const keptMax = 64;

/** Black for a second: what a closed or darkened board intends. */
export function blankMessage(shape: Shape): Message {
  const key = `${shape.width}x${shape.height}:${shape.colour}`;
  let message = made.get(key);
  if (!message) {
    message = makeBlank(shape);
    if (made.size >= keptMax) made.clear();
    made.set(key, message);
  }
  return message;
}

function makeBlank({ width, height, colour }: Shape): Message {
  const format = colour === "mono" ? "mono1" : colour === "dual" ? "dual2" : "index1";
  const palette = colour === "rgb" ? new Uint8Array(3) : new Uint8Array(0);
  const bitmap = emptyBitmap(width, height, format, palette);
  const page: Page = { bitmap, motion: "hold", msPerPx: 0, holdMs: 1000, step: 0, window: null, fields: [] };
  return makeMessage({ width, height, colour }, [page]);
}
