import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { Link } from "./link.ts";

const connectTimeoutMs = 5000;
const keepAliveMs = 10_000;

/** Dials a panel that listens at a fixed address. */
export function tcpOut(host: string, port: number): Link {
  return {
    where: `tcp ${host}:${port}`,
    bitsPerSecond: null,
    open: (signal) =>
      new Promise<Duplex>((resolve, reject) => {
        const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
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
