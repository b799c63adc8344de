/** A screen's own pixels, one to one; the canvas may then be larger. */
import type { Frame, Shape } from "../../message/types.ts";
import { dotColours, type PanelLook } from "./dots.ts";
import { canvasPixel } from "./lamp.ts";
import type { Painter, Rectangle } from "./painter.ts";

export class PixelPainter implements Painter {
  readonly image: ImageData;
  readonly #look: PanelLook;
  readonly #pixels: Uint32Array;
  readonly #colours: Uint32Array;

  constructor(shape: Shape, look: PanelLook) {
    this.image = new ImageData(shape.width, shape.height);
    this.#look = look;
    this.#pixels = new Uint32Array(this.image.data.buffer);
    this.#colours = new Uint32Array(shape.width * shape.height);
  }

  paint(frame: Frame): Rectangle {
    dotColours(frame, this.#look, this.#colours);
    for (let dot = 0; dot < this.#colours.length; dot++) this.#pixels[dot] = canvasPixel(this.#colours[dot] ?? 0);
    return { x: 0, y: 0, width: this.image.width, height: this.image.height };
  }
}
