/** A simulated card of another maker on a real transport: what `boardcast panel --driver` runs. */
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { LinkConfig } from "../../config/types.ts";
import { monotonicMs } from "../../time/clock.ts";
import { linkFor } from "../links/list.ts";
import type { SimulatedCard } from "./cards.ts";
import { serveControl } from "./control.ts";
import { hearDatagrams } from "./datagrams.ts";
import type { Unjoined } from "./groups.ts";
import { listen } from "./listen.ts";

export interface CardProcess {
  readonly card: SimulatedCard;
  /** It waits to be dialled, hears datagrams, or opens a line: dials, or has a serial port. */
  readonly where:
    | { readonly kind: "listen"; readonly host: string; readonly port: number }
    | { readonly kind: "datagrams"; readonly host: string; readonly port: number }
    | Extract<LinkConfig, { readonly kind: "tcp-out" | "serial" }>;
  /** Bits a second that the line carries each way, datagrams apart; null: as fast as the transport. */
  readonly bitsPerSecond: number | null;
  /** A loopback port (0: any) on which its frame buffer is read; null: none. */
  readonly control: number | null;
  /** Of the multicast groups of its card, those that this computer did not let it join. */
  readonly unjoined?: Unjoined;
}

export interface RunningCard {
  /** Listening port, 0 where there is none. */
  readonly port: number;
  readonly controlPort: number;
  stop(): Promise<void>;
}

const redialMs = 500;
const portionMs = 10;
/** What a paced line holds back before it stops reading; the peer feels it as back pressure. */
const pendingBytesMax = 64 * 1024;

export async function runSimulatedCard(options: CardProcess): Promise<RunningCard> {
  const { card, bitsPerSecond, control } = options;
  let current: Duplex | null = null;
  const serve = (stream: Duplex) => {
    // The newest connection is the one that counts: the older may be half dead.
    current?.destroy();
    current = stream;
    card.connected();
    serveStream(stream, card, bitsPerSecond);
  };
  const line = await lineOf(options, serve);
  const controls = control === null ? null : await serveControl(control, card, () => current?.destroy());
  return {
    port: line.port,
    controlPort: controls?.port ?? 0,
    async stop() {
      const stopped = line.stop();
      current?.destroy();
      await stopped;
      await controls?.stop();
    },
  };
}

async function lineOf({ where, card, unjoined }: CardProcess, serve: (stream: Duplex) => void) {
  if (where.kind === "listen") return listen(where.port, where.host, serve);
  if (where.kind === "datagrams") return hearDatagrams(where.port, where.host, card, unjoined);
  return { port: 0, stop: keepOpen(where, serve) };
}

/** Bytes to the card and its answers, each way no faster than the line. */
function serveStream(stream: Duplex, card: SimulatedCard, bitsPerSecond: number | null): void {
  const say = (bytes: Uint8Array) => void stream.write(bytes);
  stream.on("error", () => {});
  if (bitsPerSecond === null) {
    stream.on("data", (bytes: Buffer) => card.hear(bytes, monotonicMs()).forEach(say));
    return;
  }
  const [incoming, outgoing] = [new Paced(bitsPerSecond), new Paced(bitsPerSecond)];
  const timer = setInterval(() => {
    const now = monotonicMs();
    for (const answer of card.hear(incoming.take(now), now)) outgoing.put(answer);
    const said = outgoing.take(now);
    if (said.length > 0) say(said);
    if (stream.isPaused() && incoming.waiting < pendingBytesMax / 2) stream.resume();
  }, portionMs);
  stream.once("close", () => clearInterval(timer));
  stream.on("data", (bytes: Buffer) => {
    incoming.put(bytes);
    if (incoming.waiting > pendingBytesMax) stream.pause();
  });
}

/** One way of a line, at ten bits a byte. */
class Paced {
  readonly #bytesPerMs: number;
  #waiting = Buffer.alloc(0);
  #budget = 0;
  #lastMs = monotonicMs();

  constructor(bitsPerSecond: number) {
    this.#bytesPerMs = bitsPerSecond / 10_000;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  put(bytes: Uint8Array): void {
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
  }

  /** What has arrived by now. */
  take(nowMs: number): Buffer {
    // An idle line saves nothing up, and a late timer catches up by a fifth of a second's worth at most.
    const passed = Math.min(200, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    this.#budget = this.waiting === 0 ? 0 : this.#budget + passed * this.#bytesPerMs;
    const now = this.#waiting.subarray(0, Math.floor(this.#budget));
    this.#budget -= now.length;
    this.#waiting = this.#waiting.subarray(now.length);
    return now;
  }
}

/** As a card that calls its server, or has a serial port, does: again and again. */
function keepOpen(config: LinkConfig, serve: (stream: Duplex) => void): () => Promise<void> {
  const stopping = new AbortController();
  const link = linkFor(config, "127.0.0.1");
  const going = (async () => {
    while (link && !stopping.signal.aborted) {
      try {
        const stream = await link.open(stopping.signal);
        const closed = new Promise((resolve) => stream.once("close", resolve));
        serve(stream);
        await closed;
      } catch {
        // Nobody is there yet.
      }
      await pause(redialMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await going;
    await link?.stop();
  };
}
