import type { Duplex } from "node:stream";
import { limits } from "../../limits.ts";
import type { ReplyBytes } from "../contract.ts";

/**
 * The reader's replies. A panel speaks only when asked: what comes while nobody waits answers nothing, and is dropped.
 * `unasked`: what is said at once to a word that is no reply; null: it is one.
 */
export function inbox<Reply extends ReplyBytes>(
  stream: Duplex,
  first: Duplex,
  unasked: (reply: Reply) => Uint8Array | null = () => null,
) {
  let waiting: ((reply: Reply) => void) | null = null;
  let ended: string | null = null;
  // Not a promise: a line stays open for months, and what waits on a promise is kept for as long as it is pending.
  const closing = new Set<() => void>();
  const close = (why: string) => {
    ended ??= why;
    for (const listener of closing) listener();
  };
  const heard = (reply: Reply) => {
    const said = unasked(reply);
    if (said === null) waiting?.(reply);
    // To a panel that talks and does not listen nothing more is said.
    else if (stream.writableLength < limits.unaskedBacklogBytes && !stream.destroyed) stream.write(said);
  };
  let reader = first;
  const listen = () => {
    reader.on("data", heard);
    reader.on("error", (error) => close(messageOf(error)));
    // A pipe keeps a panel that floods us from filling our memory.
    stream.pipe(reader);
  };
  const deafen = () => {
    stream.unpipe(reader);
    reader.off("data", heard);
    reader.destroy();
  };
  listen();
  stream.on("error", (error) => close(messageOf(error)));
  stream.once("close", () => close("closed by the other side"));
  stream.once("end", () => close("closed by the other side"));
  return {
    close,
    /** Returns what takes the listener away again. */
    onClosed(listener: () => void) {
      closing.add(listener);
      return () => void closing.delete(listener);
    },
    open: () => ended === null,
    reason: () => ended ?? "no answer",
    /** Lets go of both streams. */
    leave: () => {
      close("left");
      deafen();
    },
    /** What was heard of a reply so far is forgotten: its rest will never come. */
    renew: (next: Duplex) => {
      deafen();
      reader = next;
      listen();
    },
    /** The first reply from this moment on that `take` accepts, or null after `timeoutMs` or when the line is gone. */
    next: (timeoutMs: number, take: (reply: Reply) => boolean) =>
      new Promise<Reply | null>((resolve) => {
        const done = (reply: Reply | null) => {
          clearTimeout(timer);
          closing.delete(lost);
          waiting = null;
          resolve(reply);
        };
        const lost = () => done(null);
        const timer = setTimeout(() => done(null), timeoutMs);
        waiting = (reply) => {
          if (take(reply)) done(reply);
        };
        closing.add(lost);
        if (ended !== null) lost();
      }),
  };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
