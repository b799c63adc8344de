/** Draws a panel's frames on a canvas: lamps for signs, plain pixels for screens; only what changed. */
import type { Frame, Shape } from "../../message/types.ts";
import { dotColours, type PanelLook, parseColour, type Rgb, unlit } from "./dots.ts";
import { canvasPixel, lampPixels } from "./lamp.ts";
import { type Fit, fitPanel } from "./fit.ts";

const spritesKept = 1024;
const rgbTint: Rgb = 0x9aa4b0;
const dualTint: Rgb = 0xc08a50;

export class PanelCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #shape: Shape;
  readonly #look: PanelLook;
  readonly #tint: Rgb;
  /** The dots as drawn, and as they should be. */
  #drawn: Uint32Array<ArrayBuffer>;
  #wanted: Uint32Array<ArrayBuffer>;
  #cellPx = 0;
  #image: ImageData | null = null;
  #pixels = new Uint32Array(0);
  /** Where the picture is larger than its place it is drawn here first and then made smaller. */
  #backing: OffscreenCanvas | null = null;
  readonly #sprites = new Map<Rgb, Uint32Array>();
  #blank = true;

  constructor(canvas: HTMLCanvasElement, shape: Shape, look: PanelLook) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("this browser has no canvas");
    this.#canvas = canvas;
    this.#context = context;
    this.#shape = shape;
    this.#look = look;
    this.#tint =
      shape.colour === "mono"
        ? (parseColour(look.ledColour) ?? dualTint)
        : shape.colour === "dual"
          ? dualTint
          : rgbTint;
    this.#drawn = new Uint32Array(shape.width * shape.height);
    this.#wanted = new Uint32Array(shape.width * shape.height);
  }

  /** Takes the room that there is, CSS pixels, and draws `frame` anew in it. */
  resize(roomWidth: number, roomHeight: number, pixelRatio: number, frame: Frame | null): void {
    const fit = fitPanel(this.#shape, this.#look.kind, roomWidth, roomHeight, pixelRatio);
    this.#canvas.style.width = `${fit.cssWidth}px`;
    this.#canvas.style.height = `${fit.cssHeight}px`;
    if (
      this.#canvas.width === fit.canvasWidth &&
      this.#canvas.height === fit.canvasHeight &&
      this.#cellPx === fit.cellPx
    )
      return;
    this.#canvas.width = fit.canvasWidth;
    this.#canvas.height = fit.canvasHeight;
    this.#prepare(fit);
    if (frame) this.draw(frame);
  }

  /** `frame` has the panel's shape. */
  draw(frame: Frame): void {
    if (this.#image === null) return;
    dotColours(frame, this.#look, this.#wanted);
    const { width, height } = this.#shape;
    let top = height;
    let bottom = -1;
    for (let y = 0, dot = 0; y < height; y++) {
      for (let x = 0; x < width; x++, dot++) {
        const colour = this.#wanted[dot] ?? unlit;
        if (colour === this.#drawn[dot] && !this.#blank) continue;
        this.#plot(x, y, colour);
        if (y < top) top = y;
        bottom = y;
      }
    }
    [this.#drawn, this.#wanted] = [this.#wanted, this.#drawn];
    this.#blank = false;
    if (bottom >= 0) this.#show(top, bottom + 1);
  }

  #prepare(fit: Fit): void {
    this.#cellPx = fit.cellPx;
    this.#sprites.clear();
    const width = this.#shape.width * fit.cellPx;
    const height = this.#shape.height * fit.cellPx;
    this.#image = new ImageData(width, height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    const direct = width === fit.canvasWidth && height === fit.canvasHeight;
    this.#backing = direct ? null : new OffscreenCanvas(width, height);
    this.#blank = true;
  }

  #plot(x: number, y: number, colour: Rgb): void {
    const cell = this.#cellPx;
    const stride = this.#shape.width * cell;
    let at = y * cell * stride + x * cell;
    if (this.#look.kind === "pixels") {
      this.#pixels[at] = canvasPixel(colour);
      return;
    }
    const sprite = this.#sprite(colour);
    if (cell === 1) {
      this.#pixels[at] = sprite[0] ?? 0;
      return;
    }
    for (let row = 0, from = 0; row < cell; row++, at += stride)
      for (let column = 0; column < cell; column++) this.#pixels[at + column] = sprite[from++] ?? 0;
  }

  #sprite(colour: Rgb): Uint32Array {
    let sprite = this.#sprites.get(colour);
    if (!sprite) {
      if (this.#sprites.size >= spritesKept) this.#sprites.clear();
      sprite = lampPixels(this.#cellPx, colour === unlit ? null : colour, this.#tint);
      this.#sprites.set(colour, sprite);
    }
    return sprite;
  }

  /** Rows `top` to before `bottom`, in dots. */
  #show(top: number, bottom: number): void {
    if (this.#image === null) return;
    const from = top * this.#cellPx;
    const rows = (bottom - top) * this.#cellPx;
    if (this.#backing === null) {
      this.#context.putImageData(this.#image, 0, 0, 0, from, this.#image.width, rows);
      return;
    }
    const backing = this.#backing.getContext("2d", { alpha: false });
    if (!backing) return;
    backing.putImageData(this.#image, 0, 0, 0, from, this.#image.width, rows);
    this.#context.imageSmoothingQuality = "high";
    this.#context.drawImage(this.#backing, 0, 0, this.#canvas.width, this.#canvas.height);
  }
}
