import { createSocket } from "node:dgram";
import { Duplex } from "node:stream";
import { limits } from "../../limits.ts";
import type { Link } from "./link.ts";

/**
 * Datagrams to one address: each write is one. The socket is connected, so that a computer that has nobody listening there
 * says so (ICMP), and the line counts as broken; from a sign that is switched off comes nothing at all.
 */
export function udpLink(host: string, port: number): Link {
  return {
    where: `udp ${host}:${port}`,
    bitsPerSecond: null,
    open: (signal) =>
      new Promise<Duplex>((resolve, reject) => {
        const socket = createSocket("udp4");
        const give = (error: Error) => {
          signal.removeEventListener("abort", abort);
          socket.close();
          reject(error);
        };
        const abort = () => give(new Error("stopped"));
        signal.addEventListener("abort", abort, { once: true });
        socket.once("error", give);
        // Errors of the address, such as a name that is not known, come to the callback as well as to the listener.
        socket.connect(port, host, () => {
          signal.removeEventListener("abort", abort);
          socket.off("error", give);
          resolve(new Datagrams(socket));
        });
        if (signal.aborted) abort();
      }),
    stop: async () => {},
  };
}

class Datagrams extends Duplex {
  readonly #socket: ReturnType<typeof createSocket>;

  constructor(socket: ReturnType<typeof createSocket>) {
    super({ writableHighWaterMark: limits.datagramBacklogBytes, readableHighWaterMark: limits.datagramBacklogBytes });
    this.#socket = socket;
    socket.on("message", (message) => {
      // One that nobody reads is dropped, as on any busy network.
      if (this.readableLength < limits.datagramBacklogBytes) this.push(message);
    });
    socket.on("error", (error) => this.destroy(error));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Nothing of no length is sent: to some protocols that would be a word.
    if (chunk.length === 0) done();
    else this.#socket.send(chunk, (error) => done(error));
  }

  override _read(): void {}

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.close(() => done(error));
  }
}
