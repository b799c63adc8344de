/** `boardcast panel --driver e131` at the far end of a multicast link: it hears the group of each of its universes. */
import { once } from "node:events";
import { createSocket } from "node:dgram";
import { afterEach, expect, test, vi } from "vitest";
import { toDriver } from "../../src/config/driver.ts";
import type { Frame, Shape } from "../../src/message/index.ts";
import type { Cleared } from "../../src/panels/contract.ts";
import { driverOf } from "../../src/panels/drivers.ts";
import { udpLink } from "../../src/panels/links/udp.ts";
import { runSimulatedCard } from "../../src/panels/simulated/run.ts";
import { simulatedLamps } from "../../src/panels/simulated/streams.ts";
import { picture } from "./card-town.ts";

const loopback = "127.0.0.1";
const openMs = 20_000;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

// Linux lets one socket join twenty groups: more than that, across the end of a byte.
const matrix: Shape = { width: 64, height: 64, colour: "rgb" };
const universes = Array.from({ length: Math.ceil((64 * 64) / 170) }, (_, at) => 240 + at);
const groups = universes.map((universe) => `239.255.${universe >> 8}.${universe & 255}`);
const small: Shape = { width: 16, height: 12, colour: "rgb" };
const boardWith = (more: object, shape = matrix) => {
  const config = toDriver({ kind: "e131", universe: 240, ...more });
  const made = driverOf({ driver: config, shape, ledColour: null });
  if (!("wiring" in config) || !("streams" in made)) throw new Error("no lamps");
  return { config, driver: made.streams };
};

async function receiving(host = loopback, shape = matrix) {
  const card = simulatedLamps(boardWith({}).config, shape);
  const unjoined = vi.fn();
  const where = { kind: "datagrams", host, port: 0 } as const;
  const running = await runSimulatedCard({ card, where, bitsPerSecond: null, control: null, unjoined });
  ends.push(() => running.stop());
  return { card, unjoined, port: running.port };
}

test.each([
  ["25 universes, each on its own", loopback, "239.255.0.240", matrix, {}],
  ["25 at the sync packet, whose group the sender tells", loopback, "239.255.0.240", matrix, { sync: 7000 }],
  ["25 at one address", loopback, loopback, matrix, { sync: 7000 }],
  ["few, by whoever hears all network cards", "0.0.0.0", "239.255.0.240", small, { sync: 7000 }],
])("a picture is lit, and gone at its end: %s", async (_, host, to, shape, more) => {
  const { card, unjoined, port } = await receiving(host, shape);
  const { driver } = boardWith(more, shape);
  const link = udpLink(to, port, { from: loopback, group: (packet) => driver.group?.(packet) ?? "" });
  const stream = await link.open(AbortSignal.timeout(openMs));
  ends.push(() => stream.destroy());
  const pixels = picture(shape, 1).pages[0]?.bitmap.pixels ?? expect.fail();
  const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null };
  let state = driver.start(panel);
  const shows = (packetsNow: () => readonly Uint8Array[], wanted: Uint8Array) =>
    vi.waitFor(
      () => {
        for (const packet of packetsNow()) stream.write(packet);
        expect(Buffer.compare(card.frame().pixels, wanted)).toBe(0);
      },
      { timeout: openMs, interval: 20 },
    );
  const lit = () => {
    const { packets, state: next } = driver.frame(state, { shape, pixels } as Cleared<Frame>);
    state = next;
    return packets;
  };
  await shows(lit, pixels);
  await shows(() => driver.end(state), new Uint8Array(pixels.length));
  expect(unjoined).not.toHaveBeenCalled();
});

test("what is sent to a group that is not its own does not reach it; and a group that it is told of is one of few", async () => {
  const { card, port } = await receiving();
  expect(card.groups).toEqual(groups);
  const heard = vi.spyOn(card, "hear");
  // Somebody else on this computer hears that one: the kernel would give it to whoever is bound to no address.
  const other = createSocket({ type: "udp4", reuseAddr: true }).bind(port, "239.255.9.9");
  ends.push(() => other.close());
  await once(other, "listening");
  other.addMembership("239.255.9.9", loopback);
  const sender = createSocket("udp4").bind(0, loopback);
  ends.push(() => sender.close());
  await once(sender, "listening");
  sender.setMulticastInterface(loopback);
  const got = once(other, "message");
  sender.send("theirs", port, "239.255.9.9");
  await got;
  sender.send("ours", port, groups[0]);
  await vi.waitFor(() => expect(heard.mock.calls.map(([bytes]) => String(bytes))).toEqual(["ours"]));
  for (let sync = 7000; sync < 7100; sync++) {
    const { driver } = boardWith({ sync });
    const panel = { board: `B${sync}`, shape: matrix, address: 1, where: "memory", bitsPerSecond: null };
    const frame = { shape: matrix, pixels: new Uint8Array(64 * 64 * 3) } as Cleared<Frame>;
    for (const packet of driver.frame(driver.start(panel), frame).packets) card.hear(packet, 0);
  }
  expect(card.groups.length).toBe(groups.length + 8);
});

test("where no group can be joined that is told, with all of them and why; its own address hears all the same", async () => {
  const { card } = await receiving();
  const unjoined = vi.fn();
  const away = ["192.0.2.1", "192.0.2.2"];
  const where = { kind: "datagrams", host: loopback, port: 0 } as const;
  const deaf = { ...card, groups: away, hear: vi.fn(() => []) };
  const running = await runSimulatedCard({
    ...{ card: deaf as unknown as typeof card, where, bitsPerSecond: null, control: null, unjoined },
  });
  ends.push(() => running.stop());
  expect(unjoined.mock.calls).toEqual([[away, expect.stringMatching(/^E[A-Z]+$/)]]);
  const sender = createSocket("udp4");
  ends.push(() => sender.close());
  sender.send("unicast", running.port, loopback);
  await vi.waitFor(() => expect(deaf.hear).toHaveBeenCalled());
});
