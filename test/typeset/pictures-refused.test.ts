/** Uploads that are refused, hurt, or too much; and the thread that they are read in. */
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { decodeUpload } from "../../src/typeset/pictures/decode.ts";
import { createPicturing } from "../../src/typeset/pictures/picturing.ts";
import { image, pdf, pngSaying, raster } from "./picture-files.ts";
import { faultOf, flag } from "./picture-taking.ts";

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
    const tooLarge = (has: number) => ({ code: "notice/picture-too-large", has, max: limits.pictureSourcePx });
    expect(await faultOf(pngSaying(60_000, 60_000, Buffer.alloc(1000)))).toMatchObject(tooLarge(3_600_000_000));
    const bomb = pngSaying(8700, 8700, Buffer.alloc(8700 * 8701));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await faultOf(bomb)).toMatchObject(tooLarge(8700 * 8700));
    // Many times more data than the head says, and text chunks that swell.
    const swollen = pngSaying(2, 2, Buffer.alloc(50_000_000));
    const decoded = await decodeUpload(swollen, "swollen");
    expect(decoded.ok ? decoded.rasters.map(({ width, height }) => width * height) : decoded.fault.code).toEqual([4]);
    const gif = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#000" } })
      .gif()
      .toBuffer();
    expect(await faultOf(gif)).toMatchObject(tooLarge(9000 * 9000));
  });
});

it("a document whose pages are together larger than a notice's pictures may be", async () => {
  expect(await faultOf(pdf({ pages: 12, size: [700, 900], drawing: "1 0 0 rg 0 0 50 50 re f" }))).toMatchObject({
    code: "notice/picture-too-large",
    max: limits.pictureBytesPerNotice,
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

  it("has a queue with an end", async () => {
    const picturing = createPicturing({ jobs: 2 });
    const svg = Buffer.from("<svg/>");
    const asked = Array.from({ length: 2 }, () => picturing.take(svg, "x"));
    await expect(picturing.take(svg, "x")).rejects.toThrow("more than 2 pictures");
    for (const one of await Promise.all(asked)) expect(one).toMatchObject({ ok: false });
    expect(await picturing.take(svg, "x")).toMatchObject({ ok: false });
  });
});
