/** `ws /preview`: the state of all boards, serialised and framed once, to every browser that looks. */
import type { IncomingMessage, Server } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import { monotonicMs } from "../time/clock.ts";
import { type PlanNumber, StateFrames } from "./state-frames.ts";
import { Subscriber, type SubscriberHost } from "./subscriber.ts";
import type { PreviewState } from "./types.ts";

export const previewPath = "/preview";

/** What the preview needs of an office (`api/office.ts` has it all). */
export interface PreviewSource {
  readonly clockId: string;
  /** Board clock. */
  now(): Instant;
  /** `lines`: with addresses, and the words of cards and the operating system, in faults. */
  preview(lines?: boolean): PreviewState;
  /** Returns its unsubscribe. */
  onChange(listener: () => void): () => void;
}

/** Numbers default to `limits.ts`. */
export interface PreviewOptions {
  readonly perSecond?: number;
  readonly backlogBytes?: number;
  readonly subscribers?: number;
  /**
   * A status to refuse with, or null: asked when somebody comes, and again now and then (`again`) and when told to look
   * (`lookAgain`) of all who are there. Absent: pages of other sites are refused.
   */
  readonly turned?: (request: IncomingMessage, again: boolean) => number | null | Promise<number | null>;
  /** Who is told how the panels are reached; asked when `turned` lets them in, and again with it. Absent: everybody. */
  readonly seesLines?: (request: IncomingMessage) => boolean | Promise<boolean>;
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
  /** Rights have changed: whoever may no longer look is disconnected. */
  lookAgain(): void;
  close(): Promise<void>;
  metrics(): PreviewMetrics;
}

/** Serves `/preview` on `httpServer`'s upgrades; other upgrades are left to their own listeners, or refused if there are none. */
export function attachPreview(httpServer: Server, office: PreviewSource, options: PreviewOptions = {}): Preview {
  const aliveMs = options.aliveMs ?? 15_000;
  const gapMs = 1000 / (options.perSecond ?? limits.previewPerSecond);
  const freshMs = options.freshMs ?? 5000;
  const maximum = options.subscribers ?? limits.previewSubscribers;
  const turned = options.turned ?? (({ headers }: IncomingMessage) => (sameHost(headers) ? null : 403));
  const sees = options.seesLines ?? (() => true);
  const subscribers = new Map<Subscriber, { readonly request: IncomingMessage; lines: boolean }>();
  /** Upgrades whose question is open. */
  let asking = 0;
  let closed = false;
  const count = { states: 0, sent: 0, skipped: 0, refused: 0, dropped: 0 };

  const frames = new StateFrames((lines) => office.preview(lines));
  let changed = true;
  /** All get the same state, however long the round takes. */
  let sending = false;
  let framedAt = -Infinity;
  let due: NodeJS.Timeout | null = null;

  /** Serialised again only when something changed or it is too old to tell the time by. */
  const newest = (lines: boolean, has: PlanNumber) => {
    if (changed || (!sending && monotonicMs() - framedAt > gapMs)) {
      frames.renew();
      changed = false;
      framedAt = monotonicMs();
      count.states++;
    }
    return frames.frame(lines, has);
  };
  const broadcast = () => {
    due = null;
    changed = true;
    sending = true;
    for (const subscriber of subscribers.keys()) subscriber.send();
    sending = false;
  };
  const onChange = () => {
    if (due !== null) return;
    if (subscribers.size === 0) {
      changed = true;
      return;
    }
    const waitMs = framedAt + gapMs - monotonicMs();
    if (waitMs <= 0) broadcast();
    else due = setTimeout(broadcast, waitMs);
  };

  const host: Omit<SubscriberHost, "newest"> = {
    backlogBytes: options.backlogBytes ?? limits.previewBacklogBytes,
    pingsPerCheck: 30,
    silenceMs: options.silenceMs ?? 4 * aliveMs,
    clock: () => ({ now: office.now(), clockId: office.clockId }),
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
  /** A question that cannot be answered lets nobody in. */
  const refusal = async (request: IncomingMessage, again: boolean): Promise<number | null> => {
    try {
      return await turned(request, again);
    } catch {
      return 503;
    }
  };
  const seesNow = async (request: IncomingMessage): Promise<boolean> => {
    try {
      return await sees(request);
    } catch {
      return false;
    }
  };
  const full = () => (subscribers.size + asking >= maximum ? 503 : null);
  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (pathOf(request) !== previewPath) {
      if (httpServer.listenerCount("upgrade") === 1) refuse(socket, 404);
      return;
    }
    // While the question is open nobody else listens to this socket: it may break.
    const gone = () => socket.destroy();
    socket.on("error", gone);
    let wrong = full();
    let lines = false;
    if (wrong === null) {
      asking++;
      wrong = await refusal(request, false);
      if (wrong === null) lines = await seesNow(request);
      asking--;
    }
    if (wrong !== null || closed) {
      count.refused++;
      refuse(socket, wrong ?? 503);
      return;
    }
    socket.off("error", gone);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const who = { request, lines };
      const subscriber = new Subscriber(webSocket, socket, { ...host, newest: (has) => newest(who.lines, has) });
      subscribers.set(subscriber, who);
      webSocket.on("close", () => subscribers.delete(subscriber));
      subscriber.send();
    });
  };

  const lookAgain = async () => {
    // One question for all who bring the same; in between, others have their turn.
    const answers = new Map<string, { readonly wrong: number | null; readonly lines: boolean }>();
    for (const [subscriber, who] of [...subscribers]) {
      const { request } = who;
      const { cookie, authorization } = request.headers;
      const key = JSON.stringify([cookie, authorization, request.socket.remoteAddress]);
      let answer = answers.get(key);
      if (answer === undefined) {
        const wrong = await refusal(request, true);
        answer = { wrong, lines: wrong === null && (await seesNow(request)) };
        answers.set(key, answer);
        await new Promise(setImmediate);
      }
      who.lines = answer.lines;
      if (answer.wrong !== null) subscriber.leave();
    }
  };
  const alive = setInterval(() => {
    for (const subscriber of subscribers.keys()) subscriber.check();
    void lookAgain();
  }, aliveMs);
  alive.unref();
  const fresh = setInterval(() => {
    if (monotonicMs() - framedAt >= freshMs / 2) onChange();
  }, freshMs);
  fresh.unref();
  const unsubscribe = office.onChange(onChange);
  httpServer.on("upgrade", onUpgrade);

  return {
    lookAgain: () => void lookAgain(),
    metrics: () => ({ subscribers: subscribers.size, ...count }),
    async close() {
      closed = true;
      unsubscribe();
      httpServer.off("upgrade", onUpgrade);
      clearInterval(alive);
      clearInterval(fresh);
      if (due !== null) clearTimeout(due);
      for (const subscriber of subscribers.keys()) subscriber.close();
      const patience = setTimeout(() => {
        for (const subscriber of subscribers.keys()) subscriber.terminate();
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
