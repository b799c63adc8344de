/** How long messages last, by hash: what is planned far ahead needs no more of them. */
import { createHash } from "node:crypto";
import { limits } from "../limits.ts";
import { decodeMessage, type MessageHash, type Sha256 } from "../message/index.ts";
import type { MessageStore } from "../message/store.ts";
import type { Candidate } from "../playlist/index.ts";
import { Pieces } from "../time/pieces.ts";

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export class Durations {
  private readonly store: Pick<MessageStore, "get">;
  /** The longest unused first. */
  private readonly known = new Map<MessageHash, number>();

  constructor(store: Pick<MessageStore, "get">) {
    this.store = store;
  }

  /** ms; 0 for what is gone or altered: it is not shown either. */
  async of(hash: MessageHash | null): Promise<number> {
    if (hash === null) return 0;
    const known = this.known.get(hash);
    if (known !== undefined) {
      this.known.delete(hash);
      this.known.set(hash, known);
      return known;
    }
    const bytes = await this.store.get(hash);
    const decoded = bytes && decodeMessage(bytes, sha256);
    if (!decoded?.ok || decoded.message.hash !== hash) return 0;
    const { durationMs } = decoded.message;
    this.known.set(hash, durationMs);
    const [oldest] = this.known.keys();
    if (this.known.size > limits.durationsKept && oldest !== undefined) this.known.delete(oldest);
    return durationMs;
  }

  /** The same candidates, with how long each lasts. */
  async timed(candidates: readonly Candidate[]): Promise<Candidate[]> {
    const pieces = new Pieces();
    const timed: Candidate[] = [];
    for (const one of candidates) {
      timed.push({ ...one, durationMs: await this.of(one.message) });
      await pieces.rest();
    }
    return timed;
  }
}
