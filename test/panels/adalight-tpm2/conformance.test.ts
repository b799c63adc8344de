import type { Shape } from "../../../src/message/index.ts";
import { adalightDriver, tpm2Driver, tpm2netDriver } from "../../../src/panels/adalight-tpm2/driver.ts";
import { Wled } from "../../../src/panels/adalight-tpm2/simulator/wled.ts";
import { describeDriver } from "../conformance.ts";
import { type Controller, LampPanel, lampsOn, plain } from "../lamp-panel.ts";

const line = {
  datagrams: false,
  bitsPerSecond: 115_200,
  far: (shape: Shape) => new LampPanel(shape, () => new Wled(lampsOn(shape))),
};

describeDriver({
  ...line,
  name: "Adalight",
  shapes: [
    { width: 16, height: 16, colour: "rgb" },
    { width: 32, height: 8, colour: "mono" },
  ],
  driver: () => ({ streams: adalightDriver(plain) }),
});

describeDriver({
  ...line,
  name: "TPM2",
  // 86 lamps: of which WLED would lose one.
  shapes: [{ width: 43, height: 2, colour: "rgb" }],
  driver: () => ({ streams: tpm2Driver(plain) }),
});

class NetWled extends Wled implements Controller {
  override hear(packet: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.hearNet(packet, nowMs);
  }
}

describeDriver({
  name: "TPM2.NET",
  datagrams: true,
  shapes: [{ width: 33, height: 31, colour: "rgb" }],
  driver: () => ({ streams: tpm2netDriver(plain) }),
  far: (shape) => new LampPanel(shape, () => new NetWled(lampsOn(shape))),
});
