/**
 * A screen in less room than it has pixels: each pixel of the picture is the mean of those that it covers, each by the
 * share that it covers. A screen of 1920×1080 on a tile is read once, run by run, and takes no memory of its own size; of
 * a page in the place of another one only the rows that differ are read.
 *
 * Lengths are counted in whole parts of a dot, as many as the picture has pixels on that side; a pixel is then as many of
 * them long as the screen has dots. All sums are whole numbers, the same in whatever pieces they are added.
 */
import type { Bitmap, Frame, Shape } from "../../message/types.ts";
import { dotColours, type PanelLook, type Rgb } from "./dots.ts";
import { canvasPixel } from "./lamp.ts";
import type { Painter, Rectangle } from "./painter.ts";
import { differingRows, rowRuns } from "./runs.ts";

export class ShrunkPainter implements Painter {
  readonly image: ImageData;
  readonly #shape: Shape;
  readonly #look: PanelLook;
  readonly #pixels: Uint32Array;
  /** Red, green and blue of a row of the screen, and of a row of the picture; at most 255 × width × height. */
  readonly #row: Float64Array;
  readonly #sums: Float64Array;
  #isRowBlack = true;
  /** Of which the picture is. */
  #page: Bitmap | null = null;

  /** At most as large as `shape`. */
  constructor(shape: Shape, look: PanelLook, width: number, height: number) {
    this.image = new ImageData(width, height);
    this.#shape = shape;
    this.#look = look;
    this.#pixels = new Uint32Array(this.image.data.buffer);
    this.#row = new Float64Array(width * 3);
    this.#sums = new Float64Array(width * 3);
  }

  paint(frame: Frame): Rectangle {
    const { width, height } = this.#shape;
    // A frame's pixels are written over by the next one: nothing can be compared with them.
    this.#page = null;
    this.#paintRows(
      { width, height, format: "rgb24", pixels: this.#bytes(frame), palette: noColours },
      0,
      this.image.height,
    );
    return { x: 0, y: 0, width: this.image.width, height: this.image.height };
  }

  /** A whole page of an rgb panel of the shape's size, which does not change afterwards. null: the picture is the same. */
  paintPage(page: Bitmap): Rectangle | null {
    const { height: rows } = this.#shape;
    const { width, height } = this.image;
    const differing = this.#page === null ? { from: 0, until: rows } : differingRows(this.#page, page);
    this.#page = page;
    if (differing === null) return null;
    const from = Math.floor((differing.from * height) / rows);
    const until = Math.ceil((differing.until * height) / rows);
    this.#paintRows(page, from, until);
    return { x: 0, y: from, width, height: until - from };
  }

  /** Rows `from` to `until` of the picture. */
  #paintRows(page: Bitmap, from: number, until: number): void {
    const runs = rowRuns(page);
    const { height: rows } = this.#shape;
    const { height } = this.image;
    this.#sums.fill(0);
    const first = Math.floor((from * rows) / height);
    // Of a row that two pixels share the upper one has its part already.
    let has = (first + 1) * height - from * rows;
    for (let row = first, y = from, left = rows; y < until; row++, has = height) {
      if (!this.#isRowBlack) this.#row.fill(0);
      this.#isRowBlack = true;
      runs(row, this.#add);
      if (left > has) {
        this.#addRow(has);
        left -= has;
        continue;
      }
      this.#addRow(left);
      this.#finish(y++);
      this.#addRow(has - left);
      left += rows - has;
    }
  }

  readonly #add = (from: number, until: number, colour: Rgb): void => {
    if (colour === 0) return;
    this.#isRowBlack = false;
    const [row, few, many] = [this.#row, this.image.width, this.#shape.width];
    const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
    let start = from * few;
    const end = until * few;
    const first = Math.floor(start / many);
    for (let at = first * 3, edge = (first + 1) * many; start < end; at += 3, edge += many) {
      const length = Math.min(edge, end) - start;
      row[at] = (row[at] as number) + red * length;
      row[at + 1] = (row[at + 1] as number) + green * length;
      row[at + 2] = (row[at + 2] as number) + blue * length;
      start = edge;
    }
  };

  #addRow(length: number): void {
    if (this.#isRowBlack || length === 0) return;
    const [row, sums] = [this.#row, this.#sums];
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (row[at] as number) * length;
  }

  #finish(y: number): void {
    const [sums, pixels] = [this.#sums, this.#pixels];
    const { width } = this.image;
    const whole = this.#shape.width * this.#shape.height;
    const mean = (sum: number) => Math.floor(sum / whole + 0.5);
    for (let x = 0, at = 0, to = y * width; x < width; x++, at += 3, to++)
      pixels[to] = canvasPixel(
        (mean(sums[at] as number) << 16) | (mean(sums[at + 1] as number) << 8) | mean(sums[at + 2] as number),
      );
    sums.fill(0);
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

const noColours = new Uint8Array(0);
