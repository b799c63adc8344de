import { createHash } from "node:crypto";
import { decodeMessage, type Message, type MessageHash, type Sha256 } from "../message/index.ts";
import type { MessageStore } from "../message/store.ts";

/** A hundred times as fast as the one that runs in browsers; an LCD's messages have megabytes. */
const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Decoded messages by hash, least recently used out first. A message that the store cannot vouch for is not here. */
export class MessageShelf {
  private readonly store: MessageStore;
  private readonly bytesMax: number;
  private readonly shelf = new Map<MessageHash, Message>();
  private bytes = 0;
  private forgotten = 0;

  constructor(store: MessageStore, bytesMax: number) {
    this.store = store;
    this.bytesMax = bytesMax;
  }

  async get(hash: MessageHash): Promise<Message | null> {
    const here = this.shelf.get(hash);
    if (here) {
      this.shelf.delete(hash);
      this.shelf.set(hash, here);
      return here;
    }
    const before = this.forgotten;
    const bytes = await this.store.get(hash);
    const decoded = bytes && decodeMessage(bytes, sha256);
    if (!decoded?.ok || decoded.message.hash !== hash) return null;
    // What was erased while it was read is not kept.
    if (before === this.forgotten && !this.shelf.has(hash)) {
      this.shelf.set(hash, decoded.message);
      this.bytes += decoded.message.bytes.length;
      this.makeRoom();
    }
    return decoded.message;
  }

  /** Of what is erased from the store nothing stays here. */
  forget(hashes: readonly MessageHash[]): void {
    this.forgotten++;
    for (const hash of hashes) {
      const message = this.shelf.get(hash);
      if (message && this.shelf.delete(hash)) this.bytes -= message.bytes.length;
    }
  }

  private makeRoom(): void {
    for (const [hash, message] of this.shelf) {
      if (this.bytes <= this.bytesMax || this.shelf.size === 1) return;
      this.shelf.delete(hash);
      this.bytes -= message.bytes.length;
    }
  }
}
