/** The protocols of cards, one folder each: a new one is a line here and an entry in `config/driver.ts`. */
import type { BoardConfig, DriverConfig } from "../config/types.ts";
import type { PanelDriver, ReplyBytes, StreamDriver } from "./contract.ts";
import type { Ink } from "./cards/wiring.ts";
import { adalightDriver, tpm2Driver, tpm2netDriver } from "./adalight-tpm2/driver.ts";
import { alphaDriver } from "./alpha/driver.ts";
import { artnetDriver } from "./artnet/driver.ts";
import { ddpDriver } from "./ddp/driver.ts";
import { e131Driver } from "./e131/driver.ts";
import { onbonDriver } from "./onbon/driver.ts";
import type { CellFont } from "./onbon-k/cells.ts";
import { onbonKDriver } from "./onbon-k/driver.ts";
import { huiduDriver } from "./huidu/driver.ts";
import { referenceDriver } from "./reference/driver.ts";

export type AnyDriver =
  | { readonly asks: PanelDriver<unknown, ReplyBytes> }
  | { readonly streams: StreamDriver<unknown> };

type Made<Kind extends DriverConfig["kind"]> = (
  config: Extract<DriverConfig, { readonly kind: Kind }>,
  board: Pick<BoardConfig, "shape" | "ledColour">,
  font: CellFont | null,
) => AnyDriver;

const makers: { readonly [Kind in DriverConfig["kind"]]: Made<Kind> } = {
  alpha: (config) => ({ asks: alphaDriver(config) }),
  huidu: (config, board) => ({ asks: huiduDriver({ ...config, ink: inkOf(board) }) }),
  ddp: (config, board) => ({ streams: ddpDriver({ ...config, ink: inkOf(board) }) }),
  e131: (config, board) => ({ streams: e131Driver({ ...config, ink: inkOf(board) }) }),
  artnet: (config, board) => ({ streams: artnetDriver({ ...config, ink: inkOf(board) }) }),
  adalight: (config, board) => ({ streams: adalightDriver({ ...config, ink: inkOf(board) }) }),
  tpm2: (config, board) => ({ streams: tpm2Driver({ ...config, ink: inkOf(board) }) }),
  onbon: (config) => ({ asks: onbonDriver(config) }),
  "onbon-k": (config, _board, font) => ({ asks: onbonKDriver(config, font) }),
  tpm2net: (config, board) => ({ streams: tpm2netDriver({ ...config, ink: inkOf(board) }) }),
};

/**
 * What drives a board; our own protocol where it has no driver of its own. `font`: our drawings of what cards draw by
 * themselves; without them nothing is sent to such a card.
 */
export function driverOf(
  board: Pick<BoardConfig, "driver" | "shape" | "ledColour">,
  font: CellFont | null = null,
): AnyDriver {
  const { driver } = board;
  if (driver === undefined) return { asks: referenceDriver };
  return (makers[driver.kind] as Made<DriverConfig["kind"]>)(driver, board, font);
}

/** Of a mono panel's lit dot on lamps that have all colours. */
function inkOf({ ledColour }: Pick<BoardConfig, "ledColour">): Ink {
  const hex = Number.parseInt((ledColour ?? "#ff0000").slice(1), 16);
  return [hex >> 16, (hex >> 8) & 0xff, hex & 0xff];
}
