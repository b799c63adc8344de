/** DDP packets: those of others, both ways; ours; and whatever comes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DdpPacket, ddpPackets, decodeDdp, encodeDdp, flags, ids, types } from "../../../src/panels/ddp/codec.ts";
import { DdpReceiver } from "../../../src/panels/ddp/simulator/receiver.ts";
import { toHex } from "../../vectors.ts";
import { fuzzMs, mutations, protocolVectors } from "../protocol-vectors.ts";

const vector = protocolVectors("ddp");
const names = [
  "ddp-ledfx-480px-pkt0",
  "ddp-ledfx-481px-pkt0",
  "ddp-wled-style-rgbw-2px-push",
  "ddp-fpp-style-first",
  "ddp-fpp-style-last",
  "ddp-query-status",
];

test.each(names)("%s: read, and made again to the byte", (name) => {
  const { bytes, fields = {} } = vector(name);
  const packet = decodeDdp(bytes) as DdpPacket;
  expect(packet.flags | 0x40).toBe(Number.parseInt(String(fields.flags), 16));
  expect(packet).toMatchObject({ sequence: fields.seq, id: fields.id, offset: fields.offset, timecode: null });
  expect([packet.type, packet.data.length]).toEqual([Number.parseInt(String(fields.type), 16), fields.len]);
  expect(toHex(encodeDdp(packet))).toBe(toHex(bytes));
});

describe("a picture", () => {
  test("of exactly 480 lamps has PUSH, which LedFx forgets", () => {
    const { bytes, fields } = vector("ddp-ledfx-480px-pkt0");
    const { packets, sequence } = ddpPackets(bytes.subarray(10), 2, 1);
    expect([packets.length, sequence]).toEqual([1, 3]);
    expect(fields?.seq).toBe(3);
    const right = Uint8Array.from(bytes);
    right[0] = 0x41;
    expect(toHex(packets[0] ?? right.subarray(0, 0))).toBe(toHex(right));
  });

  test("of any length: in order, none over 1440 bytes, PUSH on the last and no other, numbers in turn", () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(15), (length, before) => {
        const data = Uint8Array.from({ length }, (_, at) => at * 7);
        const { packets } = ddpPackets(data, before);
        const read = packets.map((bytes) => decodeDdp(bytes) as DdpPacket);
        expect(Buffer.concat(read.map((packet) => packet.data))).toEqual(Buffer.from(data));
        let offset = 0;
        let sequence = before;
        for (const [at, packet] of read.entries()) {
          sequence = (sequence % 15) + 1;
          const push = at === read.length - 1 ? flags.push : 0;
          expect(packet).toMatchObject({ offset, sequence, flags: push, type: types.rgb, id: ids.display });
          expect(packet.data.length).toBeLessThanOrEqual(1440);
          offset += packet.data.length;
        }
      }),
    );
  });
});

const packets: fc.Arbitrary<DdpPacket> = fc.record({
  flags: fc.nat(15),
  sequence: fc.nat(15),
  type: fc.constantFrom(0, 1, 0x0b, 0x1b, 0x82),
  id: fc.constantFrom(1, 2, 246, 250, 251, 255),
  offset: fc.oneof(fc.nat(200), fc.nat(0xffff_ffff)),
  timecode: fc.option(fc.nat(0xffff_ffff)),
  data: fc.uint8Array({ maxLength: 200 }),
});

describe("any packet", () => {
  test("is read as it was made", () => {
    fc.assert(
      fc.property(packets, (packet) => {
        expect(decodeDdp(encodeDdp(packet))).toEqual(packet);
      }),
    );
  });

  test("that its fields have no room for is refused, not cut short", () => {
    const packet = { flags: 1, sequence: 1, type: types.rgb, id: ids.display, offset: 0, timecode: null };
    const whole = { ...packet, data: new Uint8Array(0xffff) };
    expect(decodeDdp(encodeDdp(whole))).toEqual(whole);
    for (const wrong of [
      { data: new Uint8Array(0x1_0000) },
      { offset: 2 ** 32 },
      { offset: -1 },
      { timecode: 2 ** 32 },
    ])
      expect(() => encodeDdp({ ...whole, ...wrong })).toThrow(RangeError);
  });

  test(
    "damaged or not, throws nothing at the reader nor at the receiver",
    () => {
      const receiver = new DdpReceiver(20);
      const damage = fc.array(fc.tuple(fc.nat(20), fc.nat(255)), { maxLength: 4 });
      fc.assert(
        fc.property(packets, damage, fc.nat(250), (packet, changes, cut) => {
          const bytes = encodeDdp(packet);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const short = bytes.subarray(0, bytes.length - (cut > 200 ? cut % bytes.length : 0));
          decodeDdp(short);
          receiver.hear(short, 0);
          expect(receiver.lamps.length).toBe(60);
        }),
        { numRuns: mutations },
      );
    },
    fuzzMs,
  );
});
