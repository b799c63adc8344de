/** A page's masks made into the panel's own pixels, compared with setting one dot after another. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bitsPerDot,
  type ColourKind,
  emptyBitmap,
  makeMessage,
  messageFrame,
  rowStride,
  type Shape,
} from "../../src/message/index.ts";
import { Canvas } from "../../src/typeset/canvas.ts";
import type { Glyph } from "../../src/typeset/fonts/face.ts";
import { faceOf, nearestSize } from "../../src/typeset/fonts/index.ts";
import { colourOf, type Ink } from "../../src/typeset/ink.ts";
import { holdPage } from "../../src/typeset/page.ts";
import { type Cell, cellsOf, widthOf } from "../../src/typeset/text.ts";

const sizes = [12, 16, 24, 27, 40].map((sizePx) => nearestSize(sizePx));
const inks = ["title", "body", "sign", "header", "warning", "slogan", "clock"] as const satisfies readonly Ink[];

/** A piece of text somewhere on the page: below the ones before, so that none covers another. */
const piece = fc.record({
  text: fc
    .array(fc.constantFrom(..."公开栏示a1,\u3000 "), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join("")),
  x: fc.nat({ max: 40 }),
  gap: fc.nat({ max: 9 }),
  face: fc
    .tuple(fc.constantFrom(...sizes), fc.constantFrom("regular", "bold"))
    .map(([sizePx, weight]) => faceOf({ sizePx, weight })),
  ink: fc.constantFrom(...inks),
});

const colours = fc.constantFrom<ColourKind>("mono", "dual", "rgb");

it("every dot of every ink lies where its glyph has one, at its strength, and no other is lit", () => {
  const pieces = fc.array(piece, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(colours, pieces, fc.nat({ max: 20 }), fc.boolean(), (colour, pieces, spare, soft) => {
      const placed: { cells: readonly Cell[]; x: number; y: number; ink: Ink }[] = [];
      let y = 0;
      let width = 1;
      for (const { text, x, gap, face, ink } of pieces) {
        const { cells } = cellsOf(text, face);
        placed.push({ cells, x, y: y + gap, ink });
        y += gap + face.sizePx;
        width = Math.max(width, x + widthOf(cells));
      }
      const shape = { width: width + spare, height: y + spare, colour };
      const canvas = new Canvas(shape.width, shape.height, colour, soft);
      for (const one of placed) canvas.text(one.cells, one.x, one.y, one.ink);
      const pixels = lit(shape, canvas);

      const expected = new Uint8Array(pixels.length);
      for (const { cells, x, y, ink } of placed) {
        let left = x;
        for (const cell of cells) {
          for (const glyph of cell.glyphs)
            for (let row = 0; row < glyph.height; row++)
              for (let column = 0; column < glyph.width; column++) {
                const level = strength(glyph, column, row, soft && colour === "rgb");
                const values = colourOf(ink, colour).map((value) => Math.round((value * level) / 3));
                const [atX, atY] = [left + cell.dx + glyph.left + column, y + glyph.top + row];
                if (level > 0) light(expected, shape, atX, atY, values);
              }
          left += cell.width;
        }
      }
      expect(Buffer.from(pixels).equals(expected)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

function strength({ bits, levels, width }: Glyph, column: number, row: number, soft: boolean): number {
  if (soft && levels) return levels[row * width + column] ?? 0;
  return (bits[row * Math.ceil(width / 8) + (column >> 3)] ?? 0) & (0x80 >> (column & 7)) ? 3 : 0;
}

function lit(shape: Shape, canvas: Canvas): Uint8Array {
  return messageFrame(makeMessage(shape, [holdPage(canvas, 0, 1)]), 0, 0, 0).pixels;
}

/** Dot by dot: which ink is there, of those that share a plane by their first use, and how strong. */
it("where soft edges meet, of one ink the stronger shade stays, of two the later, and a sixth ink covers the first five", () => {
  const face = faceOf({ sizePx: 24, weight: "bold" });
  const shape: Shape = { width: 61, height: 40, colour: "rgb" };
  const piece = fc.record({
    ink: fc.constantFrom<Ink>("title", "body", "sign", "header", "warning", "clock", "alert-yellow"),
    text: fc.constantFrom("国", "公。", "1"),
    x: fc.nat({ max: 13 }),
    y: fc.nat({ max: 16 }),
  });
  const inksMet = new Set<number>();
  fc.assert(
    fc.property(fc.array(piece, { minLength: 2, maxLength: 14 }), (pieces) => {
      const canvas = new Canvas(shape.width, shape.height, "rgb");
      const used = [...new Set(pieces.map(({ ink }) => ink))];
      inksMet.add(used.length);
      const planes = [0, 5].map(() => new Map<number, { ink: Ink; level: number }>());
      for (const { ink, text, x, y } of pieces) {
        const { cells } = cellsOf(text, face);
        canvas.text(cells, x, y, ink);
        const plane = planes[used.indexOf(ink) < 5 ? 0 : 1];
        let left = x;
        for (const { glyphs, dx, width } of cells) {
          for (const glyph of glyphs)
            for (let row = 0; row < glyph.height; row++)
              for (let column = 0; column < glyph.width; column++) {
                const at = (y + glyph.top + row) * shape.width + left + dx + glyph.left + column;
                const level = strength(glyph, column, row, true);
                const here = plane?.get(at);
                if (level > 0 && (here?.ink !== ink || here.level < level)) plane?.set(at, { ink, level });
              }
          left += width;
        }
      }
      const expected = new Uint8Array(shape.width * shape.height * 3);
      for (const plane of planes)
        for (const [at, { ink, level }] of plane)
          expected.set(
            colourOf(ink, "rgb").map((value) => Math.round((value * level) / 3)),
            at * 3,
          );
      expect(Buffer.from(lit(shape, canvas)).equals(expected)).toBe(true);
    }),
    { numRuns: 200 },
  );
  // One plane and two.
  expect(Math.min(...inksMet)).toBeLessThanOrEqual(5);
  expect(Math.max(...inksMet)).toBeGreaterThan(5);
});

it("a box is lit whole, and nothing beside it", () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(colours, fc.nat({ max: 20 }), fc.nat({ max: 20 }), side, side, (colour, x, y, width, height) => {
      const shape = { width: 60, height: 60, colour };
      const canvas = new Canvas(60, 60, colour);
      canvas.box(x, y, width, height, "header");
      const expected = new Uint8Array(lit(shape, canvas).length);
      for (let row = y; row < y + height; row++)
        for (let column = x; column < x + width; column++)
          light(expected, shape, column, row, colourOf("header", colour));
      expect(Buffer.from(lit(shape, canvas)).equals(expected)).toBe(true);
    }),
  );
});

it.each([1, 2, 3, 4])("where %d inks meet on a full-colour panel, the last is seen", (count) => {
  const shape: Shape = { width: 16, height: 16, colour: "rgb" };
  const { cells } = cellsOf("国", faceOf({ sizePx: 16, weight: "regular" }));
  const canvas = new Canvas(16, 16, "rgb");
  const used = (["title", "body", "sign", "warning"] as const).slice(0, count);
  for (const ink of used) canvas.text(cells, 0, 0, ink);
  const pixels = lit(shape, canvas);
  const alone = new Canvas(16, 16, "mono");
  alone.text(cells, 0, 0, "body");
  const last = colourOf(used[count - 1] as Ink, "rgb");
  for (let dot = 0; dot < 256; dot++) {
    const set = ((alone.bitmap().pixels[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) !== 0;
    expect([...pixels.subarray(dot * 3, dot * 3 + 3)]).toEqual(set ? last : [0, 0, 0]);
  }
});

describe("a picture", () => {
  it.each(["mono1", "dual2"] as const)("of %s is copied to its place, and text stands over it", (format) => {
    const colour = format === "mono1" ? "mono" : "dual";
    const picture = emptyBitmap(13, 5, format);
    const stride = rowStride(13, "mono1");
    const planes = format === "mono1" ? [0] : [0, 1];
    for (const plane of planes)
      for (let y = 0; y < 5; y++) picture.pixels[(plane * 5 + y) * stride + ((plane + y) & 1)] = 0xa8;
    const shape = { width: 40, height: 30, colour } as const;
    const canvas = new Canvas(40, 30, colour);
    canvas.box(0, 0, 2, 2, "sign");
    canvas.picture(picture, 7, 3);
    const expected = new Uint8Array(lit(shape, canvas).length);
    for (const plane of planes)
      for (let y = 0; y < 5; y++)
        for (const bit of [0, 2, 4]) {
          const column = ((plane + y) & 1) * 8 + bit;
          if (column < 13)
            light(
              expected,
              shape,
              7 + column,
              3 + y,
              planes.map((one) => (one === plane ? 255 : 0)),
            );
        }
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      light(expected, shape, x, y, colourOf("sign", colour));
    expect(Buffer.from(lit(shape, canvas)).equals(expected)).toBe(true);
  });

  it.each(["rgb24", "index2", "index8"] as const)("of %s keeps its colours, and soft edges mix with them", (format) => {
    const shape: Shape = { width: 60, height: 50, colour: "rgb" };
    const own = [
      [0, 0, 0],
      [10, 200, 30],
      [90, 0, 250],
    ];
    const entry = (x: number, y: number) => (x + y) % 3;
    const picture = emptyBitmap(41, 40, format, format === "rgb24" ? undefined : Uint8Array.from(own.flat()));
    const bits = bitsPerDot[format];
    for (let y = 0; y < 40; y++)
      for (let x = 0; x < 41; x++) {
        const at = y * rowStride(41, format) + ((x * bits) >> 3);
        if (format === "rgb24") picture.pixels.set(own[entry(x, y)] ?? [], at);
        else picture.pixels[at] = (picture.pixels[at] ?? 0) | (entry(x, y) << (8 - bits - ((x * bits) & 7)));
      }
    const canvas = new Canvas(60, 50, "rgb");
    canvas.picture(picture, 9, 4);
    const { cells } = cellsOf("国", faceOf({ sizePx: 40, weight: "bold" }));
    canvas.text(cells, 10, 5, "title");
    const expected = new Uint8Array(60 * 50 * 3);
    for (let y = 0; y < 40; y++)
      for (let x = 0; x < 41; x++) light(expected, shape, 9 + x, 4 + y, own[entry(x, y)] ?? []);
    const ink = colourOf("title", "rgb");
    for (const glyph of cells[0]?.glyphs ?? [])
      for (let y = 0; y < glyph.height; y++)
        for (let x = 0; x < glyph.width; x++) {
          const at = ((5 + glyph.top + y) * 60 + 10 + glyph.left + x) * 3;
          const level = strength(glyph, x, y, true);
          const mixed = ink.map((value, channel) => {
            const under = expected[at + channel] ?? 0;
            return under + Math.round(((value - under) * level) / 3);
          });
          expected.set(mixed, at);
        }
    expect(Buffer.from(lit(shape, canvas)).equals(expected)).toBe(true);
  });
});

/** In the layout of frames: planes of bits, or three bytes a dot. */
function light(
  frame: Uint8Array,
  { width, height, colour }: { width: number; height: number; colour: ColourKind },
  x: number,
  y: number,
  values: readonly number[],
): void {
  if (colour === "rgb") {
    frame.set(values, (y * width + x) * 3);
    return;
  }
  const stride = Math.ceil(width / 8);
  for (let plane = 0; plane < (colour === "dual" ? 2 : 1); plane++) {
    const at = (plane * height + y) * stride + (x >> 3);
    if ((values[plane] ?? 0) > 0) frame[at] = (frame[at] ?? 0) | (0x80 >> (x & 7));
  }
}

describe("text that would not lie on its page", () => {
  const at = (sizePx: number) => cellsOf("公开", faceOf({ sizePx, weight: "bold" })).cells;
  it.each(["mono", "rgb"] as const)("is refused, however it is drawn, on %s", (colour) => {
    for (const sizePx of [12, 16, 32]) {
      const cells = at(sizePx);
      const [across, down] = [widthOf(cells), sizePx];
      for (const [width, height, x, y] of [
        [across - sizePx / 2, down, 0, 0],
        [across + 1, down, sizePx / 2, 0],
        [across, down, -sizePx / 2, 0],
        [across, down, 0, -sizePx / 2],
        [across, down - sizePx / 2, 0, 0],
      ] as const) {
        expect(() => new Canvas(width, height, colour).text(cells, x, y, "body")).toThrow(
          /公开.*lies outside its page/,
        );
        expect(() => new Canvas(width, height, colour).cut(cells, x, y, "body")).toThrow(RangeError);
      }
      expect(() => new Canvas(across, down, colour).text(cells, 0, 0, "body")).not.toThrow();
    }
  });

  it("but a space may hang out of it", () => {
    const { cells } = cellsOf("公 \u3000", faceOf({ sizePx: 16, weight: "bold" }));
    expect(() => new Canvas(16, 16, "mono").text(cells, 0, 0, "body")).not.toThrow();
  });
});
