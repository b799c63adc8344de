import { artnetDriver } from "../../../src/panels/artnet/driver.ts";
import { ArtnetNode } from "../../../src/panels/artnet/simulator/receiver.ts";
import { describeDriver } from "../conformance.ts";
import { LampPanel, lampsOn, plain } from "../lamp-panel.ts";

const rig = (name: string, sync: boolean, keeps: boolean) => ({
  name,
  datagrams: true,
  shapes: [{ width: 33, height: 31, colour: sync ? "rgb" : "mono" } as const],
  driver: () => ({ streams: artnetDriver({ ...plain, keeps, universe: 15, lampsPerUniverse: 170, sync }) }),
  far: (shape: Parameters<typeof lampsOn>[0]) =>
    new LampPanel(
      shape,
      () => new ArtnetNode({ lamps: lampsOn(shape), channels: 3, firstPort: 15, lampsPerUniverse: 170, keeps }),
    ),
});

describeDriver(rig("Art-Net", false, false));
describeDriver(rig("Art-Net with ArtSync, to a node that keeps its last picture", true, true));
