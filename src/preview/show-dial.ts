/** The far end of a `/show/…/line`, for `boardcast show`: dials, says who it is, asks for the time, dials again. */
import WebSocket from "ws";
import { limits } from "../limits.ts";
import { monotonicMs } from "../time/clock.ts";
import type { ShowHello, ShowState } from "./show-types.ts";
import { objectIn } from "./show-wire.ts";

export interface ShowDialOptions {
  /** ws://host:port/show/B4/line */
  readonly url: string;
  readonly hello: ShowHello;
  onState(state: ShowState): void;
  /** The daemon's clock; when it was asked and heard, monotonic ms. */
  onTime(now: number, askedAt: number, heardAt: number): void;
  /** `code`: why it was closed; 0: it could not be opened. */
  onLine(up: boolean, code: number): void;
}

export interface ShowDial {
  /** Lost where there is no line. */
  send(text: string): void;
  close(): void;
}

const firstPingsMs = [0, 150, 400, 1000];
const pingEveryMs = 5000;
const retryMaxMs = 10_000;
/** A refused key is asked about less often. */
const refusedRetryMs = 30_000;

export function dialShow(options: ShowDialOptions): ShowDial {
  let webSocket: WebSocket | null = null;
  let timers: NodeJS.Timeout[] = [];
  let tries = 0;
  let closed = false;
  let heardAt = 0;

  const later = (ms: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers = timers.filter((one) => one !== timer);
      work();
    }, ms);
    timers.push(timer);
  };
  const stopTimers = () => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  };
  const ping = () => {
    if (webSocket?.readyState === WebSocket.OPEN) webSocket.send(JSON.stringify({ ping: monotonicMs() }));
  };
  const keepAsking = () => {
    // A line that swallows everything is none.
    if (monotonicMs() - heardAt > limits.pageSilenceMs) return webSocket?.terminate();
    ping();
    later(pingEveryMs, keepAsking);
  };
  const receive = (text: string) => {
    const value = objectIn(text);
    if (value === null) return;
    heardAt = monotonicMs();
    tries = 0;
    if ("pong" in value) {
      if (typeof value.pong === "number" && typeof value.now === "number")
        options.onTime(value.now, value.pong, heardAt);
    } else if (value.v === 1) options.onState(value as unknown as ShowState);
  };

  function connect(): void {
    const socket = new WebSocket(options.url, {
      maxPayload: 4 * limits.programmeBytes,
      perMessageDeflate: false,
      handshakeTimeout: 10_000,
    });
    webSocket = socket;
    socket.on("open", () => {
      heardAt = monotonicMs();
      socket.send(JSON.stringify(options.hello));
      options.onLine(true, 0);
      for (const ms of firstPingsMs) later(ms, ping);
      later(pingEveryMs, keepAsking);
    });
    socket.on("message", (data, isBinary) => {
      if (!isBinary) receive(data.toString());
    });
    // What comes with it is told by "close".
    socket.on("error", () => {});
    socket.on("close", (code) => {
      stopTimers();
      webSocket = null;
      if (closed) return;
      options.onLine(false, code === 1006 ? 0 : code);
      const waitMs = code >= 4400 ? refusedRetryMs : Math.min(retryMaxMs, 500 * 2 ** Math.min(tries++, 6));
      later(waitMs * (0.5 + Math.random()), connect);
    });
  }
  connect();
  return {
    send(text) {
      if (webSocket?.readyState === WebSocket.OPEN) webSocket.send(text);
    },
    close() {
      closed = true;
      stopTimers();
      webSocket?.terminate();
    },
  };
}
