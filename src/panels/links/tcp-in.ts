import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Link } from "./link.ts";

const keepAliveMs = 10_000;

/** Waits for a panel that dials in. The newest connection wins: a card that calls again has lost the old one. */
export function tcpIn(port: number, host: string): Link {
  let server: Server | null = null;
  let newest: Socket | null = null;
  let waiting: ((socket: Socket) => void) | null = null;

  const arrived = (socket: Socket) => {
    socket.on("error", () => {});
    newest?.destroy();
    newest = socket;
    socket.once("close", () => {
      if (newest === socket) newest = null;
    });
    if (!waiting) return;
    waiting(socket);
    waiting = null;
  };
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const made = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs }, arrived);
      made.once("error", reject);
      made.listen(port, host, () => {
        made.off("error", reject);
        made.on("error", () => {});
        server = made;
        resolve();
      });
    });

  let handedOut: Socket | null = null;
  return {
    where: `tcp port ${port}`,
    bitsPerSecond: null,
    async open(signal) {
      if (!server) await listen();
      const socket = await new Promise<Duplex>((resolve, reject) => {
        if (newest && newest !== handedOut && !newest.destroyed) {
          resolve(newest);
          return;
        }
        const abort = () => {
          waiting = null;
          reject(new Error("stopped"));
        };
        signal.addEventListener("abort", abort, { once: true });
        waiting = (socket) => {
          signal.removeEventListener("abort", abort);
          resolve(socket);
        };
      });
      handedOut = socket as Socket;
      return socket;
    },
    async stop() {
      newest?.destroy();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      server = null;
    },
  };
}
