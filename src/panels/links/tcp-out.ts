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
        socket.once("error", give);
        signal.addEventListener("abort", abort, { once: true });
        socket.once("connect", () => {
          socket.setTimeout(0);
          socket.off("error", give);
          signal.removeEventListener("abort", abort);
          resolve(socket);
        });
      }),
    stop: async () => {},
  };
}
