/** A picture comes out of each stream's simulated controller as it went in, whatever the wire does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { StreamConfig, Wiring } from "../../src/config/types.ts";
import type { Frame, Shape } from "../../src/message/index.ts";
import { adalightDriver, tpm2Driver, tpm2netDriver } from "../../src/panels/adalight-tpm2/driver.ts";
import { artnetDriver } from "../../src/panels/artnet/driver.ts";
import type { Lamps } from "../../src/panels/cards/lamps.ts";
import type { Cleared, StreamDriver } from "../../src/panels/contract.ts";
import { ddpDriver } from "../../src/panels/ddp/driver.ts";
import { e131Driver } from "../../src/panels/e131/driver.ts";
import { simulatedLamps } from "../../src/panels/simulated/streams.ts";
import { picture } from "./card-town.ts";
import { allOrders, ink, threeColours, wiredPanels } from "./lamp-panel.ts";

interface Stream {
  readonly orders: readonly Wiring["order"][];
  driver(lamps: Lamps, more: More): StreamDriver<unknown>;
}
interface More {
  readonly universe: number;
  readonly lampsPerUniverse: number;
  readonly sync: boolean;
}

const erased = <State>(driver: StreamDriver<State>) => driver as StreamDriver<unknown>;
const sacn = ({ sync, ...more }: More) => ({ ...more, priority: 100, sync: sync ? 7000 : null });
const streams: Readonly<Record<StreamConfig["kind"], Stream>> = {
  ddp: { orders: allOrders, driver: (lamps) => erased(ddpDriver(lamps)) },
  e131: { orders: allOrders, driver: (lamps, more) => erased(e131Driver({ ...lamps, ...sacn(more) })) },
  artnet: { orders: allOrders, driver: (lamps, more) => erased(artnetDriver({ ...lamps, ...more })) },
  adalight: { orders: threeColours, driver: (lamps) => erased(adalightDriver(lamps)) },
  tpm2: { orders: threeColours, driver: (lamps) => erased(tpm2Driver(lamps)) },
  tpm2net: { orders: threeColours, driver: (lamps) => erased(tpm2netDriver(lamps)) },
};

/** What its simulated controller is told of it, as the installation file would. */
function configOf(kind: StreamConfig["kind"], wiring: Wiring, more: More): StreamConfig {
  const stream = { wiring, keeps: false };
  if (kind === "e131") return { kind, ...stream, ...sacn(more) };
  return kind === "artnet" ? { kind, ...stream, ...more } : { kind, ...stream };
}

/** Only delivery clears; here nothing is lit but a simulated lamp. */
const lit = (shape: Shape, seed: number): Cleared<Frame> =>
  ({ shape, pixels: picture(shape, seed).pages[0]?.bitmap.pixels }) as never;

test.each(Object.entries(streams) as [StreamConfig["kind"], Stream][])(
  "through %s and its controller",
  (kind, { orders, driver }) => {
    const settings = fc.record({
      universe: fc.integer({ min: 1, max: 9000 }),
      lampsPerUniverse: fc.integer({ min: 20, max: 128 }),
      sync: fc.boolean(),
    });
    fc.assert(
      fc.property(wiredPanels(orders), settings, fc.nat(), ({ wiring, shape }, more, seed) => {
        const streamed = driver({ wiring, ink, keeps: false }, more);
        const far = simulatedLamps(configOf(kind, wiring, more), shape);
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
        expect("commands" in far.controller ? far.controller.commands : "").toBe("");
      }),
      { numRuns: 40 },
    );
  },
);
