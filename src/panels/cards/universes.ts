/** DMX universes: at most 512 slots of a byte each, and a lamp is never divided between two. */

export const slotsPerUniverse = 512;

/** The usual packing: 170 lamps of three colours, 128 of four. */
export function lampsThatFit(channels: number): number {
  return Math.floor(slotsPerUniverse / channels);
}

/** How many universes so many lamps take; one at least. */
export function universesFor(lamps: number, lampsPerUniverse: number): number {
  return Math.max(1, Math.ceil(lamps / lampsPerUniverse));
}

/** `data`: `channels` bytes a lamp. The slots of one universe after the other; the last has only what is left. */
export function inUniverses(data: Uint8Array, channels: number, lampsPerUniverse: number): readonly Uint8Array[] {
  const slots = channels * Math.min(lampsPerUniverse, lampsThatFit(channels));
  return Array.from({ length: universesFor(data.length, slots) }, (_, at) =>
    data.subarray(at * slots, (at + 1) * slots),
  );
}
