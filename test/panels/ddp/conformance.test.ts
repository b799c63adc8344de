import { ddpDriver } from "../../../src/panels/ddp/driver.ts";
import { DdpReceiver } from "../../../src/panels/ddp/simulator/receiver.ts";
import { describeDriver } from "../conformance.ts";
import { LampPanel, lampsOn, plain } from "../lamp-panel.ts";

describeDriver({
  name: "DDP",
  datagrams: true,
  shapes: [
    // 480 lamps: the last packet is full to the byte.
    { width: 32, height: 15, colour: "rgb" },
    { width: 33, height: 31, colour: "mono" },
  ],
  driver: () => ({ streams: ddpDriver(plain) }),
  far: (shape) => new LampPanel(shape, () => new DdpReceiver(lampsOn(shape))),
});
