import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { limits } from "../../limits.ts";
import type { Link } from "./link.ts";

const connectTimeoutMs = 5000;
const keepAliveMs = 10_000;

/** What any of the sockets has read, until its listener returns: an idle one has no buffer, and no answer gets one of its own. */
const shared = Buffer.allocUnsafeSlow(limits.socketReadBytes);

/** Dials a panel that listens at a fixed address. */
export function tcpOut(host: string, port: number): Link {
  return {
    where: `tcp ${host}:${port}`,
    bitsPerSecond: null,
    open: (signal) =>
      new Promise<Duplex>((resolve, reject) => {
        const socket: Socket = connect({
          ...{ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs },
          onread: { buffer: shared, callback: (length) => socket.emit("data", shared.subarray(0, length)) || true },
        });
        const give = (error: Error) => {
          socket.destroy();
          reject(error);
        };
        const abort = () => give(new Error("stopped"));
        socket.setTimeout(connectTimeoutMs, () => give(new Error(`no connection within ${connectTimeoutMs} ms`)));
        const forget = () => signal.removeEventListener("abort", abort);
        socket.on("error", give);
        socket.once("close", forget);
        signal.addEventListener("abort", abort, { once: true });
        if (signal.aborted) abort();
        socket.once("connect", () => {
          socket.setTimeout(0);
          forget();
          resolve(socket);
        });
      }),
    stop: async () => {},
  };
}
