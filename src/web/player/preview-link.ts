/** The line to `/preview`, or to a board's `/show/…/line`: keeps itself connected, asks for the time, hands on states. */
import type { PreviewUpdate } from "../../preview/types.ts";
import type { RoundTrip } from "./clock.ts";

export type LinkState = "connecting" | "open" | "lost";

export interface PreviewLinkOptions<State = PreviewUpdate> {
  readonly url: string;
  readonly monotonic: () => number;
  /** Said first of all. */
  readonly hello?: string;
  readonly onState: (state: State) => void;
  readonly onTrip: (trip: RoundTrip) => void;
  readonly onLink: (state: LinkState) => void;
  /** The other end, or nobody, closed it: WebSocket close code. */
  readonly onClosed?: (code: number) => void;
}

/** The first questions follow closely, to find a short round trip; then one now and then. ms */
const firstPingsMs = [0, 120, 250, 400, 700, 1500];
const pingEveryMs = 5000;
/** Nothing heard for so long, and the line is dead whatever the system says. ms */
const silenceMs = 12_000;
const retryMaxMs = 10_000;

export class PreviewLink<State = PreviewUpdate> {
  readonly #options: PreviewLinkOptions<State>;
  #webSocket: WebSocket | null = null;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #tries = 0;
  #heardAt = 0;
  #closed = false;

  constructor(options: PreviewLinkOptions<State>) {
    this.#options = options;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  /** Lost where there is no line: what was to be said is old by the time that there is one. */
  send(text: string): void {
    if (this.#webSocket?.readyState === WebSocket.OPEN) this.#webSocket.send(text);
  }

  #connect(): void {
    const { url, hello, monotonic, onLink, onClosed } = this.#options;
    onLink(this.#tries === 0 ? "connecting" : "lost");
    const webSocket = new WebSocket(url);
    this.#webSocket = webSocket;
    this.#heardAt = monotonic();
    webSocket.onopen = () => {
      onLink("open");
      if (hello !== undefined) webSocket.send(hello);
      for (const delayMs of firstPingsMs) this.#later(delayMs, () => this.#ping());
      this.#later(pingEveryMs, () => this.#keepAsking());
    };
    webSocket.onmessage = ({ data }) => this.#receive(data);
    webSocket.onclose = ({ code }) => {
      onClosed?.(code);
      this.#again();
    };
    this.#later(silenceMs, () => this.#watch());
  }

  #again(): void {
    this.#drop();
    if (this.#closed) return;
    this.#tries++;
    this.#options.onLink("lost");
    // Jitter: after a restart a hundred browsers do not come back in one moment.
    const waitMs = Math.min(retryMaxMs, 500 * 2 ** Math.min(this.#tries - 1, 6)) * (0.5 + Math.random());
    this.#later(waitMs, () => this.#connect());
  }

  #drop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    const webSocket = this.#webSocket;
    this.#webSocket = null;
    if (!webSocket) return;
    webSocket.onopen = webSocket.onmessage = webSocket.onclose = null;
    webSocket.close();
  }

  #keepAsking(): void {
    this.#ping();
    this.#later(pingEveryMs, () => this.#keepAsking());
  }

  #watch(): void {
    const leftMs = this.#heardAt + silenceMs - this.#options.monotonic();
    if (leftMs <= 0) this.#again();
    else this.#later(leftMs, () => this.#watch());
  }

  #ping(): void {
    this.send(JSON.stringify({ ping: this.#options.monotonic() }));
  }

  #receive(data: unknown): void {
    const { monotonic, onState, onTrip } = this.#options;
    const heardAt = monotonic();
    const message = parse(data);
    if (message === null) return;
    this.#heardAt = heardAt;
    this.#tries = 0;
    if ("pong" in message) {
      const { pong, now, clockId } = message;
      if (typeof pong === "number" && typeof now === "number" && typeof clockId === "string")
        onTrip({ askedAt: pong, heardAt, now, clockId });
    } else if ("v" in message && message.v === 1) {
      onState(message as unknown as State);
    }
  }

  #later(waitMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers = this.#timers.filter((other) => other !== timer);
      action();
    }, waitMs);
    this.#timers.push(timer);
  }
}

function parse(data: unknown): Record<string, unknown> | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
