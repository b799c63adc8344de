import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { limits } from "../../limits.ts";
import { type Link, throughServer } from "./link.ts";

const connectTimeoutMs = 5000;
const keepAliveMs = 10_000;

/** Between the dialling and whoever listens then; a line that breaks is told of by `close` as well. */
const ignored = () => {};

/** What any of the sockets has read, until its listener returns: an idle one has no buffer, and no answer gets one of its own. */
const shared = Buffer.allocUnsafeSlow(limits.socketReadBytes);
/** Its beginning, as long as what came last: answers of many panels to the same are alike. */
let read = shared.subarray(0, 0);

function readNow(length: number): Buffer {
  if (read.length !== length) read = shared.subarray(0, length);
  return read;
}

/** Dials a panel that listens at a fixed address, or the serial server with the panel behind it, at `baud` bits a second. */
export function tcpOut(host: string, port: number, baud?: number): Link {
  return {
    where: `tcp ${host}:${port}`,
    ...throughServer(baud),
    open: (signal) =>
      new Promise<Duplex>((resolve, reject) => {
        const socket: Socket = connect({
          ...{ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs },
          onread: { buffer: shared, callback: (length) => socket.emit("data", readNow(length)) || true },
        });
        const leave = () => {
          signal.removeEventListener("abort", abort);
          socket.setTimeout(0, late).off("error", give).off("close", leave).on("error", ignored);
        };
        const give = (error: Error) => {
          leave();
          socket.destroy();
          reject(error);
        };
        const abort = () => give(new Error("stopped"));
        const late = () => give(new Error(`no connection within ${connectTimeoutMs} ms`));
        socket.setTimeout(connectTimeoutMs, late).on("error", give).once("close", leave);
        socket.once("connect", () => {
          // Of the dialling nothing is kept for as long as the line is open.
          leave();
          resolve(socket);
        });
        signal.addEventListener("abort", abort, { once: true });
        if (signal.aborted) abort();
      }),
    stop: async () => {},
  };
}
