/** The board's own pixels on a canvas of its own size, and what really stands there, read back. */
import { crc32, rowStride } from "../../message/index.ts";
import type { Frame, Shape } from "../../message/types.ts";
import { dotColours } from "../player/dots.ts";
import { canvasPixel } from "../player/lamp.ts";
import type { Place, Turn } from "./place.ts";

/** Rows whose CRC is worked out at once: motion goes on in between. */
const rowsAtOnce = 64;

export class BoardCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #shape: Shape;
  readonly #ledColour: string | null;
  readonly #image: ImageData;
  readonly #pixels: Uint32Array;
  readonly #dots: Uint32Array;
  /** What each colour of the canvas is in a frame; signs only. */
  readonly #lamps = new Map<number, number>();

  constructor(canvas: HTMLCanvasElement, shape: Shape, ledColour: string | null) {
    // It is read back again and again: kept where that costs little.
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!context) throw new Error("this browser has no canvas");
    canvas.width = shape.width;
    canvas.height = shape.height;
    this.#canvas = canvas;
    this.#context = context;
    this.#shape = shape;
    this.#ledColour = ledColour;
    this.#image = context.createImageData(shape.width, shape.height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#dots = new Uint32Array(shape.width * shape.height);
    this.black();
  }

  stand({ left, top, width, height, sharp }: Place, turn: Turn): void {
    const { style, classList } = this.#canvas;
    style.left = `${left}px`;
    style.top = `${top}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    style.transform = turn === 0 ? "none" : `rotate(${turn}deg)`;
    classList.toggle("sharp", sharp);
  }

  black(): void {
    this.#pixels.fill(canvasPixel(0));
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** `frame` has the board's shape. */
  draw(frame: Frame): void {
    const { pixels } = frame;
    const out = this.#pixels;
    if (this.#shape.colour === "rgb") {
      for (let dot = 0, at = 0; dot < out.length; dot++, at += 3)
        out[dot] = canvasPixel(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
    } else {
      dotColours(frame, { kind: "pixels", ledColour: this.#ledColour }, this.#dots);
      for (let dot = 0; dot < out.length; dot++) out[dot] = canvasPixel(this.#dots[dot] ?? 0);
    }
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** Copies what stands on the canvas at this moment; its CRC-32 follows, packed as the panel's frame. */
  readBack(): Promise<number> {
    const { width, height, colour } = this.#shape;
    const { data } = this.#context.getImageData(0, 0, width, height);
    return colour === "rgb" ? crcOfColours(data, width, height) : Promise.resolve(this.#crcOfLamps(data));
  }

  #crcOfLamps(data: Uint8ClampedArray): number {
    const { width, height, colour } = this.#shape;
    const stride = rowStride(width, "mono1");
    const plane = stride * height;
    const packed = new Uint8Array(colour === "dual" ? 2 * plane : plane);
    let strange = false;
    for (let dot = 0, at = 0; dot < width * height; dot++, at += 4) {
      const seen = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      const lamp = this.#lampOf(seen);
      strange ||= lamp === null;
      if (lamp === null) continue;
      const [x, y] = [dot % width, Math.floor(dot / width)];
      const bit = 0x80 >> (x & 7);
      const byte = y * stride + (x >> 3);
      if (lamp & 1) packed[byte] = (packed[byte] ?? 0) | bit;
      if (lamp & 2) packed[plane + byte] = (packed[plane + byte] ?? 0) | bit;
    }
    // No frame of the daemon's has a colour that no lamp has: this is none.
    return strange ? (crc32(packed) ^ 1) >>> 0 : crc32(packed);
  }

  /** Bit 0: red, or the only lamp; bit 1: green; null: no lamp has this colour. */
  #lampOf(seen: number): number | null {
    if (this.#lamps.size === 0) {
      const of = { width: 4, height: 1, colour: this.#shape.colour };
      const pixels = Uint8Array.of(0b0101_0000, 0b0011_0000);
      const dots = new Uint32Array(4);
      dotColours({ shape: of, pixels }, { kind: "pixels", ledColour: this.#ledColour }, dots);
      const lamps = this.#shape.colour === "dual" ? 4 : 2;
      for (let lamp = 0; lamp < lamps; lamp++) this.#lamps.set(dots[lamp] ?? 0, lamp);
    }
    return this.#lamps.get(seen) ?? null;
  }
}

async function crcOfColours(data: Uint8ClampedArray, width: number, height: number): Promise<number> {
  const row = new Uint8Array(3 * width * rowsAtOnce);
  let crc = 0;
  for (let top = 0; top < height; top += rowsAtOnce) {
    const dots = width * Math.min(rowsAtOnce, height - top);
    for (let dot = 0, to = 0, from = 4 * width * top; dot < dots; dot++, from += 4) {
      row[to++] = data[from] ?? 0;
      row[to++] = data[from + 1] ?? 0;
      row[to++] = data[from + 2] ?? 0;
    }
    crc = crc32(row.subarray(0, 3 * dots), crc);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return crc;
}
