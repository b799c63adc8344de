import {
  createServer,
  IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Listen } from "../config/types.ts";
import { limits } from "../limits.ts";
import { isLoopback, networkOf } from "../people/index.ts";
import { staysHere } from "./tls.ts";
import type { Pair } from "./tls/certificate.ts";
import { reachable, urlOf } from "./tls/lan.ts";

/** The address where the page and the API are, taken before anything else starts. */
export interface Door {
  /** Whose upgrades count: those of the other one arrive here, too. */
  readonly server: Server;
  /** For the people of the office. */
  readonly url: string;
  /** For this computer's command line and browser: always the loopback, never encrypted. */
  readonly here: string;
  /** Until then whoever asks is told to come again in a second. */
  answerWith(listener: RequestListener): void;
  /** May be called more than once. */
  close(): Promise<void>;
}

/**
 * Rejects with the operating system's error (EADDRINUSE) where the port cannot be had. Beyond this computer a second one
 * is opened on the loopback, at any free port: what is asked there never meets the network.
 */
export async function openDoor(listen: Listen, tls: Pair | null = null): Promise<Door> {
  let answer: RequestListener = startingUp;
  const listener: RequestListener = (request, response) => answer(request, response);
  const server = makeServer(listener, tls, listen.proxy ?? 0);
  const servers = [server];
  const close = async () => {
    await Promise.all(servers.map(closed));
  };
  const port = await listenOn(server, listen.host, listen.port);
  const [shown = listen.host] = reachable(listen.host);
  const url = urlOf(tls ? "https" : "http", shown, port);
  let here = url;
  if (tls !== null || !staysHere(listen)) {
    const second = makeServer(listener, null, listen.proxy ?? 0);
    second.on("upgrade", (...upgrade) => void server.emit("upgrade", ...upgrade));
    servers.push(second);
    try {
      here = urlOf("http", "127.0.0.1", await listenOn(second, "127.0.0.1", 0));
    } catch (error) {
      await close();
      throw error;
    }
  }
  const answerWith = (next: RequestListener) => {
    answer = next;
  };
  return { server, url, here, answerWith, close };
}

/** A browser is given a page that asks again by itself, whoever else a problem document (RFC 9457). */
function startingUp({ headers, url = "" }: IncomingMessage, response: ServerResponse): void {
  const page = !url.startsWith("/api/") && headers.accept?.includes("text/html") === true;
  const type = page ? "text/html; charset=utf-8" : "application/problem+json";
  response
    .writeHead(503, {
      "Retry-After": "1",
      "Cache-Control": "no-store",
      "Content-Type": type,
      "Content-Security-Policy": "default-src 'none'",
      "X-Content-Type-Options": "nosniff",
    })
    .end(page ? startingPage : startingProblem);
}

const startingPage = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>正在启动 · Starting</title></head>
<body><p>公开栏发布系统正在启动\uff0c页面会自己打开。</p><p lang="en">Boardcast is starting: this page opens by itself.</p></body></html>
`;

const startingProblem = JSON.stringify({
  type: "about:blank",
  title: "Service Unavailable",
  status: 503,
  detail: "正在启动\uff0c请过一秒再试 / starting: ask again in a second",
});

function makeServer(listener: RequestListener, tls: Pair | null, hops: number): Server {
  /** Carries what visit.ts has to know of a request. */
  class Message extends IncomingMessage {
    readonly hops = hops;
  }
  const options: ServerOptions = {
    IncomingMessage: Message,
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.headMs / 2,
  };
  const handshakeTimeout = limits.headMs;
  const server = tls
    ? createTlsServer({ ...options, ...tls, handshakeTimeout }, listener)
    : createServer(options, listener);
  server.maxHeadersCount = limits.headLines;
  server.maxConnections = limits.connections;
  // Who connects and says nothing, or does not get as far as a TLS handshake.
  server.on("connection", atMostPerAddress());
  // Before node's own, which hangs up.
  if (tls) server.prependListener("tlsClientError", tellPlain);
  return server;
}

const speakTlsText = `这里只收加密的连接\uff1a请把地址开头的 http:// 改成 https://\u3002
Only encrypted connections are answered here: write https:// in the place of http:// at the beginning of the address.
`;
const speakTls = [
  "HTTP/1.1 400 Bad Request",
  "Content-Type: text/plain; charset=utf-8",
  `Content-Length: ${Buffer.byteLength(speakTlsText)}`,
  "Cache-Control: no-store",
  "X-Content-Type-Options: nosniff",
  "Connection: close",
  "",
  speakTlsText,
].join("\r\n");

/**
 * Whoever speaks plain HTTP where TLS is spoken is told so in plain words: OpenSSL has seen by the first bytes what it is,
 * and has read no more than a record's head. Nothing that was sent is read on, and nothing of it comes back. `_parent`: the
 * line under the encryption, which node names nowhere else; without it there is no answer.
 */
function tellPlain(
  { code }: NodeJS.ErrnoException,
  { _parent: socket }: TLSSocket & { readonly _parent?: Socket },
): void {
  if (code !== "ERR_SSL_HTTP_REQUEST" || !socket || socket.destroyed) return;
  socket.end(speakTls);
}

/** One computer cannot take up all the connections. Behind a proxy of this computer all have one address: not counted. */
export function atMostPerAddress() {
  const open = new Map<string, number>();
  return (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    if (isLoopback(address)) return;
    const key = networkOf(address);
    const count = (open.get(key) ?? 0) + 1;
    if (count > limits.connectionsPerAddress) {
      socket.destroy();
      return;
    }
    open.set(key, count);
    socket.once("close", () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    });
  };
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
