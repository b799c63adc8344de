/** One frame of a strip that scrolls left over a 128 x 32 one-colour panel: 512 bytes. The whole of `frameAt`. */
import {
  emptyFrame,
  frameAt,
  makeMessage,
  type Message,
  type Page,
  type Programme,
  type Shape,
} from "../src/message/index.ts";
import { copyWindow } from "../src/message/bitmap.ts";
import { Canvas } from "../src/typeset/canvas.ts";
import { unifont } from "../src/typeset/font.ts";
import { cellsOf } from "../src/typeset/text.ts";
import type { Bench } from "./harness.ts";
import { agree, use } from "./peers/agree.ts";
import { drawWindow, PixelCanvas } from "./peers/per-pixel.ts";
import { reportLines } from "./peers/text.ts";

const shape: Shape = { width: 128, height: 32, colour: "mono" };
const frameBytes = 512;
const characters = 240;
/** Two lines of text and a gap of one panel's width; not a multiple of eight, as strips seldom are. */
const stripWidth = characters * 16 + shape.width + 5;
const msPerPx = 25;

export function benches(): readonly Bench[] {
  const { message, programme } = scrolling();
  const { bitmap } = message.pages[0] as Page;
  const strip = new PixelCanvas(bitmap.width, bitmap.height);
  strip.bits.set(bitmap.pixels);
  const window = new PixelCanvas(shape.width, shape.height);
  const source = (hash: string) => (hash === message.hash ? message : undefined);
  const frame = emptyFrame(shape);
  const copied = Buffer.alloc(frameBytes);
  const frames = Buffer.alloc(frameBytes * stripWidth);
  const atOffset = (offset: number) => programme.base + offset * msPerPx;
  for (let offset = 0; offset < stripWidth; offset++) {
    drawWindow(strip, offset, window);
    agree(`frame ${offset}`, frameAt(programme, source, atOffset(offset), frame).pixels, window.bits);
    frames.set(window.bits, offset * frameBytes);
  }
  return [
    {
      name: "scroll frame, 128 x 32 mono",
      unit: "ns",
      contenders: [
        {
          name: "ours: frameAt",
          perRun: 1,
          run: onwards((offset) => frameAt(programme, source, atOffset(offset), frame).pixels[offset % frameBytes]),
        },
        {
          name: "ours: copyWindow alone",
          perRun: 1,
          run: onwards((offset) => {
            frame.pixels.fill(0);
            copyWindow(bitmap, offset, 0, shape, frame.pixels);
            return frame.pixels[offset % frameBytes];
          }),
        },
        {
          name: "per pixel",
          perRun: 1,
          run: onwards((offset) => {
            drawWindow(strip, offset, window);
            return window.bits[offset % frameBytes];
          }),
        },
        {
          name: "limit: Buffer.copy",
          perRun: 1,
          run: onwards((offset) => {
            frames.copy(copied, 0, offset * frameBytes, (offset + 1) * frameBytes);
            return copied[offset % frameBytes];
          }),
        },
      ],
      gates: [
        { name: "P: per pixel / ours", ratioOf: ["per pixel", "ours: frameAt"], atLeast: 30 },
        { name: "L: ours / Buffer.copy", ratioOf: ["ours: frameAt", "limit: Buffer.copy"] },
      ],
    },
  ];
}

/** Dot by dot to the left, as a panel sees it, round and round. */
function onwards(draw: (offset: number) => number | undefined) {
  let offset = 0;
  return () => {
    use(draw(offset) ?? 0);
    offset = offset + 1 === stripWidth ? 0 : offset + 1;
  };
}

function scrolling(): { readonly message: Message; readonly programme: Programme } {
  const font = unifont();
  const canvas = new Canvas(stripWidth, shape.height, shape.colour, font);
  for (const [row, line] of reportLines(font, characters).slice(0, 2).entries())
    canvas.text(cellsOf(line, font).cells, 0, row * 16, 1, "body");
  const page: Page = {
    bitmap: canvas.bitmap(),
    motion: "scroll-left",
    msPerPx,
    holdMs: 0,
    step: 0,
    window: null,
    fields: [],
  };
  const message = makeMessage(shape, [page]);
  const base = 1_509_928_190_000;
  const endMs = 7_200_000;
  const turns = [{ message: 0, endMs: message.durationMs }];
  const spans = [{ startMs: 0, endMs, leadMs: 0, turns, utcOffsetMin: 480 }];
  return { message, programme: { shape, base, endMs, messages: [message.hash], spans } };
}
