/** The multicast groups that a card hears beside what is sent to its own address. */
import { createSocket, type Socket } from "node:dgram";
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

/** What could not be joined, and the operating system's word for why. */
export type Unjoined = (groups: readonly string[], why: string) => void;

export class Groups {
  readonly #main: Socket;
  readonly #hear: (socket: Socket) => void;
  readonly #unjoined: Unjoined;
  readonly #asked = new Set<string>();
  readonly #sockets = new Set<Socket>();
  #isOver = false;

  /** `main`: bound; on its port, and on the network cards that it hears, groups are joined. `hear` takes what comes to another socket. */
  constructor(main: Socket, hear: (socket: Socket) => void, unjoined: Unjoined) {
    this.#main = main;
    this.#hear = hear;
    this.#unjoined = unjoined;
  }

  /** Those that are new: none is left before the end. */
  async join(groups: readonly string[]): Promise<void> {
    const failed: string[] = [];
    let why = "";
    for (const group of groups) {
      if (this.#asked.has(group)) continue;
      this.#asked.add(group);
      await this.#joinOne(group).catch((error: NodeJS.ErrnoException) => {
        failed.push(group);
        why = error.code ?? error.message;
      });
    }
    if (failed.length > 0 && !this.#isOver) this.#unjoined(failed, why);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#sockets].map((socket) => new Promise<void>((done) => socket.close(done))));
  }

  /**
   * A socket for each group, bound to it: one that is bound to an address of this computer hears no group there, and Linux
   * lets a socket join twenty. One that is bound to none hears all that it has joined, and leaves the port to no other;
   * Windows binds no group's address, and there the first is enough.
   */
  async #joinOne(group: string): Promise<void> {
    const { address, port } = this.#main.address();
    if (address === "0.0.0.0" || process.platform === "win32") {
      joinAt(this.#main, group, address);
      return;
    }
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    this.#sockets.add(socket);
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once("error", reject).bind(port, group, resolve);
      });
      joinAt(socket, group, address);
    } catch (error) {
      if (this.#sockets.delete(socket)) socket.close();
      throw error;
    }
    socket.on("error", () => {});
    this.#hear(socket);
  }
}

/** On the network card of an address of this computer; of none: on all. Throws the operating system's error, at the end. */
function joinAt(socket: Socket, group: string, address: string): void {
  let refused: unknown;
  for (const card of address === "0.0.0.0" ? ownAddresses() : [address]) {
    try {
      socket.addMembership(group, card);
    } catch (error) {
      // Another address of a card on which it has been joined.
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") refused = error;
    }
  }
  if (refused !== undefined) throw refused;
}

const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .filter(isIPv4);
