/** A page of text drawn, named, and put into frames for the wire, against sharp's PNG of the same page. */
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { decodeMessage, makeMessage, type Message, type Page, type Shape } from "../src/message/index.ts";
import { chunkBytesMax, encodeFrame } from "../src/panels/reference/codec.ts";
import { FrameReader } from "../src/panels/reference/simulator/wire.ts";
import { Canvas } from "../src/typeset/canvas.ts";
import { faceOf } from "../src/typeset/fonts/index.ts";
import { unifont } from "../src/typeset/fonts/unifont.ts";
import { type Cell, cellsOf } from "../src/typeset/text.ts";
import { typeset } from "../src/typeset/typeset.ts";
import type { Bench } from "./harness.ts";
import { agree, use } from "./peers/agree.ts";
import { reportLines } from "./peers/text.ts";

const shape: Shape = { width: 128, height: 32, colour: "mono" };
const face = faceOf({ sizePx: 16, weight: "regular" });
const characters = 8;
const lines = reportLines(unifont(), characters);
/** Two lines of eight characters a page. */
const texts = Array.from({ length: Math.floor(lines.length / 2) }, (_, page) => lines.slice(page * 2, page * 2 + 2));
const pages = texts.map((text) => text.map((line) => cellsOf(line, face).cells));

export async function benches(): Promise<readonly Bench[]> {
  sharp.concurrency(1);
  const messages = pages.map(draw);
  for (const [index, message] of messages.entries()) await check(index, message);
  const grey = messages.map(greyOf);
  return [
    {
      name: "page encode, 128 x 32 mono",
      unit: "us",
      contenders: [
        { name: "ours: draw, name, frame", perRun: 1, run: inTurn((page) => onWire(draw(pages[page] ?? []))) },
        {
          name: "ours, and deflated as at rest",
          perRun: 1,
          run: inTurn((page) => {
            const message = draw(pages[page] ?? []);
            return onWire(message) + deflateSync(message.bytes, { level: 6 }).length;
          }),
        },
        {
          name: "ours, from text: typeset, name, frame",
          perRun: 1,
          run: inTurn((page) => onWire(setText((texts[page] ?? []).join("")))),
        },
        {
          name: "sharp: PNG of the drawn page",
          perRun: 1,
          run: inTurn(async (page) => (await pngOf(grey[page] ?? new Uint8Array(0))).length),
        },
      ],
      gates: [
        { name: "P: sharp / ours", ratioOf: ["sharp: PNG of the drawn page", "ours: draw, name, frame"], atLeast: 25 },
        {
          name: "P with deflate",
          ratioOf: ["sharp: PNG of the drawn page", "ours, and deflated as at rest"],
        },
        {
          name: "P from text",
          ratioOf: ["sharp: PNG of the drawn page", "ours, from text: typeset, name, frame"],
        },
      ],
    },
  ];
}

function inTurn(encode: (page: number) => number | Promise<number>) {
  let next = 0;
  const after = () => {
    const page = next;
    next = page + 1 === pages.length ? 0 : page + 1;
    return page;
  };
  return () => {
    const made = encode(after());
    if (typeof made === "number") use(made);
    else return made.then(use);
  };
}

function draw(text: readonly (readonly Cell[])[]): Message {
  const canvas = new Canvas(shape.width, shape.height, shape.colour);
  for (const [row, cells] of text.entries()) canvas.text(cells, 0, row * 16, "body");
  const page: Page = {
    bitmap: canvas.bitmap(),
    motion: "hold",
    msPerPx: 0,
    holdMs: 5000,
    step: 0,
    window: null,
    fields: [],
  };
  return makeMessage(shape, [page]);
}

/** Every PUT that uploads the message; the sum of their last bytes but one, the CRC's. */
function onWire(message: Message): number {
  let sum = 0;
  for (const frame of framesOf(message)) sum += frame[frame.length - 2] ?? 0;
  return sum;
}

function framesOf({ bytes, hash }: Message): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; offset += chunkBytesMax) {
    const data = bytes.subarray(offset, offset + chunkBytesMax);
    frames.push(encodeFrame({ verb: "put", hash, total: bytes.length, offset, data }, frames.length + 1, 1));
  }
  return frames;
}

function setText(body: string): Message {
  const made = typeset({
    notice: "bench",
    content: {
      title: "标语",
      body,
      category: "标语",
      track: "屏幕服务",
      openness: "主动公开",
      opennessReason: null,
      fiveOpen: null,
      displayKind: "slogan",
      formedOn: null,
      signature: { org: "", date: null },
      publicity: null,
      alert: null,
    },
    shape,
    zone: "Asia/Shanghai",
    window: { from: 0, until: 1 },
  });
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return made.message;
}

/** One byte a dot, as sharp takes pixels; made beforehand, in sharp's favour. */
function greyOf(message: Message): Uint8Array {
  const { pixels } = (message.pages[0] as Page).bitmap;
  return Uint8Array.from({ length: pixels.length * 8 }, (_, dot) =>
    (pixels[dot >> 3] ?? 0) & (0x80 >> (dot & 7)) ? 255 : 0,
  );
}

function pngOf(grey: Uint8Array): Promise<Buffer> {
  return sharp(grey, { raw: { width: shape.width, height: shape.height, channels: 1 } })
    .png()
    .toBuffer();
}

/** Both ways lead back to the page: through the simulated panel's own reader, and through the PNG. */
async function check(index: number, message: Message): Promise<void> {
  const reader = new FrameReader();
  const parts: Uint8Array[] = [];
  for (const byte of Buffer.concat(framesOf(message))) {
    const frame = reader.feed(byte);
    if (frame) parts.push(frame.payload.subarray(40));
  }
  const decoded = decodeMessage(Buffer.concat(parts));
  if (!decoded.ok || decoded.message.hash !== message.hash) throw new Error(`page ${index}: the wire changed it`);
  const grey = greyOf(decoded.message);
  agree(
    `page ${index}`,
    new Uint8Array(
      await sharp(await pngOf(grey))
        .extractChannel(0)
        .raw()
        .toBuffer(),
    ),
    grey,
  );
}
