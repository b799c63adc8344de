/** Messages by their hash: fetched once, checked against their name, kept while there is room. */
import { decodeMessage } from "../../message/index.ts";
import type { Message, MessageHash } from "../../message/types.ts";

/** Thrown by who fetches: it was answered, and is not given. `why`: as it is to be said, in both languages. */
export class NotGiven extends Error {
  readonly why: { readonly zh: string; readonly en: string };
  constructor(why: NotGiven["why"]) {
    super("not given");
    this.why = why;
  }
}

export interface MessageCacheOptions {
  /** The canonical bytes. Rejects with `NotGiven` where waiting for them is of no use. */
  readonly fetchBytes: (hash: MessageHash) => Promise<Uint8Array>;
  /** The sum of the messages' bytes kept; one message may be larger and is then the only one. */
  readonly maxBytes: number;
  /** It is here, or is not given from now on. */
  readonly onArrival?: (hash: MessageHash) => void;
  /** At most so many at a time, and the longest wait before a failed one is tried again. */
  readonly concurrency?: number;
  readonly retryMs?: number;
}

/** Names without bytes are small, but not for ever. */
const entriesMax = 4096;

type Entry =
  | { readonly state: "here"; readonly message: Message }
  | { readonly state: "coming"; readonly done: Promise<Message | null>; readonly not: NotGiven | null }
  | { readonly state: "failed"; readonly tries: number; readonly until: number; readonly not: NotGiven | null };

export class MessageCache {
  readonly #options: MessageCacheOptions;
  /** In order of use, the least recent first. */
  readonly #entries = new Map<MessageHash, Entry>();
  readonly #queue: (() => void)[] = [];
  #running = 0;
  #bytes = 0;

  constructor(options: MessageCacheOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Is more than half of the room free, and nobody waiting for the line? Then what may be needed can come too. */
  get isRoomy(): boolean {
    return this.#queue.length === 0 && this.#bytes < this.#options.maxBytes / 2;
  }

  /** Here and now, or undefined; then it has been asked for. */
  get(hash: MessageHash): Message | undefined {
    const entry = this.#entries.get(hash);
    if (entry?.state === "here") {
      this.#entries.delete(hash);
      this.#entries.set(hash, entry);
      return entry.message;
    }
    void this.load(hash);
    return undefined;
  }

  /** Why what is not here will not come, as far as was answered last; null: nothing is known against it. */
  refused(hash: MessageHash): NotGiven | null {
    const entry = this.#entries.get(hash);
    return entry?.state === "failed" || entry?.state === "coming" ? entry.not : null;
  }

  /** null: it could not be had, or is not what its name says. Asked again later, it is tried again. */
  load(hash: MessageHash): Promise<Message | null> {
    const entry = this.#entries.get(hash);
    if (entry?.state === "here") return Promise.resolve(entry.message);
    if (entry?.state === "coming") return entry.done;
    if (entry?.state === "failed" && performance.now() < entry.until) return Promise.resolve(null);
    const [tries, not] = entry?.state === "failed" ? [entry.tries, entry.not] : [0, null];
    const done = this.#fetch(hash, tries, not);
    this.#entries.set(hash, { state: "coming", done, not });
    return done;
  }

  async #fetch(hash: MessageHash, tries: number, was: NotGiven | null): Promise<Message | null> {
    const { fetchBytes, concurrency = 4, retryMs = 15_000, onArrival } = this.#options;
    while (this.#running >= concurrency) await new Promise<void>((ready) => this.#queue.push(ready));
    this.#running++;
    try {
      const decoded = decodeMessage(await fetchBytes(hash));
      if (!decoded.ok) throw new Error(decoded.what);
      if (decoded.message.hash !== hash) throw new Error("the bytes do not have this hash");
      this.#keep(hash, decoded.message);
      onArrival?.(hash);
      return decoded.message;
    } catch (error) {
      if (this.#entries.size > entriesMax) this.#forgetFailures();
      const not = error instanceof NotGiven ? error : null;
      // Somebody else may sign in to whom it is given: asked for now and then all the same.
      const waitMs = not ? retryMs : Math.min(retryMs, 500 * 2 ** tries);
      this.#entries.set(hash, { state: "failed", tries: tries + 1, until: performance.now() + waitMs, not });
      if (not && !was) onArrival?.(hash);
      return null;
    } finally {
      this.#running--;
      this.#queue.shift()?.();
    }
  }

  #forgetFailures(): void {
    for (const [hash, { state }] of this.#entries) if (state === "failed") this.#entries.delete(hash);
  }

  #keep(hash: MessageHash, message: Message): void {
    this.#entries.delete(hash);
    this.#entries.set(hash, { state: "here", message });
    this.#bytes += message.bytes.length;
    for (const [old, entry] of this.#entries) {
      if (this.#bytes <= this.#options.maxBytes) break;
      if (entry.state !== "here" || old === hash) continue;
      this.#entries.delete(old);
      this.#bytes -= entry.message.bytes.length;
    }
  }
}
