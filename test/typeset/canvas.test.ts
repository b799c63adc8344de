/** A page's masks made into the panel's own pixels, compared with setting one dot after another. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type ColourKind, messageFrame, makeMessage } from "../../src/message/index.ts";
import { Canvas } from "../../src/typeset/canvas.ts";
import { unifont } from "../../src/typeset/font.ts";
import { colourOf, type Ink } from "../../src/typeset/ink.ts";
import { cellsOf, widthOf } from "../../src/typeset/text.ts";

const font = unifont();
const inks = ["title", "body", "sign", "header", "warning", "slogan", "clock"] as const satisfies readonly Ink[];

/** A piece of text somewhere on the page: below the ones before, so that none covers another. */
const piece = fc.record({
  text: fc
    .array(fc.constantFrom(..."公开栏示a1,\u3000 "), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join("")),
  x: fc.nat({ max: 40 }),
  gap: fc.nat({ max: 9 }),
  scale: fc.integer({ min: 1, max: 5 }),
  ink: fc.constantFrom(...inks),
});

it("every dot of every ink lies where its glyph has one, at any size, and no other is lit", () => {
  const colours = fc.constantFrom<ColourKind>("mono", "dual", "rgb");
  fc.assert(
    fc.property(
      colours,
      fc.array(piece, { minLength: 1, maxLength: 5 }),
      fc.nat({ max: 20 }),
      (colour, pieces, spare) => {
        const placed: { cells: ReturnType<typeof cellsOf>["cells"]; x: number; y: number; scale: number; ink: Ink }[] =
          [];
        let y = 0;
        let width = 1;
        for (const { text, x, gap, scale, ink } of pieces) {
          const { cells } = cellsOf(text, font);
          placed.push({ cells, x, y: y + gap, scale, ink });
          y += gap + 16 * scale;
          width = Math.max(width, x + widthOf(cells) * scale);
        }
        const shape = { width: width + spare, height: y + spare, colour };
        const canvas = new Canvas(shape.width, shape.height, colour, font);
        for (const one of placed) canvas.text(one.cells, one.x, one.y, one.scale, one.ink);
        const page = {
          bitmap: canvas.bitmap(),
          motion: "hold",
          msPerPx: 0,
          holdMs: 1,
          step: 0,
          window: null,
          fields: [],
        } as const;
        const { pixels } = messageFrame(makeMessage(shape, [page]), 0, 0, 0);

        const expected = new Uint8Array(pixels.length);
        for (const { cells, x, y, scale, ink } of placed) {
          let left = x;
          for (const cell of cells) {
            for (const slot of cell.slots)
              for (let row = 0; row < 16 * scale; row++)
                for (let column = 0; column < cell.width * scale; column++) {
                  const bits = font.rows[slot * 16 + Math.floor(row / scale)] ?? 0;
                  if (bits & (0x8000 >> Math.floor(column / scale)))
                    light(expected, shape, left + column, y + row, colourOf(ink, colour));
                }
            left += cell.width * scale;
          }
        }
        expect(Buffer.from(pixels).equals(expected)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

it.each([1, 2, 3, 4])("where %d inks meet on a full-colour panel, the last is seen", (count) => {
  const colour: ColourKind = "rgb";
  const shape = { width: 16, height: 16, colour };
  const canvas = new Canvas(16, 16, colour, font);
  const used = (["title", "body", "sign", "warning"] as const).slice(0, count);
  for (const ink of used) canvas.text(cellsOf("国", font).cells, 0, 0, 1, ink);
  const page = {
    bitmap: canvas.bitmap(),
    motion: "hold",
    msPerPx: 0,
    holdMs: 1,
    step: 0,
    window: null,
    fields: [],
  } as const;
  const { pixels } = messageFrame(makeMessage(shape, [page]), 0, 0, 0);
  const alone = new Canvas(16, 16, "mono", font);
  alone.text(cellsOf("国", font).cells, 0, 0, 1, "body");
  const last = colourOf(used[count - 1] as Ink, colour);
  for (let dot = 0; dot < 256; dot++) {
    const lit = ((alone.bitmap().pixels[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) !== 0;
    expect([...pixels.subarray(dot * 3, dot * 3 + 3)]).toEqual(lit ? last : [0, 0, 0]);
  }
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
