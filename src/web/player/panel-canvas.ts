/** Draws a panel's frames on a canvas: lamps for signs, plain pixels for screens; only what changed. */
import type { Bitmap, Frame, Shape } from "../../message/types.ts";
import { type PanelLook, parseColour, type Rgb } from "./dots.ts";
import { type Fit, fitPanel } from "./fit.ts";
import { LampPainter } from "./lamp-painter.ts";
import type { Painter, Rectangle } from "./painter.ts";
import { type Moved, unmoved } from "./moved.ts";
import { PixelPainter } from "./pixel-painter.ts";
import { ShrunkPainter } from "./shrunk-painter.ts";

const rgbTint: Rgb = 0x9aa4b0;
const dualTint: Rgb = 0xc08a50;

export class PanelCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #shape: Shape;
  readonly #look: PanelLook;
  #fit: Fit | null = null;
  #painter: Painter | null = null;
  /** Where the picture is of another size than its place it is painted here first. */
  #backing: OffscreenCanvas | null = null;

  constructor(canvas: HTMLCanvasElement, shape: Shape, look: PanelLook) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("this browser has no canvas");
    this.#canvas = canvas;
    this.#context = context;
    this.#shape = shape;
    this.#look = look;
  }

  /** Of the canvas's pixels to the panel's: below 1 not every dot is seen by itself. */
  get scale(): number {
    return this.#fit === null ? 1 : this.#fit.canvasWidth / this.#shape.width;
  }

  /** Takes the room that there is, CSS pixels, and draws `frame` anew in it. */
  resize(roomWidth: number, roomHeight: number, pixelRatio: number, frame: Frame | null): void {
    const { kind, whole } = this.#look;
    const fit = fitPanel(this.#shape, kind, roomWidth, roomHeight, pixelRatio, whole ? 1 : undefined);
    const { cellPx, canvasWidth, canvasHeight } = fit;
    this.#canvas.style.width = lengthOf(fit.cssWidth);
    this.#canvas.style.height = lengthOf(fit.cssHeight);
    const isSame =
      this.#canvas.width === canvasWidth && this.#canvas.height === canvasHeight && this.#fit?.cellPx === cellPx;
    this.#fit = fit;
    if (isSame) return;
    this.#canvas.width = canvasWidth;
    this.#canvas.height = canvasHeight;
    this.release();
    if (frame) this.draw(frame);
  }

  /** `frame` has the panel's shape. How many of the canvas's pixels were written. */
  draw(frame: Frame, moved: Moved = unmoved): number {
    const painter = this.#ready();
    return painter === null ? 0 : this.#put(painter, painter.paint(frame, moved));
  }

  /**
   * A page of the panel's size as it stands, without a frame of it: of a large screen in a small place that is most of the
   * work. null: it is drawn from frames only.
   */
  drawPage(page: Bitmap): number | null {
    const painter = this.#ready();
    return painter instanceof ShrunkPainter && this.#shape.colour === "rgb"
      ? this.#put(painter, painter.paintPage(page))
      : null;
  }

  #ready(): Painter | null {
    if (this.#fit === null) return null;
    this.#painter ??= this.#prepare(this.#fit);
    return this.#painter;
  }

  #put({ image }: Painter, changed: Rectangle | null): number {
    if (changed === null || this.#fit === null) return 0;
    const { x, y, width, height } = changed;
    const { canvasWidth, canvasHeight } = this.#fit;
    if (this.#backing === null) {
      this.#context.putImageData(image, 0, 0, x, y, width, height);
      return width * height;
    }
    this.#backing.getContext("2d", { alpha: false })?.putImageData(image, 0, 0, x, y, width, height);
    this.#context.imageSmoothingQuality = "high";
    this.#context.drawImage(this.#backing, 0, 0, canvasWidth, canvasHeight);
    return canvasWidth * canvasHeight;
  }

  /** Gives its memory back; the picture stays, and the next one is drawn whole. */
  release(): void {
    this.#painter = null;
    this.#backing = null;
  }

  #prepare({ cellPx, canvasWidth, canvasHeight }: Fit): Painter {
    const [shape, look] = [this.#shape, this.#look];
    const isShrunk = canvasWidth < shape.width;
    const painter =
      look.kind === "led"
        ? new LampPainter(shape, look, this.#tint(), cellPx)
        : isShrunk
          ? new ShrunkPainter(shape, look, canvasWidth, canvasHeight)
          : new PixelPainter(shape, look);
    const { width, height } = painter.image;
    const isDirect = width === canvasWidth && height === canvasHeight;
    this.#backing = isDirect ? null : new OffscreenCanvas(width, height);
    return painter;
  }

  /** Of unlit lamps. */
  #tint(): Rgb {
    const { colour } = this.#shape;
    if (colour === "mono") return parseColour(this.#look.ledColour) ?? dualTint;
    return colour === "dual" ? dualTint : rgbTint;
  }
}

/** Browsers reckon in 64ths of a pixel and cut off what is less: at 125 % a canvas would be short of its last column. */
const lengthOf = (cssPixels: number) => `${Math.round(cssPixels * 64) / 64}px`;
