import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Site } from "../config/types.ts";

/** The address where the page and the API are, taken before anything else starts. */
export interface Door {
  readonly server: Server;
  readonly url: string;
  /** Until then whoever asks is told to come again in a second. */
  answerWith(listener: RequestListener): void;
  /** May be called more than once. */
  close(): Promise<void>;
}

/** Rejects with the operating system's error (EADDRINUSE) where the port cannot be had. */
export function openDoor({ host, port }: Site["listen"]): Promise<Door> {
  let answer: RequestListener = (_, response) => {
    response.writeHead(503, { "Retry-After": "1" }).end();
  };
  const server = createServer((request, response) => answer(request, response));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const { port: taken } = server.address() as AddressInfo;
      const url = `http://${host.includes(":") ? `[${host}]` : host}:${taken}/`;
      const answerWith = (listener: RequestListener) => {
        answer = listener;
      };
      resolve({ server, url, answerWith, close });
    });
  });
}
