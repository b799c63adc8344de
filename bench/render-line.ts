/** One line of 24 Chinese characters into packed bits: 384 x 16 dots, 768 bytes. The typesetter's own blitting. */
import { createMask, blitCells, type Mask } from "../src/typeset/blit.ts";
import { unifont } from "../src/typeset/font.ts";
import { cellsOf } from "../src/typeset/text.ts";
import type { Bench } from "./harness.ts";
import { agree, use } from "./peers/agree.ts";
import { drawText, glyphMap, PixelCanvas } from "./peers/per-pixel.ts";
import { reportLines } from "./peers/text.ts";

const font = unifont();
const glyphs = glyphMap(font);
const characters = 24;
const lines = reportLines(font, characters);
const celled = lines.map((line) => cellsOf(line, font).cells);

/** Each contender goes through the lines at its own pace; neighbouring runs draw different ones. */
function inTurn(draw: (line: number) => number) {
  let next = 0;
  return () => {
    use(draw(next));
    next = next + 1 === lines.length ? 0 : next + 1;
  };
}

function drawCells(mask: Mask, x: number, line: number): number {
  mask.bits.fill(0);
  blitCells(font, mask, x, 0, celled[line] as (typeof celled)[number]);
  return mask.bits[line & 511] as number;
}

function drawDots(canvas: PixelCanvas, x: number, line: number): number {
  canvas.clear();
  drawText(glyphs, canvas, x, 0, lines[line] as string);
  return canvas.bits[line & 511] as number;
}

export function benches(): readonly Bench[] {
  return [lineAt(0, "aligned", 50), lineAt(3, "unaligned", 10)];
}

function lineAt(x: number, name: string, atLeast: number): Bench {
  const width = characters * 16 + (x === 0 ? 0 : 16);
  const mask = createMask(width, 16);
  const canvas = new PixelCanvas(width, 16);
  const size = mask.bits.length;
  const drawn = Buffer.alloc(size * lines.length);
  for (const line of lines.keys()) {
    drawCells(mask, x, line);
    drawDots(canvas, x, line);
    agree(`line ${line} ${name}`, mask.bits, canvas.bits);
    drawn.set(mask.bits, line * size);
  }
  const copied = Buffer.alloc(size);
  const fromText = createMask(width, 16);
  return {
    name: `render line, ${name}`,
    unit: "ns",
    contenders: [
      { name: "ours: blitCells", perRun: 1, run: inTurn((line) => drawCells(mask, x, line)) },
      {
        name: "ours, from text: cellsOf + blitCells",
        perRun: 1,
        run: inTurn((line) => {
          fromText.bits.fill(0);
          return blitCells(font, fromText, x, 0, cellsOf(lines[line] as string, font).cells);
        }),
      },
      { name: "per pixel", perRun: 1, run: inTurn((line) => drawDots(canvas, x, line)) },
      {
        name: "limit: Buffer.copy",
        perRun: 1,
        run: inTurn((line) => {
          drawn.copy(copied, 0, line * size, line * size + size);
          return copied[line & 511] as number;
        }),
      },
    ],
    gates: [
      { name: "P: per pixel / ours", ratioOf: ["per pixel", "ours: blitCells"], atLeast },
      { name: "L: ours / Buffer.copy", ratioOf: ["ours: blitCells", "limit: Buffer.copy"] },
    ],
  };
}
