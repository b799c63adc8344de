import { e131Driver } from "../../../src/panels/e131/driver.ts";
import { simulatedLamps } from "../../../src/panels/simulated/streams.ts";
import { describeDriver } from "../conformance.ts";
import { plain } from "../lamp-panel.ts";

const alone = { ...plain, kind: "e131", universe: 1, lampsPerUniverse: 170, priority: 100, sync: null } as const;
const synced = { ...alone, priority: 150, sync: 7000 };

describeDriver({
  name: "E1.31",
  datagrams: true,
  shapes: [{ width: 33, height: 31, colour: "rgb" }],
  driver: () => ({ streams: e131Driver(alone) }),
  far: (shape) => simulatedLamps(alone, shape),
});

describeDriver({
  name: "E1.31 with a sync universe",
  datagrams: true,
  shapes: [{ width: 32, height: 16, colour: "dual" }],
  driver: () => ({ streams: e131Driver(synced) }),
  far: (shape) => simulatedLamps(synced, shape),
});
