import { huiduDriver } from "../../../src/panels/huidu/driver.ts";
import { simulatedHuidu } from "../../../src/panels/simulated/cards.ts";
import type { Rig } from "../card-town.ts";
import { describeDriver } from "../conformance.ts";

const options = { picturesPerDay: 500, brightness: null, ink: [255, 0, 0] } as const;

const rig = (expires: boolean, shapes: Rig["shapes"]): Rig => ({
  name: `Huidu${expires ? ", pictures with an end" : ""}`,
  datagrams: false,
  shapes,
  keeps: true,
  dumbness: "each command names a session, whose name is in the card's answer",
  driver: () => ({ asks: huiduDriver({ ...options, expires }) }),
  far: (shape) => simulatedHuidu(shape),
});

describeDriver(rig(false, [{ width: 64, height: 32, colour: "rgb" }]));
describeDriver(
  rig(true, [
    { width: 33, height: 16, colour: "dual" },
    { width: 70, height: 20, colour: "mono" },
  ]),
);
