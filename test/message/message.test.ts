import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blankMessage,
  civil,
  crc32,
  decodeMessage,
  decodeProgramme,
  encodeProgramme,
  frameAt,
  lookup,
  makeMessage,
  messageFrame,
  sha256Hex,
  type Page,
} from "../../src/message/index.ts";
import { messages, playing, shapes } from "./arbitrary.ts";

const hold = (pixels: number[], holdMs = 1000): Page => ({
  bitmap: { width: 8, height: 2, format: "mono1", pixels: Uint8Array.from(pixels), palette: new Uint8Array(0) },
  motion: "hold",
  msPerPx: 0,
  holdMs,
  step: 0,
  window: null,
  fields: [],
});
const shape = { width: 8, height: 2, colour: "mono" } as const;

describe("identity", () => {
  test("digests agree with published check values", () => {
    const digits = new TextEncoder().encode("123456789");
    expect(crc32(digits)).toBe(0xcbf43926);
    expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).toBe(0xcbf43926);
    expect(sha256Hex(new TextEncoder().encode("abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  test("a message's bytes are stated, byte for byte", () => {
    const hex = Buffer.from(makeMessage(shape, [hold([0x81, 0x7e])]).bytes).toString("hex");
    expect(hex).toBe(
      `42434d31${"0800"}${"0200"}${"01"}${"00"}${"0100"}` + // magic, 8x2, mono, 0, one page
        `${"0000"}${"00"}${"01"}${"0800"}${"0200"}${"0000"}${"e8030000"}${"00"}${"00"}${"0000"}817e`,
    );
  });

  test("an entry and an exit are eight bytes more, and no byte less where there are none", () => {
    const plain = makeMessage(shape, [hold([0x81, 0x7e])]);
    const entry = { name: "push", direction: "up", msPerPx: 0x0123 } as const;
    const exit = { name: "reveal", direction: "vertical", msPerPx: 7 } as const;
    const hexOf = (page: Page) => Buffer.from(makeMessage(shape, [page]).bytes).toString("hex");
    const bare = Buffer.from(plain.bytes).toString("hex");
    const cut = 2 * 30;
    const flagged = `${bare.slice(0, 2 * 26)}02${bare.slice(2 * 27, cut)}`;
    expect(hexOf({ ...hold([0x81, 0x7e]), entry: null, exit: null })).toBe(bare);
    expect(hexOf({ ...hold([0x81, 0x7e]), entry, exit })).toBe(`${flagged}0202230103050700${bare.slice(cut)}`);
    expect(hexOf({ ...hold([0x81, 0x7e]), exit })).toBe(`${flagged}0000000003050700${bare.slice(cut)}`);
  });

  test("decoding gives back what was encoded, and any other byte another name", () => {
    fc.assert(
      fc.property(shapes.chain(messages), fc.nat(), fc.integer({ min: 1, max: 255 }), (message, where, flip) => {
        const again = decodeMessage(message.bytes);
        expect(again.ok && again.message.hash).toBe(message.hash);
        expect(again.ok && again.message.durationMs).toBe(message.durationMs);
        const altered = Uint8Array.from(message.bytes);
        const at = where % altered.length;
        altered[at] = (altered[at] ?? 0) ^ flip;
        const decoded = decodeMessage(altered);
        expect(decoded.ok && decoded.message.hash).not.toBe(message.hash);
      }),
      { numRuns: 150 },
    );
  });

  test("no bytes whatever make a decoder throw, and what it accepts is canonical", () => {
    const soup = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      shapes.chain(messages).chain((message) =>
        fc.tuple(fc.nat(message.bytes.length), fc.uint8Array({ maxLength: 8 })).map(([at, bytes]) => {
          const torn = Uint8Array.from(message.bytes);
          torn.set(bytes.subarray(0, Math.max(0, torn.length - at)), Math.min(at, torn.length));
          return torn.subarray(0, torn.length - (at % 3));
        }),
      ),
    );
    fc.assert(
      fc.property(soup, (bytes) => {
        const message = decodeMessage(bytes);
        if (message.ok) expect(makeMessage(message.message.shape, message.message.pages).bytes).toEqual(bytes);
        const programme = decodeProgramme(bytes);
        if (programme.ok) expect(encodeProgramme(programme.programme)).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  test("nor do bytes changed in their heads, where motions, times and entries are", () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 4, max: 45 }), fc.nat(255)), { minLength: 1, maxLength: 4 });
    let taken = 0;
    fc.assert(
      fc.property(shapes.chain(messages), changes, (message, where) => {
        const altered = Uint8Array.from(message.bytes);
        for (const [at, byte] of where) if (at < altered.length) altered[at] = byte;
        const decoded = decodeMessage(altered);
        if (!decoded.ok) return;
        taken++;
        expect(makeMessage(decoded.message.shape, decoded.message.pages).bytes).toEqual(altered);
        for (const share of [0, 0.3, 0.7, 1]) {
          const elapsed = Math.floor(decoded.message.durationMs * share);
          expect(messageFrame(decoded.message, elapsed, 1_510_000_000_000, 480).pixels.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 600 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  test("a page that is not one is refused with its place", () => {
    const cases: [Partial<Page>, RegExp][] = [
      [{ holdMs: 0 }, /page 0: a held page must last/],
      [{ msPerPx: 5 }, /page 0: a held page has no speed/],
      [{ motion: "scroll-left" }, /page 0: a scrolling page needs a speed/],
      [{ step: 1 }, /page 0: steps count from 0/],
      [{ window: { from: 5, until: 5 } }, /page 0: empty window/],
      [
        { entry: { name: "wipe", direction: "vertical", msPerPx: 5 } },
        /page 0: no wipe goes vertical: left, right, up/,
      ],
      [{ exit: { name: "reveal", direction: "up", msPerPx: 5 } }, /page 0: no reveal goes up: horizontal, vertical/],
      [{ exit: { name: "push", direction: "up", msPerPx: 0 } }, /page 0: an entry or exit needs a speed/],
      [{ motion: "blink", holdMs: 1000, msPerPx: 100 }, /page 0: a page may blink at 3 Hz at most/],
      [
        { motion: "scroll-down", msPerPx: 5, entry: { name: "push", direction: "up", msPerPx: 5 } },
        /page 0: only held pages have an entry or an exit/,
      ],
      [{ bitmap: { ...hold([0, 0]).bitmap, width: 7 } }, /page 0: a held page must have the panel's size/],
      [{ bitmap: { ...hold([0, 0]).bitmap, pixels: new Uint8Array(3) } }, /page 0: wrong number of pixel bytes/],
    ];
    for (const [change, words] of cases)
      expect(() => makeMessage(shape, [{ ...hold([0, 0]), ...change }])).toThrow(words);
    expect(() =>
      makeMessage({ width: 5, height: 1, colour: "mono" }, [
        {
          ...hold([0x07]),
          bitmap: { width: 5, height: 1, format: "mono1", pixels: Uint8Array.of(7), palette: new Uint8Array(0) },
        },
      ]),
    ).toThrow(/padding bits/);
  });
});

describe("frameAt", () => {
  test("black before, after, between spans, and where the message is not here yet", () => {
    const on = makeMessage(shape, [hold([0xff, 0xff])]);
    const span = { startMs: 100, endMs: 200, leadMs: 0, turns: [{ message: 0, endMs: 1000 }], utcOffsetMin: 0 };
    const programme = {
      shape,
      base: 5000,
      endMs: 1000,
      messages: [on.hash],
      spans: [span, { ...span, startMs: 300, endMs: 400 }],
    };
    const lit = (at: number) => frameAt(programme, () => on, at).pixels[0] === 0xff;
    expect([5099, 5100, 5199, 5200, 5299, 5300, 5399, 5400].map(lit)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(frameAt(programme, () => undefined, 5100).pixels[0]).toBe(0);
    expect(lookup(programme, 4000).until).toBe(5100);
    expect(lookup(programme, 5400)).toMatchObject({ message: null, until: 6000 });
  });

  test("a turn's end is where the lookup says that it is", () => {
    fc.assert(
      fc.property(playing, fc.nat(100_000), ({ programme }, ms) => {
        const at = programme.base + ms - 1000;
        const here = lookup(programme, at);
        if (here.until === Infinity) return;
        const last = lookup(programme, here.until - 1);
        expect([last.message, last.span, last.turn]).toEqual([here.message, here.span, here.turn]);
        expect(lookup(programme, here.until)).not.toMatchObject({ span: here.span, elapsedMs: last.elapsedMs + 1 });
      }),
      { numRuns: 300 },
    );
  });

  test("blank is a message with a name and no light, on every kind of panel", () => {
    for (const colour of ["mono", "dual", "rgb"] as const) {
      const blank = blankMessage({ width: 33, height: 17, colour });
      const programme = {
        shape: blank.shape,
        base: 0,
        endMs: 10,
        messages: [blank.hash],
        spans: [{ startMs: 0, endMs: 10, leadMs: 0, turns: [{ message: 0, endMs: 1000 }], utcOffsetMin: 0 }],
      };
      expect(frameAt(programme, () => blank, 5).pixels.every((byte) => byte === 0)).toBe(true);
      expect(blank.hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test("civil time agrees with Date on any day of four centuries", () => {
    fc.assert(
      fc.property(fc.integer({ min: -6e12, max: 7e12 }), (at) => {
        const date = new Date(at);
        expect(civil(at, 0)).toEqual({
          Y: date.getUTCFullYear(),
          m: date.getUTCMonth() + 1,
          d: date.getUTCDate(),
          weekday: date.getUTCDay(),
          H: date.getUTCHours(),
          M: date.getUTCMinutes(),
          S: date.getUTCSeconds(),
        });
      }),
    );
  });
});
