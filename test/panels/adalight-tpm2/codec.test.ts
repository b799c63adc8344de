/** Adalight, TPM2 and TPM2.NET frames: those that WLED was seen to take, both ways; its defect; and whatever comes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as codec from "../../../src/panels/adalight-tpm2/codec.ts";
import { Wled } from "../../../src/panels/adalight-tpm2/simulator/wled.ts";
import { toHex } from "../../vectors.ts";
import { fuzzMs, mutations, protocolVectors } from "../protocol-vectors.ts";

const vector = protocolVectors("adalight-tpm2");
/** As in the vectors: colour i is (i, 3i, 255-i). */
const pixels = (count: number) =>
  Uint8Array.from({ length: count * 3 }, (_, at) => {
    const lamp = Math.floor(at / 3);
    return [lamp, 3 * lamp, 255 - lamp][at % 3] ?? 0;
  });

describe("frames that WLED was seen to take", () => {
  test.each([
    ["adalight-1px", 1],
    ["adalight-4px", 4],
    ["adalight-256px", 256],
  ])("%s", (name, count) => {
    const { bytes } = vector(name);
    expect(toHex(codec.encodeAdalight(pixels(count)))).toBe(toHex(bytes));
    expect(codec.decodeAdalight(bytes)).toEqual(pixels(count));
    const wled = new Wled(count);
    wled.hear(bytes, 0);
    expect(wled.lamps).toEqual(pixels(count));
  });

  test("adalight-bad-check is none", () => {
    const { bytes } = vector("adalight-bad-check");
    expect(codec.decodeAdalight(bytes)).toBe(null);
    const wled = new Wled(4);
    wled.hear(bytes, 0);
    expect(wled.frames).toBe(0);
  });

  test.each([
    ["tpm2-4px", 4, 4],
    ["tpm2-86px-WLED-loses-last", 86, 85],
  ])("%s", (name, count, shown) => {
    const { bytes } = vector(name);
    const frame = { type: codec.tpm2Types.data, data: pixels(count) };
    expect(toHex(codec.encodeTpm2(frame))).toBe(toHex(bytes));
    expect(codec.decodeTpm2(bytes)).toEqual(frame);
    const wled = new Wled(count);
    wled.hear(bytes, 0);
    expect(wled.lamps.subarray(0, shown * 3)).toEqual(pixels(shown));
    expect(wled.lamps.subarray(shown * 3).every((byte) => byte === 0)).toBe(true);
  });

  test("pings and polls, and what is answered", () => {
    expect(toHex(codec.tpm2Ping)).toBe(vector("tpm2-ping").hex);
    expect(codec.decodeTpm2(codec.tpm2Ping)).toEqual({ type: codec.tpm2Types.answer, data: new Uint8Array(0) });
    expect(toHex(codec.tpm2netPoll)).toBe(vector("tpm2net-poll").hex);
    expect(new Wled(1).hear(codec.tpm2Ping, 0)).toEqual([Uint8Array.of(0xac)]);
    expect(new Wled(1).hearNet(codec.tpm2netPoll, 0)).toEqual([Uint8Array.of(0xac)]);
  });

  test("wled-dump-16px: sixteen dark lamps, and what comes after the frame is left out", () => {
    expect(codec.decodeTpm2(vector("wled-dump-16px").bytes)?.data).toEqual(new Uint8Array(48));
  });
});

describe("WLED's count", () => {
  test("is right of every padded frame, and the padding is at most 170 lamps", () => {
    for (let lamps = 1; lamps <= 21_845; lamps++) {
      const { length } = codec.paddedForWled(new Uint8Array(lamps * 3));
      const counted = Math.floor(((length >> 8) * 256) / 3) + Math.floor((length & 0xff) / 3);
      if (counted * 3 !== length || length - lamps * 3 > 510) throw new Error(`${lamps} lamps: ${length} bytes`);
    }
  });

  test("leaves the lamps as they are where it is right by itself, and dark ones after them where not", () => {
    for (const right of [4, 85, 256]) expect(codec.paddedForWled(pixels(right))).toEqual(pixels(right));
    for (const wrong of [86, 100, 171]) {
      const padded = codec.paddedForWled(pixels(wrong));
      expect(padded.length).toBeGreaterThan(wrong * 3);
      expect(padded.subarray(0, wrong * 3)).toEqual(pixels(wrong));
      expect(padded.subarray(wrong * 3).every((byte) => byte === 0)).toBe(true);
    }
  });
});

describe("any frame", () => {
  const lamps = fc
    .uint8Array({ minLength: 3, maxLength: 4000 })
    .map((bytes) => bytes.slice(0, bytes.length - (bytes.length % 3)));

  test("is read as it was made", () => {
    fc.assert(
      fc.property(lamps, fc.nat(255), fc.uint8Array({ maxLength: 900 }), (pixels, type, data) => {
        expect(codec.decodeAdalight(codec.encodeAdalight(pixels))).toEqual(pixels);
        expect(codec.decodeTpm2(codec.encodeTpm2({ type, data }))).toEqual({ type, data });
        const packet = { type, data, number: 3, packets: 9 };
        expect(codec.decodeTpm2net(codec.encodeTpm2net(packet))).toEqual(packet);
      }),
    );
  });

  test("of TPM2.NET is in packets of one size, in order, none over 1440 bytes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (count) => {
        const read = codec.tpm2netPackets(pixels(count)).map((bytes) => codec.decodeTpm2net(bytes));
        const sizes = new Set(read.map((packet) => packet?.data.length));
        expect(sizes.size).toBe(1);
        expect(Math.max(...[...sizes].map((size) => size ?? 0))).toBeLessThanOrEqual(1440);
        expect(read.map((packet) => [packet?.number, packet?.packets])).toEqual(
          read.map((_, at) => [at + 1, read.length]),
        );
        const all = Buffer.concat(read.map((packet) => packet?.data ?? new Uint8Array()));
        expect(all.subarray(0, count * 3)).toEqual(Buffer.from(pixels(count)));
        expect(all.subarray(count * 3).every((byte) => byte === 0)).toBe(true);
      }),
    );
  });

  test(
    "damaged or not, throws nothing at the readers nor at WLED",
    () => {
      const wled = new Wled(20);
      const frames = fc.oneof(
        lamps.map((bytes) => codec.encodeAdalight(bytes.slice(0, 60))),
        fc.uint8Array({ minLength: 1, maxLength: 60 }).map((data) => codec.encodeTpm2({ type: 0xda, data })),
        fc
          .uint8Array({ maxLength: 60 })
          .map((data) => codec.encodeTpm2net({ type: 0xda, data, number: 1, packets: 2 })),
        fc.uint8Array({ maxLength: 20 }),
      );
      const damage = fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 4 });
      fc.assert(
        fc.property(frames, damage, fc.nat(100), (bytes, changes, cut) => {
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const short = bytes.subarray(0, bytes.length - (cut > 70 ? cut % (bytes.length + 1) : 0));
          codec.decodeAdalight(short);
          codec.decodeTpm2(short);
          codec.decodeTpm2net(short);
          wled.hear(short, 0, wled.speed);
          wled.hearNet(short, 0);
          expect(wled.lamps.length).toBe(60);
        }),
        { numRuns: mutations },
      );
    },
    fuzzMs,
  );

  test("that the protocol has not is refused", () => {
    expect(() => codec.encodeAdalight(new Uint8Array(4))).toThrow(RangeError);
    expect(() => codec.encodeAdalight(new Uint8Array(0))).toThrow(RangeError);
    expect(() => codec.encodeTpm2({ type: 0xda, data: new Uint8Array(65_536) })).toThrow(RangeError);
    expect(() => codec.tpm2netPackets(new Uint8Array(256 * 1440))).toThrow(RangeError);
    for (const [number, packets] of [
      [0, 1],
      [2, 1],
      [1, 256],
    ] as const)
      expect(() => codec.encodeTpm2net({ type: 0xda, data: pixels(1), number, packets })).toThrow(RangeError);
    const none = codec.encodeTpm2net({ type: 0xda, data: pixels(1), number: 1, packets: 1 });
    for (const at of [4, 5])
      expect(codec.decodeTpm2net(none.map((byte, index) => (index === at ? 0 : byte)))).toBe(null);
  });
});
