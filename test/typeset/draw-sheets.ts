/**
 * Draws what the typesetter makes of the samples, to be looked at:
 *
 *     npx tsx test/typeset/draw-sheets.ts FOLDER [NOTICE…]
 *
 * One PNG a board; each notice a row of its pages (at most `pagesShown`), strips as their first panels' worth.
 */
import { mkdirSync } from "node:fs";
import sharp, { type OverlayOptions } from "sharp";
import { messageFrame, type Message, type Shape } from "../../src/message/index.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { plainText } from "../../src/typeset/plain-text.ts";
import { annualReport, boards, noticeIds, sampleRequest, samplePairs, content } from "./samples.ts";

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) throw new Error("name a folder for the sheets");
const pagesShown = 8;
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
      const red = lit(0);
      out.set([red ? 255 : 24, colour === "dual" && lit(1) ? 220 : 24, 24], (y * width + x) * 3);
    }
  return out;
}

for (const board of boards) {
  const { shape } = board;
  const small = shape.width > 1000 ? 4 : 1;
  const rows: { label: string; frames: Uint8Array[] }[] = [];
  const put = (label: string, request: TypesetRequest) => {
    const result = typeset(request);
    if (!result.ok) console.log(board.id, label, JSON.stringify(result.faults));
    else
      rows.push({
        label: `${label} ${result.pages}`,
        frames: frames(result.message, request.window.from + 8 * 3_600_000 + 1_830_000),
      });
  };
  for (const id of noticeIds)
    if (samplePairs.some((pair) => pair.notice === id && pair.board === board.id))
      if (wanted.length === 0 || wanted.includes(id)) put(id, sampleRequest(id, shape));
  if (wanted.length === 0 || wanted.includes("default"))
    put("default", {
      ...sampleRequest("N01", shape),
      content: content({ displayKind: "default", body: board.lines.join("\n") }),
    });
  if (wanted.length === 0 || wanted.includes("report"))
    put("report", { ...sampleRequest("N01", shape), content: plainText(annualReport) });

  const cellWidth = Math.floor(shape.width / small);
  const cellHeight = Math.floor(shape.height / small);
  const across = Math.max(1, Math.min(pagesShown, Math.floor(1900 / (cellWidth + 6))));
  const overlays: OverlayOptions[] = [];
  let y = 6;
  for (const row of rows) {
    overlays.push({ input: { text: { text: row.label, rgba: false, dpi: 72 } }, left: 4, top: y });
    for (const [index, pixels] of row.frames.slice(0, pagesShown).entries()) {
      if (index > 0 && index % across === 0) y += cellHeight + 6;
      const input = await sharp(pixels, { raw: { width: shape.width, height: shape.height, channels: 3 } })
        .resize(cellWidth, cellHeight)
        .png()
        .toBuffer();
      overlays.push({ input, left: 90 + (index % across) * (cellWidth + 6), top: y });
    }
    y += cellHeight + 10;
  }
  await sharp({ create: { width: 96 + across * (cellWidth + 6), height: y, channels: 3, background: "#556" } })
    .composite(overlays)
    .png()
    .toFile(`${folder}/${board.id}.png`);
}
