/** Every motion, entry and exit against the slow player that was written from SPEC.md alone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptyFrame,
  encodeProgramme,
  type Frame,
  frameAt,
  makeMessage,
  type Message,
  messageFrame,
  motions,
  type Page,
  pageMs,
  phaseAt,
  type Shape,
  transitions,
} from "../../src/message/index.ts";
import { epoch, pagesThat } from "./arbitrary.ts";
import { readMessage, readProgramme } from "./reference-bytes.ts";
import { referenceAt } from "./reference-player.ts";

const names = Object.keys(motions) as Page["motion"][];
const ways = Object.values(transitions).flatMap(({ name, directions }) =>
  directions.map((direction) => ({ name, direction })),
);
/** Whole words wide, whole bytes, neither; one row, one column. */
const small: readonly Shape[] = [
  { width: 32, height: 3, colour: "mono" },
  { width: 13, height: 6, colour: "dual" },
  { width: 64, height: 2, colour: "dual" },
  { width: 9, height: 5, colour: "rgb" },
  { width: 1, height: 7, colour: "mono" },
  { width: 8, height: 1, colour: "rgb" },
];
const large: readonly Shape[] = [
  { width: 384, height: 32, colour: "mono" },
  { width: 80, height: 7, colour: "mono" },
  { width: 160, height: 80, colour: "dual" },
  { width: 384, height: 192, colour: "rgb" },
];

function pageOf(motion: Page["motion"], shape: Shape, seed: number, change: Partial<Page> = {}): Page {
  const page = fc.sample(pagesThat(motion, shape), { seed, numRuns: 1 })[0];
  if (!page) throw new Error("no sample");
  return { entry: null, exit: null, ...page, step: 0, window: null, ...change };
}

/** Plays it alone, twice over, and compares the given ms. */
function agree(message: Message, instants: Iterable<number>): void {
  const { shape, durationMs } = message;
  const turns = [{ message: 0, endMs: durationMs }];
  const spans = [{ startMs: 0, endMs: 2 * durationMs, leadMs: 0, turns, utcOffsetMin: 480 }];
  const programme = { shape, base: epoch, endMs: 2 * durationMs, messages: [message.hash], spans };
  const reference = readProgramme(encodeProgramme(programme));
  const slowly = [readMessage(message.bytes)];
  const frame = emptyFrame(shape);
  for (const ms of instants) {
    // What was there before must not matter.
    frame.pixels.fill(0x5a);
    const fast = frameAt(programme, () => message, epoch + ms, frame);
    const slow = referenceAt(reference, slowly, epoch + ms);
    if (!Buffer.from(fast.pixels).equals(slow.frame)) throw new Error(`differs ${ms} ms in: ${describePage(message)}`);
  }
}

function describePage({ shape, pages: [page] }: Message): string {
  const { motion, msPerPx, holdMs, entry, exit } = page as Page;
  return JSON.stringify({ shape, motion, msPerPx, holdMs, entry, exit });
}

describe("at every millisecond, on small panels", () => {
  test.each(names)("%s", (motion) => {
    for (const [seed, shape] of small.entries()) {
      const strip = motion.startsWith("scroll") ? { msPerPx: 3, holdMs: 20 * (seed % 2) } : { holdMs: 200 };
      const blinks = { msPerPx: 170, holdMs: 340 };
      const plain = { entry: null, exit: null, fields: [] };
      const page = pageOf(motion, shape, seed, { ...plain, ...(motion === "blink" ? blinks : strip) });
      agree(...allOf(makeMessage(shape, [page])));
    }
  });

  test.each(ways)("$name $direction", (way) => {
    for (const [seed, shape] of small.entries()) {
      const [entry, exit] = [
        { ...way, msPerPx: 3 },
        { ...way, msPerPx: 2 },
      ];
      agree(...allOf(makeMessage(shape, [pageOf("hold", shape, seed, { holdMs: 340, entry, exit })])));
      // Alone, an entry comes after a page that was there to its end.
      const still = pageOf("hold", shape, seed + 100, { holdMs: 250, entry: null, exit: null, step: 1 });
      agree(...allOf(makeMessage(shape, [pageOf("hold", shape, seed, { holdMs: 250, entry, exit: null }), still])));
    }
  });
});

/** All of it, and how it begins anew. */
function allOf(message: Message): [Message, readonly number[]] {
  return [message, Array.from({ length: message.durationMs + 100 }, (_, ms) => ms)];
}

describe("at random instants, on large panels", () => {
  const alone = names.map((motion) => ({ what: motion as string, motion, way: null }));
  const held = ways.map((way) => ({ what: `${way.name} ${way.direction}`, motion: "hold" as const, way }));
  test.each([...alone, ...held])("$what", ({ motion, way }) => {
    for (const [index, shape] of large.entries()) {
      const made = fc.record({
        seed: fc.nat(),
        luck: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      });
      fc.assert(
        fc.property(made, ({ seed, luck }) => {
          const entry = way && { ...way, msPerPx: 1 + (seed % 9) };
          const exit = way && { ...way, msPerPx: 1 + (seed % 5) };
          const message = makeMessage(shape, [
            pageOf(motion, shape, seed, { holdMs: pageOf(motion, shape, seed).holdMs + (way ? 1000 : 0), entry, exit }),
          ]);
          agree(
            message,
            luck.map((share) => Math.floor(share * (2 * message.durationMs - 1))),
          );
        }),
        { numRuns: index === 3 ? 1 : 4 },
      );
    }
  });
});

describe("a page lasts", () => {
  test("its entry, its hold and its exit, and is whole for all of its hold", () => {
    const shape: Shape = { width: 20, height: 10, colour: "mono" };
    const plain = pageOf("hold", shape, 5, { holdMs: 2000, fields: [], entry: null, exit: null });
    const whole = messageFrame(makeMessage(shape, [plain]), 0, epoch, 0).pixels;
    for (const way of ways) {
      const travel = { left: 20, right: 20, up: 10, down: 10, horizontal: 10, vertical: 5 }[way.direction];
      const page = { ...plain, entry: { ...way, msPerPx: 7 }, exit: { ...way, msPerPx: 3 } };
      expect(pageMs(page)).toBe(travel * 7 + 2000 + travel * 3);
      const message = makeMessage(shape, [page]);
      const unlit = (ms: number) => messageFrame(message, ms, epoch, 0).pixels.every((byte) => byte === 0);
      const isWhole = (ms: number) => Buffer.from(messageFrame(message, ms, epoch, 0).pixels).equals(whole);
      const began = travel * 7;
      expect([
        unlit(0),
        unlit(6),
        isWhole(began - 1),
        isWhole(began),
        isWhole(began + 1999),
        isWhole(began + 2000),
      ]).toEqual([true, true, false, true, true, false]);
      expect([unlit(message.durationMs - 1), unlit(message.durationMs - 3)]).toEqual([true, true]);
    }
  });

  test("a scroll's rest and one dot of time for each dot of its strip; a blink as long as it says", () => {
    const shape: Shape = { width: 20, height: 10, colour: "mono" };
    for (const motion of names) {
      const page = pageOf(motion, shape, 9);
      const { width, height } = page.bitmap;
      const way = {
        hold: 0,
        blink: 0,
        "scroll-left": width,
        "scroll-right": width,
        "scroll-up": height,
        "scroll-down": height,
      };
      expect(pageMs({ ...page, entry: null, exit: null })).toBe(page.holdMs + way[motion] * page.msPerPx);
    }
  });
});

describe("what moves", () => {
  const steps = {
    "scroll-left": [1, 0],
    "scroll-right": [-1, 0],
    "scroll-up": [0, 1],
    "scroll-down": [0, -1],
  } as const;

  test.each(Object.entries(steps))("%s goes on by one dot, also from its end to its start", (motion, [dx, dy]) => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...small), (seed, shape) => {
        const page = pageOf(motion as Page["motion"], shape, seed, { msPerPx: 1, holdMs: 0 });
        const message = makeMessage(shape, [page]);
        const at = (ms: number) => lampsOf(messageFrame(message, ms % message.durationMs, epoch, 0));
        for (let ms = 0, now = at(0); ms < message.durationMs; ms++) {
          const after = at(ms + 1);
          for (let y = 0; y < shape.height; y++)
            for (let x = 0; x < shape.width; x++) {
              const from = now[y + dy]?.[x + dx];
              if (from !== undefined && from !== after[y]?.[x]) throw new Error(`(${x}, ${y}) at ${ms} ms`);
            }
          now = after;
        }
      }),
      { numRuns: 40 },
    );
  });

  test("text enters from the edge of a black panel and leaves it again: a strip with a panel of black", () => {
    const shape: Shape = { width: 16, height: 2, colour: "mono" };
    const pixels = Uint8Array.from([0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    const bitmap = { width: 32, height: 2, format: "mono1", pixels, palette: new Uint8Array(0) } as const;
    const lit = (motion: Page["motion"], ms: number) => {
      const page = pageOf("hold", shape, 1, {
        bitmap,
        motion,
        msPerPx: 10,
        holdMs: 0,
        fields: [],
        entry: null,
        exit: null,
      });
      return lampsOf(messageFrame(makeMessage(shape, [page]), ms, epoch, 0))[0]?.join("");
    };
    expect(lit("scroll-left", 0)).toBe("0".repeat(16));
    expect(lit("scroll-left", 10)).toBe(`${"0".repeat(15)}1`);
    expect(lit("scroll-left", 160)).toBe("1".repeat(16));
    expect(lit("scroll-left", 310)).toBe(`1${"0".repeat(15)}`);
    expect(lit("scroll-right", 0)).toBe("0".repeat(16));
    expect(lit("scroll-right", 10)).toBe(`1${"0".repeat(15)}`);
    expect(lit("scroll-right", 310)).toBe(`${"0".repeat(15)}1`);
  });

  test("equal phases are equal dots, whatever the time", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...names), fc.constantFrom(...small), (seed, motion, shape) => {
        const page = { ...pageOf(motion, shape, seed), fields: [] };
        const message = makeMessage(shape, [{ ...page, holdMs: page.holdMs + (page.entry || page.exit ? 1000 : 0) }]);
        const seen = new Map<number, Buffer>();
        for (let ms = 0; ms < message.durationMs; ms += 1 + (seed % 7)) {
          const phase = phaseAt(message.pages[0] as Page, ms);
          const pixels = Buffer.from(messageFrame(message, ms, epoch, 0).pixels);
          if (!(seen.get(phase) ?? pixels).equals(pixels)) throw new Error(`phase ${phase} at ${ms} ms`);
          seen.set(phase, pixels);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Rows of what each dot shows, as a number. */
function lampsOf({ shape, pixels }: Frame): readonly (readonly number[])[] {
  const { width, height, colour } = shape;
  const stride = Math.ceil(width / 8);
  const bit = (plane: number, x: number, y: number) =>
    ((pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  const byte = (x: number, y: number, channel: number) => pixels[(y * width + x) * 3 + channel] ?? 0;
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      if (colour === "rgb") return byte(x, y, 0) + byte(x, y, 1) * 256 + byte(x, y, 2) * 65536;
      return bit(0, x, y) + (colour === "dual" ? 2 * bit(1, x, y) : 0);
    }),
  );
}
