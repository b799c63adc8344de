/** One browser at `/preview`: it gets states, the newest only, and asks for the time. */
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import type { Instant } from "../message/types.ts";
import { monotonicMs } from "../time/clock.ts";
import type { PlanNumber, StateFrame } from "./state-frames.ts";
import type { PreviewPong } from "./types.ts";

export interface SubscriberHost {
  /** More unsent bytes than this, and it waits for the newest state instead. */
  readonly backlogBytes: number;
  /** How many messages it may send between two checks. */
  readonly pingsPerCheck: number;
  /** A subscriber that takes nothing for so long is gone. */
  readonly silenceMs: number;
  clock(): { readonly now: Instant; readonly clockId: string };
  /** The newest state, for one that has these programmes. */
  newest(has: PlanNumber): StateFrame;
  onSent(): void;
  onSkipped(): void;
  /** It was dropped for what it sent. */
  onDropped(): void;
}

/** WebSocket close codes, RFC 6455 §7.4.1. */
const unsupportedData = 1003;
const policyViolation = 1008;

export class Subscriber {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #host: SubscriberHost;
  /** It was behind when a state was due: it gets the newest as soon as its line is free. */
  #behind = false;
  #has: PlanNumber = 0;
  #left = false;
  #pingsLeft: number;
  #heardAt = monotonicMs();

  constructor(webSocket: WebSocket, socket: Duplex, host: SubscriberHost) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#host = host;
    this.#pingsLeft = host.pingsPerCheck;
    socket.on("drain", () => {
      this.#heardAt = monotonicMs();
      if (this.#behind) this.send();
    });
    webSocket.on("pong", () => {
      this.#heardAt = monotonicMs();
    });
    webSocket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    // A broken or oversized frame: ws closes the connection itself with the right code.
    webSocket.on("error", () => host.onDropped());
  }

  /**
   * The newest frame goes out as it is, the very buffer that the others get: ws has nothing queued (no compression, and it
   * writes each message of its own at once), so whole messages never mix.
   */
  send(): void {
    if (this.#left || this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    if (this.#socket.writableLength > this.#host.backlogBytes) {
      this.#behind = true;
      this.#host.onSkipped();
      return;
    }
    this.#behind = false;
    const { frame, plan } = this.#host.newest(this.#has);
    this.#has = plan;
    this.#socket.write(frame);
    this.#host.onSent();
  }

  /** Called now and then: it may ask again, and a dead line is dropped. */
  check(): void {
    this.#pingsLeft = this.#host.pingsPerCheck;
    if (monotonicMs() - this.#heardAt > this.#host.silenceMs) this.terminate();
    else if (this.#socket.writableLength === 0) this.#webSocket.ping();
  }

  /** It may no longer look: it is told so, and gets nothing more whether it answers or not. */
  leave(): void {
    this.#webSocket.close(policyViolation);
    this.#left = true;
  }

  close(): void {
    this.#webSocket.close(1001);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#heardAt = monotonicMs();
    const ping = isBinary ? null : pingOf(data.toString());
    this.#pingsLeft -= 1;
    if (ping === null || this.#pingsLeft < 0) {
      this.#host.onDropped();
      this.#webSocket.close(isBinary ? unsupportedData : policyViolation);
      return;
    }
    if (this.#socket.writableLength > this.#host.backlogBytes) return;
    const pong: PreviewPong = { pong: ping, ...this.#host.clock() };
    this.#webSocket.send(JSON.stringify(pong));
  }
}

/** The client's time in `{"ping": number}`, or null for anything else. */
function pingOf(text: string): number | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("ping" in value)) return null;
    return typeof value.ping === "number" && Number.isFinite(value.ping) ? value.ping : null;
  } catch {
    return null;
  }
}
