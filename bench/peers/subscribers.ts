/** Servers with the same browsers behind them: our preview, a `ws` send a board and browser, and socket.io. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Server as SocketIo } from "socket.io";
import { WebSocketServer } from "ws";
import { attachPreview, previewPath } from "../../src/preview/server.ts";
import type { PreviewState } from "../../src/preview/types.ts";
import type { Sinks } from "./sinks.ts";

/** Longer than any bench: nobody is pinged, and nothing goes out by itself. ms */
const neverMs = 2 ** 31 - 1;

export interface Peer {
  readonly name: string;
  readonly server: Server;
  readonly path: string;
  /** What a subscriber says first, of its own protocol. */
  readonly says?: string;
  subscribers(): number;
  /** One round of what it sends, to all. */
  send(): void;
}

/** Opens `browsers` lines to it, and returns how many bytes its first round brought to all of them together. */
export async function connected(
  { name, server, path, says, subscribers, send }: Peer,
  browsers: number,
  sinks: Sinks,
): Promise<{ readonly bytes: number; readonly total: number }> {
  // Open lines alone do not keep the bench running.
  server.on("connection", (socket) => socket.unref());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", 1024, done));
  server.unref();
  const { port } = server.address() as AddressInfo;
  await sinks(["open", port, browsers, path, ...(says === undefined ? [] : [says])].join(" "));
  const before = await sinks("settle");
  if (subscribers() !== browsers) throw new Error(`${name}: ${subscribers()} of ${browsers} subscribers`);
  send();
  const total = await sinks("settle");
  return { bytes: total - before, total };
}

/** A round is `states` states, each of all boards. */
export function ours(state: PreviewState, states: number): Peer {
  let now = state.now;
  let change = () => {};
  const source = {
    clockId: state.clockId,
    now: () => now,
    preview: () => ({ ...state, now }),
    onChange(listener: () => void) {
      change = listener;
      return () => {};
    },
  };
  const server = createServer();
  const often = { perSecond: Number.POSITIVE_INFINITY, aliveMs: neverMs, freshMs: neverMs };
  const preview = attachPreview(server, source, often);
  const send = () => {
    for (let index = 0; index < states; index++) {
      now++;
      change();
    }
  };
  return { name: "ours", server, path: previewPath, subscribers: () => preview.metrics().subscribers, send };
}

export function plainWs(payloads: readonly (string | Buffer)[]): Peer {
  const server = createServer();
  const { clients } = new WebSocketServer({ server, perMessageDeflate: false });
  const send = () => {
    for (const payload of payloads) for (const client of clients) client.send(payload);
  };
  return { name: "ws, a send a board", server, path: "/", subscribers: () => clients.size, send };
}

/** Objects go out as JSON, encoded once for all; bytes as an attachment, two frames each. */
export function socketIo(name: string, payloads: readonly (object | Buffer)[]): Peer {
  const server = createServer();
  const quiet = { pingInterval: neverMs, pingTimeout: neverMs, perMessageDeflate: false };
  const io = new SocketIo(server, { ...quiet, transports: ["websocket"] });
  const send = () => {
    for (const payload of payloads) io.emit("board", payload);
  };
  const path = "/socket.io/?EIO=4&transport=websocket";
  return { name, server, path, says: "40", subscribers: () => io.of("/").sockets.size, send };
}
