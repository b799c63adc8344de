import { ddpDriver } from "../../../src/panels/ddp/driver.ts";
import { simulatedLamps } from "../../../src/panels/simulated/streams.ts";
import { describeDriver } from "../conformance.ts";
import { plain } from "../lamp-panel.ts";

describeDriver({
  name: "DDP",
  datagrams: true,
  shapes: [
    // 480 lamps: the last packet is full to the byte.
    { width: 32, height: 15, colour: "rgb" },
    { width: 33, height: 31, colour: "mono" },
  ],
  driver: () => ({ streams: ddpDriver(plain) }),
  far: (shape) => simulatedLamps({ kind: "ddp", ...plain }, shape),
});
