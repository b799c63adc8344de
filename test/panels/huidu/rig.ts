import { bitmapBytes, type Frame, frameFormat, rowStride, type Shape } from "../../../src/message/index.ts";
import { HuiduCard } from "../../../src/panels/huidu/simulator/card.ts";
import type { Far } from "../card-town.ts";

/** The simulated card as a far end of the conformance suite: mono is red, as the rigs' drivers have it. */
export class HuiduFar implements Far {
  readonly card: HuiduCard;
  private readonly shape: Shape;

  constructor(shape: Shape) {
    this.shape = shape;
    this.card = new HuiduCard(shape.width, shape.height);
  }
  get flashWrites(): number {
    return this.card.fileWrites;
  }
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.card.hear(bytes, nowMs);
  }
  tick(nowMs: number): void {
    this.card.tick(nowMs);
  }
  connected(): void {
    this.card.connected();
  }
  powerCycle(): void {
    this.card.powerCycle();
  }
  frame(): Frame {
    const { width, height, colour } = this.shape;
    const { lit } = this.card;
    if (colour === "rgb") return { shape: this.shape, pixels: lit };
    const pixels = new Uint8Array(bitmapBytes(width, height, frameFormat(colour)));
    const stride = rowStride(width, "mono1");
    for (let dot = 0; dot < width * height; dot++)
      for (const plane of colour === "dual" ? [0, 1] : [0]) {
        const at = (plane * height + Math.floor(dot / width)) * stride + ((dot % width) >> 3);
        if (lit[dot * 3 + plane]) pixels[at] = (pixels[at] ?? 0) | (0x80 >> ((dot % width) & 7));
      }
    return { shape: this.shape, pixels };
  }
}
