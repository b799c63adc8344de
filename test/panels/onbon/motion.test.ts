/** Dots, pages and strips on the simulated card: what is lit is what was signed, in whatever way the card takes it. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeMessage, type Message, messageFrame, type Page, type Shape } from "../../../src/message/index.ts";
import { dotBytes, dotBytesOf, type DotFormat } from "../../../src/panels/onbon/pixels.ts";
import { dotsOf, packed } from "../../../src/panels/onbon/simulator/dots.ts";
import { pass, picture, within } from "../card-town.ts";
import { base, fakes } from "../town.ts";
import { cardFault, cards, plays, rig5, rigOf, shape, townOf } from "./rig.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

test("a picture of any shape is on the card what it was, in either generation, either order of colours, and any depth", () => {
  const shapes = fc.record({
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 9 }),
    colour: fc.constantFrom("mono", "dual", "rgb"),
  });
  const formats = fc.record({
    generation: fc.constantFrom(5, 6),
    planes: fc.constantFrom("RG", "GR"),
    rgb: fc.constantFrom("888", "565-be", "565-le"),
  });
  fc.assert(
    fc.property(shapes, formats, fc.nat(1000), fc.nat(70), (of, format, seed, x) => {
      const frame = {
        shape: of as Shape,
        pixels: picture(of as Shape, seed).pages[0]?.bitmap.pixels ?? new Uint8Array(0),
      };
      const bytes = dotBytes(frame, format as DotFormat, x);
      expect(bytes.length).toBe(dotBytesOf(of as Shape, format as DotFormat, x));
      const screen = { ...(of as Shape), ...(format as DotFormat) };
      const dots = dotsOf(bytes, of.width, of.height, x, screen);
      const back = dots && packed(dots, screen);
      // Of 565 the lowest bits are cut off.
      const kept =
        of.colour === "rgb" && format.rgb !== "888"
          ? frame.pixels.map((byte, at) => byte & (at % 3 === 1 ? 0xfc : 0xf8))
          : frame.pixels;
      expect(back).toEqual(kept);
      // One byte too few is no picture.
      expect(dotsOf(bytes.subarray(1), of.width, of.height, x, screen)).toBe(null);
    }),
  );
});

test("the two orders of colours are not the same", () => {
  const red = { shape: { width: 8, height: 1, colour: "dual" as const }, pixels: Uint8Array.of(0xff, 0) };
  const of = (generation: 5 | 6, planes: "RG" | "GR") => [...dotBytes(red, { generation, planes, rgb: "888" })];
  expect(of(5, "RG")).toEqual([0, 0xff]);
  expect(of(5, "GR")).toEqual([0xff, 0]);
  expect(of(6, "RG")).toEqual([0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
  expect(of(6, "GR")).toEqual([0xff, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff]);
});

const page = (bitmap: Page["bitmap"], change: Partial<Page>): Page => ({
  ...{ bitmap, motion: "hold", msPerPx: 0, holdMs: 1000, step: 0, window: null, fields: [] },
  ...change,
});

test("a strip goes round without a seam, at the card's speed, in all four directions", async () => {
  for (const [motion, width, height] of [
    ["scroll-left", 75, 8],
    ["scroll-right", 75, 8],
    ["scroll-up", 32, 21],
    ["scroll-down", 32, 21],
  ] as const) {
    const { pixels } = picture({ width, height, colour: "mono" }, 5).pages[0]?.bitmap ?? { pixels: new Uint8Array(0) };
    const bitmap = { width, height, format: "mono1", pixels, palette: new Uint8Array(0) } as const;
    const message = makeMessage(shape, [page(bitmap, { motion, msPerPx: 48, holdMs: 0 })]);
    const vertical = height > 8;
    const { town } = townOf(rig5());
    town.loop.want(plays(town, message));
    await within(3000, () => town.lit().some((byte) => byte !== 0), town);
    const seen = new Set<string>();
    for (let ms = 0; ms < message.durationMs; ms += 25) {
      await pass(25, town);
      seen.add(Buffer.from(town.lit()).toString("hex"));
    }
    // The card's own first step of speed is 16 ms, and 48 is its third. Where its last page goes on with the strip's
    // beginning, a card that moves up or down shows black instead: it knows no page that counts in part.
    const round = vertical ? padded(message, motion) : message;
    const own = new Set<string>();
    for (let ms = 0; ms < round.durationMs; ms += 48)
      own.add(Buffer.from(messageFrame(round, ms, base, 480).pixels).toString("hex"));
    expect([...seen].filter((frame) => !own.has(frame))).toEqual([]);
    expect(seen.size).toBeGreaterThan(own.size * 0.7);
    await town.stop();
  }
}, 20_000);

/** 21 rows as a card of 8 takes them: 24, of which 3 are black, after what has come last. */
function padded({ pages: [first] }: Message, motion: Page["motion"]): Message {
  if (!first) throw new Error("no page");
  const { pixels, width } = first.bitmap;
  const rows = [pixels.subarray(0, 32), new Uint8Array(12), pixels.subarray(32)];
  const parts = motion === "scroll-up" ? [pixels, new Uint8Array(12)] : rows;
  const bitmap = { ...first.bitmap, width, height: 24, pixels: Buffer.concat(parts) };
  return makeMessage(shape, [{ ...first, bitmap }]);
}

test("who comes in the middle of a message begins with the page that is on", async () => {
  const pictures = [1, 2, 3].map((seed) => picture(shape, seed).pages[0]?.bitmap as Page["bitmap"]);
  const message = makeMessage(
    shape,
    pictures.map((bitmap, step) => page(bitmap, { step, holdMs: 10_000 })),
  );
  const { town } = townOf(rig5());
  await pass(12_000, town);
  town.loop.want(plays(town, message));
  await pass(1000, town);
  expect(Buffer.from(town.lit())).toEqual(Buffer.from(pictures[1]?.pixels ?? []));
  await town.stop();
});

test("pages that do not fit into one command come one after the other, each in its time", async () => {
  const large: Shape = { width: 128, height: 128, colour: "rgb" };
  const pictures = [1, 2, 3].map((seed) => picture(large, seed).pages[0]?.bitmap);
  const message = makeMessage(
    large,
    pictures.map((bitmap, step) => page(bitmap as Page["bitmap"], { step, holdMs: 3000 })),
  );
  const { town, card } = townOf(rigOf("6Q", cards.q6, [large], { family: "6Q" }), large);
  town.loop.want(plays(town, message));
  await within(1500, () => Buffer.compare(town.lit(), pictures[0]?.pixels ?? (large.colour as never)) === 0, town);
  for (const [index, bitmap] of pictures.entries()) {
    await pass(3000 * index + 1500 - (town.now() - base), town);
    expect(Buffer.compare(town.lit(), bitmap?.pixels ?? new Uint8Array(0)), `page ${index}`).toBe(0);
  }
  expect(card.asked.filter((name) => name === "a700").length).toBe(3);
  await town.stop();
});

test("one picture that is larger than a command is told of, and the screen stays black", async () => {
  const huge: Shape = { width: 256, height: 128, colour: "rgb" };
  const { town } = townOf(rigOf("6Q", cards.q6, [huge], { family: "6Q" }), huge);
  town.loop.want(plays(town, picture(huge, 1)));
  await within(3000, () => cardFault(town) !== null, town);
  expect(cardFault(town)?.what.en).toMatch(/needs 98\d+ bytes, and a command carries 64512/);
  expect(town.lit().every((byte) => byte === 0)).toBe(true);
  await town.stop();
});
