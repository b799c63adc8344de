/** The panel's side of the wire, in the simulator: the same vectors as the daemon's side, and the same abuse. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeFrame } from "../../src/panels/reference/codec.ts";
import { crc32Of, FrameReader, replyLine } from "../../src/panels/reference/simulator/wire.ts";
import { fromHex, toHex, vectors } from "../vectors.ts";

function feed(bytes: Uint8Array) {
  const reader = new FrameReader();
  const frames = [...bytes].flatMap((byte) => reader.feed(byte) ?? []);
  return { frames, damaged: reader.damaged };
}

describe("frames", () => {
  test.each(
    vectors<{ name: string; seq: number; address: number; verb: number; payload: string; hex: string }>(
      "commands",
      "commands",
    ),
  )("$name", ({ seq, address, verb, payload, hex }) => {
    const { frames, damaged } = feed(fromHex(hex));
    expect(damaged).toBe(0);
    expect(frames.map((frame) => ({ ...frame, payload: toHex(frame.payload) }))).toEqual([
      { version: 1, address, seq, verb, payload },
    ]);
  });

  test.each(vectors<{ name: string; hex: string; frames: number[]; damaged: number }>("damaged", "streams"))(
    "$name",
    (vector) => {
      const { frames, damaged } = feed(fromHex(vector.hex));
      expect(frames.map(({ seq }) => seq)).toEqual(vector.frames);
      expect(damaged).toBe(vector.damaged);
    },
  );

  test("check value", () => expect(crc32Of(Buffer.from("123456789"))).toBe(0xcbf43926));

  test("any damage inside one frame costs that frame, and at most that", () => {
    const damage = fc.record({ place: fc.nat(), remove: fc.nat(5), insert: fc.uint8Array({ maxLength: 30 }) });
    fc.assert(
      fc.property(damage, fc.integer({ min: 0, max: 2 }), ({ place, remove, insert }, which) => {
        const sent = [0x101, 0x202, 0x303].map((seq) =>
          encodeFrame({ verb: "have", hashes: ["ab".repeat(32), "00".repeat(32)] }, seq, 3),
        );
        const hit = sent[which] as Uint8Array;
        const at = 1 + (place % (hit.length - 2));
        const end = Math.min(hit.length - 1, at + remove);
        sent[which] = Uint8Array.from([...hit.subarray(0, at), ...insert, ...hit.subarray(end)]);
        const heard = feed(Buffer.concat(sent)).frames.map(({ seq }) => seq);
        expect([0x101, 0x202, 0x303].filter((seq, index) => index !== which && !heard.includes(seq))).toEqual([]);
        // Whatever is heard was said: the CRC lets no altered frame through.
        expect(heard.every((seq) => [0x101, 0x202, 0x303].includes(seq))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("no bytes whatever make it throw, and none make it deaf", () => {
    const good = encodeFrame({ verb: "status" }, 0x77, 1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (noise) => {
        expect(feed(Uint8Array.from([...noise, ...good])).frames.at(-1)?.seq).toBe(0x77);
      }),
      { numRuns: 200 },
    );
  });
});

describe("replies", () => {
  test.each(
    vectors<{ name: string; seq: number; ok: boolean; fields: Record<string, string>; hex: string }>(
      "replies",
      "replies",
    ),
  )("$name", ({ seq, ok, fields, hex }) => {
    expect(toHex(Buffer.from(replyLine(seq, ok, fields), "latin1"))).toBe(hex);
  });
});
