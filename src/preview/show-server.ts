/** `ws /show/:board/line`: the pages that play LCD boards, at their lines. */
import type { IncomingMessage, Server } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { limits } from "../limits.ts";
import { previewPath } from "./server.ts";
import { ShowLine, type ShowLineHost } from "./show-line.ts";

export interface ShowOptions extends Omit<ShowLineHost, "onGone"> {
  /** As on `/preview`: 421, 403, or null: the name and the page that ask are ours. */
  turned(request: IncomingMessage): number | null;
}

export interface Show {
  /** Keys may have been taken back. */
  lookAgain(): void;
  close(): Promise<void>;
}

const checkMs = 15_000;

export function attachShow(httpServer: Server, options: ShowOptions): Show {
  const lines = new Set<ShowLine>();
  let closed = false;
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.showInboundBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const host: ShowLineHost = { ...options, onGone: (line) => void lines.delete(line) };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (path === previewPath) return;
    const [, board] = /^\/show\/([^/]{1,96})\/line$/.exec(path) ?? [];
    const id = board === undefined ? null : decoded(board);
    const wrong = id === null ? 404 : closed || lines.size >= limits.showLines ? 503 : options.turned(request);
    if (wrong !== null || id === null) return refuse(socket, wrong ?? 404);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      lines.add(new ShowLine(webSocket, socket, request, id, host));
    });
  };
  const alive = setInterval(() => {
    for (const line of lines) void line.check();
  }, checkMs);
  alive.unref();
  httpServer.on("upgrade", onUpgrade);
  return {
    lookAgain() {
      for (const line of lines) void line.lookAgain();
    },
    async close() {
      closed = true;
      clearInterval(alive);
      httpServer.off("upgrade", onUpgrade);
      for (const line of lines) line.close();
      const patience = setTimeout(() => {
        for (const line of lines) line.terminate();
      }, 500);
      await new Promise<void>((done) => webSockets.close(() => done()));
      while (lines.size > 0) await new Promise((done) => setTimeout(done, 10));
      clearTimeout(patience);
    },
  };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
