/** One page at its line: it says who it is, then gets what changed and says what it lights. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import { monotonicMs } from "../time/clock.ts";
import type { ShowBoard, ShowHello, ShowState } from "./show-types.ts";
import { pageWord } from "./show-wire.ts";
import type { ShowReport } from "./show-types.ts";
import type { PreviewPong } from "./types.ts";

/** What a page shall play from now on; nothing new: `programme` null. */
export interface ShowOffer {
  readonly dark: boolean;
  readonly programme: Uint8Array | null;
  readonly awaySince?: Instant | null;
  readonly blind?: boolean;
}

export interface ShowGuest {
  /** null: nothing new. */
  next(): ShowOffer | null;
  heard(report: ShowReport["report"]): void;
  leave(): void;
}

export interface ShowSource {
  readonly board: ShowBoard;
  /** null: there are too many already. `look`: told when `next` may have something. */
  join(visit: { readonly id: string; readonly from: string }, look: () => void): ShowGuest | null;
}

export interface ShowLineHost {
  readonly build: string;
  /** null: it is no board, or no pages play it. */
  source(board: string): ShowSource | null;
  /** A status to refuse with, or null: may play this board with this key. */
  admits(request: IncomingMessage, board: string, key: string | null): Promise<number | null>;
  clock(): { readonly now: Instant; readonly clockId: string; readonly utcOffsetMin: number };
  addressOf(request: IncomingMessage): string;
  onGone(line: ShowLine): void;
}

const policyViolation = 1008;
/** Close codes: 4000 and the HTTP status, as of a key that is refused. */
const showClosed = { noBoard: 4404, full: 4503 } as const;

export class ShowLine {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #request: IncomingMessage;
  readonly #boardId: string;
  readonly #host: ShowLineHost;
  #hello: ShowHello | null = null;
  #guest: ShowGuest | null = null;
  #heardAt = monotonicMs();
  #wordsLeft: number = limits.showWordsPerCheck;
  #closed = false;

  constructor(webSocket: WebSocket, socket: Duplex, request: IncomingMessage, boardId: string, host: ShowLineHost) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#request = request;
    this.#boardId = boardId;
    this.#host = host;
    socket.on("drain", () => this.#look());
    webSocket.on("message", (data, isBinary) => void this.#receive(data, isBinary));
    webSocket.on("pong", () => {
      this.#heardAt = monotonicMs();
    });
    // A broken or oversized frame: ws closes with the right code itself.
    webSocket.on("error", () => {});
    webSocket.on("close", () => {
      this.#closed = true;
      this.#leave();
      host.onGone(this);
    });
  }

  /** Now and then: who is silent, or has not said who it is, is dropped; who may no longer play is told so. */
  async check(): Promise<void> {
    this.#wordsLeft = limits.showWordsPerCheck;
    if (monotonicMs() - this.#heardAt > limits.showSilenceMs) return this.#webSocket.terminate();
    if (this.#hello === null) return;
    await this.lookAgain();
    if (!this.#closed) this.#webSocket.ping();
  }

  /** Keys may have been taken back. */
  async lookAgain(): Promise<void> {
    if (this.#hello === null) return;
    const wrong = await this.#host.admits(this.#request, this.#boardId, this.#hello.key).catch(() => 503);
    // A question that could not be asked takes nothing from who was let in before.
    if (wrong === null || wrong === 503) return;
    // It gets nothing more, whether it answers or not.
    this.#leave();
    this.#webSocket.close(4000 + wrong);
  }

  #leave(): void {
    this.#guest?.leave();
    this.#guest = null;
  }

  close(): void {
    this.#webSocket.close(1001);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  async #receive(data: RawData, isBinary: boolean): Promise<void> {
    this.#heardAt = monotonicMs();
    const word = isBinary ? null : pageWord(data.toString());
    this.#wordsLeft -= 1;
    const due = this.#hello === null ? word?.kind === "hello" : word?.kind !== "hello";
    if (word === null || !due || this.#wordsLeft < 0) return this.#webSocket.close(policyViolation);
    if (word.kind === "hello") return this.#enter(word.hello);
    if (word.kind === "report") return this.#guest?.heard(word.report);
    const { now, clockId } = this.#host.clock();
    const pong: PreviewPong = { pong: word.ping, now, clockId };
    if (this.#socket.writableLength <= limits.showBacklogBytes) this.#webSocket.send(JSON.stringify(pong));
  }

  async #enter(hello: ShowHello): Promise<void> {
    this.#hello = hello;
    const { source, admits, addressOf } = this.#host;
    const wrong = await admits(this.#request, this.#boardId, hello.key).catch(() => 503);
    if (this.#closed) return;
    // Whether there is such a board is told to who may play it.
    if (wrong !== null) return this.#webSocket.close(4000 + wrong);
    const found = source(this.#boardId);
    if (found === null) return this.#webSocket.close(showClosed.noBoard);
    this.#guest = found.join({ id: hello.page, from: addressOf(this.#request) }, () => this.#look());
    if (this.#guest === null) return this.#webSocket.close(showClosed.full);
    // What it begins with: the clock, and whatever there is already.
    this.#send(this.#guest.next() ?? { dark: false, programme: null });
  }

  /** What is behind on a slow line gets the newest when it is free: nothing queues up. */
  #look(): void {
    if (this.#guest === null || this.#closed || this.#socket.writableLength > limits.showBacklogBytes) return;
    const offer = this.#guest.next();
    if (offer !== null) this.#send(offer);
  }

  #send({ dark, programme, awaySince = null, blind = false }: ShowOffer): void {
    const { build, source } = this.#host;
    // Asked anew: `boardcast show` learns only from the daemon what board it is.
    const board = source(this.#boardId)?.board;
    if (board === undefined) return;
    const bytes = programme && Buffer.from(programme).toString("base64");
    const rest = { dark, programme: bytes, awaySince, blind, board };
    const state: ShowState = { v: 1, build, ...this.#host.clock(), ...rest };
    this.#webSocket.send(JSON.stringify(state));
  }
}
