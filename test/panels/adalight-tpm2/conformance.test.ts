import type { Shape } from "../../../src/message/index.ts";
import { adalightDriver, tpm2Driver, tpm2netDriver } from "../../../src/panels/adalight-tpm2/driver.ts";
import { simulatedLamps } from "../../../src/panels/simulated/streams.ts";
import { describeDriver } from "../conformance.ts";
import { plain } from "../lamp-panel.ts";

const line = {
  datagrams: false,
  bitsPerSecond: 115_200,
};
const far = (kind: "adalight" | "tpm2" | "tpm2net") => (shape: Shape) => simulatedLamps({ kind, ...plain }, shape);

describeDriver({
  ...line,
  name: "Adalight",
  shapes: [
    { width: 16, height: 16, colour: "rgb" },
    { width: 32, height: 8, colour: "mono" },
  ],
  driver: () => ({ streams: adalightDriver(plain) }),
  far: far("adalight"),
});

describeDriver({
  ...line,
  name: "TPM2",
  // 86 lamps: of which WLED would lose one.
  shapes: [{ width: 43, height: 2, colour: "rgb" }],
  driver: () => ({ streams: tpm2Driver(plain) }),
  far: far("tpm2"),
});

describeDriver({
  name: "TPM2.NET",
  datagrams: true,
  shapes: [{ width: 33, height: 31, colour: "rgb" }],
  driver: () => ({ streams: tpm2netDriver(plain) }),
  far: far("tpm2net"),
});
