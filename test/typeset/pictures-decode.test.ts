/** What becomes of an upload: every kind that offices have. */
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { decodeUpload } from "../../src/typeset/pictures/decode.ts";
import type { Raster } from "../../src/typeset/pictures/raster.ts";
import { image, pdf, pngSaying, type Rgb, raster } from "./picture-files.ts";
import { at, blue, faultOf, flag, near, red, taken } from "./picture-taking.ts";

describe("what is taken", () => {
  const whole = image(flag);
  it.each([
    ["PNG", () => whole.clone().png().toBuffer(), 0],
    ["JPEG", () => whole.clone().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer(), 12],
    ["WebP", () => whole.clone().webp({ lossless: true }).toBuffer(), 0],
    ["GIF", () => whole.clone().gif().toBuffer(), 12],
    ["TIFF", () => whole.clone().tiff({ compression: "lzw" }).toBuffer(), 0],
  ] as const)("%s", async (_, make, by) => {
    const [picture] = await taken(await make());
    expect([picture?.width, picture?.height]).toEqual([40, 24]);
    near(at(picture as Raster, 12, 20), red, by);
    near(at(picture as Raster, 30, 12), blue, by);
  });

  it("an upright picture of one that a camera turned, all eight ways", async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      // As a camera stores it: the picture turned the other way, and a note.
      const stored = await image(flag).withMetadata({ orientation }).png().toBuffer();
      const [picture] = (await taken(stored)) as [Raster];
      const turned = orientation > 4;
      expect([picture.width, picture.height]).toEqual(turned ? [24, 40] : [40, 24]);
      // Where EXIF says that row 0 and column 0 of what is stored are seen.
      const corner = [0, [0, 0], [1, 0], [1, 1], [0, 1], [0, 0], [1, 0], [1, 1], [0, 1]][orientation] as [
        number,
        number,
      ];
      near(at(picture, corner[0] * (picture.width - 1), corner[1] * (picture.height - 1)), [0, 160, 0], 0);
    }
  });

  it("CMYK, as print shops send it, in the colours it was meant in", async () => {
    const cmyk = await image(flag).toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    const [picture] = (await taken(cmyk)) as [Raster];
    // Press inks reach neither colour quite.
    near(at(picture, 12, 20), red, 60);
    near(at(picture, 30, 12), blue, 80);
  });

  it("a wide-gamut picture by its profile, not by its numbers", async () => {
    const p3 = await image(raster(8, 8, () => [200, 30, 30]))
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const [picture] = (await taken(p3)) as [Raster];
    near(at(picture, 4, 4), [200, 30, 30], 3);
    const start = p3.indexOf("iCCP", 0, "latin1") - 4;
    const without = Buffer.concat([p3.subarray(0, start), p3.subarray(start + 12 + p3.readUInt32BE(start))]);
    const [numbers] = (await taken(without)) as [Raster];
    expect(at(numbers, 4, 4)[0]).toBeLessThan(190);
  });

  it("16 bits a sample, and grey, each to 8 bits", async () => {
    const deep = await sharp(new Uint16Array(64).fill(0x8080), { raw: { width: 8, height: 8, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    const [picture] = (await taken(deep)) as [Raster];
    near(at(picture, 3, 3), [128, 128, 128], 1);
  });

  const transparent = (ink: Rgb) =>
    sharp(Buffer.from(Array.from({ length: 64 }, (_, dot) => (dot < 32 ? [...ink, 255] : [0, 0, 0, 0])).flat()), {
      raw: { width: 8, height: 8, channels: 4 },
    })
      .png()
      .toBuffer();

  it("a transparent ground is dark, as an unlit panel", async () => {
    const [picture] = (await taken(await transparent([250, 210, 40]))) as [Raster];
    expect(at(picture, 2, 7)).toEqual([0, 0, 0]);
    expect(at(picture, 2, 0)).toEqual([250, 210, 40]);
  });

  it("and white under dark ink, which would not be seen on it", async () => {
    const [picture] = (await taken(await transparent([20, 20, 60]))) as [Raster];
    expect(at(picture, 2, 7)).toEqual([255, 255, 255]);
    expect(at(picture, 2, 0)).toEqual([20, 20, 60]);
  });

  it("of what moves the first frame, and says so", async () => {
    const frames = Buffer.concat([raster(16, 16, () => red).pixels, raster(16, 16, () => blue).pixels]);
    const joined = () => sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } });
    for (const bytes of [
      await joined()
        .gif({ delay: [100, 100] })
        .toBuffer(),
      await joined()
        .webp({ lossless: true, delay: [100, 100] })
        .toBuffer(),
    ]) {
      expect((await sharp(bytes).metadata()).pages).toBe(2);
      const decoded = await decodeUpload(bytes, "moving");
      if (!decoded.ok) throw new Error(decoded.fault.code);
      expect(decoded.rasters).toHaveLength(1);
      near(at(decoded.rasters[0] as Raster, 8, 8), red, 4);
      expect(decoded.warnings.map(({ en }) => en)).toEqual([expect.stringContaining("only its first frame")]);
    }
    const control = Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]);
    const apng = pngSaying(1, 1, Buffer.from([0, 128]), [["acTL", control]]);
    expect(await decodeUpload(apng, "apng")).toMatchObject({
      ok: true,
      warnings: [{ en: expect.stringContaining("first frame") }],
    });
    expect(await decodeUpload(pngSaying(1, 1, Buffer.from([0, 128])), "png")).toMatchObject({ ok: true, warnings: [] });
  });

  it("each page of a TIFF", async () => {
    const frames = Buffer.concat([raster(16, 16, () => red).pixels, raster(16, 16, () => blue).pixels]);
    const tiff = await sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } })
      .tiff()
      .toBuffer();
    const pictures = await taken(tiff);
    expect(pictures).toHaveLength(2);
    near(at(pictures[0] as Raster, 8, 8), red, 4);
    near(at(pictures[1] as Raster, 8, 8), blue, 4);
  });

  it("a picture larger than pictures are kept, made smaller", async () => {
    const big = await sharp({ create: { width: 5000, height: 4000, channels: 3, background: "#c01e1e" } })
      .jpeg()
      .toBuffer();
    const [picture] = (await taken(big)) as [Raster];
    expect(picture.width * picture.height).toBeLessThanOrEqual(limits.picturePx);
    expect(picture.width * picture.height).toBeGreaterThan(limits.picturePx * 0.99);
    expect(Math.abs(picture.width / picture.height - 1.25)).toBeLessThan(0.001);
  });
});

describe("a PDF", () => {
  it("at the fineness of a scan, its colours and its writing in place", async () => {
    const [page] = (await taken(pdf())) as [Raster];
    expect([page.width, page.height]).toEqual([1652, 2338]);
    expect(at(page, 0, 0)).toEqual([255, 255, 255]);
    // The circle's rightmost point, 420/150 points from below.
    near(at(page, Math.round((420 * 200) / 72), 2338 - Math.round((150 * 200) / 72)), [255, 0, 0], 8);
    const row = Array.from({ length: 400 }, (_, x) => at(page, 200 + x, Math.round(((842 - 728) * 200) / 72)));
    expect(
      row.some(([value]) => value < 60),
      "black writing",
    ).toBe(true);
    // Letters drawn for liquid crystals would have coloured edges: specks of red and green on two-colour panels.
    expect(row.every(([r, g, b]) => r === g && g === b)).toBe(true);
  });

  it("the picture of an electronic seal, which is an annotation", async () => {
    const seal =
      "/Annots [<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /F 4 /Rect [300 300 400 400] /AP << /N 11 0 R >> >>]";
    const drawing = "1 0 0 rg 0 0 100 100 re f";
    const form = `<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`;
    const [page] = (await taken(pdf({ page: seal, objects: ["<< >>", form] }))) as [Raster];
    near(at(page, Math.round((350 * 200) / 72), 2338 - Math.round((350 * 200) / 72)), [255, 0, 0], 0);
  });

  it("every page; more than a notice may have are refused with the number", async () => {
    expect(await taken(pdf({ pages: 3, size: [100, 100] }))).toHaveLength(3);
    // Twenty pages of black print, as offices have them, fit; a third as many bytes as in colour.
    const print = await taken(pdf({ pages: 20, drawing: "BT /F1 24 Tf 72 720 Td (Notice 15) Tj ET" }));
    expect(print.map(({ channels }) => channels)).toEqual(Array.from({ length: 20 }, () => 1));
    expect(await faultOf(pdf({ pages: 21, size: [100, 100] }))).toMatchObject({
      code: "notice/picture-too-large",
      has: 21,
      max: 20,
    });
  });

  const simSun = [
    "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [11 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 12 0 R >>",
    "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141 /StemV 80 /CapHeight 700 >>",
  ];

  it("writing in a font that is not in the file: refused, for it would be left out", async () => {
    const bytes = pdf({ drawing: "BT /F2 24 Tf 72 720 Td <516C793A> Tj ET", objects: simSun });
    expect(await faultOf(bytes)).toMatchObject({ code: "notice/picture-font", page: 1, character: "公" });
  });

  it.each(["/FreeText /DA (/F2 24 Tf 0 g)", "/Stamp", "/Widget /FT /Tx /T (a) /V (b)"])(
    "such writing in an annotation: %s",
    async (kind) => {
      const note = (writing: string) => {
        const form = `<< /Type /XObject /Subtype /Form /BBox [0 0 200 60] /Resources << /Font << /F1 5 0 R /F2 10 0 R >> >> /Length ${writing.length} >>\nstream\n${writing}\nendstream`;
        const page = `/Annots [<< /Type /Annot /Subtype ${kind} /F 4 /Rect [72 500 272 560] /AP << /N 13 0 R >> >>]`;
        return pdf({ page, objects: [...simSun, form] });
      };
      expect(await faultOf(note("BT /F2 24 Tf 5 20 Td <516C793A> Tj ET"))).toMatchObject({
        code: "notice/picture-font",
        page: 1,
        character: "公",
      });
      const [latin] = (await taken(note("BT /F1 24 Tf 5 20 Td (Notice) Tj ET"))) as [Raster];
      const row = Array.from({ length: 500 }, (_, x) => at(latin, 200 + x, 2338 - Math.round((528 * 200) / 72)));
      expect(row.some(([value]) => value < 60)).toBe(true);
    },
  );

  it("more writing on a page than is looked at: refused, with the page", async () => {
    const drawing = `BT /F1 2 Tf 9 720 Td (${"a".repeat(20_001)}) Tj ET`;
    expect(await faultOf(pdf({ drawing }))).toMatchObject({
      code: "notice/picture-too-large",
      unit: { zh: expect.stringContaining("第 1 页") },
      has: 20_001,
      max: 20_000,
    });
  });

  it("a page as large as a wall, drawn no larger than pictures are kept", async () => {
    const [page] = (await taken(pdf({ size: [14_400, 14_400] }))) as [Raster];
    expect(page.width * page.height).toBeLessThanOrEqual(limits.picturePx);
  });
});
