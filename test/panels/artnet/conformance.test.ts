import type { Shape } from "../../../src/message/index.ts";
import { artnetDriver } from "../../../src/panels/artnet/driver.ts";
import { simulatedLamps } from "../../../src/panels/simulated/streams.ts";
import { describeDriver } from "../conformance.ts";
import { plain } from "../lamp-panel.ts";

const rig = (name: string, sync: boolean, keeps: boolean) => {
  const settings = { ...plain, kind: "artnet", keeps, universe: 15, lampsPerUniverse: 170, sync } as const;
  return {
    name,
    datagrams: true,
    shapes: [{ width: 33, height: 31, colour: sync ? "rgb" : "mono" } as const],
    driver: () => ({ streams: artnetDriver(settings) }),
    far: (shape: Shape) => simulatedLamps(settings, shape),
  };
};

describeDriver(rig("Art-Net", false, false));
describeDriver(rig("Art-Net with ArtSync, to a node that keeps its last picture", true, true));
