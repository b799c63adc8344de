/** Wires that a matrix of lamps may hang on, and the plain one: for tests of what is streamed to them. */
import fc from "fast-check";
import type { Wiring } from "../../src/config/types.ts";
import type { Shape } from "../../src/message/index.ts";
import type { Lamps } from "../../src/panels/cards/lamps.ts";
import { plainWiring } from "./plain-wiring.ts";

export const ink = [255, 40, 0] as const;
export const plain: Lamps = { wiring: plainWiring, ink, keeps: false };

const grid = {
  start: fc.constantFrom("top-left", "top-right", "bottom-left", "bottom-right"),
  along: fc.constantFrom("rows", "columns"),
  serpentine: fc.boolean(),
} as const;
const side = fc.integer({ min: 1, max: 9 });

/** Any wire that can be written, and a panel that it fits. */
export const wiredPanels = (orders: readonly Wiring["order"][]): fc.Arbitrary<{ wiring: Wiring; shape: Shape }> =>
  fc
    .record({
      ...grid,
      order: fc.constantFrom(...orders),
      skip: fc.nat(200),
      turned: fc.constantFrom(0, 90, 180, 270),
      module: fc.record({ width: side, height: side, ...grid }),
      modules: fc.boolean(),
      columns: fc.integer({ min: 1, max: 6 }),
      rows: fc.integer({ min: 1, max: 6 }),
      colour: fc.constantFrom("mono", "dual", "rgb"),
    } as const)
    .map(({ module, modules, columns, rows, colour, ...rest }) => {
      const [across, down] = [module.width * columns, module.height * rows];
      const [width, height] = rest.turned % 180 === 0 ? [across, down] : [down, across];
      return { wiring: modules ? { ...rest, modules: module } : rest, shape: { width, height, colour } };
    });

export const threeColours = ["RGB", "RBG", "GRB", "GBR", "BRG", "BGR"] as const;
export const allOrders = [...threeColours, "RGBW", "GRBW"] as const;
