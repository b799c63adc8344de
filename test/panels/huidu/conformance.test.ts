import { huiduDriver } from "../../../src/panels/huidu/driver.ts";
import type { HuiduCard } from "../../../src/panels/huidu/simulator/card.ts";
import { type Simulated, simulatedHuidu } from "../../../src/panels/simulated/cards.ts";
import type { Rig } from "../card-town.ts";
import { describeDriver } from "../conformance.ts";

const options = { picturesPerDay: 500, brightness: null, ink: [255, 0, 0] } as const;

const rig = (expires: boolean, shapes: Rig["shapes"]): Rig => ({
  name: `Huidu${expires ? ", pictures with an end" : ""}`,
  datagrams: false,
  shapes,
  keeps: true,
  dumbness: "each command names a session, whose name is in the card's answer",
  unfit: [
    {
      name: "of another size",
      fault: "panel/shape",
      written: (shape) => ({ ...shape, height: shape.height + 4 }),
    },
    {
      name: "of another version",
      fault: "wire/refused",
      change: (far) => {
        (far as Simulated<HuiduCard>).card.versionStatus = 3;
      },
    },
  ],
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
