/** What can be simulated besides panels of our own protocol, by the driver that speaks to it; of Onbon, whose series differ, 6E unless another is said. */
export const simulatedKinds = ["onbon", "onbon-5e", "onbon-5m", "onbon-6q", "onbon-k", "huidu", "alpha"] as const;

export type SimulatedKind = (typeof simulatedKinds)[number];
