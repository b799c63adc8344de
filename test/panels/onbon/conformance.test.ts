import { describeDriver } from "../conformance.ts";
import { cards, rigOf } from "./rig.ts";

describeDriver(rigOf("Onbon BX-5E", cards.e5, [{ width: 35, height: 16, colour: "mono" }]));
describeDriver(
  rigOf("Onbon BX-6E, over RS-232", cards.e6, [{ width: 40, height: 16, colour: "dual" }], { bitsPerSecond: 57_600 }),
);
describeDriver(rigOf("Onbon BX-6Q", cards.q6, [{ width: 16, height: 8, colour: "rgb" }]));
