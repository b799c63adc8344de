/** What a board's card can promise, whatever reaches it: told to people, and to who counts on it. */
import type { BoardConfig } from "../config/types.ts";
import type { Capabilities } from "./contract.ts";
import { driverOf } from "./drivers.ts";

/** A page reads back what it drew, and has its key. */
const page = { kind: "programme", readBack: true, authenticated: true, ends: "exactly", motion: "exact" } as const;
/** What was put in plays on until somebody puts in something else, and whoever stands there can; a maker's program moves it. */
const file = { kind: "carried", readBack: false, authenticated: false, ends: "never", motion: "card" } as const;

export function capabilitiesOf(board: Pick<BoardConfig, "driver" | "link" | "shape" | "ledColour">): Capabilities {
  if (board.link.kind === "browser") return page;
  if (board.link.kind === "carried") return file;
  const driver = driverOf(board);
  return ("asks" in driver ? driver.asks : driver.streams).capabilities;
}
