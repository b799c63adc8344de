/** `ws /preview`: the state of all boards, serialised and framed once, to every browser that looks. */
import type { IncomingMessage, Server } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import { monotonicMs } from "../time/clock.ts";
import { Subscriber, type SubscriberHost } from "./subscriber.ts";
import { textFrame } from "./text-frame.ts";
import type { PreviewState } from "./types.ts";

export const previewPath = "/preview";

/** What the preview needs of an office (`api/office.ts` has it all). */
export interface PreviewSource {
  readonly clockId: string;
  /** Board clock. */
  now(): Instant;
  preview(): PreviewState;
  /** Returns its unsubscribe. */
  onChange(listener: () => void): () => void;
}

/** Numbers default to `limits.ts`. */
export interface PreviewOptions {
  readonly perSecond?: number;
  readonly backlogBytes?: number;
  readonly subscribers?: number;
  /** A status to refuse with for what a browser asks under a name that is not ours, or from another site; absent: the latter alone is seen. */
  readonly turned?: (headers: IncomingMessage["headers"]) => number | null;
  /** What is intended changes with time alone: without any other change, a state goes out so often, ms. */
  readonly freshMs?: number;
  /** How often each line is asked whether it is alive, and after how long a silence it is dropped, ms. */
  readonly aliveMs?: number;
  readonly silenceMs?: number;
}

export interface PreviewMetrics {
  readonly subscribers: number;
  /** States serialised; each once, however many subscribers. */
  readonly states: number;
  /** States written, over all subscribers. */
  readonly sent: number;
  /** Times that a subscriber was too far behind and waits for the newest. */
  readonly skipped: number;
  /** Connections refused: another site's page, or too many. */
  readonly refused: number;
  /** Connections dropped for what they sent. */
  readonly dropped: number;
}

export interface Preview {
  close(): Promise<void>;
  metrics(): PreviewMetrics;
}

/** Serves `/preview` on `httpServer`'s upgrades; other upgrades are left to their own listeners, or refused if there are none. */
export function attachPreview(httpServer: Server, office: PreviewSource, options: PreviewOptions = {}): Preview {
  const aliveMs = options.aliveMs ?? 15_000;
  const gapMs = 1000 / (options.perSecond ?? limits.previewPerSecond);
  const freshMs = options.freshMs ?? 5000;
  const maximum = options.subscribers ?? limits.previewSubscribers;
  const turned = options.turned ?? ((headers) => (sameHost(headers) ? null : 403));
  const subscribers = new Set<Subscriber>();
  const count = { states: 0, sent: 0, skipped: 0, refused: 0, dropped: 0 };

  let frame: Buffer | null = null;
  let framedAt = -Infinity;
  let due: NodeJS.Timeout | null = null;

  /** Serialised again only when something changed or it is too old to tell the time by. */
  const newest = (): Buffer => {
    if (frame === null || monotonicMs() - framedAt > gapMs) {
      frame = textFrame(JSON.stringify(office.preview()));
      framedAt = monotonicMs();
      count.states++;
    }
    return frame;
  };
  const broadcast = () => {
    due = null;
    frame = null;
    const state = newest();
    for (const subscriber of subscribers) subscriber.send(state);
  };
  const onChange = () => {
    if (due !== null) return;
    if (subscribers.size === 0) {
      frame = null;
      return;
    }
    const waitMs = framedAt + gapMs - monotonicMs();
    if (waitMs <= 0) broadcast();
    else due = setTimeout(broadcast, waitMs);
  };

  const host: SubscriberHost = {
    backlogBytes: options.backlogBytes ?? limits.previewBacklogBytes,
    pingsPerCheck: 30,
    silenceMs: options.silenceMs ?? 4 * aliveMs,
    clock: () => ({ now: office.now(), clockId: office.clockId }),
    newest,
    onSent: () => count.sent++,
    onSkipped: () => count.skipped++,
    onDropped: () => count.dropped++,
  };

  // No compression: it would have to be done again for every subscriber.
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.previewInboundBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (pathOf(request) !== previewPath) {
      if (httpServer.listenerCount("upgrade") === 1) refuse(socket, 404);
      return;
    }
    const wrong = turned(request.headers) ?? (subscribers.size >= maximum ? 503 : null);
    if (wrong !== null) {
      count.refused++;
      refuse(socket, wrong);
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const subscriber = new Subscriber(webSocket, socket, host);
      subscribers.add(subscriber);
      webSocket.on("close", () => subscribers.delete(subscriber));
      subscriber.send(newest());
    });
  };

  const alive = setInterval(() => {
    for (const subscriber of subscribers) subscriber.check();
  }, aliveMs);
  alive.unref();
  const fresh = setInterval(() => {
    if (monotonicMs() - framedAt >= freshMs / 2) onChange();
  }, freshMs);
  fresh.unref();
  const unsubscribe = office.onChange(onChange);
  httpServer.on("upgrade", onUpgrade);

  return {
    metrics: () => ({ subscribers: subscribers.size, ...count }),
    async close() {
      unsubscribe();
      httpServer.off("upgrade", onUpgrade);
      clearInterval(alive);
      clearInterval(fresh);
      if (due !== null) clearTimeout(due);
      for (const subscriber of subscribers) subscriber.close();
      const patience = setTimeout(() => {
        for (const subscriber of subscribers) subscriber.terminate();
      }, 500);
      await new Promise<void>((done) => webSockets.close(() => done()));
      while (subscribers.size > 0) await new Promise((done) => setTimeout(done, 10));
      clearTimeout(patience);
    },
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?", 1)[0] ?? "";
}

/** A browser says whose page is asking; programs that are not browsers need not. */
function sameHost({ origin, host }: IncomingMessage["headers"]): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function refuse(socket: Duplex, status: number): void {
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
