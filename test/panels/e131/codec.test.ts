/** E1.31 packets: those of others, both ways; ours; and whatever comes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyFrame } from "../../../src/message/index.ts";
import { decodeE131, type E131Packet, encodeE131, groupOf, options } from "../../../src/panels/e131/codec.ts";
import { e131Driver } from "../../../src/panels/e131/driver.ts";
import { E131Receiver } from "../../../src/panels/e131/simulator/receiver.ts";
import { fromHex, toHex } from "../../vectors.ts";
import { plain } from "../lamp-panel.ts";
import { fuzzMs, mutations, protocolVectors } from "../protocol-vectors.ts";

const vector = protocolVectors("e131-artnet");
const cid = fromHex("9d038ff94e7747f58b032bb72c427cfc");

describe("frames of others", () => {
  test("Debian's OLA: read, and made again to the byte", () => {
    const { bytes } = vector("e131-ola-u31");
    const packet = decodeE131(bytes);
    expect(packet).toEqual({
      kind: "data",
      cid,
      source: "vm-OLA Server",
      priority: 100,
      sync: 0,
      sequence: 1,
      options: 0,
      universe: 31,
      startCode: 0,
      slots: Uint8Array.of(255, 128, 1),
    });
    expect(toHex(encodeE131(packet as E131Packet))).toBe(toHex(bytes));
  });
});

test("a whole packet has 638 bytes and the lengths of the note", () => {
  const slots = new Uint8Array(512).fill(7);
  const common = { kind: "data", cid, source: "x", priority: 100, sync: 0, sequence: 1, options: 0 } as const;
  const bytes = encodeE131({ ...common, universe: 63_999, startCode: 0, slots });
  expect(bytes.length).toBe(638);
  const at = (offset: number) => toHex(bytes.subarray(offset, offset + 2));
  expect([16, 38, 115, 123, 113].map(at)).toEqual(["726e", "7258", "720b", "0201", "f9ff"]);
});

const name = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\0"));
const packets: fc.Arbitrary<E131Packet> = fc.oneof(
  fc.record({
    kind: fc.constant("data" as const),
    cid: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    source: name,
    priority: fc.nat(200),
    sync: fc.nat(63_999),
    sequence: fc.nat(255),
    options: fc.constantFrom(0, options.preview, options.terminated, options.forceSync),
    universe: fc.integer({ min: 1, max: 63_999 }),
    startCode: fc.constantFrom(0, 0xdd),
    slots: fc.uint8Array({ maxLength: 512 }),
  }),
  fc.record({
    kind: fc.constant("sync" as const),
    cid: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    sequence: fc.nat(255),
    sync: fc.integer({ min: 1, max: 63_999 }),
  }),
  fc.record({
    kind: fc.constant("discovery" as const),
    cid: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    source: name,
    page: fc.nat(255),
    lastPage: fc.nat(255),
    universes: fc.array(fc.integer({ min: 1, max: 63_999 }), { maxLength: 40 }),
  }),
);

describe("any packet", () => {
  test("is read as it was made, names only to their 63rd byte", () => {
    fc.assert(
      fc.property(packets, (packet) => {
        const read = decodeE131(encodeE131(packet));
        if (packet.kind === "sync") expect(read).toEqual(packet);
        else {
          const { source } = read as typeof packet;
          expect(packet.source.startsWith(source)).toBe(true);
          expect({ ...read, source: packet.source }).toEqual(packet);
        }
      }),
    );
  });

  test(
    "damaged or not, throws nothing at the reader nor at the receiver, which lights only what it has",
    () => {
      const receiver = new E131Receiver({ lamps: 20, channels: 3, firstUniverse: 1, lampsPerUniverse: 10 });
      const damage = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 4 });
      fc.assert(
        fc.property(packets, damage, fc.nat(700), (packet, changes, cut) => {
          const bytes = encodeE131(packet);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const short = bytes.subarray(0, bytes.length - (cut > 600 ? cut % bytes.length : 0));
          decodeE131(short);
          receiver.hear(short, 0);
          expect(receiver.lamps.length).toBe(60);
        }),
        { numRuns: mutations },
      );
    },
    fuzzMs,
  );

  test("that the protocol has not is refused", () => {
    const data = {
      kind: "data",
      cid,
      source: "",
      priority: 100,
      sync: 0,
      sequence: 0,
      options: 0,
      startCode: 0,
    } as const;
    const slots = new Uint8Array(3);
    expect(() => encodeE131({ ...data, universe: 0, slots })).toThrow(RangeError);
    expect(() => encodeE131({ ...data, universe: 64_000, slots })).toThrow(RangeError);
    expect(() => encodeE131({ ...data, universe: 1, slots: new Uint8Array(513) })).toThrow(RangeError);
    expect(() => encodeE131({ ...data, universe: 1, slots, priority: 201 })).toThrow(RangeError);
    // Nor is it taken from others, whose sums nobody has checked.
    const whole = encodeE131({ ...data, universe: 1, slots });
    const sync = encodeE131({ kind: "sync", cid, sequence: 1, sync: 1 });
    const changed = (bytes: Uint8Array, at: number, ...to: readonly number[]) => {
      const other = bytes.slice();
      other.set(to, at);
      return decodeE131(other);
    };
    expect(changed(whole, 108, 200)).not.toBe(null);
    expect(changed(whole, 108, 201)).toBe(null);
    for (const [at, bytes] of [
      [113, whole],
      [45, sync],
    ] as const) {
      expect(changed(bytes, at, 0xf9, 0xff)).not.toBe(null);
      for (const universe of [
        [0, 0],
        [0xfa, 0],
        [0xfa, 0xd6],
      ] as const)
        expect(changed(bytes, at, ...universe)).toBe(null);
    }
    expect(changed(whole, 109, 0xfa, 0)).toBe(null);
  });
});

describe("a picture", () => {
  const shape = { width: 20, height: 20, colour: "rgb" } as const;
  const panel = { board: "B1", shape, address: 1, where: "udp 239.255.0.1:5568", bitsPerSecond: null };
  const settings = { ...plain, universe: 255, lampsPerUniverse: 170, priority: 120 };
  const black = emptyFrame(shape) as never;
  const read = (packets: readonly Uint8Array[]) => packets.map((bytes) => decodeE131(bytes));

  test("is one packet for each universe, then the sync packet, each to its own group", () => {
    const driver = e131Driver({ ...settings, sync: 7000 });
    const { packets: sent } = driver.frame(driver.start(panel), black);
    expect(read(sent).map((packet) => packet?.kind)).toEqual(["data", "data", "data", "sync"]);
    expect(sent.map((packet) => driver.group?.(packet))).toEqual([
      "239.255.0.255",
      "239.255.1.0",
      "239.255.1.1",
      groupOf(7000),
    ]);
    expect(read(sent)).toMatchObject([
      { universe: 255, priority: 120, sync: 7000, sequence: 1 },
      { universe: 256, sequence: 1 },
      { universe: 257, sequence: 1 },
      { sync: 7000, sequence: 1 },
    ]);
  });

  test("ends with black, and three good-byes with numbers of their own", () => {
    const driver = e131Driver({ ...settings, sync: 7000 });
    const { state } = driver.frame(driver.start(panel), black);
    const ends = read(driver.end(state)).filter((packet) => packet?.kind === "data");
    // Nobody waits with a good-bye for a word to go.
    expect(ends.map((packet) => [packet.universe, packet.sequence, packet.options, packet.sync])).toEqual(
      [2, 3, 4, 5].flatMap((sequence) =>
        [255, 256, 257].map((universe) => [
          universe,
          sequence,
          ...(sequence === 2 ? [0, 7000] : [options.terminated, 0]),
        ]),
      ),
    );
    expect(driver.end(state)).toHaveLength(4 * 3 + 1);
  });

  test("comes from the same sender after every start, and each board is another", () => {
    const driver = e131Driver({ ...settings, sync: null });
    const cidOf = (board: string) => {
      const [first] = read(driver.frame(driver.start({ ...panel, board }), black).packets);
      return toHex(first?.cid ?? new Uint8Array());
    };
    expect(cidOf("B1")).toBe(cidOf("B1"));
    expect(cidOf("B2")).not.toBe(cidOf("B1"));
    expect(cidOf("B1")).toMatch(/^.{12}8.{3}[89ab].{15}$/);
  });
});

test("of two senders the receiver obeys the higher, and the other once that one has gone", () => {
  const receiver = new E131Receiver({ lamps: 1, channels: 3, firstUniverse: 1, lampsPerUniverse: 170 });
  const from = (byte: number, priority: number, sequence: number, flags = 0) =>
    encodeE131({
      ...{ kind: "data", cid: new Uint8Array(16).fill(byte), source: "", priority, sync: 0, sequence },
      ...{ options: flags, universe: 1, startCode: 0, slots: new Uint8Array(512).fill(byte) },
    });
  receiver.hear(from(1, 100, 1), 0);
  receiver.hear(from(2, 150, 1), 10);
  receiver.hear(from(1, 100, 2), 20);
  expect([...receiver.lamps]).toEqual([2, 2, 2]);
  // Come late: one of those before.
  receiver.hear(from(2, 150, 250), 30);
  expect(receiver.dropped).toBe(2);
  receiver.hear(from(2, 150, 2, options.terminated), 40);
  receiver.hear(from(1, 100, 3), 50);
  expect([...receiver.lamps]).toEqual([1, 1, 1]);
});
