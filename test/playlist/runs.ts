/** How long the comparisons with the slow scheduler go on, and from which seed; printed, so that a run can be had again. */
import { vi } from "vitest";

const isLong = process.env.BOARDCAST_LONG === "1";
const seed = Number(process.env.BOARDCAST_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** BOARDCAST_LONG=1 takes forty times as many. */
export function runs(numRuns: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: isLong ? numRuns * 40 : numRuns, seed };
}

/** For the head of a file; a long run is given the time that it takes, an ordinary one that of a busy computer. */
export function tellSeed(what: string): void {
  console.info(`${what}: BOARDCAST_TEST_SEED=${seed}`);
  vi.setConfig({ testTimeout: isLong ? 4 * 3_600_000 : 180_000 });
}
