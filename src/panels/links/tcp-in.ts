import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type Link, throughServer } from "./link.ts";

const keepAliveMs = 10_000;

/** Where the panel finds us, for those who gave port 0: 0 before the first `open`. */
export interface TcpInLink extends Link {
  readonly port: () => number;
}

/**
 * Waits for a panel that dials in, or the serial server with the panel behind it, at `baud` bits a second. The newest
 * connection wins: a card that calls again has lost the old one.
 */
export function tcpIn(port: number, host: string, baud?: number): TcpInLink {
  let server: Server | null = null;
  let stopped = false;
  /** Arrived, and not yet taken. */
  let fresh: Socket | null = null;
  let taken: Socket | null = null;
  let arrival: () => void = () => {};

  const arrived = (socket: Socket) => {
    socket.on("error", () => {});
    fresh?.destroy();
    taken?.destroy();
    fresh = socket;
    socket.once("close", () => {
      if (fresh === socket) fresh = null;
      if (taken === socket) taken = null;
    });
    arrival();
  };

  function listen(): Promise<void> {
    const made = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs }, arrived);
    return new Promise((resolve, reject) => {
      made.once("error", reject);
      made.listen(port, host, () => {
        made.off("error", reject);
        made.on("error", () => {});
        server = made;
        resolve();
      });
    });
  }

  /** Resolves at the next arrival, or when it is time to stop. */
  function nextArrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        arrival = () => {};
        signal.removeEventListener("abort", done);
        resolve();
      };
      arrival = done;
      signal.addEventListener("abort", done, { once: true });
    });
  }

  async function stop(): Promise<void> {
    stopped = true;
    fresh?.destroy();
    taken?.destroy();
    const closing = server;
    server = null;
    if (closing) await new Promise((resolve) => closing.close(resolve));
  }

  return {
    where: `tcp port ${port}`,
    ...throughServer(baud),
    port: () => {
      const address = server?.address();
      return typeof address === "object" && address ? address.port : 0;
    },
    async open(signal): Promise<Duplex> {
      if (!server) await listen();
      while (!fresh && !signal.aborted) await nextArrival(signal);
      if (stopped || signal.aborted || !fresh) {
        await stop();
        throw new Error("stopped");
      }
      taken = fresh;
      fresh = null;
      return taken;
    },
    stop,
  };
}
