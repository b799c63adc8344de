import { describeDriver } from "../conformance.ts";
import { rigOf } from "./rig.ts";

describeDriver(rigOf("Onbon BX-6K", [{ width: 128, height: 32, colour: "mono" }]));
describeDriver(
  rigOf("Onbon BX-5K, over RS-485", [{ width: 136, height: 48, colour: "dual" }], {
    family: "5K",
    bitsPerSecond: 9600,
  }),
);
