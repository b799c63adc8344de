/** Bytes from a panel made into reply lines, within bounds (SPEC §3.3). */
import { limits } from "../../limits.ts";
import type { ReplyReader } from "../contract.ts";

const lineFeed = 0x0a;

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
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      const line = this.#with(chunk, from, end);
      const length = line.endsWith("\r") ? line.length - 1 : line.length;
      if (length > 0) lines.push(line.slice(0, length));
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
