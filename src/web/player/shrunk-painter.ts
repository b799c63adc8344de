/**
 * A screen in less room than it has pixels: each pixel of the picture is the mean of those that it covers, each by the
 * share that it covers. A screen of 1920×1080 on a tile is read once, and takes no memory of its own size.
 */
import type { Frame, Shape } from "../../message/types.ts";
import { dotColours, type PanelLook } from "./dots.ts";
import { canvasPixel } from "./lamp.ts";
import type { Painter, Rectangle } from "./painter.ts";

export class ShrunkPainter implements Painter {
  readonly image: ImageData;
  readonly #shape: Shape;
  readonly #look: PanelLook;
  readonly #pixels: Uint32Array;
  readonly #columns: Cover;
  readonly #rows: Cover;

  /** At most as large as `shape`. */
  constructor(shape: Shape, look: PanelLook, width: number, height: number) {
    this.image = new ImageData(width, height);
    this.#shape = shape;
    this.#look = look;
    this.#pixels = new Uint32Array(this.image.data.buffer);
    this.#columns = cover(shape.width, width);
    this.#rows = cover(shape.height, height);
  }

  paint(frame: Frame): Rectangle {
    const { width, height } = this.image;
    const bytes = this.#bytes(frame);
    const stride = this.#shape.width * 3;
    const row = new Float32Array(width * 3);
    const sums = new Float32Array(width * 3);
    for (let y = 0; y < height; y++) {
      const [top, bottom] = [this.#rows.first[y] ?? 0, this.#rows.last[y] ?? 0];
      sums.fill(0);
      for (let from = top; from <= bottom; from++) {
        const weight = this.#rows.share(y, from);
        this.#shrinkRow(bytes, from * stride, row);
        for (let at = 0; at < row.length; at++) sums[at] = (sums[at] ?? 0) + (row[at] ?? 0) * weight;
      }
      for (let x = 0, at = 0; x < width; x++, at += 3) {
        const [red, green, blue] = [sums[at] ?? 0, sums[at + 1] ?? 0, sums[at + 2] ?? 0];
        const colour = ((red + 0.5) << 16) | ((green + 0.5) << 8) | (blue + 0.5);
        this.#pixels[y * width + x] = canvasPixel(colour);
      }
    }
    return { x: 0, y: 0, width, height };
  }

  #shrinkRow(bytes: Uint8Array, start: number, into: Float32Array): void {
    const { first, last, head, inner, tail } = this.#columns;
    for (let x = 0, out = 0; x < first.length; x++, out += 3) {
      const [from, to] = [first[x] ?? 0, last[x] ?? 0];
      let at = start + from * 3;
      const begin = head[x] ?? 0;
      let red = (bytes[at] ?? 0) * begin;
      let green = (bytes[at + 1] ?? 0) * begin;
      let blue = (bytes[at + 2] ?? 0) * begin;
      for (let column = from + 1; column <= to; column++) {
        at += 3;
        const weight = column === to ? (tail[x] ?? 0) : inner;
        red += (bytes[at] ?? 0) * weight;
        green += (bytes[at + 1] ?? 0) * weight;
        blue += (bytes[at + 2] ?? 0) * weight;
      }
      into[out] = red;
      into[out + 1] = green;
      into[out + 2] = blue;
    }
  }

  /** Red, green, blue. */
  #bytes({ shape, pixels }: Frame): Uint8Array {
    if (shape.colour === "rgb") return pixels;
    const dots = new Uint32Array(shape.width * shape.height);
    dotColours({ shape, pixels }, this.#look, dots);
    const bytes = new Uint8Array(dots.length * 3);
    for (const [dot, colour] of dots.entries()) bytes.set([colour >> 16, (colour >> 8) & 255, colour & 255], dot * 3);
    return bytes;
  }
}

/** Which of `many` parts each of `few` covers, and by what share of its own. */
interface Cover {
  readonly first: Uint16Array;
  readonly last: Uint16Array;
  /** Of the first and the last part, and of those between; they add up to 1. */
  readonly head: Float32Array;
  readonly tail: Float32Array;
  readonly inner: number;
  share(index: number, part: number): number;
}

function cover(many: number, few: number): Cover {
  const first = new Uint16Array(few);
  const last = new Uint16Array(few);
  const head = new Float32Array(few);
  const tail = new Float32Array(few);
  const inner = few / many;
  for (let index = 0; index < few; index++) {
    const [from, until] = [index / inner, Math.min(many, (index + 1) / inner)];
    first[index] = Math.floor(from);
    last[index] = Math.min(many, Math.ceil(until - 1e-9)) - 1;
    const [begin, end] = [first[index] ?? 0, last[index] ?? 0];
    head[index] = (Math.min(until, begin + 1) - from) * inner;
    tail[index] = (until - Math.max(from, end)) * inner;
  }
  return {
    ...{ first, last, head, tail, inner },
    share: (index, part) => (part === first[index] ? head[index] : part === last[index] ? tail[index] : inner) ?? 0,
  };
}
