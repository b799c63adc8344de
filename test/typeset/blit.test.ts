import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { createMask, type Drawable, drawCells, freeMask, type Mask } from "../../src/typeset/blit.ts";
import type { Glyph } from "../../src/typeset/fonts/face.ts";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import { ownMask } from "../../src/typeset/kernel/masks.ts";

const unifont16 = faceOf({ sizePx: 16, weight: "regular" });
const full = [..."街道办事处政府信息公开公示公告居委会\uff0c\u3002一"].map(cellOf);
const narrow = [..."aW1 -"].map(cellOf);

function cellOf(character: string): Drawable {
  const glyph = unifont16.glyph(character.codePointAt(0) ?? 0) as Glyph;
  return { glyphs: [glyph], width: glyph.advance, dx: 0, wide: glyph.wide };
}

/** Any picture of a face, marks that reach out to the left and blank ones included. */
const anyGlyph = fc
  .tuple(fc.nat({ max: 70 }), fc.nat({ max: 20 }), fc.integer({ min: -6, max: 6 }), fc.integer({ min: -2, max: 4 }))
  .chain(([width, height, left, top]) => {
    const bytes = Math.ceil(width / 8);
    return fc.uint8Array({ minLength: bytes * height, maxLength: bytes * height }).map((bits): Glyph => {
      const unused = bytes * 8 - width;
      for (let row = 1; row <= height && bytes > 0; row++)
        bits[row * bytes - 1] = ((bits[row * bytes - 1] as number) >> unused) << unused;
      return { advance: width, left, top, width, height, bits, levels: null, wide: 0 };
    });
  });

const otherCell = fc
  .tuple(fc.array(anyGlyph, { maxLength: 3 }), fc.nat({ max: 40 }), fc.integer({ min: -8, max: 8 }))
  .map(([glyphs, width, dx]): Drawable => ({ glyphs, width, dx, wide: 0 }));

const anyCells = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.array(fc.constantFrom(...full), { maxLength: 20 }) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...narrow), { maxLength: 3 }) },
      { weight: 1, arbitrary: otherCell.map((cell) => [cell]) },
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.flat());

const widthOf = (cells: readonly Drawable[]) => cells.reduce((sum, { width }) => sum + width, 0);

/** Dot by dot, those outside left out. */
function drawnByDots(width: number, height: number, x: number, y: number, cells: readonly Drawable[]): string {
  const dots = Array.from({ length: height }, () => new Array<string>(width).fill("."));
  let at = x;
  for (const cell of cells) {
    for (const glyph of cell.glyphs)
      for (let row = 0; row < glyph.height; row++)
        for (let column = 0; column < glyph.width; column++) {
          const byte = glyph.bits[row * Math.ceil(glyph.width / 8) + (column >> 3)] ?? 0;
          const line = dots[y + glyph.top + row];
          const to = at + cell.dx + glyph.left + column;
          if (byte & (0x80 >> (column & 7)) && line !== undefined && to >= 0 && to < width) line[to] = "@";
        }
    at += cell.width;
  }
  return dots.map((row) => row.join("")).join("\n");
}

function dotsOf({ bits, stride, width, height }: Mask): string {
  const row = (y: number) =>
    Array.from({ length: width }, (_, x) => ((bits[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? "@" : "."));
  return Array.from({ length: height }, (_, y) => row(y).join("")).join("\n");
}

/** Both memories that a mask may lie in. */
const kinds = { "in the kernel": createMask, "of its own": ownMask } as const;
const made: Mask[] = [];
function make(kind: keyof typeof kinds, width: number, height: number): Mask {
  const mask = kinds[kind](width, height);
  made.push(mask);
  return mask;
}
afterEach(() => {
  for (const mask of made.splice(0)) freeMask(mask);
});

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])("a mask %s", (kind) => {
  test("is of that kind here", () => {
    expect(make(kind, 8, 1).inKernel).toBe(kind === "in the kernel");
  });

  test("gets every dot of every glyph inside it, and no other, at any place", () => {
    const place = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -6, max: 6 }));
    fc.assert(
      fc.property(
        anyCells,
        place,
        fc.integer({ min: -40, max: 40 }),
        fc.nat({ max: 30 }),
        (cells, [x, y], more, height) => {
          const width = Math.max(1, x + widthOf(cells) + more);
          const mask = make(kind, width, height);
          expect(drawCells(mask, x, y, cells)).toBe(x + widthOf(cells));
          expect(dotsOf(mask)).toEqual(drawnByDots(width, height, x, y, cells));
          freeMask(mask);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("keeps padding bits and the bytes around it as they are", () => {
    const aroundBytes = 512;
    fc.assert(
      fc.property(anyCells, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -4, max: 20 }), (cells, x, y) => {
        const width = Math.max(1, x + widthOf(cells) - 4);
        const mask = make(kind, width, 16);
        const { start, view, bits, stride } = mask;
        const end = start + bits.length;
        const memory = new Uint8Array(view.buffer);
        const around = () => [
          ...memory.slice(Math.max(0, start - aroundBytes), start),
          ...memory.slice(end, end + aroundBytes),
        ];
        const before = around();
        drawCells(mask, x, y, cells);
        expect(around()).toEqual(before);
        const padding = (1 << (stride * 8 - width)) - 1;
        for (let row = 1; row <= 16; row++) expect((bits[row * stride - 1] ?? 0) & padding).toBe(0);
        freeMask(mask);
      }),
    );
  });

  test("keeps the dots that it had", () => {
    fc.assert(
      fc.property(anyCells, fc.nat({ max: 40 }), fc.uint8Array({ minLength: 1, maxLength: 40 }), (cells, x, old) => {
        const mask = make(kind, x + widthOf(cells) + 40, 18);
        mask.bits.forEach((_, at) => {
          mask.bits[at] = old[at % old.length] as number;
        });
        const had = mask.bits.slice();
        const alone = make(kind, mask.width, 18);
        drawCells(alone, x, 1, cells);
        drawCells(mask, x, 1, cells);
        expect([...mask.bits]).toEqual([...had].map((byte, at) => byte | (alone.bits[at] as number)));
        freeMask(alone);
        freeMask(mask);
      }),
    );
  });

  test("takes a run longer than the kernel draws at once", () => {
    const cells = Array.from({ length: 4100 }, (_, at) => full[at % full.length] as Drawable);
    const mask = make(kind, 5 + 4100 * 16, 16);
    expect(drawCells(mask, 5, 0, cells)).toBe(5 + 4100 * 16);
    for (const at of [0, 1, 4095, 4096, 4099]) {
      const alone = make(kind, 21, 16);
      drawCells(alone, 5, 0, [cells[at] as Drawable]);
      const rows = dotsOf(alone).split("\n");
      const there = dotsOf(mask)
        .split("\n")
        .map((row) => row.slice(at * 16, at * 16 + 21));
      expect(there.map((row) => row.slice(5))).toEqual(rows.map((row) => row.slice(5)));
    }
  });
});

describe("room for masks", () => {
  test("is given again once those above are given back, and is blank", () => {
    const [first, second, third] = [0, 1, 2].map(() => make("in the kernel", 32, 32)) as [Mask, Mask, Mask];
    drawCells(third, 0, 0, full.slice(0, 2));
    freeMask(second);
    expect(make("in the kernel", 32, 32).start).toBeGreaterThan(third.start);
    for (const mask of made.splice(0)) freeMask(mask);
    const again = [0, 1, 2].map(() => make("in the kernel", 32, 32));
    expect(again.map(({ start }) => start)).toEqual([first, second, third].map(({ start }) => start));
    expect(again[2]?.bits.every((byte) => byte === 0)).toBe(true);
  });

  test("given back twice is given back once", () => {
    const first = make("in the kernel", 32, 32);
    freeMask(first);
    const second = make("in the kernel", 32, 32);
    freeMask(first);
    expect(make("in the kernel", 32, 32).start).toBeGreaterThan(second.start);
  });

  test("that does not suffice: a mask lies in memory of its own", () => {
    const huge = make("in the kernel", 65_535, 2000);
    expect(huge.inKernel).toBe(false);
    expect(huge.bits.length).toBe(8192 * 2000);
    expect(make("in the kernel", 32, 32).inKernel).toBe(true);
  });
});
