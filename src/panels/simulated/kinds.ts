import type { StreamConfig } from "../../config/types.ts";

/** What can be simulated besides panels of our own protocol, by the driver that speaks to it; of Onbon, whose series differ, 6E unless another is said. */
export const simulatedKinds = ["onbon", "onbon-5e", "onbon-5m", "onbon-6q", "onbon-k", "huidu", "alpha"] as const;

export type SimulatedKind = (typeof simulatedKinds)[number];

/** Matrices of lamps that light what is streamed to them: as datagrams, and on a serial line. */
export const simulatedNetStreams = ["ddp", "e131", "artnet", "tpm2net"] as const satisfies readonly StreamKind[];
export const simulatedStreams = [...simulatedNetStreams, "adalight", "tpm2"] as const satisfies readonly StreamKind[];

type StreamKind = StreamConfig["kind"];

export type SimulatedStream = (typeof simulatedStreams)[number];

/** How the rows of lamps hang on their wire, from the top left: all of them the same way, or every second one back. */
export const wirings = ["rows", "serpentine"] as const;
