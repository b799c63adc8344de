import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { monotonicMs } from "../../time/clock.ts";
import type { SimulatedCard } from "./cards.ts";
import { Groups, type Unjoined } from "./groups.ts";
import type { Listening } from "./listen.ts";

/**
 * Each datagram to the card, its multicast groups' too, and what it answers to whoever sent it. `port` 0: any that is free.
 * Rejects where it is taken.
 */
export async function hearDatagrams(
  port: number,
  host: string,
  card: SimulatedCard,
  unjoined: Unjoined = () => {},
): Promise<Listening> {
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, host, () => {
      socket.off("error", reject);
      resolve();
    });
  });
  // That somebody is not there to hear an answer is no end of ours.
  socket.on("error", () => {});
  const hear = (one: Socket) =>
    one.on("message", (bytes, { port: from, address }) => {
      const answers = card.hear(bytes, monotonicMs());
      // Port 0 is nobody's: it can be written, and not be answered.
      if (from > 0) for (const answer of answers) socket.send(answer, from, address, () => {});
      follow();
    });
  const groups = new Groups(socket, hear, unjoined);
  let known = card.groups;
  const follow = () => {
    if (card.groups === known) return;
    known = card.groups;
    void groups.join(known ?? []);
  };
  hear(socket);
  await groups.join(known ?? []);
  return {
    port: socket.address().port,
    stop: async () => {
      await Promise.all([groups.stop(), new Promise<void>((resolve) => socket.close(resolve))]);
    },
  };
}
