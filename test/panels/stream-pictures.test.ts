/** A picture comes out of each stream's simulated controller as it went in, whatever the wire does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Wiring } from "../../src/config/types.ts";
import type { Frame, Shape } from "../../src/message/index.ts";
import { adalightDriver, tpm2Driver, tpm2netDriver } from "../../src/panels/adalight-tpm2/driver.ts";
import { Wled } from "../../src/panels/adalight-tpm2/simulator/wled.ts";
import { artnetDriver } from "../../src/panels/artnet/driver.ts";
import { ArtnetNode } from "../../src/panels/artnet/simulator/receiver.ts";
import type { Lamps } from "../../src/panels/cards/lamps.ts";
import type { Cleared, StreamDriver } from "../../src/panels/contract.ts";
import { ddpDriver } from "../../src/panels/ddp/driver.ts";
import { DdpReceiver } from "../../src/panels/ddp/simulator/receiver.ts";
import { e131Driver } from "../../src/panels/e131/driver.ts";
import { E131Receiver } from "../../src/panels/e131/simulator/receiver.ts";
import { picture } from "./card-town.ts";
import { allOrders, type Controller, ink, LampPanel, lampsOn, threeColours, wiredPanels } from "./lamp-panel.ts";

interface Stream {
  readonly orders: readonly Wiring["order"][];
  driver(lamps: Lamps, more: { universe: number; lampsPerUniverse: number; sync: boolean }): StreamDriver<unknown>;
  controller(lamps: number, channels: number, more: { universe: number; lampsPerUniverse: number }): Controller;
}

const erased = <State>(driver: StreamDriver<State>) => driver as StreamDriver<unknown>;
const streams: Readonly<Record<string, Stream>> = {
  DDP: {
    orders: allOrders,
    driver: (lamps) => erased(ddpDriver(lamps)),
    controller: (lamps, channels) => new DdpReceiver(lamps, { channels }),
  },
  "E1.31": {
    orders: allOrders,
    driver: (lamps, more) => erased(e131Driver({ ...lamps, ...more, priority: 100, sync: more.sync ? 7000 : null })),
    controller: (lamps, channels, { universe, lampsPerUniverse }) =>
      new E131Receiver({ lamps, channels, firstUniverse: universe, lampsPerUniverse }),
  },
  "Art-Net": {
    orders: allOrders,
    driver: (lamps, more) => erased(artnetDriver({ ...lamps, ...more })),
    controller: (lamps, channels, { universe, lampsPerUniverse }) =>
      new ArtnetNode({ lamps, channels, firstPort: universe, lampsPerUniverse }),
  },
  Adalight: {
    orders: threeColours,
    driver: (lamps) => erased(adalightDriver(lamps)),
    controller: (lamps) => new Wled(lamps),
  },
  TPM2: {
    orders: threeColours,
    driver: (lamps) => erased(tpm2Driver(lamps)),
    controller: (lamps) => new Wled(lamps),
  },
  "TPM2.NET": {
    orders: threeColours,
    driver: (lamps) => erased(tpm2netDriver(lamps)),
    controller: (lamps) => overNet(new Wled(lamps)),
  },
};

const overNet = (wled: Wled): Controller => ({
  lamps: wled.lamps,
  hear: (packet, nowMs) => wled.hearNet(packet, nowMs),
  tick: (nowMs) => wled.tick(nowMs),
});

/** Only delivery clears; here nothing is lit but a simulated lamp. */
const lit = (shape: Shape, seed: number): Cleared<Frame> =>
  ({ shape, pixels: picture(shape, seed).pages[0]?.bitmap.pixels }) as never;

test.each(Object.entries(streams))("through %s and its controller", (_name, { orders, driver, controller }) => {
  const settings = fc.record({
    universe: fc.integer({ min: 1, max: 9000 }),
    lampsPerUniverse: fc.integer({ min: 20, max: 128 }),
    sync: fc.boolean(),
  });
  fc.assert(
    fc.property(wiredPanels(orders), settings, fc.nat(), ({ wiring, shape }, more, seed) => {
      const streamed = driver({ wiring, ink, keeps: false }, more);
      const far = new LampPanel(shape, () => controller(lampsOn(shape, wiring), wiring.order.length, more), wiring);
      const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null };
      let state = streamed.start(panel);
      // The first, another one, the same again, and none.
      for (const [at, which] of [seed, seed + 1, seed + 1].entries()) {
        const frame = lit(shape, which);
        const made = streamed.frame(state, frame);
        state = made.state;
        for (const packet of made.packets) far.hear(packet, at * 25);
        expect(Buffer.compare(far.frame().pixels, frame.pixels), `picture ${at}`).toBe(0);
      }
      for (const packet of streamed.end(state)) far.hear(packet, 100);
      expect(far.controller.lamps.every((byte) => byte === 0)).toBe(true);
      expect((far.controller as Partial<Wled>).commands ?? "").toBe("");
    }),
    { numRuns: 40 },
  );
});
