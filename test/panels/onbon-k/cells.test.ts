/** Sealed dots read back as characters: all that was set is read, and whatever is read is those dots and no others. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyFrame, type Frame, type Shape } from "../../../src/message/index.ts";
import { alphabetOf, readPage, type Written } from "../../../src/panels/onbon-k/cells.ts";
import { FontCard } from "../../../src/panels/onbon-k/simulator/card.ts";
import { drawTexts } from "../../../src/panels/onbon-k/simulator/screen.ts";
import { charactersOf, encodeText, marks } from "../../../src/panels/onbon-k/text.ts";
import { cardFace } from "../../../src/typeset/fonts/card-cells.ts";
import { cellDrawing, missingFromProfile, typeset, contentOf } from "../../../src/typeset/index.ts";
import { glyphOf, messageOf, shape } from "./rig.ts";

const isLong = process.env.BOARDCAST_LONG === "1";
const alphabet = alphabetOf("GBK", cellDrawing);
const textOf = (lines: readonly (readonly Written[])[]) =>
  lines.map((line) =>
    line
      .map(({ character }) => character)
      .join("")
      .trim(),
  );

test.each(["GB2312", "GBK"] as const)(
  "%s is the same to the typesetter, the coder and the drawings",
  (glyphs) => {
    const coded = new Set(charactersOf(glyphs));
    const face = cardFace(glyphs);
    const set: string[] = [];
    for (let code = 0x20; code < 0x10000; code++) if (face.glyph(code) !== null) set.push(String.fromCodePoint(code));
    expect(set.filter((one) => !coded.has(one))).toEqual([]);
    const inSet = new Set(set);
    expect([...coded].filter((one) => !inSet.has(one))).toEqual([]);
    // And a writer is told of the same characters before.
    const told: string[] = [];
    for (let from = 0, all = [...coded]; from < all.length; from += 500)
      told.push(...missingFromProfile(all.slice(from, from + 500).join(" "), glyphs).map(({ character }) => character));
    expect(told).toEqual([]);
  },
  20_000,
);

test.each(["GB2312", "GBK"] as const)(
  "%s: no text is drawn as another one, half a cell aside or in halves",
  (glyphs) => {
    const halfKey = (rows: ArrayLike<number>, shift: number) =>
      String(Array.from(rows, (row) => (row >> shift) & 0xff));
    const halves = new Map([[halfKey(new Array(16).fill(0), 0), " "]]);
    const byLeft = new Map<string, string[]>();
    const wholes: { readonly character: string; readonly left: string; readonly right: string }[] = [];
    for (const character of charactersOf(glyphs)) {
      const drawing = cellDrawing(character.codePointAt(0) ?? 0);
      // A space as wide as a cell is two spaces to a card, too.
      if (!drawing || character === "\u3000") continue;
      const left = halfKey(drawing.rows, 8);
      if (drawing.width === 8) halves.set(left, character);
      else {
        wholes.push({ character, left, right: halfKey(drawing.rows, 0) });
        byLeft.set(left, [...(byLeft.get(left) ?? []), character]);
      }
    }
    expect(wholes.filter(({ left, right }) => halves.has(left) && halves.has(right))).toEqual([]);
    // A row of whole cells read half a cell aside begins with one whose left half stands alone, and whose right half begins another.
    const aside = wholes.filter(({ left, right }) => halves.has(left) && byLeft.has(right));
    expect(aside.map(({ character }) => character)).toEqual([]);
  },
);

/** Drawn by the simulated card's own font, in its own way. */
function drawn(lines: readonly (readonly Written[])[], of: Shape): Uint8Array {
  const bytes = lines.flatMap((line, index) => [
    ...(index > 0 ? marks.lineEnd : []),
    ...line.flatMap(({ character, colour }) => [
      ...(colour === null ? [] : marks.colour(colour)),
      ...encodeText(character, "GBK"),
    ]),
  ]);
  const area = { id: 0, x: 0, y: 0, width: of.width, height: of.height, lineSpace: 0, runMode: 0, timeoutS: 0 };
  const text = { ...area, singleLine: false, wraps: false, text: Uint8Array.from(bytes) };
  const colours = of.colour === "dual" ? 2 : 1;
  return drawTexts({ ...of, colours, unit: 1, glyph: glyphOf, flash: null }, [text]);
}

test("whatever the typesetter sets in cells is read: every character of a card's set, in every place", () => {
  const all = charactersOf("GBK").filter((one) => one.trim() !== "");
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: all.length - 1 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 4, max: 20 }),
      fc.constantFrom("mono" as const, "dual" as const),
      (places, halves, colour) => {
        const of = { width: halves * 8, height: 48, colour };
        const result = typeset({
          ...{
            notice: "N1",
            content: contentOf({ title: "题", body: places.map((at) => all[at]).join("") }),
            shape: of,
          },
          ...{ zone: "UTC", window: { from: 0, until: 1 }, cells: { glyphs: "GBK", sizePx: 16 } },
        });
        // Marks that join with what stands before them are no text of a card's.
        fc.pre(result.ok);
        if (!result.ok) return;
        for (const [index, { bitmap }] of result.message.pages.entries()) {
          const read = readPage({ shape: of, pixels: bitmap.pixels }, alphabet);
          expect(read.ok).toBe(true);
          if (!read.ok) continue;
          expect(Buffer.from(drawn(read.lines, of)).equals(bitmap.pixels)).toBe(true);
          const said = textOf(read.lines).filter((line) => line !== "");
          // Of what is drawn alike any is as good; ideographs of compatibility are drawn as what they mean.
          const dots = (line: string) =>
            [...line.normalize("NFC")].map((one) => String(cellDrawing(one.codePointAt(0) ?? 0)?.rows));
          expect(said.map(dots)).toEqual(result.facts[index]?.lines.map(dots));
        }
      },
    ),
    { numRuns: isLong ? 20_000 : 120 },
  );
}, 3_600_000);

test("of characters that are drawn alike, the one that people write", () => {
  const of: Shape = { width: 64, height: 32, colour: "mono" };
  const [page] = messageOf("晚上", of, "GBK").pages;
  const read = readPage({ shape: of, pixels: page?.bitmap.pixels ?? new Uint8Array(0) }, alphabet);
  expect(read.ok && textOf(read.lines)).toEqual(["通知", "晚上"]);
});

test("a dot more or less anywhere is no character any more, or exactly what would be lit", () => {
  const bodies = ["关于停水检修的通知\uff0c请储水\u3002", "值班电话0715-8012345", "欢迎Welcome“光临”——"];
  const frames = bodies.map((body, index): Frame => {
    const of: Shape = { ...shape, colour: index === 1 ? "dual" : "mono" };
    return { shape: of, pixels: messageOf(body, of).pages[0]?.bitmap.pixels ?? new Uint8Array(0) };
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...frames), fc.nat(), fc.integer({ min: 0, max: 7 }), (frame, place, bit) => {
      const pixels = frame.pixels.slice();
      const at = place % pixels.length;
      pixels[at] = (pixels[at] ?? 0) ^ (1 << bit);
      const read = readPage({ ...frame, pixels }, alphabet);
      if (!read.ok) refused++;
      // One dot of the second colour in a cell of the first, a dot beside a line, within a stroke.
      else expect(Buffer.from(drawn(read.lines, frame.shape)).equals(pixels)).toBe(true);
    }),
    { numRuns: isLong ? 1_000_000 : 2000 },
  );
  expect(refused).toBeGreaterThan(isLong ? 900_000 : 1900);
}, 3_600_000);

test("where it stands is told: the first line and half cell that are no character; also what is lit beside all cells", () => {
  const of: Shape = { width: 68, height: 37, colour: "mono" };
  const lit = (x: number, y: number): Frame => {
    const frame = emptyFrame(of);
    const at = y * 9 + (x >> 3);
    frame.pixels[at] = 0x80 >> (x & 7);
    return frame;
  };
  expect(readPage(emptyFrame(of), alphabet)).toMatchObject({ ok: true });
  expect(readPage(lit(20, 17), alphabet)).toEqual({ ok: false, line: 2, column: 3 });
  expect(readPage(lit(65, 3), alphabet)).toEqual({ ok: false, line: 1, column: 9 });
  expect(readPage(lit(3, 33), alphabet)).toEqual({ ok: false, line: 3, column: 1 });
});

test("the simulated card draws what stands in its areas, and nothing that it has not", () => {
  const card = new FontCard(1, { width: 32, height: 16, colours: 1, unit: 1, glyph: glyphOf, flash: null });
  expect(card.pixels()).toEqual(new Uint8Array(64));
  expect(glyphOf(0xb9ab)).toEqual([...(cellDrawing("公".codePointAt(0) ?? 0)?.rows ?? [])]);
  expect(glyphOf(0xffff)).toBe(null);
});
