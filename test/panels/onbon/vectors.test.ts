/** Every published frame of BX-5 and BX-6 cards, both ways, and those of which the inputs are known, made anew from them. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Frame as Picture } from "../../../src/message/index.ts";
import {
  isAck,
  isRefusal,
  parseAnswer,
  parseNetwork,
  parsePing,
  parseStatus,
} from "../../../src/panels/onbon/answers.ts";
import { areaBytes, type CardArea, updateAreas } from "../../../src/panels/onbon/areas.ts";
import { crc16, fileCrc32 } from "../../../src/panels/onbon/checks.ts";
import * as command from "../../../src/panels/onbon/commands.ts";
import { programmeFiles } from "../../../src/panels/onbon/files.ts";
import { decodePayload, encodeFrame, encodePayload, type Frame } from "../../../src/panels/onbon/frame.ts";
import { dotBytes } from "../../../src/panels/onbon/pixels.ts";
import { createReader, FrameCutter } from "../../../src/panels/onbon/reader.ts";
import { Ear } from "../../../src/panels/onbon/simulator/wire.ts";

/** BOARDCAST_LONG=1: a million spoilt streams. */
const isLong = process.env.BOARDCAST_LONG === "1";
const longMs = isLong ? 3_600_000 : 20_000;

interface Vector {
  readonly name: string;
  readonly direction: string;
  readonly hex: string;
  readonly fields?: { readonly body?: string; readonly payload_unescaped?: string };
}
const vectors = JSON.parse(readFileSync("fixtures/protocols/onbon-bx56.json", "utf8")) as readonly Vector[];
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const payloadOf = (bytes: Uint8Array): Uint8Array | null => {
  const cutter = new FrameCutter(80_000);
  let found: Uint8Array | null = null;
  for (const byte of bytes) found = cutter.feed(byte) ?? found;
  return found;
};
const frameOf = (name: string): Frame => {
  const frame = decodePayload(
    payloadOf(Buffer.from(vectors.find((one) => one.name === name)?.hex ?? "", "hex")) ?? new Uint8Array(0),
  );
  if (!frame) throw new Error(`no frame in ${name}`);
  return frame;
};

test("there are as many as were published", () => expect(vectors.length).toBe(52));

test.each(vectors.map((vector) => [vector.name, vector] as const))(
  "%s is read, and written again to the byte",
  (_name, vector) => {
    const bytes = Buffer.from(vector.hex, "hex");
    const payload = payloadOf(bytes);
    const frame = payload && decodePayload(payload);
    if (!frame) throw new Error("not read");
    if (vector.fields?.payload_unescaped) expect(hex(payload)).toBe(vector.fields.payload_unescaped);
    if (vector.fields?.body) expect(hex(frame.body)).toBe(vector.fields.body);
    expect(hex(encodeFrame(frame, vector.hex.endsWith("5a5a") ? 2 : 1))).toBe(vector.hex);
    // The simulated card was written apart from this, and reads them all as well.
    const ear = new Ear();
    const heard = [...bytes].map((byte) => ear.feed(byte)).find((one) => one !== null);
    if (vector.direction === "host->sign")
      expect(hex(heard?.data ?? new Uint8Array(0))).toBe(hex(frame.body.subarray(5)));
  },
);

test("checks: the note's worked example, and of the usual nine digits", () => {
  const digits = Buffer.from("123456789");
  expect(crc16(digits)).toBe(0xbb3d);
  expect(crc16(Buffer.from("01a205010001", "hex"))).toBe(0xc468);
  // From zero and with nothing at the end; the usual one, 0xCBF43926, is from all ones and turned over.
  expect(fileCrc32(digits)).not.toBe(0xcbf43926);
  expect(fileCrc32(new Uint8Array(8))).toBe(0);
});

const mono: Picture = {
  shape: { width: 16, height: 4, colour: "mono" },
  pixels: Buffer.from("5aa559a48001c33c", "hex"),
};
const dual: Picture = {
  shape: { ...mono.shape, colour: "dual" },
  pixels: Buffer.from("5aa559a48001c33c0000000000000000", "hex"),
};
const rgb: Picture = {
  shape: { ...mono.shape, colour: "rgb" },
  pixels: Uint8Array.from({ length: 192 }, (_, at) => {
    const dot = Math.floor(at / 3);
    return at % 3 === 0 && (mono.pixels[dot >> 3] ?? 0) & (0x80 >> (dot & 7)) ? 255 : 0;
  }),
};
const place = { x: 0, y: 0, width: 16, height: 4 };
const pages = (picture: Picture, generation: 5 | 6) => [
  {
    ...{ mode: 2, speed: 1, stay: 500, repeat: 1, validLen: 16 },
    pixels: dotBytes(picture, { generation, planes: "RG", rgb: "888" }),
  },
];
const area = (picture: Picture, generation: 5 | 6): CardArea => ({
  ...{ id: 0, runMode: 0, timeoutS: 60, beside: 1, place },
  pages: pages(picture, generation),
});
const tall: Picture = {
  shape: { width: 64, height: 100, colour: "mono" },
  pixels: Uint8Array.from({ length: 800 }, (_, at) => mono.pixels[(Math.floor(at / 8) % 4) * 2 + (at % 2)] ?? 0),
};
const life = { number: 1, from: { year: 2026, month: 1, day: 1 }, until: { year: 2030, month: 12, day: 31 }, place };
const files = (picture: Picture, generation: 5 | 6) =>
  programmeFiles({ ...life, place, pages: pages(picture, generation) }, generation);
const block = (picture: Picture, generation: 5 | 6, file: number) => {
  const one = files(picture, generation)[file];
  if (!one) throw new Error("no such file");
  return { announced: command.announceFile(one), written: command.fileBlock(one, 0, 14_336) };
};

describe("made from their inputs", () => {
  const clock = Date.UTC(2026, 10, 23, 0, 34, 56);
  const bodies: readonly (readonly [string, Uint8Array])[] = [
    ["bx5e1-mono16x4-ping-broadcast2", command.ping()],
    ["bx5e1-mono16x4-read-status", command.readStatus()],
    ["bx5e1-mono16x4-screen-switch-off", command.switchScreen(false)],
    ["bx6q2-rgb16x4-screen-switch-on", command.switchScreen(true)],
    ["bx5e1-mono16x4-brightness-manual-level8", command.setBrightness(0, new Array<number>(48).fill(7))],
    ["bx5e1-mono16x4-clock-sync", command.setClock(clock, 480)],
    ["bx5e1-mono16x4-check-firmware", command.readFirmware()],
    ["bx5e1-mono16x4-net-search-check-health", command.findCards()],
    ["bx5e1-mono16x4-delete-files-all", command.deleteFiles([])],
    ["bx6q2-rgb16x4-delete-files-named", command.deleteFiles(["P001", "P002", "D001", "D002"])],
    ["bx5e1-mono16x4-start-file-transfer", command.startFiles()],
    ["bx5e1-mono16x4-end-file-transfer", command.endFiles()],
    ["bx5e1-mono16x4-start-read-dir", command.startDirectory(5)],
    ["bx5e1-mono16x4-read-dir-block", command.directoryBlock(0)],
    ["bx5e1-mono16x4-system-reset", command.reset()],
    ["bx5e1-mono16x4-dynamic-area-delete-id0", command.deleteAreas([0])],
    ["bx5e1-mono16x4-dynamic-area-delete-all", command.deleteAreas("all")],
    ["bx5e1-mono16x4-dynamic-area-update", updateAreas([area(mono, 5)], 5)],
    ["bx6-mono16x4-dynamic-area-update", updateAreas([area(mono, 6)], 6)],
    ["bx6q2-rgb16x4-dynamic-area-update", updateAreas([area(rgb, 6)], 6)],
    ["bx5e1-mono16x4-write-file-block-P001-off0-last", block(mono, 5, 0).written],
    ["bx5e1-dual16x4-start-write-file-P001", block(dual, 5, 0).announced],
    ["bx5e1-dual16x4-write-file-block-P001-off0-last", block(dual, 5, 0).written],
    ["bx6q2-rgb16x4-start-write-file-D001", block(rgb, 6, 0).announced],
    ["bx6q2-rgb16x4-write-file-block-D001-off0-last", block(rgb, 6, 0).written],
    ["bx6-mono16x4-write-file-block-D001-off0-last", block(mono, 6, 0).written],
    ["bx6-mono16x4-start-write-file-P001", block(mono, 6, 1).announced],
    ["bx6-mono16x4-write-file-block-P001-off0-last", block(mono, 6, 1).written],
    ["bx6-dual16x4-start-write-file-D001", block(dual, 6, 0).announced],
    ["bx6-dual16x4-start-write-file-P001", block(dual, 6, 1).announced],
  ];
  test.each(bodies)("%s", (name, body) => expect(hex(body)).toBe(hex(frameOf(name).body)));

  test("a programme of 64 by 100 for a BX-5A goes in two blocks of at most 700 bytes", () => {
    const names = ["bx5a-mono64x100-write-file-block-P001-off0", "bx5a-mono64x100-write-file-block-P001-off700-last"];
    const [first, second] = names.map(frameOf);
    const wide = pages(tall, 5).map((page) => ({ ...page, validLen: 64 }));
    const [whole] = programmeFiles({ ...life, place: { x: 0, y: 0, width: 64, height: 100 }, pages: wide }, 5);
    if (!whole) throw new Error("no file");
    expect(hex(command.fileBlock(whole, 0, 700))).toBe(hex(first?.body ?? new Uint8Array(0)));
    expect(hex(command.fileBlock(whole, 700, 700))).toBe(hex(second?.body ?? new Uint8Array(0)));
  });
});

test("answers are understood", () => {
  const ping = parseAnswer(frameOf("bx5-reply-ping").body);
  const status = parseAnswer(frameOf("bx5-reply-status").body);
  expect(ping && parsePing(ping)).toEqual({
    ...{ device: [0x54, 3], firmware: "VER 1.23", hasScreen: true, address: 1 },
    ...{ width: 16, height: 4, colour: 1, brightness: 15, on: true },
  });
  expect(status && parseStatus(status)).toEqual({
    ...{ on: true, brightnessMode: 0, brightness: 15, programmes: 1 },
    ...{ screenLocked: false, programmesLocked: false, timed: false, programme: "P000", runMode: 1, clockStatus: 0 },
    clock: { year: 2026, month: 11, day: 23, hour: 8, minute: 34, second: 0, weekday: 1 },
  });
  const network = parseAnswer(frameOf("bx5-reply-net-search").body);
  expect(network && parseNetwork(network)).toEqual({
    ...{ ip: "192.168.0.199", mask: "255.255.255.0", gateway: "192.168.0.1", port: 5005 },
    ...{ mac: "001122334455", id: "BX-NET000001" },
  });
  // Cut short, whatever is missing; and a clock that was never set.
  for (let length = 0; length < 33; length++)
    expect(status && parseStatus({ ...status, data: status.data.subarray(0, length) }) === null).toBe(length < 12);
  const odd = status && parseStatus({ ...status, data: status.data.map((byte, at) => (at === 14 ? 0xff : byte)) });
  expect(odd?.clock).toBe(null);
});

test("an answer is a refusal by its group, by its error, or by its status", () => {
  const answer = (group: number, command: number, status: number, error: number) =>
    parseAnswer(Uint8Array.of(0, group, command, status, 0, error, 0, 0, 0)) as NonNullable<
      ReturnType<typeof parseAnswer>
    >;
  const kinds = [answer(0xa0, 0, 0, 0), answer(0xa0, 0, 2, 0), answer(0xa0, 1, 1, 3), answer(0xa0, 0, 0, 5)];
  expect([...kinds, answer(0xa0, 0, 1, 0)].map(isAck)).toEqual([true, true, false, false, false]);
  expect([...kinds, answer(0xa2, 0x8f, 1, 0)].map(isRefusal)).toEqual([false, false, true, true, true]);
});

test("what a command cannot say is not said wrongly", () => {
  expect(() => command.deleteAreas(new Array<number>(255).fill(1))).toThrow(RangeError);
  expect(command.deleteAreas(new Array<number>(254).fill(1))[5]).toBe(254);
  expect(() => command.setBrightness(0, new Array<number>(48).fill(7.5))).toThrow(RangeError);
  const standard = (length: number) =>
    encodePayload({
      ...{ kind: "standard", generation: 5, to: 1, from: 0x8000, device: [0x54, 3], line: 1, seq: 0, filler: 0 },
      body: new Uint8Array(length),
    });
  expect(decodePayload(standard(0xffff))?.body.length).toBe(0xffff);
  expect(() => standard(0x1_0000)).toThrow(RangeError);
  // The room that is reckoned with is, to the byte, what is sent.
  for (const generation of [5, 6] as const)
    for (const count of [1, 2, 7]) {
      const [page] = pages(mono, generation);
      const many = new Array<typeof page>(count).fill(page) as ReturnType<typeof pages>;
      const body = updateAreas([{ ...area(mono, generation), pages: many }], generation);
      expect(areaBytes(many, generation)).toBe(body.length - 5);
    }
});

test("an area goes with all programmes, or with those that are named", () => {
  const head = (programmes?: readonly number[]) =>
    hex(updateAreas([{ ...area(mono, 5), ...(programmes && { programmes }) }], 5).subarray(13, 30));
  expect(head().startsWith("01000001")).toBe(true);
  expect(head([1, 258]).startsWith("0002000100020101")).toBe(true);
});

test("any body comes back through marks and escapes, with one tail and with two, in any pieces", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(5 as const, 6 as const, "dynamic" as const),
      fc.constantFrom(1 as const, 2 as const),
      fc.nat(0xffff),
      (body, form, tails, number) => {
        const header = { to: number, from: 0x8000, device: [number & 0xff, 0x5a] as const };
        const frame: Frame =
          form === "dynamic"
            ? { kind: "dynamic", ...header, body }
            : { kind: "standard", ...header, generation: form, line: 1, seq: number, filler: 0xa5, body };
        const payload = payloadOf(encodeFrame(frame, tails));
        expect(payload).toEqual(encodePayload(frame));
        expect(payload && decodePayload(payload)).toEqual(frame);
      },
    ),
  );
});

test(
  "whatever comes over the line: nothing is thrown or kept for long, and the frame after it is read",
  () => {
    const good = Buffer.from(vectors.find(({ name }) => name === "bx5-reply-ack")?.hex ?? "", "hex");
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(fc.constantFrom(0xa5, 0x5a, 0xa6, 0x5b, 1, 2), { maxLength: 60 }).map((bytes) => Uint8Array.from(bytes)),
      fc
        .tuple(fc.nat(good.length - 1), fc.nat(255))
        .map(([at, byte]) => good.map((old, index) => (index === at ? byte : old))),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 3 }), (noise) => {
        const cutter = new FrameCutter(64);
        for (const byte of noise.flatMap((bytes) => [...bytes])) {
          const payload = cutter.feed(byte);
          if (payload) {
            expect(payload.length).toBeLessThanOrEqual(64);
            const frame = decodePayload(payload);
            if (frame) parseAnswer(frame.body);
          }
        }
        const last = [...good].map((byte) => cutter.feed(byte)).find((one) => one !== null);
        expect(last && decodePayload(last)).not.toBe(null);
      }),
      { numRuns: isLong ? 1_000_000 : 1000 },
    );
  },
  longMs,
);

test("the reader drops what is too long and goes on", () => {
  const reader = createReader();
  expect(reader.read(Uint8Array.from([0xa5, ...new Array<number>(100_000).fill(7), 0x5a]))).toEqual([]);
  expect(reader.read(Buffer.from(vectors[0]?.hex ?? "", "hex")).map(hex)).toEqual([
    vectors[0]?.fields?.payload_unescaped,
  ]);
});
