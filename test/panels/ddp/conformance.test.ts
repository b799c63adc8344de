import type { Frame, Shape } from "../../../src/message/index.ts";
import { ddpDriver } from "../../../src/panels/ddp/driver.ts";
import { DdpReceiver } from "../../../src/panels/ddp/simulator/receiver.ts";
import { plainWiring } from "../../../src/panels/cards/wiring.ts";
import { describeDriver, type Far } from "../conformance.ts";

/** A matrix wired in rows from the top left: lamp after lamp is dot after dot. */
class Matrix implements Far {
  readonly flashWrites = 0;
  private receiver: DdpReceiver;
  private readonly shape: Shape;

  constructor(shape: Shape) {
    this.shape = shape;
    this.receiver = new DdpReceiver(shape.width * shape.height);
  }
  hear(bytes: Uint8Array, nowMs: number) {
    this.receiver.hear(bytes, nowMs);
    return [];
  }
  tick(nowMs: number): void {
    this.receiver.tick(nowMs);
  }
  connected(): void {}
  powerCycle(): void {
    this.receiver = new DdpReceiver(this.shape.width * this.shape.height);
  }
  frame(): Frame {
    return { shape: this.shape, pixels: this.receiver.lamps };
  }
}

describeDriver({
  name: "DDP",
  datagrams: true,
  shapes: [
    { width: 16, height: 16, colour: "rgb" },
    // 480 lamps: the last packet is full to the byte.
    { width: 32, height: 15, colour: "rgb" },
    { width: 33, height: 31, colour: "rgb" },
  ],
  driver: () => ({ streams: ddpDriver({ wiring: plainWiring, ink: [255, 0, 0] }) }),
  far: (shape) => new Matrix(shape),
});
