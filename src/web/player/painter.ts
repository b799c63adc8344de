/** Turns frames into pixels, and says which of them are other than before. */
import type { Frame } from "../../message/types.ts";

/** Pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far, in dots, what was drawn last went on to the left and upwards. A hint: whatever it says, the picture is right. */
export interface Moved {
  readonly left: number;
  readonly up: number;
}

export const unmoved: Moved = { left: 0, up: 0 };

export interface Painter {
  readonly image: ImageData;
  /** null: nothing has changed. `frame` has the panel's shape. */
  paint(frame: Frame, moved: Moved): Rectangle | null;
}
