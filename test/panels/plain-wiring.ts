import type { Wiring } from "../../src/config/types.ts";

/** As it is where nobody said anything else. */
export const plainWiring: Wiring = {
  start: "top-left",
  along: "rows",
  serpentine: false,
  order: "RGB",
  skip: 0,
  turned: 0,
};
