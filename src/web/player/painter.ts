/** Turns frames into pixels, and says which of them are other than before. */
import type { Frame } from "../../message/types.ts";
import type { Moved } from "./moved.ts";

/** Pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Painter {
  readonly image: ImageData;
  /** null: nothing has changed. `frame` has the panel's shape. */
  paint(frame: Frame, moved: Moved): Rectangle | null;
}
