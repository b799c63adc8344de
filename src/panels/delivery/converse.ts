/** One exchange on the line: its bytes, with the pauses between them that the far end needs, and what came back. */
import type { Duplex } from "node:stream";
import type { Exchange, ReplyBytes } from "../contract.ts";
import { pause } from "./backoff.ts";
import type { inbox } from "./inbox.ts";
import { drained } from "./stream-loop.ts";

/** `sent`: the line took all of what nobody answers. `silence`: no answer in time, or the line took nothing. */
export type Said<Reply> = { readonly reply: Reply } | "sent" | "silence";

type Inbox<Reply extends ReplyBytes> = ReturnType<typeof inbox<Reply>>;

/** `accepts`: whether a reply answers it. */
export async function converse<Reply extends ReplyBytes>(
  stream: Duplex,
  replies: Inbox<Reply>,
  exchange: Exchange,
  accepts: (reply: Reply) => boolean,
): Promise<Said<Reply>> {
  if (exchange.unanswered) return (await send(stream, replies, exchange)) ? "sent" : "silence";
  // Listening first: on some lines the answer is there before the write returns.
  const answer = replies.next(exchange.timeoutMs, accepts);
  const sending = send(stream, replies, exchange);
  const reply = await answer;
  // Nothing of it may come between the next one's bytes.
  if (exchange.parts) await sending;
  return reply === null ? "silence" : { reply };
}

/** True: the line took it, and is still there. */
async function send<Reply extends ReplyBytes>(
  stream: Duplex,
  replies: Inbox<Reply>,
  { bytes, parts, unanswered }: Exchange,
): Promise<boolean> {
  if (!parts && !unanswered) {
    // One question at a time, and the line is dropped after a few without an answer: no more than these can queue up.
    stream.write(bytes);
    return true;
  }
  const gone = new AbortController();
  const forget = replies.onClosed(() => gone.abort());
  try {
    for (const part of parts ?? [{ bytes, pauseMs: 0 }]) {
      if (!replies.open()) return false;
      if (part.bytes.length > 0) stream.write(part.bytes);
      if (!(await drained(stream))) return false;
      if (part.pauseMs > 0) await pause(part.pauseMs, gone.signal);
    }
    return replies.open();
  } finally {
    forget();
  }
}
