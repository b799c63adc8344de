/**
 * One frame of two lines of 240 characters that scroll left over a 128 x 32 one-colour panel: 512 bytes. Peers draw each
 * frame anew, as LED libraries' scrollers do: the whole text at its new place. Ours takes it out of the strip that the
 * message has.
 *
 * The library that anyone would take, a canvas, is the peer that 500 is asked of. The other redraws are our own, of one bit
 * a dot, and quicker than that library and than the C++ one that sets each dot in eleven planes: from them the copy of the
 * frame's bytes alone, which no drawing can undercut, is less than 500 times away, so they have gates of their own.
 */
import {
  emptyBitmap,
  emptyFrame,
  frameAt,
  makeMessage,
  type Message,
  type Page,
  type Programme,
  rowStride,
  type Shape,
} from "../src/message/index.ts";
import { shiftedBytes } from "../src/message/shifted-strips.ts";
import { copyWindow } from "../src/message/window.ts";
import { unifont } from "../src/typeset/fonts/unifont.ts";
import type { Bench } from "./harness.ts";
import { agree, use } from "./peers/agree.ts";
import { registerFont, TextCanvas } from "./peers/canvas.ts";
import { drawText, drawWindow, type GlyphMap, glyphMap, PixelCanvas } from "./peers/per-pixel.ts";
import { reportLines } from "./peers/text.ts";

const shape: Shape = { width: 128, height: 32, colour: "mono" };
const frameBytes = 512;
const characters = 240;
/** Text and a gap of one panel's width; not a multiple of eight, as strips seldom are. */
const stripWidth = characters * 16 + shape.width + 5;
const msPerPx = 25;
/** What shifting a strip beforehand may take: times the strip. */
const memoryMost = 8;

export function benches(): readonly Bench[] {
  // Of other benches in this program.
  const before = shiftedBytes();
  const font = unifont();
  const glyphs = glyphMap(font);
  const lines = reportLines(font, characters).slice(0, 2);
  const strip = new PixelCanvas(stripWidth, shape.height);
  for (const [row, line] of lines.entries()) drawText(glyphs, strip, 0, row * 16, line);
  const { message, programme } = scrolling(strip);
  const { bitmap } = message.pages[0] as Page;
  const source = (hash: string) => (hash === message.hash ? message : undefined);
  const frame = emptyFrame(shape);
  const peer = new PixelCanvas(shape.width, shape.height);
  registerFont(lines.join(""));
  const canvas = new TextCanvas(shape.width, shape.height);
  const copied = Buffer.alloc(frameBytes);
  const frames = Buffer.alloc(frameBytes * stripWidth);
  const atOffset = (offset: number) => programme.base + offset * msPerPx;
  for (let offset = 0; offset < stripWidth; offset++) {
    drawWindow(strip, offset, peer);
    frames.set(peer.bits, offset * frameBytes);
    agree(`frame ${offset}`, frameAt(programme, source, atOffset(offset), frame).pixels, peer.bits);
    redraw(glyphs, lines, offset, peer);
    agree(`frame ${offset}, redrawn`, frame.pixels, peer.bits);
    redrawVisible(glyphs, lines, offset, peer);
    if (offset % 97 === 0) agree(`frame ${offset}, by canvas`, frame.pixels, redrawOnCanvas(canvas, lines, offset));
    agree(`frame ${offset}, its glyphs redrawn`, frame.pixels, peer.bits);
  }
  const times = (shiftedBytes() - before) / bitmap.pixels.length;
  if (times > memoryMost) throw new Error(`the shifted strip takes ${times} times the strip, more than ${memoryMost}`);
  const drawing = (name: string, draw: (offset: number) => Uint8Array) => ({ name, perRun: 1, run: onwards(draw) });
  return [
    {
      name: "scroll frame, 128 x 32 mono",
      unit: "ns",
      contenders: [
        drawing("ours: the frame", (offset) => {
          copyWindow(bitmap, offset, 0, frame);
          return frame.pixels;
        }),
        drawing("ours: frameAt", (offset) => frameAt(programme, source, atOffset(offset), frame).pixels),
        drawing("redraw, whole text", (offset) => redraw(glyphs, lines, offset, peer)),
        drawing("redraw, @napi-rs/canvas", (offset) => redrawOnCanvas(canvas, lines, offset)),
        drawing("redraw, visible glyphs", (offset) => redrawVisible(glyphs, lines, offset, peer)),
        drawing("strip, dot by dot", (offset) => {
          drawWindow(strip, offset, peer);
          return peer.bits;
        }),
        drawing("limit: Buffer.copy", (offset) => {
          frames.copy(copied, 0, offset * frameBytes, (offset + 1) * frameBytes);
          return copied;
        }),
      ],
      gates: [
        { name: "P: redraw, whole text / frame", ratioOf: ["redraw, whole text", "ours: the frame"], atLeast: 150 },
        { name: "P: @napi-rs/canvas / frame", ratioOf: ["redraw, @napi-rs/canvas", "ours: the frame"], atLeast: 500 },
        { name: "P: visible glyphs / frame", ratioOf: ["redraw, visible glyphs", "ours: the frame"], atLeast: 75 },
        { name: "P: strip, dot by dot / frame", ratioOf: ["strip, dot by dot", "ours: the frame"], atLeast: 100 },
        { name: "P: redraw, whole text / frameAt", ratioOf: ["redraw, whole text", "ours: frameAt"], atLeast: 100 },
        { name: "L: frame / Buffer.copy", ratioOf: ["ours: the frame", "limit: Buffer.copy"], atMost: 1.2 },
        { name: "L: frameAt / Buffer.copy", ratioOf: ["ours: frameAt", "limit: Buffer.copy"], atMost: 2 },
      ],
    },
    inColours(),
  ];
}

/** 384 x 192 dots of 16 colours, as a full-colour board scrolls: 73,728 dots become 221,184 bytes. Told only. */
function inColours(): Bench {
  const wide: Shape = { width: 384, height: 192, colour: "rgb" };
  const palette = Uint8Array.from({ length: 48 }, (_, index) => index * 5);
  const bitmap = emptyBitmap(stripWidth, wide.height, "index4", palette);
  for (let at = 0; at < bitmap.pixels.length - 1; at++) bitmap.pixels[at] = (at * 7) >> (at % 5);
  for (let at = 0; at < bitmap.pixels.length; at += rowStride(stripWidth, "index4"))
    bitmap.pixels[at + rowStride(stripWidth, "index4") - 1] = 0;
  const frame = emptyFrame(wide);
  const other = new Uint8Array(frame.pixels.length);
  const dots = (offset: number) => {
    for (let y = 0, out = 0; y < wide.height; y++)
      for (let x = 0; x < wide.width; x++, out += 3) {
        const column = (offset + x) % stripWidth;
        const byte = bitmap.pixels[y * rowStride(stripWidth, "index4") + (column >> 1)] as number;
        const colour = ((byte >> (column & 1 ? 0 : 4)) & 15) * 3;
        other[out] = palette[colour] as number;
        other[out + 1] = palette[colour + 1] as number;
        other[out + 2] = palette[colour + 2] as number;
      }
    return other;
  };
  const ours = (offset: number) => {
    copyWindow(bitmap, offset, 0, frame);
    return frame.pixels;
  };
  for (const offset of [0, 1, 77, stripWidth - 200, stripWidth - 1])
    agree(`offset ${offset}`, ours(offset), dots(offset));
  const contender = (name: string, draw: (offset: number) => Uint8Array) => ({ name, perRun: 1, run: onwards(draw) });
  const copied = Buffer.alloc(frame.pixels.length);
  return {
    name: "scroll frame, 384 x 192, 16 colours",
    unit: "us",
    contenders: [
      contender("ours: the frame", ours),
      contender("strip, dot by dot", dots),
      contender("limit: Buffer.copy", () => {
        copied.set(frame.pixels);
        return copied;
      }),
    ],
    gates: [
      { name: "P: strip, dot by dot / frame", ratioOf: ["strip, dot by dot", "ours: the frame"] },
      { name: "L: frame / Buffer.copy", ratioOf: ["ours: the frame", "limit: Buffer.copy"] },
    ],
  };
}

/** Clear, then the whole text at its new place, and again behind its gap: glyphs outside cost no more than being looked up. */
function redraw(glyphs: GlyphMap, lines: readonly string[], offset: number, into: PixelCanvas): Uint8Array {
  into.clear();
  for (const [row, line] of lines.entries()) {
    drawClipped(glyphs, into, -offset, row * 16, line);
    if (offset + shape.width > stripWidth) drawClipped(glyphs, into, stripWidth - offset, row * 16, line);
  }
  return into.bits;
}

function drawClipped(glyphs: GlyphMap, into: PixelCanvas, x: number, y: number, text: string): void {
  let at = x;
  for (const character of text) {
    const width = glyphs.get(character.codePointAt(0) ?? 0)?.width ?? 0;
    if (at + width > 0 && at < into.width) drawText(glyphs, into, at, y, character);
    at += width;
  }
}

/** As a page scrolls its text: cleared, both lines drawn at their new place, read back, packed. */
function redrawOnCanvas(canvas: TextCanvas, lines: readonly string[], offset: number): Uint8Array {
  canvas.clear();
  for (const [row, line] of lines.entries()) {
    canvas.text(line, -offset, row * 16);
    if (offset + shape.width > stripWidth) canvas.text(line, stripWidth - offset, row * 16);
  }
  return canvas.pack();
}

/** The same by one that knows that its glyphs are 16 dots wide, and draws those that can be seen. */
function redrawVisible(glyphs: GlyphMap, lines: readonly string[], offset: number, into: PixelCanvas): Uint8Array {
  into.clear();
  const first = offset >> 4;
  const many = shape.width / 16 + 1;
  for (const [row, line] of lines.entries()) {
    drawText(glyphs, into, first * 16 - offset, row * 16, line.slice(first, first + many));
    if (offset + shape.width > stripWidth) drawText(glyphs, into, stripWidth - offset, row * 16, line.slice(0, many));
  }
  return into.bits;
}

/** Dot by dot to the left, as a panel sees it, round and round. */
function onwards(draw: (offset: number) => Uint8Array) {
  let offset = 0;
  return () => {
    use(draw(offset)[offset % frameBytes] ?? 0);
    offset = offset + 1 === stripWidth ? 0 : offset + 1;
  };
}

function scrolling({ width, height, bits }: PixelCanvas): { readonly message: Message; readonly programme: Programme } {
  const bitmap = { width, height, format: "mono1", pixels: bits, palette: new Uint8Array(0) } as const;
  const page: Page = { bitmap, motion: "scroll-left", msPerPx, holdMs: 0, step: 0, window: null, fields: [] };
  const message = makeMessage(shape, [page]);
  const base = 1_509_928_190_000;
  const endMs = 7_200_000;
  const turns = [{ message: 0, endMs: message.durationMs }];
  const spans = [{ startMs: 0, endMs, leadMs: 0, turns, utcOffsetMin: 480 }];
  return { message, programme: { shape, base, endMs, messages: [message.hash], spans } };
}
