/**
 * Draws what the typesetter makes of every sample notice on every sample board, to be looked at:
 *
 *     npx tsx test/typeset/draw-sheets.ts FOLDER [BOARD…] [NOTICE…]
 *
 * Sheets of PNG for each board; each notice has a row of its pages (at most `pagesShown`), strips as panels' worths.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp, { type OverlayOptions } from "sharp";
import { type Message, messageFrame, type Shape } from "../../src/message/index.ts";
import { plainText } from "../../src/typeset/plain-text.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { annualReport, boards, content, noticeIds, sampleRequest } from "./samples.ts";

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) throw new Error("name a folder for the sheets");
const wantedBoards = boards.filter(({ id }) => wanted.includes(id));
const wantedNotices = [...noticeIds, "default", "report"].filter((id) => wanted.includes(id));
const pagesShown = 8;
const sheetHeightPx = 1500;
const sheetWidthPx = 1500;
const labelWidthPx = 90;
mkdirSync(folder, { recursive: true });

function frames(message: Message, at: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  let elapsed = 0;
  let step = -1;
  for (const page of message.pages) {
    if (page.step === step) continue;
    step = page.step;
    const moving = page.motion === "scroll-left" ? page.bitmap.width : page.bitmap.height;
    const side = page.motion === "scroll-left" ? message.shape.width : message.shape.height;
    const duration = page.holdMs + (page.motion === "hold" ? 0 : moving * page.msPerPx);
    const parts = page.motion === "hold" ? 1 : Math.ceil(moving / side);
    for (let part = 0; part < parts; part++) {
      const into = part === 0 ? 0 : page.holdMs + part * side * page.msPerPx;
      out.push(rgb(message.shape, messageFrame(message, elapsed + Math.min(into, duration - 1), at, 480).pixels));
    }
    elapsed += duration;
  }
  return out;
}

function rgb({ width, height, colour }: Shape, pixels: Uint8Array): Uint8Array {
  if (colour === "rgb") return pixels;
  const out = new Uint8Array(width * height * 3);
  const stride = Math.ceil(width / 8);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const lit = (plane: number) =>
        ((pixels[plane * stride * height + y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
      out.set([lit(0) ? 255 : 24, colour === "dual" && lit(1) ? 220 : 24, 24], (y * width + x) * 3);
    }
  return out;
}

function requestOf(id: string, board: (typeof boards)[number]): TypesetRequest {
  if (id === "report") return { ...sampleRequest("N01", board.shape), content: plainText(annualReport) };
  if (id !== "default") return sampleRequest(id, board.shape);
  const picture = content({ displayKind: "default", body: board.lines.join("\n") });
  return { ...sampleRequest("N01", board.shape), content: picture };
}

class Sheets {
  private readonly name: string;
  private overlays: OverlayOptions[] = [];
  private y = 6;
  private count = 0;

  constructor(name: string) {
    this.name = name;
  }

  async put(label: string, { width, height }: Shape, pages: readonly Uint8Array[]): Promise<void> {
    const shrunk = width > 1000 ? 4 : 1;
    const size = { width: Math.floor(width / shrunk), height: Math.floor(height / shrunk) };
    const across = Math.max(1, Math.floor((sheetWidthPx - labelWidthPx) / (size.width + 6)));
    const lines = Math.ceil(Math.min(pages.length, pagesShown) / across);
    if (this.y + lines * (size.height + 6) > sheetHeightPx) await this.write();
    this.overlays.push({ input: { text: { text: label, dpi: 72 } }, left: 4, top: this.y });
    for (const [index, pixels] of pages.slice(0, pagesShown).entries()) {
      const input = await sharp(pixels, { raw: { width, height, channels: 3 } })
        .resize(size)
        .png()
        .toBuffer();
      const top = this.y + Math.floor(index / across) * (size.height + 6);
      this.overlays.push({ input, left: labelWidthPx + (index % across) * (size.width + 6), top });
    }
    this.y += lines * (size.height + 6) + 4;
  }

  async write(): Promise<void> {
    if (this.overlays.length === 0) return;
    this.count++;
    await sharp({ create: { width: sheetWidthPx, height: this.y, channels: 3, background: "#556" } })
      .composite(this.overlays)
      .png()
      .toFile(join(folder as string, `${this.name}-${this.count}.png`));
    this.overlays = [];
    this.y = 6;
  }
}

for (const board of wantedBoards.length > 0 ? wantedBoards : boards) {
  const sheets = new Sheets(board.id);
  for (const id of wantedNotices.length > 0 ? wantedNotices : [...noticeIds, "default", "report"]) {
    const request = requestOf(id, board);
    const result = typeset(request);
    const morning = request.window.from + 8.5 * 3_600_000;
    if (!result.ok) console.log(board.id, id, JSON.stringify(result.faults));
    else await sheets.put(`${id} ${result.pages}`, board.shape, frames(result.message, morning));
  }
  await sheets.write();
}
