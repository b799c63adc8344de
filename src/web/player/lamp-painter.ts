/** A sign: each dot a lamp of whole pixels. Only lamps that changed are set; what scrolls is moved, not set anew. */
import type { Frame, Shape } from "../../message/types.ts";
import { dotColours, type PanelLook, type Rgb, unlit } from "./dots.ts";
import { lampPixels } from "./lamp.ts";
import type { Painter, Rectangle } from "./painter.ts";
import type { Moved } from "./moved.ts";

const spritesKept = 1024;

export class LampPainter implements Painter {
  readonly image: ImageData;
  readonly #shape: Shape;
  readonly #look: PanelLook;
  readonly #tint: Rgb;
  readonly #cell: number;
  readonly #pixels: Uint32Array;
  /** The dots as painted, and as they should be. */
  #painted: Uint32Array<ArrayBuffer>;
  #wanted: Uint32Array<ArrayBuffer>;
  readonly #sprites = new Map<Rgb, Uint32Array>();
  #blank = true;

  /** `cell`: pixels a dot, each way. `tint`: of an unlit lamp. */
  constructor(shape: Shape, look: PanelLook, tint: Rgb, cell: number) {
    this.image = new ImageData(shape.width * cell, shape.height * cell);
    this.#shape = shape;
    this.#look = look;
    this.#tint = tint;
    this.#cell = cell;
    this.#pixels = new Uint32Array(this.image.data.buffer);
    this.#painted = new Uint32Array(shape.width * shape.height);
    this.#wanted = new Uint32Array(shape.width * shape.height);
  }

  paint(frame: Frame, moved: Moved): Rectangle | null {
    const { width, height } = this.#shape;
    dotColours(frame, this.#look, this.#wanted);
    const all = this.#blank || this.#move(moved);
    let [top, bottom, left, right] = all ? [0, height - 1, 0, width - 1] : [height, -1, width, -1];
    const [wanted, painted, blank] = [this.#wanted, this.#painted, this.#blank];
    for (let y = 0, dot = 0; y < height; y++) {
      for (let x = 0; x < width; x++, dot++) {
        const colour = wanted[dot] ?? unlit;
        if (colour === painted[dot] && !blank) continue;
        this.#set(x, y, colour);
        if (y < top) top = y;
        if (y > bottom) bottom = y;
        if (x < left) left = x;
        if (x > right) right = x;
      }
    }
    this.#painted = wanted;
    this.#wanted = painted;
    this.#blank = false;
    if (bottom < 0) return null;
    const cell = this.#cell;
    return { x: left * cell, y: top * cell, width: (right + 1 - left) * cell, height: (bottom + 1 - top) * cell };
  }

  /** Whether anything was moved. What comes in at the edge is compared and set after it, as everything is. */
  #move({ left, up }: Moved): boolean {
    const { width, height } = this.#shape;
    const [cell, pixels, dots] = [this.#cell, this.#pixels, this.#painted];
    const stride = width * cell;
    if (up > 0 && up < height) {
      dots.copyWithin(0, up * width);
      pixels.copyWithin(0, up * cell * stride);
    } else if (left > 0 && left < width) {
      for (let row = 0; row < dots.length; row += width) dots.copyWithin(row, row + left, row + width);
      for (let row = 0; row < pixels.length; row += stride) pixels.copyWithin(row, row + left * cell, row + stride);
    } else return false;
    return true;
  }

  #set(x: number, y: number, colour: Rgb): void {
    const [cell, pixels, sprite] = [this.#cell, this.#pixels, this.#sprite(colour)];
    const stride = this.#shape.width * cell;
    let at = y * cell * stride + x * cell;
    for (let row = 0, from = 0; row < cell; row++, at += stride)
      for (let column = 0; column < cell; column++) pixels[at + column] = sprite[from++] ?? 0;
  }

  #sprite(colour: Rgb): Uint32Array {
    let sprite = this.#sprites.get(colour);
    if (!sprite) {
      if (this.#sprites.size >= spritesKept) this.#sprites.clear();
      sprite = lampPixels(this.#cell, colour === unlit ? null : colour, this.#tint);
      this.#sprites.set(colour, sprite);
    }
    return sprite;
  }
}
