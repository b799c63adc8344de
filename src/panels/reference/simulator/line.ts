/** The wire as it is: so many bytes a second, and faults on request. A pty or a loopback socket is faster than any UART. */
import type { Duplex } from "node:stream";

/** Faults that a test asks for; each wears off by itself. */
export interface LineFaults {
  /** Close the connection after so many more bytes have come in; null: never. */
  cutAfterBytes: number | null;
  /** Close it after so many more bytes of replies have gone out, the last reply torn; null: never. */
  cutAfterReplyBytes: number | null;
  /** Until this monotonic time nothing is answered. */
  deafUntilMs: number;
  /** So many replies get one character changed. */
  corruptReplies: number;
  /** So many replies are lost. */
  loseReplies: number;
  /** So many bytes of commands get one bit changed, about one in sixty. */
  noisyBytes: number;
}

/** What a paced line holds back before it stops reading; the peer feels it as back pressure. */
const pendingBytesMax = 64 * 1024;
const tickMs = 4;

/** Serves one connection: hands each byte to `onByte` no faster than the line's rate, and sends what that returns at the same rate. */
export function serveLine(
  stream: Duplex,
  bitsPerSecond: number | null,
  faults: LineFaults,
  monotonicMs: () => number,
  onByte: (byte: number) => string | null,
): () => void {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let budget = 0;
  let lastMs = monotonicMs();
  const outgoing: Buffer[] = [];
  let outBudget = 0;

  const reply = (text: string) => {
    if (monotonicMs() < faults.deafUntilMs) return;
    if (faults.loseReplies > 0) {
      faults.loseReplies--;
      return;
    }
    const bytes = Buffer.from(text, "latin1");
    if (faults.corruptReplies > 0) {
      faults.corruptReplies--;
      const at = 5 % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ 0x01;
    }
    if (bitsPerSecond === null) send(bytes);
    else outgoing.push(bytes);
  };
  const send = (bytes: Buffer) => {
    const left = faults.cutAfterReplyBytes;
    if (left === null || bytes.length < left) {
      if (left !== null) faults.cutAfterReplyBytes = left - bytes.length;
      stream.write(bytes);
      return;
    }
    faults.cutAfterReplyBytes = null;
    // What was said before the cut still arrives: the line breaks after it.
    stream.end(bytes.subarray(0, left), () => stream.destroy());
  };
  let quietFor = 0;
  const take = (bytes: Uint8Array) => {
    for (const clean of bytes) {
      let byte = clean;
      if (faults.noisyBytes > 0 && ++quietFor % 61 === 0) {
        faults.noisyBytes--;
        byte ^= 0x10;
      }
      if (faults.cutAfterBytes !== null && faults.cutAfterBytes-- <= 0) {
        faults.cutAfterBytes = null;
        stream.destroy();
        return;
      }
      const said = onByte(byte);
      if (said !== null) reply(said);
    }
  };
  const tick = () => {
    const now = monotonicMs();
    const bytesPerMs = (bitsPerSecond ?? 0) / 10_000;
    // A late timer catches up, but never by more than a fifth of a second's worth.
    const passed = Math.min(200, now - lastMs);
    lastMs = now;
    budget = pendingBytes > 0 ? budget + passed * bytesPerMs : 0;
    outBudget = outgoing.length > 0 ? outBudget + passed * bytesPerMs : 0;
    while (budget >= 1 && pending.length > 0 && !stream.destroyed) {
      const first = pending[0] as Buffer;
      const part = first.subarray(0, Math.floor(budget));
      budget -= part.length;
      pendingBytes -= part.length;
      if (part.length === first.length) pending.shift();
      else pending[0] = first.subarray(part.length);
      take(part);
    }
    while (outBudget >= 1 && outgoing.length > 0) {
      const first = outgoing[0] as Buffer;
      const part = first.subarray(0, Math.floor(outBudget));
      outBudget -= part.length;
      if (part.length === first.length) outgoing.shift();
      else outgoing[0] = first.subarray(part.length);
      send(part);
    }
    if (stream.isPaused() && pendingBytes < pendingBytesMax / 2) stream.resume();
  };
  const timer = bitsPerSecond === null ? null : setInterval(tick, tickMs);
  stream.on("data", (chunk: Buffer) => {
    if (bitsPerSecond === null) {
      take(chunk);
      return;
    }
    pending.push(chunk);
    pendingBytes += chunk.length;
    if (pendingBytes > pendingBytesMax) stream.pause();
  });
  return () => {
    if (timer) clearInterval(timer);
    pending = [];
    pendingBytes = 0;
  };
}
