/** Draws a panel's frames on a canvas: lamps for signs, plain pixels for screens; only what changed. */
import type { Frame, Shape } from "../../message/types.ts";
import { dotColours, type PanelLook, parseColour, type Rgb, unlit } from "./dots.ts";
import { type Fit, fitPanel } from "./fit.ts";
import { canvasPixel, lampPixels } from "./lamp.ts";

const spritesKept = 1024;
const rgbTint: Rgb = 0x9aa4b0;
const dualTint: Rgb = 0xc08a50;

/** What is needed to draw, as large as the picture before any shrinking. */
interface Desk {
  readonly image: ImageData;
  readonly pixels: Uint32Array;
  /** The dots as drawn, and as they should be. */
  drawn: Uint32Array<ArrayBuffer>;
  wanted: Uint32Array<ArrayBuffer>;
  /** Where the picture is larger than its place it is drawn here first and then made smaller. */
  readonly backing: OffscreenCanvas | null;
  /** Nothing was drawn yet. */
  blank: boolean;
}

export class PanelCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #shape: Shape;
  readonly #look: PanelLook;
  readonly #tint: Rgb;
  #fit: Fit | null = null;
  #desk: Desk | null = null;
  readonly #sprites = new Map<Rgb, Uint32Array>();

  constructor(canvas: HTMLCanvasElement, shape: Shape, look: PanelLook) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("this browser has no canvas");
    this.#canvas = canvas;
    this.#context = context;
    this.#shape = shape;
    this.#look = look;
    const own = shape.colour === "mono" ? (parseColour(look.ledColour) ?? dualTint) : null;
    this.#tint = own ?? (shape.colour === "dual" ? dualTint : rgbTint);
  }

  /** Takes the room that there is, CSS pixels, and draws `frame` anew in it. */
  resize(roomWidth: number, roomHeight: number, pixelRatio: number, frame: Frame | null): void {
    const fit = fitPanel(this.#shape, this.#look.kind, roomWidth, roomHeight, pixelRatio);
    this.#canvas.style.width = `${fit.cssWidth}px`;
    this.#canvas.style.height = `${fit.cssHeight}px`;
    const same =
      this.#canvas.width === fit.canvasWidth &&
      this.#canvas.height === fit.canvasHeight &&
      this.#fit?.cellPx === fit.cellPx;
    this.#fit = fit;
    if (same) return;
    this.#canvas.width = fit.canvasWidth;
    this.#canvas.height = fit.canvasHeight;
    this.release();
    if (frame) this.draw(frame);
  }

  /** `frame` has the panel's shape. How many of the canvas's pixels were written. */
  draw(frame: Frame): number {
    if (this.#fit === null) return 0;
    this.#desk ??= this.#prepare(this.#fit);
    const desk = this.#desk;
    dotColours(frame, this.#look, desk.wanted);
    const { width, height } = this.#shape;
    let [top, bottom, left, right] = [height, -1, width, -1];
    for (let y = 0, dot = 0; y < height; y++) {
      for (let x = 0; x < width; x++, dot++) {
        const colour = desk.wanted[dot] ?? unlit;
        if (colour === desk.drawn[dot] && !desk.blank) continue;
        this.#plot(desk, x, y, colour);
        if (y < top) top = y;
        bottom = y;
        if (x < left) left = x;
        if (x > right) right = x;
      }
    }
    [desk.drawn, desk.wanted] = [desk.wanted, desk.drawn];
    desk.blank = false;
    return bottom < 0 ? 0 : this.#show(desk, left, top, right + 1 - left, bottom + 1 - top);
  }

  /** Gives its memory back, many times what is seen; the picture stays, and the next one is drawn whole. */
  release(): void {
    this.#desk = null;
    this.#sprites.clear();
  }

  #prepare({ cellPx, canvasWidth, canvasHeight }: Fit): Desk {
    const dots = this.#shape.width * this.#shape.height;
    const width = this.#shape.width * cellPx;
    const height = this.#shape.height * cellPx;
    const image = new ImageData(width, height);
    const direct = width === canvasWidth && height === canvasHeight;
    return {
      image,
      pixels: new Uint32Array(image.data.buffer),
      drawn: new Uint32Array(dots),
      wanted: new Uint32Array(dots),
      backing: direct ? null : new OffscreenCanvas(width, height),
      blank: true,
    };
  }

  #plot({ pixels }: Desk, x: number, y: number, colour: Rgb): void {
    const cell = this.#fit?.cellPx ?? 1;
    const stride = this.#shape.width * cell;
    let at = y * cell * stride + x * cell;
    if (this.#look.kind === "pixels") {
      pixels[at] = canvasPixel(colour);
      return;
    }
    const sprite = this.#sprite(colour, cell);
    if (cell === 1) {
      pixels[at] = sprite[0] ?? 0;
      return;
    }
    for (let row = 0, from = 0; row < cell; row++, at += stride)
      for (let column = 0; column < cell; column++) pixels[at + column] = sprite[from++] ?? 0;
  }

  #sprite(colour: Rgb, cell: number): Uint32Array {
    let sprite = this.#sprites.get(colour);
    if (!sprite) {
      if (this.#sprites.size >= spritesKept) this.#sprites.clear();
      sprite = lampPixels(cell, colour === unlit ? null : colour, this.#tint);
      this.#sprites.set(colour, sprite);
    }
    return sprite;
  }

  /** A rectangle, in dots. Pixels of the canvas written. */
  #show({ image, backing }: Desk, left: number, top: number, columns: number, rows: number): number {
    const cell = this.#fit?.cellPx ?? 1;
    const [x, y, width, height] = [left * cell, top * cell, columns * cell, rows * cell];
    if (backing === null) {
      this.#context.putImageData(image, 0, 0, x, y, width, height);
      return width * height;
    }
    const context = backing.getContext("2d", { alpha: false });
    if (!context) return 0;
    context.putImageData(image, 0, 0, x, y, width, height);
    this.#context.imageSmoothingQuality = "high";
    this.#context.drawImage(backing, 0, 0, this.#canvas.width, this.#canvas.height);
    return this.#canvas.width * this.#canvas.height;
  }
}
