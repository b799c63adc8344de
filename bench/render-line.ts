/**
 * One line of 24 Chinese characters into packed bits: 384 x 16 dots, 768 bytes. Ours is what the typesetter calls for
 * every line that it draws, with clearing, as for all others.
 */
import { createMask, drawCells, type Mask } from "../src/typeset/blit.ts";
import { Canvas } from "../src/typeset/canvas.ts";
import { faceOf } from "../src/typeset/fonts/index.ts";
import { unifont } from "../src/typeset/fonts/unifont.ts";
import { cellsOf } from "../src/typeset/text.ts";
import type { Bench, Contender } from "./harness.ts";
import { agree, use } from "./peers/agree.ts";
import { registerFont, TextCanvas } from "./peers/canvas.ts";
import { compileLimit, type Limit } from "./peers/limit.ts";
import { drawNaively } from "./peers/naive.ts";
import { drawText, glyphMap, PixelCanvas } from "./peers/per-pixel.ts";
import { reportLines } from "./peers/text.ts";

const font = unifont();
const face = faceOf({ sizePx: 16, weight: "regular" });
const glyphs = glyphMap(font);
const characters = 24;
const lines = reportLines(font, characters);
const celled = lines.map((line) => cellsOf(line, face).cells);
const slots = lines.map((line) => Uint16Array.from(line, (character) => font.slots[character.charCodeAt(0)] ?? 0));

/** Each contender goes through the lines at its own pace; neighbouring runs draw different ones. */
function inTurn(name: string, draw: (line: number) => number | undefined): Contender {
  let next = 0;
  const run = () => {
    use(draw(next) ?? 0);
    next = next + 1 === lines.length ? 0 : next + 1;
  };
  return { name, perRun: 1, run };
}

function ours(mask: Mask, x: number, line: number): Uint8Array {
  mask.bits.fill(0);
  drawCells(mask, x, 0, celled[line] as (typeof celled)[number]);
  return mask.bits;
}

function perPixel(canvas: PixelCanvas, x: number, line: number): Uint8Array {
  canvas.clear();
  drawText(glyphs, canvas, x, 0, lines[line] as string);
  return canvas.bits;
}

/** As the naive one sets dots: without a bounds check. */
function naive({ width, height }: Mask) {
  const stride = width / 8;
  const bits = new Uint8Array(stride * height);
  const set = (x: number, y: number) => {
    const at = y * stride + (x >> 3);
    bits[at] = (bits[at] as number) | (128 >> (x & 7));
  };
  return (x: number, line: number) => {
    bits.fill(0);
    drawNaively(glyphs, set, x, 0, lines[line] as string);
    return bits;
  };
}

function onCanvas(canvas: TextCanvas, x: number, line: number): Uint8Array {
  canvas.clear();
  canvas.text(lines[line] as string, x, 0);
  return canvas.pack();
}

/**
 * The rows as they lie in memory, and a store for each, as C does it: full-width glyphs at multiples of 16 only. Written
 * out, because the engine takes three times as long for a loop.
 */
const memoryRows = font.rows.map((row) => ((row & 0xff) << 8) | (row >> 8));
const stored = new Uint16Array(characters * 16);
const storedBytes = new Uint8Array(stored.buffer);
const store = new Function(
  "memoryRows",
  "stored",
  "glyphs",
  `for (let glyph = 0; glyph < ${characters}; glyph++) {
    const from = glyphs[glyph] << 4;
    ${Array.from({ length: 16 }, (_, row) => `stored[glyph + ${row * characters}] = memoryRows[from + ${row}];`).join("\n")}
  }`,
) as (memoryRows: Uint16Array, stored: Uint16Array, glyphs: Uint16Array) => void;

function storeLine(line: number): Uint8Array {
  store(memoryRows, stored, slots[line] as Uint16Array);
  return storedBytes;
}

export function benches(): readonly Bench[] {
  registerFont(lines.join(""));
  return [lineAt(0, "aligned", compileLimit(lines)), lineAt(3, "unaligned", null)];
}

function lineAt(x: number, name: string, limit: Limit | null): Bench {
  const aligned = x === 0;
  const width = characters * 16 + (aligned ? 0 : 16);
  const mask = createMask(width, 16);
  const pixels = new PixelCanvas(width, 16);
  const drawnNaively = naive(mask);
  const canvas = new TextCanvas(width, 16);
  const drawn = Buffer.alloc(mask.bits.length * lines.length);
  for (const line of lines.keys()) {
    ours(mask, x, line);
    drawn.set(mask.bits, line * mask.bits.length);
    agree(`line ${line} ${name}, per pixel`, mask.bits, perPixel(pixels, x, line));
    agree(`line ${line} ${name}, naive`, mask.bits, drawnNaively(x, line));
    agree(`line ${line} ${name}, canvas`, mask.bits, onCanvas(canvas, x, line));
    if (aligned) agree(`line ${line}, stores`, mask.bits, storeLine(line));
  }
  const copied = Buffer.alloc(mask.bits.length);
  const cLoop = "limit: 16-bit stores, C";
  const jsLoop = "limit: 16-bit stores, JS";
  const limits = aligned
    ? [inTurn(jsLoop, (line) => storeLine(line)[line & 511]), ...(limit === null ? [] : [limit(cLoop, "line")])]
    : [];
  return {
    name: `render line, ${name}`,
    unit: "ns",
    contenders: [
      inTurn("ours: drawCells", (line) => ours(mask, x, line)[line & 511]),
      inTurn("ours, as a page: Canvas", (line) => {
        const page = new Canvas(width, 16, "mono");
        page.text(celled[line] as (typeof celled)[number], x, 0, "body");
        return page.bitmap().pixels[line & 511];
      }),
      inTurn("ours, from text: cellsOf, drawCells", (line) => {
        mask.bits.fill(0);
        return drawCells(mask, x, 0, cellsOf(lines[line] as string, face).cells);
      }),
      inTurn("per pixel, naive", (line) => drawnNaively(x, line)[line & 511]),
      inTurn("per pixel, quick", (line) => perPixel(pixels, x, line)[line & 511]),
      inTurn("@napi-rs/canvas", (line) => onCanvas(canvas, x, line)[line & 511]),
      inTurn("limit: Buffer.copy", (line) => {
        drawn.copy(copied, 0, line * copied.length, (line + 1) * copied.length);
        return copied[line & 511];
      }),
      ...limits,
    ],
    gates: [
      { name: "P: naive / ours", ratioOf: ["per pixel, naive", "ours: drawCells"], atLeast: aligned ? 100 : 40 },
      {
        name: "P: quick per pixel / ours",
        ratioOf: ["per pixel, quick", "ours: drawCells"],
        atLeast: aligned ? 50 : 40,
      },
      { name: "P: canvas / ours", ratioOf: ["@napi-rs/canvas", "ours: drawCells"], atLeast: aligned ? 300 : 100 },
      ...(aligned
        ? ([
            {
              name: "L: ours / 16-bit stores",
              ratioOf: ["ours: drawCells", limit === null ? jsLoop : cLoop],
              atMost: 2,
            },
          ] as const)
        : []),
      { name: "L: ours / Buffer.copy", ratioOf: ["ours: drawCells", "limit: Buffer.copy"] },
    ],
  };
}
