/** An exchange whose bytes leave with the pauses between them that the far end needs, or that nobody answers. */
import type { Duplex } from "node:stream";
import type { Exchange } from "../contract.ts";
import { pause } from "./backoff.ts";
import { drained } from "./stream-loop.ts";

/** True: the line took all of it, and `gone` has not said that it is no more. */
export async function sendPaced(stream: Duplex, { bytes, parts }: Exchange, gone: AbortSignal): Promise<boolean> {
  for (const part of parts ?? [{ bytes, pauseMs: 0 }]) {
    if (gone.aborted) return false;
    if (part.bytes.length > 0) stream.write(part.bytes);
    if (!(await drained(stream))) return false;
    if (part.pauseMs > 0) await pause(part.pauseMs, gone);
  }
  return !gone.aborted;
}
