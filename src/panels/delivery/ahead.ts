/** How many bytes of questions may leave a panel's line back to back, before any of them is answered (SPEC §2.5). */
import { limits } from "../../limits.ts";
import type { Exchange } from "../contract.ts";
import type { Asked } from "./loop-parts.ts";

const quickMs = 200;
const slowMs = 400;
/** Connections in a row on which a reply to one of several was lost; then the next one does without. */
const lossesMost = 2;

/** What is remembered of a panel from one connection to the next. */
export interface Losses {
  /** Connections in a row on which a reply to one of several questions was lost. */
  lossesAhead: number;
}

/**
 * Little at first, more where the answers to what left together come quickly one after the other: what is most urgent,
 * darkness, waits behind all of it. How long the first answer takes is the way's length, and says nothing of that.
 */
export class Ahead {
  readonly #losses: Losses;
  /** 0: one question at a time. */
  #bytes = 0;

  constructor(possible: boolean, losses: Losses) {
    this.#losses = losses;
    if (!possible) return;
    if (losses.lossesAhead < lossesMost) this.#bytes = limits.aheadBytesLeast;
    else losses.lossesAhead--;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Not all were answered: whatever is between us and the panel, it takes them one after the other. */
  lost({ questions = 1 }: Exchange): void {
    if (questions < 2 || this.#bytes === 0) return;
    this.#losses.lossesAhead++;
    this.#bytes = 0;
  }

  /** The last reply came, at `heardMs`. */
  answered({ exchange, firstMs }: Asked<unknown>, heardMs: number): void {
    const { questions = 1, bytes } = exchange;
    if (questions < 2 || this.#bytes === 0) return;
    this.#losses.lossesAhead = 0;
    const spreadMs = heardMs - (firstMs ?? heardMs);
    if (spreadMs > slowMs) this.#bytes = Math.max(limits.aheadBytesLeast, this.#bytes >> 1);
    else if (spreadMs < quickMs && bytes.length * 2 > this.#bytes)
      this.#bytes = Math.min(limits.aheadBytes, this.#bytes * 2);
  }
}
