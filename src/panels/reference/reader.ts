/** Bytes from a panel made into reply lines, within bounds (SPEC §3.3). */
import { limits } from "../../limits.ts";
import type { ReplyReader } from "../contract.ts";

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/**
 * Lines without their ends, as Latin-1; empty ones are none. One that with its line feed is longer than the limit is cut: what is too much is
 * thrown away, up to the line feed. Whatever a line is made of, at most that line is lost.
 */
export class LineReader implements ReplyReader<string> {
  readonly #charactersMax: number;
  /** Of the line that has not ended. */
  #begun = "";

  constructor(bytesMax: number) {
    this.#charactersMax = bytesMax - 1;
  }

  /** Kept of a line that has not ended. */
  get kept(): number {
    return this.#begun.length;
  }

  read(bytes: Uint8Array): readonly string[] {
    const lines: string[] = [];
    const chunk = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      const returned = end > from && chunk[end - 1] === carriageReturn;
      const line = this.#with(chunk, from, returned ? end - 1 : end);
      const text = !returned && line.endsWith("\r") ? line.slice(0, -1) : line;
      if (text.length > 0) lines.push(text);
      this.#begun = "";
      from = end + 1;
    }
    if (from < chunk.length) this.#begun = this.#with(chunk, from, chunk.length);
    return lines;
  }

  #with(chunk: Buffer, from: number, until: number): string {
    const room = this.#charactersMax - this.#begun.length;
    return this.#begun + chunk.toString("latin1", from, Math.min(until, from + room));
  }
}

export function createReader(): ReplyReader<string> {
  return new LineReader(limits.replyLineBytes);
}
