/** Who answers at the end of a line, before a board is made of it: HELLO, and nothing else. Nothing is lit by it. */
import type { LinkConfig } from "../../config/types.ts";
import { closed } from "../links/closed.ts";
import type { Link } from "../links/link.ts";
import { linkFor } from "../links/list.ts";
import { encodeFrame, parseReply } from "../reference/codec.ts";
import { createReader } from "../reference/reader.ts";
import { inbox, messageOf } from "./inbox.ts";

export interface Found {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly colour: "mono" | "dual" | "rgb";
  readonly firmware: string;
}

/** `line`: it cannot be opened, or nobody dialled in; `silent`: nothing of our protocol came back; `none`: it has no line. */
export type Probed =
  | { readonly ok: true; readonly found: Found }
  | { readonly ok: false; readonly why: "line" | "silent" | "none"; readonly detail: string };

const ourSeq = 1;
const tries = 3;
const replyMs = 1500;

/**
 * `openMs`: until the line has to be there. `host`: where dialling-in panels find us. `beside`: a way to the line where
 * panels of ours are on it; null, none is, and it is opened.
 */
export async function probe(
  config: LinkConfig,
  host: string,
  openMs: number,
  beside: Link | null = null,
): Promise<Probed> {
  const link = beside ?? linkFor(config, host);
  if (link === null || !("address" in config)) return { ok: false, why: "none", detail: config.kind };
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), openMs);
  try {
    const stream = await link.open(patience.signal);
    const replies = inbox<string>(stream, createReader());
    try {
      for (let attempt = 0; attempt < tries && replies.open(); attempt++) {
        const turn = link.turns ? await link.turns.take(stream, () => false) : null;
        const seq = turn?.seq ?? ourSeq;
        const heard = replies.next(replyMs, (line) => parseReply(line)?.seq === seq);
        stream.write(encodeFrame({ verb: "hello" }, seq, config.address));
        const line = await heard;
        turn?.done(line !== null);
        const found = foundIn(line ?? "");
        if (found) return { ok: true, found };
      }
      return { ok: false, why: "silent", detail: replies.reason() };
    } finally {
      replies.leave();
      await closed(stream);
    }
  } catch (error) {
    return { ok: false, why: "line", detail: messageOf(error) };
  } finally {
    clearTimeout(timer);
    await link.stop();
  }
}

function foundIn(line: string): Found | null {
  const { id, w, h, colour, fw } = parseReply(line)?.fields ?? {};
  const [width, height] = [Number(w), Number(h)];
  if (id === undefined || !Number.isInteger(width) || !Number.isInteger(height)) return null;
  if (colour !== "mono" && colour !== "dual" && colour !== "rgb") return null;
  return { id: id.slice(0, 64), width, height, colour, firmware: (fw ?? "").slice(0, 64) };
}
