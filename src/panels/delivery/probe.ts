/** Who answers at the end of a line, before a board is made of it: HELLO, and nothing else. Nothing is lit by it. */
import type { Duplex } from "node:stream";
import type { LinkConfig } from "../../config/types.ts";
import { closed } from "../links/closed.ts";
import type { Link } from "../links/link.ts";
import { linkFor } from "../links/list.ts";
import { encodeFrame } from "../reference/codec.ts";
import { parseReply } from "../reference/reply.ts";
import { createReader } from "../reference/reader.ts";
import { messageOf } from "./loop-parts.ts";

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
    const replies = new Replies(stream);
    try {
      for (let attempt = 0; attempt < tries && replies.ended === null; attempt++) {
        const turn = link.turns ? await link.turns.take(stream, () => false) : null;
        const seq = turn?.seq ?? ourSeq;
        const heard = replies.to(seq);
        stream.write(encodeFrame({ verb: "hello" }, seq, config.address));
        const line = await heard;
        turn?.done(line !== null);
        const found = foundIn(line ?? "");
        if (found) return { ok: true, found };
      }
      return { ok: false, why: "silent", detail: replies.ended ?? "no answer" };
    } finally {
      await closed(stream);
    }
  } catch (error) {
    return { ok: false, why: "line", detail: messageOf(error) };
  } finally {
    clearTimeout(timer);
    await link.stop();
  }
}

/** Replies of whoever is there. */
class Replies {
  /** Why there will be no more; null: there may be. */
  ended: string | null = null;
  readonly #reader = createReader();
  #hears: (line: string | null) => void = () => {};

  constructor(stream: Duplex) {
    stream.on("data", (bytes: Uint8Array) => {
      for (const line of this.#reader.read(bytes)) this.#hears(line);
    });
    stream.on("error", (error) => this.#end(messageOf(error)));
    stream.once("close", () => this.#end("closed by the other side"));
    stream.once("end", () => this.#end("closed by the other side"));
  }

  /** The first from now on that answers this number; null: none in time, or the line is gone. */
  to(seq: number): Promise<string | null> {
    return new Promise((resolve) => {
      const done = (line: string | null) => {
        clearTimeout(timer);
        this.#hears = () => {};
        resolve(line);
      };
      const timer = setTimeout(() => done(null), replyMs);
      this.#hears = (line) => {
        if (line === null || parseReply(line)?.seq === seq) done(line);
      };
      if (this.ended !== null) done(null);
    });
  }

  #end(why: string): void {
    this.ended ??= why;
    this.#hears(null);
  }
}

function foundIn(line: string): Found | null {
  const { id, w, h, colour, fw } = parseReply(line)?.fields ?? {};
  const [width, height] = [Number(w), Number(h)];
  if (id === undefined || !Number.isInteger(width) || !Number.isInteger(height)) return null;
  if (colour !== "mono" && colour !== "dual" && colour !== "rgb") return null;
  return { id: id.slice(0, 64), width, height, colour, firmware: (fw ?? "").slice(0, 64) };
}
