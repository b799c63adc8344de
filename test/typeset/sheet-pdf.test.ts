/** A printed sheet is what was signed: drawn by a PDF reader at 200 dpi, its dots are those of the message. */
import { inflateSync } from "node:zlib";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { describe, expect, test } from "vitest";
import { paperSheets } from "../../src/daemon/paper-sheets.ts";
import type { Bitmap } from "../../src/message/index.ts";
import { paperDpi, sheets, surfacesOf } from "../../src/notices/paper.ts";
import { sheetPdf, typeset } from "../../src/typeset/index.ts";
import { file, sample, site } from "../notices/samples.ts";

const pointsPerInch = 72;

/** Of each page: its size in dots, and which of them have ink; `dark`: below this of 255. */
async function drawn(pdf: Uint8Array, dark = 128) {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(pdf));
  const pages = [];
  for (const page of document.pages()) {
    const image = await page.render({ scale: paperDpi / pointsPerInch, render: "bitmap" });
    const { width, height, data } = image;
    pages.push({ width, height, hasInk: (x: number, y: number) => (data[(y * width + x) * 4] ?? 255) < dark });
  }
  document.destroy();
  return pages;
}

const dotOf = ({ pixels, width }: Bitmap, x: number, y: number) =>
  ((pixels[y * Math.ceil(width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;

/** The bitmaps that a PDF of ours holds, by what stands before each stream. */
function imagesIn(pdf: Uint8Array): { width: number; pixels: Buffer }[] {
  const text = Buffer.from(pdf).toString("latin1");
  return Array.from(
    text.matchAll(/\/Width (\d+) [^>]*\/Length (\d+) >>\nstream\n/g),
    ({ 0: head, 1: width, 2: length, index }) => {
      const from = index + head.length;
      return { width: Number(width), pixels: inflateSync(pdf.subarray(from, from + Number(length))) };
    },
  );
}

/** Of the ink: left, top, right, bottom. */
function boxOf(width: number, height: number, hasInk: (x: number, y: number) => boolean): number[] {
  const box = [width, height, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (hasInk(x, y)) {
        box[0] = Math.min(box[0] ?? 0, x);
        box[1] = Math.min(box[1] ?? 0, y);
        box[2] = Math.max(box[2] ?? 0, x);
        box[3] = Math.max(box[3] ?? 0, y);
      }
  return box;
}

function setFor(id: string) {
  const board = site.boards.find(({ paper }) => paper !== undefined);
  const record = sample(id);
  const surface = board && surfacesOf(board, record.content)[1];
  if (!surface) throw new Error(`${id} does not hang`);
  const window = { from: record.schedule.from, until: record.schedule.until };
  const set = typeset({ notice: id, content: surface.content, shape: surface.shape, zone: site.zone, window });
  if (!set.ok) throw new Error("not set");
  return set.message;
}

test("what the samples say is printed hangs, and nothing else that goes to the board with paper", () => {
  const board = site.boards.find(({ id }) => id === "B9");
  if (!board) throw new Error("no B9");
  expect(board.paper).toBe("A4");
  const there = file.notices.flatMap(({ id, expect: due }) => {
    const record = due.displayable === false ? null : sample(id);
    return record?.schedule.boards.includes("B9") ? [{ id, printed: due.printOut === true, record }] : [];
  });
  expect(there.map(({ id }) => id)).toEqual(["N06", "N07", "N19", "N20", "N35", "N37"]);
  for (const { id, printed, record } of there) expect(surfacesOf(board, record.content).length === 2, id).toBe(printed);
});

describe("N06 on A4", () => {
  const message = setFor("N06");
  const parts = {
    typesetting: { ask: async (request: Parameters<typeof typeset>[0]) => typeset(request) },
    messages: { get: async () => message.bytes },
    zone: site.zone,
    calendarConfig: site.calendar,
  };
  const wanted = { message: message.hash, paper: "A4", title: "危房改造", foot: ["青石港办事处", "张贴"] } as const;

  test("every dot that was signed, at its own size, and nothing beside it but the foot", async () => {
    const pdf = await paperSheets(parts, { ...wanted, mark: null });
    const [page, ...others] = await drawn(pdf ?? new Uint8Array());
    const bitmap = message.pages[0]?.bitmap;
    if (!page || !bitmap) throw new Error("no page");
    expect(others).toEqual([]);
    const { left, top, shape, width, height } = sheets.A4;
    // A reader's page ends at a whole dot.
    expect(Math.abs(page.width - width)).toBeLessThanOrEqual(2);
    expect(Math.abs(page.height - height)).toBeLessThanOrEqual(2);
    // In the file itself the dots are those of the seal, every one; a reader shows them where they belong.
    expect(imagesIn(pdf ?? new Uint8Array()).filter(({ width }) => width === shape.width)[0]?.pixels).toEqual(
      Buffer.from(bitmap.pixels),
    );
    const signed = boxOf(shape.width, shape.height, (x, y) => dotOf(bitmap, x, y));
    const shown = boxOf(page.width, top + shape.height, page.hasInk);
    for (const [index, edge] of signed.entries())
      expect(Math.abs((shown[index] ?? 0) - edge - (index % 2 === 0 ? left : top))).toBeLessThanOrEqual(2);
  });

  test("the same sheet is the same bytes; a sample and a practice sheet are marked across", async () => {
    const plain = await paperSheets(parts, { ...wanted, mark: null });
    expect(await paperSheets(parts, { ...wanted, mark: null })).toEqual(plain);
    const marked = await drawn((await paperSheets(parts, { ...wanted, mark: "样张" })) ?? new Uint8Array(), 240);
    const unmarked = await drawn(plain ?? new Uint8Array(), 240);
    const inked = ([page]: Awaited<ReturnType<typeof drawn>>) => {
      let count = 0;
      for (let y = 0; y < (page?.height ?? 0); y += 4)
        for (let x = 0; x < (page?.width ?? 0); x += 4) if (page?.hasInk(x, y)) count++;
      return count;
    };
    expect(inked(marked)).toBeGreaterThan(2 * inked(unmarked));
  });

  test("bytes that are not what the seal names are not printed", async () => {
    const others = { ...parts, messages: { get: async () => message.bytes.subarray(0, -1) } };
    expect(await paperSheets(others, { ...wanted, mark: null })).toBeNull();
    const missing = { ...parts, messages: { get: async () => null } };
    expect(await paperSheets(missing, { ...wanted, mark: null })).toBeNull();
  });
});

test("a bitmap of more than one bit is no sheet", async () => {
  const bitmap: Bitmap = {
    width: 8,
    height: 1,
    format: "rgb24",
    pixels: new Uint8Array(24),
    palette: new Uint8Array(0),
  };
  const sheet = { width: 8, height: 1, stamps: [{ bitmap, x: 0, y: 0 }] };
  await expect(sheetPdf([sheet], paperDpi, "")).rejects.toThrow(RangeError);
});
