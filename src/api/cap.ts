/** 收到的预警, as the API asks for them. The daemon implements it. */
import type { CapDesk, CapView } from "../notices/cap/index.ts";

/** What is known of a warning on one of its boards. */
export type CapLit = "confirmed" | "not-confirmed" | "dark";

export interface CapOffice extends Omit<CapDesk, "receiveFile" | "refuseFile" | "tendWarnings"> {
  /** Whether a board was read back with it, or is switched dark; null: it is not for that board, or not shown. */
  lit(view: CapView, board: string): CapLit | null;
}
