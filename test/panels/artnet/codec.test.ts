/** Art-Net packets: those of others, both ways; ours; and whatever comes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyFrame } from "../../../src/message/index.ts";
import { type ArtnetPacket, decodeArtnet, encodeArtnet } from "../../../src/panels/artnet/codec.ts";
import { artnetDriver } from "../../../src/panels/artnet/driver.ts";
import { ArtnetNode } from "../../../src/panels/artnet/simulator/receiver.ts";
import { toHex } from "../../vectors.ts";
import { plain } from "../lamp-panel.ts";
import { fuzzMs, mutations, protocolVectors } from "../protocol-vectors.ts";

const vector = protocolVectors("e131-artnet");

describe("frames of others", () => {
  const whole = Uint8Array.from({ length: 512 }, (_, at) => (at < 2 ? 0x10 : 0));
  const frames = [
    ["artnet-js-3", 2, 1, null],
    ["artnet-js-4", 3, 1, null],
    ["artnet-js-5", 0, 1, Uint8Array.of(255, 128, 1, 9)],
    ["artnet-min-u0-4ch-ACCEPTED-by-ola", 0, 0, Uint8Array.of(1, 2, 3, 4)],
  ] as const;
  test.each(frames)("%s: read, and made again to the byte", (name, sequence, portAddress, slots) => {
    const { bytes } = vector(name);
    const packet = decodeArtnet(bytes);
    expect(packet).toMatchObject({ kind: "dmx", sequence, physical: 0, portAddress });
    if (packet?.kind !== "dmx") throw new Error("no ArtDmx");
    if (slots) expect(packet.slots).toEqual(slots);
    else expect([packet.slots.length, ...packet.slots.subarray(0, 2)]).toEqual([512, ...whole.subarray(0, 2)]);
    expect(toHex(encodeArtnet(packet))).toBe(toHex(bytes));
  });

  test("ArtSync", () => {
    const { bytes } = vector("artnet-sync");
    expect(decodeArtnet(bytes)).toEqual({ kind: "sync" });
    expect(toHex(encodeArtnet({ kind: "sync" }))).toBe(toHex(bytes));
  });
});

const packets: fc.Arbitrary<Exclude<ArtnetPacket, { kind: "poll-reply" }>> = fc.oneof(
  fc.record({
    kind: fc.constant("dmx" as const),
    sequence: fc.nat(255),
    physical: fc.nat(255),
    portAddress: fc.nat(32_767),
    slots: fc.uint8Array({ minLength: 1, maxLength: 512 }),
  }),
  fc.constant({ kind: "sync" as const }),
  fc.record({ kind: fc.constant("poll" as const), flags: fc.nat(255), priority: fc.nat(255) }),
);

describe("any packet", () => {
  test("is read as it was made; an odd length is made even with a zero", () => {
    fc.assert(
      fc.property(packets, (packet) => {
        const read = decodeArtnet(encodeArtnet(packet));
        if (packet.kind !== "dmx") expect(read).toEqual(packet);
        else {
          const { slots } = read as typeof packet;
          expect(slots.length % 2).toBe(0);
          expect({ ...read, slots: slots.subarray(0, packet.slots.length) }).toEqual(packet);
          expect(slots.subarray(packet.slots.length).every((byte) => byte === 0)).toBe(true);
        }
      }),
    );
  });

  test(
    "damaged or not, throws nothing at the reader nor at the node",
    () => {
      const node = new ArtnetNode({ lamps: 20, channels: 3, firstPort: 0, lampsPerUniverse: 10 });
      const damage = fc.array(fc.tuple(fc.nat(24), fc.nat(255)), { maxLength: 4 });
      fc.assert(
        fc.property(packets, damage, fc.nat(700), (packet, changes, cut) => {
          const bytes = encodeArtnet(packet);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const short = bytes.subarray(0, bytes.length - (cut > 600 ? cut % bytes.length : 0));
          decodeArtnet(short);
          for (const answer of node.hear(short, 0)) expect(decodeArtnet(answer)?.kind).toBe("poll-reply");
          expect(node.lamps.length).toBe(60);
        }),
        { numRuns: mutations },
      );
    },
    fuzzMs,
  );

  test("that the protocol has not is refused", () => {
    const dmx = { kind: "dmx", sequence: 1, physical: 0, portAddress: 0, slots: new Uint8Array(2) } as const;
    expect(() => encodeArtnet({ ...dmx, portAddress: 32_768 })).toThrow(RangeError);
    expect(() => encodeArtnet({ ...dmx, slots: new Uint8Array(513) })).toThrow(RangeError);
    expect(() => encodeArtnet({ ...dmx, slots: new Uint8Array(0) })).toThrow(RangeError);
  });
});

test("who answers a poll is read", () => {
  const node = new ArtnetNode({ lamps: 1, channels: 3, firstPort: 0, lampsPerUniverse: 170 });
  const [answer = new Uint8Array()] = node.hear(encodeArtnet({ kind: "poll", flags: 2, priority: 0 }), 0);
  expect(decodeArtnet(answer)).toEqual({
    ...{ kind: "poll-reply", address: "192.0.2.7", shortName: "simulated", longName: "simulated lamps" },
  });
});

test("universes go on over sub-nets and nets, numbers from 1 to 255 and to 1 again", () => {
  const shape = { width: 20, height: 20, colour: "rgb" } as const;
  const driver = artnetDriver({ ...plain, universe: 255, lampsPerUniverse: 170, sync: true });
  let state = driver.start({ board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null });
  const numbers = new Set<number>();
  for (let picture = 0; picture < 256; picture++) {
    const made = driver.frame(state, emptyFrame(shape) as never);
    state = made.state;
    const read = made.packets.map((bytes) => decodeArtnet(bytes));
    expect(read.map((packet) => (packet?.kind === "dmx" ? packet.portAddress : packet?.kind))).toEqual([
      ...[255, 256, 257, "sync"],
    ]);
    for (const packet of read) if (packet?.kind === "dmx") numbers.add(packet.sequence);
  }
  expect([Math.min(...numbers), Math.max(...numbers), numbers.size]).toEqual([1, 255, 255]);
});

test("a node that has heard ArtSync shows nothing without one, and forgets it after a while", () => {
  const node = new ArtnetNode({ lamps: 1, channels: 3, firstPort: 0, lampsPerUniverse: 170 });
  const dmx = (level: number) =>
    encodeArtnet({ kind: "dmx", sequence: 0, physical: 0, portAddress: 0, slots: new Uint8Array(4).fill(level) });
  node.hear(dmx(1), 0);
  expect(node.lamps[0]).toBe(1);
  node.hear(encodeArtnet({ kind: "sync" }), 0);
  node.hear(dmx(2), 10);
  expect(node.lamps[0]).toBe(1);
  node.hear(encodeArtnet({ kind: "sync" }), 20);
  expect(node.lamps[0]).toBe(2);
  node.hear(dmx(3), 2000);
  node.hear(dmx(4), 4100);
  expect(node.lamps[0]).toBe(4);
});
