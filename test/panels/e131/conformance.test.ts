import { e131Driver } from "../../../src/panels/e131/driver.ts";
import { E131Receiver } from "../../../src/panels/e131/simulator/receiver.ts";
import { describeDriver } from "../conformance.ts";
import { LampPanel, lampsOn, plain } from "../lamp-panel.ts";

const universes = { universe: 1, lampsPerUniverse: 170 };

describeDriver({
  name: "E1.31",
  datagrams: true,
  shapes: [{ width: 33, height: 31, colour: "rgb" }],
  driver: () => ({ streams: e131Driver({ ...plain, ...universes, priority: 100, sync: null }) }),
  far: (shape) =>
    new LampPanel(
      shape,
      () => new E131Receiver({ lamps: lampsOn(shape), channels: 3, firstUniverse: 1, lampsPerUniverse: 170 }),
    ),
});

describeDriver({
  name: "E1.31 with a sync universe",
  datagrams: true,
  shapes: [{ width: 32, height: 16, colour: "dual" }],
  driver: () => ({ streams: e131Driver({ ...plain, ...universes, priority: 150, sync: 7000 }) }),
  far: (shape) =>
    new LampPanel(
      shape,
      () => new E131Receiver({ lamps: lampsOn(shape), channels: 3, firstUniverse: 1, lampsPerUniverse: 170 }),
    ),
});
