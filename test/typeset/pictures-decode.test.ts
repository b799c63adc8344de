/** What happens to an upload: every kind that offices have, every way it may be wrong. */
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { type Decoded, decodeUpload } from "../../src/typeset/pictures/decode.ts";
import { createPicturing } from "../../src/typeset/pictures/picturing.ts";
import type { Raster } from "../../src/typeset/pictures/raster.ts";
import { image, pdf, pngSaying, type Rgb, raster } from "./picture-files.ts";

const red: Rgb = [200, 30, 30];
const blue: Rgb = [20, 40, 210];
/** Left half red, right half blue, a green corner top left: shows what was turned or mirrored. */
const flag = raster(40, 24, (x, y) => (x < 8 && y < 8 ? [0, 160, 0] : x < 20 ? red : blue));

async function taken(bytes: Uint8Array, name = "upload"): Promise<readonly Raster[]> {
  const decoded = await decodeUpload(bytes, name);
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.fault));
  return decoded.rasters;
}

async function faultOf(bytes: Uint8Array): Promise<Extract<Decoded, { ok: false }>["fault"]> {
  const decoded = await decodeUpload(bytes, "upload");
  if (decoded.ok) throw new Error("was taken");
  return decoded.fault;
}

function at({ width, channels, pixels }: Raster, x: number, y: number): Rgb {
  const dot = y * width + x;
  if (channels === 1) return [pixels[dot] as number, pixels[dot] as number, pixels[dot] as number];
  return [pixels[dot * 3] as number, pixels[dot * 3 + 1] as number, pixels[dot * 3 + 2] as number];
}

function near(found: Rgb, wanted: Rgb, by: number): void {
  for (let channel = 0; channel < 3; channel++)
    expect(
      Math.abs((found[channel] as number) - (wanted[channel] as number)),
      `${found} for ${wanted}`,
    ).toBeLessThanOrEqual(by);
}

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
    expect(await faultOf(pdf({ pages: 21, size: [100, 100] }))).toMatchObject({
      code: "notice/picture-too-large",
      has: 21,
      max: 20,
    });
  });

  it("writing in a font that is not in the file: refused, for it would be left out", async () => {
    const font =
      "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [11 0 R] >>";
    const descendant =
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 12 0 R >>";
    const descriptor =
      "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141 /StemV 80 /CapHeight 700 >>";
    const bytes = pdf({ drawing: "BT /F2 24 Tf 72 720 Td <516C793A> Tj ET", objects: [font, descendant, descriptor] });
    expect(await faultOf(bytes)).toMatchObject({ code: "notice/picture-font", page: 1, character: "公" });
  });

  it("a page as large as a wall, drawn no larger than pictures are kept", async () => {
    const [page] = (await taken(pdf({ size: [14_400, 14_400] }))) as [Raster];
    expect(page.width * page.height).toBeLessThanOrEqual(limits.picturePx);
  });
});

describe("what is refused, each with its own reason", () => {
  it.each([
    ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'), "SVG"],
    [
      "an SVG behind an XML head",
      Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg/>'),
      "SVG",
    ],
    ["a HEIC photograph", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1"), "HEIC"],
    ["a BMP", Buffer.from("BM\0\0\0\0\0\0", "latin1"), "BMP"],
    ["a docx", Buffer.from("PK\x03\x04\0\0", "latin1"), "office"],
    ["nothing", Buffer.alloc(0), "empty"],
    ["a text", Buffer.from("公示"), "not a picture"],
  ])("%s", async (_, bytes, word) => {
    const fault = await faultOf(bytes);
    if (fault.code !== "notice/picture-format") throw new Error(fault.code);
    expect(fault.found.en).toContain(word);
  });

  it("a file cut off", async () => {
    const noise = raster(200, 200, (x, y) => [(x * y) % 251, (x * 7 + y * 13) % 253, (x ^ y) % 256]);
    for (const make of [
      () => image(noise).png(),
      () => image(noise).jpeg(),
      () => image(noise).webp(),
      () => image(noise).gif(),
      () => image(noise).tiff(),
    ]) {
      const bytes = await make().toBuffer();
      expect(await faultOf(bytes.subarray(0, bytes.length * 0.6))).toMatchObject({ code: "notice/picture-broken" });
    }
    expect(await faultOf(pdf().subarray(0, 300))).toMatchObject({ code: "notice/picture-broken" });
  });

  it("a file that is two kinds at once", async () => {
    const both = Buffer.concat([
      Buffer.from("GIF89a", "latin1"),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ]);
    expect(await faultOf(both)).toMatchObject({ code: "notice/picture-broken" });
  });

  it("more bytes than an upload may have", async () => {
    expect(await faultOf(new Uint8Array(limits.pictureUploadBytes + 1))).toMatchObject({
      code: "notice/picture-too-large",
      has: limits.pictureUploadBytes + 1,
    });
  });

  it("bombs: a few bytes that say or hold thousands of millions of dots", async () => {
    expect(await faultOf(pngSaying(60_000, 60_000, Buffer.alloc(1000)))).toMatchObject({
      code: "notice/picture-broken",
    });
    const bomb = pngSaying(8700, 8700, Buffer.alloc(8700 * 8701));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await faultOf(bomb)).toMatchObject({ code: expect.stringMatching(/picture-(broken|too-large)/) });
    // Many times more data than the head says, and text chunks that swell.
    const swollen = pngSaying(2, 2, Buffer.alloc(50_000_000));
    expect((await decodeUpload(swollen, "swollen")).ok).toBeDefined();
    const gif = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#000" } })
      .gif()
      .toBuffer();
    expect(await faultOf(gif)).toMatchObject({ code: expect.stringMatching(/picture-(broken|too-large)/) });
  });
});

describe("whatever the bytes", () => {
  const seeds = Promise.all([
    image(flag).png().toBuffer(),
    image(flag).jpeg().toBuffer(),
    image(flag).webp().toBuffer(),
    image(flag).gif().toBuffer(),
    image(flag).tiff().toBuffer(),
    Promise.resolve(pdf({ size: [80, 80] })),
  ]);
  const hurt = fc.record({
    file: fc.nat({ max: 5 }),
    changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 255 })), { maxLength: 6 }),
    cut: fc.double({ min: 0.2, max: 1, noNaN: true }),
  });

  it("there is a picture within bounds, or a fault: never an exception", async () => {
    await fc.assert(
      fc.asyncProperty(hurt, async ({ file, changes, cut }) => {
        const bytes = Uint8Array.from((await seeds)[file] as Buffer);
        for (const [place, value] of changes) bytes[Math.floor(place * (bytes.length - 1))] = value;
        const decoded = await decodeUpload(bytes.subarray(0, Math.ceil(bytes.length * cut)), "hurt");
        if (!decoded.ok) return decoded.fault.code.startsWith("notice/picture-");
        return decoded.rasters.every(
          ({ width, height, channels, pixels }) =>
            width * height <= limits.picturePx && pixels.length === width * height * channels,
        );
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});

describe("the thread", () => {
  it("gives the picture under its name, the same each time", async () => {
    const picturing = createPicturing();
    const bytes = await image(flag).png().toBuffer();
    const [first, again] = await Promise.all([picturing.take(bytes, "a.png"), picturing.take(bytes, "b.png")]);
    if (!first.ok || !again.ok) throw new Error("refused");
    expect(first.pictures).toMatchObject([{ width: 40, height: 24 }]);
    expect(again.pictures[0]?.sha256).toBe(first.pictures[0]?.sha256);
    expect(await sharp(first.pictures[0]?.bytes).raw().toBuffer()).toEqual(Buffer.from(flag.pixels));
  });

  it("is ended with a file that takes too long, and the next one is read", async () => {
    const picturing = createPicturing({ timeoutMs: 1 });
    const slow = await picturing.take(pdf(), "slow.pdf");
    expect(slow).toMatchObject({ ok: false, faults: [{ code: "notice/picture-slow", name: "slow.pdf" }] });
    const next = createPicturing();
    expect(await next.take(pdf({ size: [50, 50] }), "next.pdf")).toMatchObject({ ok: true });
  });

  it("has a queue with an end", async () => {
    const picturing = createPicturing({ jobs: 2 });
    const svg = Buffer.from("<svg/>");
    const asked = Array.from({ length: 2 }, () => picturing.take(svg, "x"));
    await expect(picturing.take(svg, "x")).rejects.toThrow("more than 2 pictures");
    for (const one of await Promise.all(asked)) expect(one).toMatchObject({ ok: false });
    expect(await picturing.take(svg, "x")).toMatchObject({ ok: false });
  });
});
