import { createSocket, type Socket } from "node:dgram";
import { Duplex } from "node:stream";
import { isIPv4 } from "node:net";
import { limits } from "../../limits.ts";
import type { Link } from "./link.ts";

export interface Network {
  /** This computer's address on it; absent: as its routes say. */
  readonly from?: string | undefined;
  /** The multicast group of each datagram, where the protocol has several. */
  readonly group?: ((datagram: Uint8Array) => string) | undefined;
}

/**
 * Datagrams: each write is one. To one address the socket is connected, so that a computer that has nobody listening there
 * says so (ICMP), and the line counts as broken; from a sign that is switched off comes nothing at all. To a multicast
 * address nobody is connected, and each datagram goes to its own group.
 */
export function udpLink(host: string, port: number, { from, group }: Network = {}): Link {
  return {
    where: `udp ${host}:${port}`,
    bitsPerSecond: null,
    open: (signal) =>
      new Promise<Duplex>((resolve, reject) => {
        const socket = createSocket("udp4");
        let open = true;
        const give = (error: Error) => {
          if (!open) return;
          open = false;
          signal.removeEventListener("abort", abort);
          socket.close();
          reject(error);
        };
        const abort = () => give(new Error("stopped"));
        const ready = (send: Send) => {
          if (!open) return;
          signal.removeEventListener("abort", abort);
          socket.off("error", give);
          resolve(new Datagrams(socket, send));
        };
        signal.addEventListener("abort", abort, { once: true });
        socket.on("error", give);
        socket.bind({ port: 0, ...(from !== undefined && { address: from }) }, () => {
          if (!open) return;
          try {
            // Art-Net's other way to reach several: the network's broadcast address.
            socket.setBroadcast(true);
            if (isMulticast(host)) {
              if (from !== undefined) socket.setMulticastInterface(from);
              ready((bytes, done) => socket.send(bytes, port, group?.(bytes) ?? host, done));
            } else {
              // A name that is not known is told to the callback, which its type does not say.
              const connected = (...[error]: readonly Error[]) =>
                error ? give(error) : ready((bytes, done) => socket.send(bytes, done));
              socket.connect(port, host, connected as () => void);
            }
          } catch (error) {
            give(error as Error);
          }
        });
        if (signal.aborted) abort();
      }),
    stop: async () => {},
  };
}

/** 224.0.0.0/4. */
function isMulticast(host: string): boolean {
  return isIPv4(host) && Number.parseInt(host, 10) >> 4 === 14;
}

type Send = (bytes: Uint8Array, done: (error?: Error | null) => void) => void;

class Datagrams extends Duplex {
  readonly #socket: Socket;
  readonly #send: Send;

  constructor(socket: Socket, send: Send) {
    super({ writableHighWaterMark: limits.datagramBacklogBytes, readableHighWaterMark: limits.datagramBacklogBytes });
    this.#socket = socket;
    this.#send = send;
    socket.on("message", (message) => {
      // One that nobody reads is dropped, as on any busy network.
      if (this.readableLength < limits.datagramBacklogBytes) this.push(message);
    });
    socket.on("error", (error) => this.destroy(error));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Nothing of no length is sent: to some protocols that would be a word.
    if (chunk.length === 0) done();
    else this.#send(chunk, (error) => done(error));
  }

  override _read(): void {}

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.close(() => done(error));
  }
}
