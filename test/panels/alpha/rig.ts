import { bitmapBytes, type Frame, frameFormat, rowStride, type Shape } from "../../../src/message/index.ts";
import { AlphaSign } from "../../../src/panels/alpha/simulator/sign.ts";
import type { Far } from "../card-town.ts";

/** The simulated sign as a far end of the conformance suite. */
export class AlphaFar implements Far {
  readonly flashWrites = 0;
  readonly sign: AlphaSign;
  private readonly shape: Shape;

  constructor(shape: Shape, answers: boolean) {
    this.shape = shape;
    this.sign = new AlphaSign({ answers });
  }
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.sign.hear(bytes, nowMs);
  }
  tick(): void {}
  connected(): void {}
  powerCycle(): void {
    this.sign.powerCycle();
  }
  frame(): Frame {
    const { width, height, colour } = this.shape;
    const pixels = new Uint8Array(bitmapBytes(width, height, frameFormat(colour)));
    const { lit } = this.sign;
    // Words of the sign's own font: whatever they look like, it is not what was signed.
    if (lit === undefined) pixels[0] = 0xff;
    const stride = rowStride(width, "mono1");
    for (const [y, row] of (lit ?? []).entries())
      for (const [x, digit] of Array.from(row).entries())
        for (const plane of colour === "dual" ? [0, 1] : [0])
          if ((Number(digit) >> plane) & 1)
            pixels[(plane * height + y) * stride + (x >> 3)] =
              (pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    return { shape: this.shape, pixels };
  }
}
