/** Test pictures: what each is for is what it must show, on panels of every kind and of odd sizes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeMessage,
  type Message,
  messageFrame,
  patternMessage,
  patternOf,
  patternOwner,
  patternsOf,
  type Shape,
  sha256Hex,
} from "../../src/message/index.ts";

const sizes = [1, 2, 7, 8, 16, 31, 32, 33, 64, 100, 128, 192];
const shapes = fc.record({
  width: fc.constantFrom(...sizes),
  height: fc.constantFrom(...sizes),
  colour: fc.constantFrom("mono", "dual", "rgb"),
}) as fc.Arbitrary<Shape>;

let last: { readonly message?: Message; readonly elapsedMs?: number; readonly pixels: Uint8Array } = {
  pixels: new Uint8Array(0),
};

/** Whether a dot is lit, and in which of red 1, green 2, blue 4. */
function inkAt(message: Message, x: number, y: number, elapsedMs = 0): number {
  const { width, height, colour } = message.shape;
  // Asked dot by dot: drawn once.
  if (last.message !== message || last.elapsedMs !== elapsedMs)
    last = { message, elapsedMs, pixels: messageFrame(message, elapsedMs, 0, 0).pixels };
  const { pixels } = last;
  if (colour === "rgb") {
    const at = (y * width + x) * 3;
    return [0, 1, 2].reduce((ink, channel) => ink | ((pixels[at + channel] ?? 0) > 0 ? 1 << channel : 0), 0);
  }
  const stride = Math.ceil(width / 8);
  const bit = (plane: number) => ((pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  return colour === "mono" ? bit(0) * 7 : bit(0) | (bit(1) << 1);
}

const every = (shape: Shape) =>
  Array.from(
    { length: shape.width * shape.height },
    (_, at) => [at % shape.width, Math.floor(at / shape.width)] as const,
  );
const drawn = (name: string, shape: Shape, label = "B1") => {
  const message = patternMessage(name, shape, label);
  if (message === null) throw new Error(`no ${name}`);
  return message;
};
const full = { mono: 7, dual: 3, rgb: 7 } as const;

test("each is a message that a panel takes, the same one whenever it is drawn, and has a name of its own", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const hashes = patternsOf(shape.colour).map((name) => {
        const message = drawn(name, shape);
        const decoded = decodeMessage(message.bytes, sha256Hex);
        expect(decoded.ok && decoded.message.hash).toBe(message.hash);
        expect(patternMessage(name, shape, "B1")?.hash).toBe(message.hash);
        return message.hash;
      });
      if (shape.width > 40 && shape.height > 20 && shape.colour === "rgb")
        expect(new Set(hashes).size).toBe(hashes.length);
    }),
    { numRuns: 60 },
  );
});

test("a colour lights every dot in that colour and in no other", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const inks = { all: full[shape.colour], red: 1, green: 2, blue: 4 } as const;
      for (const name of ["all", "red", "green", "blue"] as const) {
        if (!patternsOf(shape.colour).includes(name)) continue;
        const message = drawn(name, shape);
        const ink = shape.colour === "mono" ? 7 : inks[name];
        for (const [x, y] of every(shape)) expect(inkAt(message, x, y)).toBe(ink);
      }
    }),
    { numRuns: 20 },
  );
});

test("a walk lights one whole row (column) at a time, and every one of them in its turn", () => {
  fc.assert(
    fc.property(shapes, fc.constantFrom("row", "column"), (shape, name) => {
      const message = drawn(name, shape);
      const [page] = message.pages;
      const side = name === "row" ? shape.height : shape.width;
      expect(message.durationMs).toBe(side * (page?.msPerPx ?? 0));
      const order = [];
      for (let step = 0; step < side; step += 1) {
        const elapsed = step * (page?.msPerPx ?? 0);
        const lit = every(shape).filter(([x, y]) => inkAt(message, x, y, elapsed) !== 0);
        const places = new Set(lit.map(([x, y]) => (name === "row" ? y : x)));
        expect(places.size).toBe(1);
        expect(lit.length).toBe(name === "row" ? shape.width : shape.height);
        order.push(...places);
      }
      // Down, and to the right.
      expect(order).toEqual(Array.from({ length: side }, (_, at) => at));
    }),
    { numRuns: 12 },
  );
});

test("a border has all four sides, and diagonals without holes from corner to corner", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const message = drawn("border", shape);
      const { width, height } = shape;
      for (let x = 0; x < width; x += 1)
        for (const y of [0, height - 1]) expect(inkAt(message, x, y)).toBe(full[shape.colour]);
      for (let y = 0; y < height; y += 1)
        for (const x of [0, width - 1]) expect(inkAt(message, x, y)).toBe(full[shape.colour]);
      // Every column of a flat panel, every row of a high one, is crossed.
      if (width >= height)
        for (let x = 0; x < width; x += 1)
          expect(every(shape).some(([at, y]) => at === x && inkAt(message, x, y))).toBe(true);
      else
        for (let y = 0; y < height; y += 1)
          expect(every(shape).some(([x, at]) => at === y && inkAt(message, x, y))).toBe(true);
    }),
    { numRuns: 15 },
  );
});

describe("what a panel has not is not offered", () => {
  test.each([
    ["mono", ["green", "blue"]],
    ["dual", ["blue"]],
    ["rgb", []],
  ] as const)("%s", (colour, missing) => {
    const shape = { width: 64, height: 32, colour };
    for (const name of missing) expect(patternMessage(name, shape, "B1")).toBeNull();
    expect(patternMessage("constructor", shape, "B1")).toBeNull();
    expect(patternMessage("", shape, "B1")).toBeNull();
  });
  test("another board's number is another picture; another's plain red is not", () => {
    const shape: Shape = { width: 128, height: 32, colour: "dual" };
    expect(drawn("label", shape, "B1").hash).not.toBe(drawn("label", shape, "B2").hash);
    expect(drawn("red", shape, "B1").hash).toBe(drawn("red", shape, "B2").hash);
  });
  test("no notice is taken for one", () => {
    expect(patternOf(patternOwner("red"))).toBe("red");
    for (const notice of ["N13", "default:B1", "blank:", "red", ""]) expect(patternOf(notice)).toBeNull();
  });
});
