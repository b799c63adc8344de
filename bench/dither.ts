/**
 * A full-colour picture of 256 x 128 dots with 128 characters over it, for a panel without shades: dithered, into the
 * eight full colours. The limit of the memory is a copy of the picture's 98,304 bytes; that of plain code, a compiler's
 * loop that dithers into three planes, without text.
 */
import { createMask, drawCells, freeMask } from "../src/typeset/blit.ts";
import { ditherErrorDiffusion, ditherOrdered } from "../src/typeset/dither.ts";
import { faceOf } from "../src/typeset/fonts/index.ts";
import { unifont } from "../src/typeset/fonts/unifont.ts";
import { sampleThresholds } from "../src/typeset/kernel/light.ts";
import { plainDiffusion } from "../src/typeset/kernel/plain-dither.ts";
import { spreadInto } from "../src/typeset/kernel/spread.ts";
import { cellsOf } from "../src/typeset/text.ts";
import type { Bench, Contender } from "./harness.ts";
import { agree, use } from "./peers/agree.ts";
import { registerFont, TextCanvas } from "./peers/canvas.ts";
import { compileLimit } from "./peers/limit.ts";
import { reportLines } from "./peers/text.ts";

const width = 256;
const height = 128;
const dots = width * height;
const text = reportLines(unifont(), width / 16).slice(0, height / 16);
const face = faceOf({ sizePx: 16, weight: "regular" });
const cells = text.map((line) => cellsOf(line, face).cells);
/** Index of red and green together. */
const yellow = 6;

/** Runs through all hues and brightnesses. */
const rgb = Uint8Array.from({ length: dots * 3 }, (_, at) => {
  const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
  return [x, y * 2, x + y][at % 3] as number;
});
const rgba = Uint8ClampedArray.from({ length: dots * 4 }, (_, at) =>
  at % 4 === 3 ? 255 : (rgb[(at >> 2) * 3 + (at & 3)] as number),
);

function ours(dither: typeof ditherOrdered): Uint8Array {
  const { pixels } = dither(rgb, width, height, "rgb");
  const mask = createMask(width, height);
  for (let line = 0; line < cells.length; line++) drawCells(mask, 0, line * 16, cells[line] as (typeof cells)[number]);
  spreadInto(pixels, width / 2, mask, 4, yellow);
  freeMask(mask);
  return pixels;
}

/** The peer's page before dithering: red, green, blue, alpha bytes. */
function onCanvas(canvas: TextCanvas): Uint8ClampedArray {
  canvas.put(rgba);
  for (let line = 0; line < text.length; line++) canvas.text(text[line] as string, 0, line * 16);
  return canvas.read();
}

/** The same dither as one writes it in JavaScript for speed. */
function ditheredPlainly(from: Uint8ClampedArray, into: Uint8Array): Uint8Array {
  for (let y = 0, at = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x += 2, at += 8) {
      const place = ((y & 7) << 3) | (x & 7);
      const left = sampleThresholds[place] as number;
      const right = sampleThresholds[place + 1] as number;
      into[to++] =
        ((from[at] as number) >= left ? 64 : 0) |
        ((from[at + 1] as number) >= left ? 32 : 0) |
        ((from[at + 2] as number) >= left ? 16 : 0) |
        ((from[at + 4] as number) >= right ? 4 : 0) |
        ((from[at + 5] as number) >= right ? 2 : 0) |
        ((from[at + 6] as number) >= right ? 1 : 0);
    }
  return into;
}

/** Without the alphas, for our dither. */
function opaque(from: Uint8ClampedArray, into: Uint8Array): Uint8Array {
  for (let at = 0, to = 0; at < from.length; at += 4) {
    into[to++] = from[at] as number;
    into[to++] = from[at + 1] as number;
    into[to++] = from[at + 2] as number;
  }
  return into;
}

export function benches(): readonly Bench[] {
  registerFont(text.join(""));
  const canvas = new TextCanvas(width, height, "#ff0");
  const indices = new Uint8Array(dots / 2);
  const samples = new Uint8Array(dots * 3);
  const copied = Buffer.alloc(rgb.length);
  const plain = new Uint8Array(dots / 2);
  const plainly = () => {
    plain.fill(0);
    plainDiffusion({ width, height, rgb }, "rgb", plain);
    return plain;
  };
  agree("page, canvas", ours(ditherOrdered), ditheredPlainly(onCanvas(canvas), indices));
  agree(
    "page, canvas with our dither",
    indices,
    ditherOrdered(opaque(onCanvas(canvas), samples), width, height, "rgb").pixels,
  );
  agree("error diffusion", ditherErrorDiffusion(rgb, width, height, "rgb").pixels, plainly());
  const turn = (name: string, make: () => Uint8Array): Contender => {
    let next = 0;
    return { name, perRun: 1, run: () => use(make()[next++ & 0x3fff] as number) };
  };
  const limit = compileLimit(text);
  const copy = turn("limit: Buffer.copy of the picture", () => {
    copied.set(rgb);
    return copied;
  });
  return [
    {
      name: "page of 256 x 128 with ordered dither",
      unit: "us",
      contenders: [
        turn("ours: ditherOrdered, drawCells, ink", () => ours(ditherOrdered)),
        turn("ours: ditherOrdered alone", () => ditherOrdered(rgb, width, height, "rgb").pixels),
        turn("@napi-rs/canvas, the same dither in JS", () => ditheredPlainly(onCanvas(canvas), indices)),
        turn(
          "@napi-rs/canvas, our dither",
          () => ditherOrdered(opaque(onCanvas(canvas), samples), width, height, "rgb").pixels,
        ),
        copy,
        ...(limit === null ? [] : [limit("limit: dither alone, C", "dither"), limit("limit: memcpy, C", "copy")]),
      ],
      gates: [
        {
          name: "P: canvas and JS / ours",
          ratioOf: ["@napi-rs/canvas, the same dither in JS", "ours: ditherOrdered, drawCells, ink"],
          atLeast: 10,
        },
        {
          name: "P: canvas and our dither / ours",
          ratioOf: ["@napi-rs/canvas, our dither", "ours: ditherOrdered, drawCells, ink"],
          atLeast: 5,
        },
        {
          name: "L: ours / Buffer.copy",
          ratioOf: ["ours: ditherOrdered, drawCells, ink", "limit: Buffer.copy of the picture"],
        },
        ...(limit === null
          ? []
          : ([
              {
                name: "L: ours without text / C",
                ratioOf: ["ours: ditherOrdered alone", "limit: dither alone, C"],
              },
            ] as const)),
      ],
    },
    {
      name: "page of 256 x 128 with error diffusion",
      unit: "us",
      contenders: [
        turn("ours: ditherErrorDiffusion, drawCells, ink", () => ours(ditherErrorDiffusion)),
        turn("the plain way alone", plainly),
        copy,
      ],
      gates: [
        {
          name: "P: the plain way / ours",
          ratioOf: ["the plain way alone", "ours: ditherErrorDiffusion, drawCells, ink"],
          atLeast: 8,
        },
        {
          name: "L: ours / Buffer.copy",
          ratioOf: ["ours: ditherErrorDiffusion, drawCells, ink", "limit: Buffer.copy of the picture"],
        },
      ],
    },
  ];
}
