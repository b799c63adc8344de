/** Pictures on panels: whole, in the panel's colours, with their captions. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bitmap, type ColourKind, messageFrame } from "../../src/message/index.ts";
import { contentOfPicture, typeset } from "../../src/typeset/index.ts";
import type { PictureBytes } from "../../src/typeset/pictures/open.ts";
import { bitmapOf, packed, stretched } from "../../src/typeset/pictures/tone.ts";
import { image, photo, type Rgb, raster } from "./picture-files.ts";
import { dot, dots, fine, frame, kept, type IsSet, set, shape, white } from "./picture-setting.ts";
import { request } from "./samples.ts";

describe("whole", () => {
  it("in the middle, between black bars, never cut", () => {
    const size = fc.integer({ min: 1, max: 90 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        size,
        fc.constantFrom<ColourKind>("mono", "dual", "rgb"),
        (width, height, across, down, colour) => {
          // White, of more than 256 dots' side never: such a drawing may become larger by whole factors.
          const lit = frame(fine(set([raster(width, height, () => white)], shape(across, down, colour))));
          const at = dots(lit).map(([red], index) => [red, index % across, Math.floor(index / across)] as const);
          const on = at.filter(([red]) => red > 0);
          const [left, right] = [Math.min(...on.map(([, x]) => x)), Math.max(...on.map(([, x]) => x))];
          const [top, bottom] = [Math.min(...on.map(([, , y]) => y)), Math.max(...on.map(([, , y]) => y))];
          // One whole box, in the middle, that reaches both edges of one side, or is as large as a whole factor makes it.
          expect(on.length).toBe((right - left + 1) * (bottom - top + 1));
          expect(Math.abs(left - (across - 1 - right)) <= 1 && Math.abs(top - (down - 1 - bottom)) <= 1).toBe(true);
          const factor = Math.floor(Math.min(across / width, down / height));
          if (factor >= 1) expect([right - left + 1, bottom - top + 1]).toEqual([width * factor, height * factor]);
          else expect(right - left + 1 === across || bottom - top + 1 === down).toBe(true);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("a small drawing's dots become squares; a small photograph stays as it is, and is said to be small", () => {
    const drawing = fine(set([raster(8, 8, (x, y) => (x === y ? white : [0, 0, 0]))], shape(64, 40, "rgb")));
    expect(dots(frame(drawing)).filter(([red]) => red === 255).length).toBe(8 * 5 * 5);
    expect(drawing.warnings).toEqual([]);
    const small = fine(set([photo(20, 15)], shape(160, 80, "rgb")));
    expect(dots(frame(small)).filter(([, , blue]) => blue > 0).length).toBe(20 * 15);
    expect(small.warnings).toEqual([
      { zh: expect.stringContaining("20x15 点"), en: expect.stringContaining("only 20x15 dots") },
    ]);
  });

  it("every dot of a picture of the panel's size is that dot", () => {
    const picture = photo(96, 64);
    expect(Buffer.compare(frame(fine(set([picture], shape(96, 64, "rgb")))).pixels, picture.pixels)).toBe(0);
  });

  it("stands longer with more to read, and each picture in its turn", () => {
    const two = fine(set([photo(96, 64), raster(96, 64, () => white)], shape(96, 64, "rgb")));
    expect(two.message.pages.map(({ step, motion, holdMs }) => [step, motion, holdMs])).toEqual([
      [0, "hold", 8000],
      [1, "hold", 8000],
    ]);
    expect(dot(frame(two, 1), 5, 5)).toEqual(white);
  });
});

describe("colours", () => {
  it("the smallest index format that has them all, and exactly them", () => {
    const colours = fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(colours, fc.integer({ min: 1, max: 40 }), (list, width) => {
        const height = Math.ceil(list.length / width);
        const picture = raster(width, height, (x, y) => list[(y * width + x) % list.length] as Rgb);
        const whole: Bitmap = { width, height, format: "rgb24", pixels: picture.pixels, palette: new Uint8Array(0) };
        const made = packed(whole);
        const count = new Set(list.map(String)).size;
        expect(made.format).toBe(
          count <= 2 ? "index1" : count <= 4 ? "index2" : count <= 16 ? "index4" : count <= 256 ? "index8" : "rgb24",
        );
        const message = {
          shape: shape(width, height, "rgb"),
          pages: [{ bitmap: made, motion: "hold", msPerPx: 0, holdMs: 1, step: 0, window: null, fields: [] }],
        };
        const lit = messageFrame(
          { ...message, durationMs: 1, bytes: new Uint8Array(0), hash: "" } as IsSet["message"],
          0,
          0,
          0,
        );
        expect(Buffer.compare(lit.pixels, picture.pixels)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [2, "index1"],
    [3, "index2"],
    [4, "index2"],
    [5, "index4"],
    [16, "index4"],
    [17, "index8"],
    [256, "index8"],
    [257, "rgb24"],
  ] as const)("%i colours: %s", (count, format) => {
    const picture = raster(count, 1, (x) => [x & 255, x >> 8, 9]);
    expect(bitmapOf(picture, "rgb", "diffusion").format).toBe(format);
  });

  it("line art on two-colour panels: red, green, yellow and black, whole dots", () => {
    const art: Rgb[] = [
      [220, 20, 30],
      [10, 200, 40],
      [250, 250, 245],
      [20, 20, 20],
    ];
    const picture = raster(64, 32, (x) => art[Math.floor(x / 16)] as Rgb);
    const lit = frame(fine(set([picture], shape(64, 32, "dual"))));
    expect([8, 24, 40, 56].map((x) => dot(lit, x, 10))).toEqual([
      [255, 0, 0],
      [0, 255, 0],
      [255, 255, 0],
      [0, 0, 0],
    ]);
    expect(new Set(dots(lit).map(String)).size).toBe(4);
  });

  it("a photograph is dithered as asked for, the same each time", () => {
    const picture = photo(64, 48);
    const on = shape(64, 48, "mono");
    const hashes = (["diffusion", "ordered", "threshold"] as const).map(
      (dither) => fine(set([picture], on, { dither })).message.hash,
    );
    expect(new Set(hashes).size).toBe(3);
    expect(fine(set([picture], on)).message.hash).toBe(hashes[0]);
    expect(
      (["diffusion", "ordered", "threshold"] as const).map(
        (dither) => fine(set([picture], on, { dither })).message.hash,
      ),
    ).toEqual(hashes);
  });

  it("flat fields keep their brightness: so many dots are lit as there is light", () => {
    for (const dither of ["diffusion", "ordered"] as const)
      for (const value of [64, 128, 188, 230]) {
        const made = bitmapOf(
          raster(64, 64, () => [value, value, value]),
          "mono",
          dither,
        );
        let lit = 0;
        for (const byte of made.pixels) for (let bit = 0; bit < 8; bit++) lit += (byte >> bit) & 1;
        const v = value / 255;
        expect(Math.abs(lit / 4096 - ((v + 0.055) / 1.055) ** 2.4), `${dither} ${value}`).toBeLessThan(0.02);
      }
  });

  it("contrast stretched: a dull picture uses the whole range, in order; a flat one is left alone", () => {
    const dull = raster(100, 10, (x) => [80 + x, 80 + x, 80 + x]);
    const { pixels } = stretched(dull);
    expect([pixels[0], pixels[pixels.length - 1]]).toEqual([0, 255]);
    for (let x = 1; x < 100; x++) expect(pixels[x * 3] as number).toBeGreaterThanOrEqual(pixels[x * 3 - 3] as number);
    expect(stretched(raster(4, 4, () => [90, 90, 90])).pixels[0]).toBe(90);
    const on = shape(100, 10, "mono");
    expect(fine(set([dull], on, { contrast: "stretched" })).message.hash).not.toBe(fine(set([dull], on)).message.hash);
  });

  it("looks like this", async () => {
    const picture = raster(32, 12, (x, y) => (Math.hypot(x - 15.5, y - 5.5) < 5 ? white : [x * 8, x * 8, x * 8]));
    const lit = frame(fine(set([picture], shape(32, 12, "mono"))));
    const rows = Array.from({ length: 12 }, (_, y) =>
      Array.from({ length: 32 }, (_, x) => (dot(lit, x, y)[0] ? "@" : ".")).join(""),
    );
    expect(`\n${rows.join("\n")}\n`).toBe(`
...................@..@.@.@@@@@@
..............@@@@...@.@.@@.@.@@
............@@@@@@@@@..@.@.@@@@@
...........@@@@@@@@@.@.@.@.@@.@@
...........@@@@@@@@@@.@.@.@@.@@@
...........@@@@@@@@@@@.@.@.@@@@@
...........@@@@@@@@@@.@.@@.@.@@@
.........@.@@@@@@@@@@@..@.@@@@@@
............@@@@@@@@..@@.@.@.@@@
............@@@@@@@@.@.@.@.@@.@@
...........@..@@@@@.@..@.@@@.@@@
................@....@.@.@.@@@@@
`);
  });
});

describe("captions", () => {
  const caption = "冬季风光";

  it("stand under the picture where there is room, and the picture stays whole", () => {
    const set384 = fine(set([raster(300, 300, () => white)], shape(384, 192, "rgb"), { caption }));
    expect(set384.lines).toEqual([caption]);
    const lit = frame(set384);
    const rowsOf = (y: number) => Array.from({ length: 384 }, (_, x) => dot(lit, x, y));
    const full = Array.from({ length: 192 }, (_, y) => rowsOf(y).filter(([r, g, b]) => r + g + b === 765).length);
    const pictureRows = full.filter((count) => count > 100).length;
    expect(pictureRows).toBeGreaterThan(192 * 0.7);
    expect(full.slice(pictureRows + 4).some((count) => count === 0)).toBe(true);
    expect(
      rowsOf(191 - 8).some(([red]) => red > 0),
      "letters",
    ).toBe(true);
  });

  it("have a page after it where there is none", () => {
    const set64 = fine(set([photo(64, 32)], shape(64, 32, "mono"), { caption }));
    expect(set64.message.pages.length).toBe(2);
    expect(set64.lines.join("")).toBe(caption);
  });

  it.each(["", " \u3000"])("of nothing (%j) have no page of their own", (caption) => {
    for (const on of [shape(64, 32, "mono"), shape(384, 192, "rgb")])
      expect(fine(set([photo(64, 32)], on, { caption })).message.pages).toHaveLength(1);
  });

  it("a character that no typeface has is a fault, with its place", () => {
    const result = set([photo(64, 32)], shape(384, 192, "rgb"), { caption: `冬\u{10ffff}` });
    expect(result).toMatchObject({
      ok: false,
      faults: [{ code: "notice/missing-glyph", part: "caption", position: 1 }],
    });
  });
});

describe("what is wrong", () => {
  const bytes = kept(photo(20, 10));
  const ask = (pictures: readonly PictureBytes[], named = [{ sha256: bytes.sha256 }]) =>
    typeset({ ...request(shape(64, 32, "mono"), { displayKind: "picture", pictures: named }), pictures });

  it("a picture that is not there, or not the one of that name", () => {
    const altered = Uint8Array.from(bytes.bytes);
    altered[60] = (altered[60] as number) ^ 1;
    const missing = { ok: false, faults: [{ code: "notice/picture-missing", picture: bytes.sha256 }] };
    expect(ask([])).toMatchObject(missing);
    expect(ask([{ sha256: bytes.sha256, bytes: altered }])).toMatchObject(missing);
    expect(ask([bytes])).toMatchObject({ ok: true });
    // Once opened, other bytes are still not it.
    expect(ask([{ sha256: bytes.sha256, bytes: altered }])).toMatchObject(missing);
  });

  it("no picture at all; more than a message can hold", () => {
    expect(typeset(request(shape(64, 32, "mono"), { displayKind: "picture" }))).toMatchObject({
      ok: false,
      faults: [{ code: "notice/does-not-fit" }],
    });
    const large = photo(1920, 1080);
    const many = Array.from({ length: 11 }, (_, index) => ({
      ...large,
      pixels: Uint8Array.from(large.pixels).fill(index, 0, 3),
    }));
    expect(set(many, shape(1920, 1080, "rgb"))).toMatchObject({
      ok: false,
      faults: [{ code: "notice/does-not-fit", detail: { zh: expect.stringContaining("64 MB") } }],
    });
  });
});

it("a default picture has its pictures, then its text", () => {
  const both = fine(
    set([raster(64, 32, () => white)], shape(64, 32, "mono"), {}, { displayKind: "default", body: "公开" }),
  );
  expect(both.message.pages.map(({ step }) => step)).toEqual([0, 1]);
  expect(dots(frame(both)).every(([red]) => red === 255)).toBe(true);
  expect(both.lines).toEqual(["公开"]);
});

it("a file becomes a notice to be looked at", async () => {
  const made = await contentOfPicture(await image(photo(64, 32)).jpeg().toBuffer(), "scans/通知 1.jpg");
  if (!made.ok) throw new Error("refused");
  expect(made.content).toMatchObject({
    title: "通知 1",
    displayKind: "picture",
    pictures: [{ sha256: made.pictures[0]?.sha256 }],
  });
  const on = shape(64, 32, "mono");
  expect(typeset({ ...request(on, {}), content: made.content, pictures: made.pictures })).toMatchObject({
    ok: true,
    pages: 1,
  });
  expect(await contentOfPicture(Buffer.from("x"), "x.txt")).toMatchObject({
    ok: false,
    faults: [{ code: "notice/picture-format", name: "x.txt" }],
  });
});
