/** Datagrams on the loopback: to one address, to the multicast group of each, and where nobody is. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { udpLink } from "../../src/panels/links/udp.ts";

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});
const loopback = "127.0.0.1";

async function listening(port = 0, address = loopback): Promise<Socket> {
  const socket = createSocket({ type: "udp4", reuseAddr: true }).bind(port, address);
  await once(socket, "listening");
  closes.push(() => socket.close());
  return socket;
}

async function opened(link: ReturnType<typeof udpLink>): Promise<Duplex> {
  const stream = await link.open(new AbortController().signal);
  closes.push(() => stream.destroy());
  return stream;
}

const text = async (socket: Socket) => String((await once(socket, "message"))[0]);

test("each write is one datagram to the address, and what comes back is read", async () => {
  const far = await listening();
  const stream = await opened(udpLink(loopback, far.address().port));
  const heard = once(far, "message");
  stream.write("one");
  const [bytes, { port }] = (await heard) as [Buffer, { port: number }];
  expect(String(bytes)).toBe("one");
  far.send("two", port, loopback);
  expect(String((await once(stream, "data"))[0])).toBe("two");
});

test("to a multicast address each goes to its own group, from the card that was named", async () => {
  const groups = ["239.255.0.1", "239.255.0.2"];
  const free = await listening();
  const { port } = free.address();
  // Bound to a group's own address, a socket hears that group alone.
  const sockets = await Promise.all(
    groups.map(async (group) => {
      const socket = await listening(port, group);
      socket.addMembership(group, loopback);
      return socket;
    }),
  );
  const group = (datagram: Uint8Array) => `239.255.0.${datagram[0]}`;
  const stream = await opened(udpLink("239.255.0.9", port, { from: loopback, group }));
  const heard = Promise.all(sockets.map(text));
  stream.write(Uint8Array.of(1, 65));
  stream.write(Uint8Array.of(2, 66));
  expect(await heard).toEqual(["\u0001A", "\u0002B"]);
});

test("a computer with nobody at that port is a line that breaks; a name that nobody knows is none that opens", async () => {
  const far = createSocket("udp4").bind(0, loopback);
  await once(far, "listening");
  const { port } = far.address();
  far.close();
  const stream = await opened(udpLink(loopback, port));
  const broken = once(stream, "error");
  stream.write("hello");
  expect(String((await broken)[0])).toContain("ECONNREFUSED");
  await expect(udpLink("no-such-host.invalid", 9).open(new AbortController().signal)).rejects.toThrow();
  await expect(udpLink(loopback, 9, { from: "192.0.2.254" }).open(new AbortController().signal)).rejects.toThrow();
  await expect(udpLink(loopback, 9).open(AbortSignal.abort())).rejects.toThrow("stopped");
});
