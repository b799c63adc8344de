import type { MessageHash } from "./types.ts";

/** Where messages are kept as signed. What it gives back, it has checked against the name. */
export interface MessageStore {
  /** Canonical bytes, or null: not here, or no longer what the name says. */
  get(hash: MessageHash): Promise<Uint8Array | null>;
  /** The same, zlib-deflated (HTTP content coding "deflate"), as it lies at rest. */
  getDeflated(hash: MessageHash): Promise<Uint8Array | null>;
}
