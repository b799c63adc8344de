import { alphaDriver } from "../../../src/panels/alpha/driver.ts";
import { simulatedAlpha } from "../../../src/panels/simulated/cards.ts";
import { describeDriver } from "../conformance.ts";

const options = { type: "Z", sign: 0, baud: 115_200 };

describeDriver({
  name: "Alpha, one-way",
  datagrams: false,
  bitsPerSecond: 9600,
  shapes: [{ width: 40, height: 7, colour: "mono" }],
  driver: () => ({ asks: alphaDriver({ ...options, answers: false }) }),
  far: (shape) => simulatedAlpha(shape, false),
});

describeDriver({
  name: "Alpha, answering",
  datagrams: false,
  shapes: [
    { width: 33, height: 7, colour: "dual" },
    { width: 80, height: 16, colour: "mono" },
  ],
  unfit:
    "whoever answers is taken for the sign: it says nothing of its size, and refuses nothing but what it is sent to light",
  driver: () => ({ asks: alphaDriver({ ...options, answers: true }) }),
  far: (shape) => simulatedAlpha(shape, true),
});
