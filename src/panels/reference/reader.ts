/** Bytes from a panel made into replies, within bounds (SPEC §3.3). */
import { limits } from "../../limits.ts";
import type { ReplyReader } from "../contract.ts";
import { Reply } from "./reply.ts";

const carriageReturn = 0x0d;

/**
 * Empty lines are none. Of one that is longer than the limit so much is kept that it is no reply; the rest is thrown away,
 * up to the line feed. Whatever a line is made of, at most that line is lost.
 */
export class LineReader implements ReplyReader<Reply> {
  /** Of the line that has not ended. */
  #begun = nothing;

  /** Bytes kept of a line that has not ended. */
  get kept(): number {
    return this.#begun.length;
  }

  read(bytes: Uint8Array): readonly Reply[] {
    const replies: Reply[] = [];
    const chunk = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const all = this.#begun.length === 0 ? chunk : Buffer.concat([this.#begun, chunk]);
    const text = all.toString("latin1");
    let from = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      const isLong = end - from >= limits.replyLineBytes;
      const plain = end > from && all[end - 1] === carriageReturn ? end - 1 : end;
      const until = isLong ? from + limits.replyLineBytes : plain;
      if (until > from) replies.push(new Reply(all, text, from, until));
      from = end + 1;
    }
    this.#begun = from < all.length ? new Uint8Array(all.subarray(from, from + limits.replyLineBytes)) : nothing;
    return replies;
  }
}

const nothing = new Uint8Array(0);

export function createReader(): ReplyReader<Reply> {
  return new LineReader();
}
