/** Every lamp is one dot and every dot one lamp, whatever the wire does; and a few wires by hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Wiring } from "../../src/config/types.ts";
import { dotsByLamp, lampBytes } from "../../src/panels/cards/wiring.ts";
import { plainWiring } from "./plain-wiring.ts";

const corners = ["top-left", "top-right", "bottom-left", "bottom-right"] as const;
const colourOrders = ["RGB", "RBG", "GRB", "GBR", "BRG", "BGR"] as const;

const grid = {
  start: fc.constantFrom(...corners),
  along: fc.constantFrom("rows" as const, "columns" as const),
  serpentine: fc.boolean(),
};
const side = fc.integer({ min: 1, max: 9 });
const turned = fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const);
const wirings: fc.Arbitrary<{ wiring: Wiring; across: number; down: number }> = fc
  .record({
    ...grid,
    order: fc.constantFrom(...colourOrders),
    skip: fc.nat(5),
    turned,
    module: fc.record({ width: side, height: side, ...grid }),
    modules: fc.boolean(),
    columns: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ module, modules, columns, rows, ...rest }) => ({
    wiring: modules ? { ...rest, modules: module } : rest,
    across: module.width * columns,
    down: module.height * rows,
  }));

const shapeOf = (wiring: Wiring, across: number, down: number, colour: "mono" | "dual" | "rgb" = "rgb") => ({
  width: wiring.turned % 180 === 0 ? across : down,
  height: wiring.turned % 180 === 0 ? down : across,
  colour,
});
const wired = (change: Partial<Wiring>, width: number, height: number) => [
  ...dotsByLamp({ ...plainWiring, ...change }, { width, height, colour: "rgb" }),
];

describe("a wire", () => {
  test("comes to every dot once", () => {
    fc.assert(
      fc.property(wirings, ({ wiring, across, down }) => {
        const dots = dotsByLamp(wiring, shapeOf(wiring, across, down));
        expect([...dots].sort((a, b) => a - b)).toEqual(Array.from({ length: across * down }, (_, dot) => dot));
      }),
    );
  });

  test("goes to a neighbour with each step where it is serpentine and there are no modules", () => {
    fc.assert(
      fc.property(wirings, ({ wiring: { modules: _, ...bare }, across, down }) => {
        const wiring = { ...bare, serpentine: true };
        const { width } = shapeOf(wiring, across, down);
        const dots = dotsByLamp(wiring, shapeOf(wiring, across, down));
        for (let lamp = 1; lamp < dots.length; lamp++) {
          const [a, b] = [dots[lamp - 1] ?? 0, dots[lamp] ?? 0];
          expect(Math.abs((a % width) - (b % width)) + Math.abs(Math.floor(a / width) - Math.floor(b / width))).toBe(1);
        }
      }),
    );
  });

  test("by hand", () => {
    expect(wired({}, 3, 2)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(wired({ serpentine: true }, 3, 2)).toEqual([0, 1, 2, 5, 4, 3]);
    expect(wired({ start: "bottom-right", along: "columns", serpentine: true }, 3, 2)).toEqual([5, 2, 1, 4, 3, 0]);
    // A panel of two columns and three rows, hung on its side: its first lamp is now at the top on the right.
    expect(wired({ turned: 90 }, 3, 2)).toEqual([2, 5, 1, 4, 0, 3]);
    expect(wired({ turned: 180 }, 3, 2)).toEqual([5, 4, 3, 2, 1, 0]);
    expect(wired({ turned: 270 }, 3, 2)).toEqual([3, 0, 4, 1, 5, 2]);
    const modules = { width: 2, height: 2, start: "top-right", along: "rows", serpentine: false } as const;
    expect(wired({ modules }, 4, 2)).toEqual([2, 3, 6, 7, 0, 1, 4, 5]);
  });

  test("modules that do not fill the panel are refused", () => {
    const modules = { width: 3, height: 2, start: "top-left", along: "rows", serpentine: false } as const;
    expect(() => wired({ modules }, 4, 2)).toThrow(RangeError);
  });
});

test("each lamp gets its dot's colour in its own order, after the black ones", () => {
  fc.assert(
    fc.property(
      wirings,
      fc.constantFrom("mono" as const, "dual" as const, "rgb" as const),
      fc.infiniteStream(fc.nat(255)),
      ({ wiring, across, down }, colour, noise) => {
        const shape = shapeOf(wiring, across, down, colour);
        const { width, height } = shape;
        const stride = Math.ceil(width / 8);
        const size = colour === "rgb" ? width * height * 3 : stride * height * (colour === "dual" ? 2 : 1);
        const pixels = Uint8Array.from({ length: size }, () => noise.next().value ?? 0);
        const lit = (x: number, y: number, plane: number) =>
          ((pixels[plane * stride * height + y * stride + Math.floor(x / 8)] ?? 0) >> (7 - (x % 8))) & 1;
        const dots = dotsByLamp(wiring, shape);
        const bytes = lampBytes({ shape, pixels }, dots, wiring, [255, 42, 18]);
        expect(bytes.length).toBe((wiring.skip + width * height) * 3);
        expect(bytes.subarray(0, wiring.skip * 3).every((byte) => byte === 0)).toBe(true);
        for (const [lamp, dot] of dots.entries()) {
          const [x, y] = [dot % width, Math.floor(dot / width)];
          const wanted = {
            mono: () => (lit(x, y, 0) ? [255, 42, 18] : [0, 0, 0]),
            dual: () => [lit(x, y, 0) * 255, lit(x, y, 1) * 255, 0],
            rgb: () => [...pixels.subarray(dot * 3, dot * 3 + 3)],
          }[colour]();
          const at = (wiring.skip + lamp) * 3;
          const got = Object.fromEntries([...wiring.order].map((letter, place) => [letter, bytes[at + place]]));
          expect([got.R, got.G, got.B]).toEqual(wanted);
        }
      },
    ),
  );
});
