/** Bytes of a line made into payloads, within bounds: whatever a frame is made of, at most that frame is lost. */
import { limits } from "../../limits.ts";
import type { ReplyReader } from "../contract.ts";
import { isEnd, isEscape, isStart, unescaped } from "./frame.ts";

/** Cuts frames at their marks, which are nowhere else; BX-K cards have the same. */
export class FrameCutter {
  private readonly kept: Uint8Array;
  private length = 0;
  private inside = false;
  private escape: number | null = null;

  /** A payload that is longer is dropped as a whole. */
  constructor(payloadBytes: number) {
    this.kept = new Uint8Array(payloadBytes);
  }

  /** The payload that this byte ends, or null. */
  feed(byte: number): Uint8Array | null {
    if (isStart(byte)) {
      this.inside = true;
      this.length = 0;
      this.escape = null;
      return null;
    }
    if (!this.inside) return null;
    if (isEnd(byte)) {
      this.inside = false;
      return this.length === 0 || this.escape !== null ? null : this.kept.slice(0, this.length);
    }
    if (this.escape !== null) {
      const meant = unescaped(this.escape, byte);
      this.escape = null;
      if (meant === null) this.inside = false;
      else this.keep(meant);
    } else if (isEscape(byte)) this.escape = byte;
    else this.keep(byte);
    return null;
  }

  private keep(byte: number): void {
    if (this.length < this.kept.length) this.kept[this.length++] = byte;
    else this.inside = false;
  }
}

export function createReader(): ReplyReader<Uint8Array> {
  const cutter = new FrameCutter(limits.onbonReplyBytes);
  return {
    read(bytes) {
      const found: Uint8Array[] = [];
      for (const byte of bytes) {
        const payload = cutter.feed(byte);
        if (payload) found.push(payload);
      }
      return found;
    },
  };
}
