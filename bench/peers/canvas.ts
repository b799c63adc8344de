/** @napi-rs/canvas (Skia): text drawn by `fillText`, read back, packed into bits. */
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { unifont } from "../../src/typeset/fonts/unifont.ts";
import { ascentPx, trueTypeOf } from "./truetype.ts";

const family = "Bench Unifont";

/** Makes `text`'s characters known to the library. Throws where it does not take the font. */
export function registerFont(text: string): void {
  if (!GlobalFonts.register(trueTypeOf(unifont(), text), family)) throw new Error("the canvas takes no font");
}

export class TextCanvas {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
  private readonly context: ReturnType<ReturnType<typeof createCanvas>["getContext"]>;

  constructor(width: number, height: number, colour = "#fff") {
    this.width = width;
    this.height = height;
    this.bits = new Uint8Array((width / 8) * height);
    this.context = createCanvas(width, height).getContext("2d");
    this.context.font = `16px "${family}"`;
    this.context.textBaseline = "alphabetic";
    this.context.fillStyle = colour;
  }

  clear(): void {
    this.context.clearRect(0, 0, this.width, this.height);
  }

  /** Four bytes a dot, the alpha last. */
  put(rgba: Uint8ClampedArray): void {
    const image = this.context.createImageData(this.width, this.height);
    image.data.set(rgba);
    this.context.putImageData(image, 0, 0);
  }

  /** (`x`, `y`): the line box's left top corner. */
  text(text: string, x: number, y: number): void {
    this.context.fillText(text, x, y + ascentPx);
  }

  /** Red, green, blue, alpha bytes. */
  read(): Uint8ClampedArray {
    return this.context.getImageData(0, 0, this.width, this.height).data;
  }

  /** What was drawn, one bit a dot, into `bits`. */
  pack(): Uint8Array {
    const { bits } = this;
    const dots = this.read();
    for (let to = 0, from = 0; to < bits.length; to++) {
      let byte = 0;
      for (let dot = 0; dot < 8; dot++, from += 4) byte = (byte << 1) | ((dots[from] as number) > 127 ? 1 : 0);
      bits[to] = byte;
    }
    return bits;
  }
}
