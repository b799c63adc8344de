/** Picture files of every kind that an office might upload, and of some that nobody should. */
import { deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import type { Raster } from "../../src/typeset/pictures/raster.ts";

export type Rgb = readonly [number, number, number];

export function raster(width: number, height: number, colourAt: (x: number, y: number) => Rgb): Raster {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) for (let x = 0; x < width; x++, to += 3) pixels.set(colourAt(x, y), to);
  return { width, height, channels: 3, pixels };
}

export function image({ width, height, channels, pixels }: Raster): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}

/** A made-up photograph: sky, a sun, hills, all in smooth shades. */
export function photo(width: number, height: number): Raster {
  return raster(width, height, (x, y) => {
    const [u, v] = [x / width, y / height];
    const sun = Math.hypot(u - 0.7, (v - 0.25) * (height / width)) * 6;
    if (sun < 0.6) return [255, 240, 190];
    const hill = 0.6 + 0.12 * Math.sin(u * 7) + 0.05 * Math.sin(u * 23);
    if (v > hill) {
      const depth = (v - hill) / (1 - hill);
      return [Math.round(40 + 60 * depth), Math.round(110 - 60 * depth), Math.round(50 - 20 * depth)];
    }
    const glow = Math.max(0, 1 - sun / 3);
    return [Math.round(70 + 150 * v + 30 * glow), Math.round(120 + 90 * v), Math.round(220 - 60 * v)];
  });
}

const officialText = [
  "关于开展冬季安全生产检查的通知",
  "各村(社区)、各企事业单位：",
  "为进一步做好冬季安全生产工作,防范和遏制各类事故发生,经研究,决定在全办",
  "事处范围内开展冬季安全生产大检查。现将有关事项通知如下:一、检查时间自即日",
  "起至十二月三十一日。二、检查范围包括辖区内所有生产经营单位、建筑工地和人员",
  "密集场所。三、各单位要高度重视,认真组织自查自纠,建立隐患台账,落实整改责",
  "任。四、办事处将组织专班进行督查,对工作不力的予以通报。",
];

export interface Drawn {
  readonly raster: Raster;
  /** Of the writing, and from line to line. Dots. */
  readonly heightPx: number;
  readonly pitchPx: number;
}

/** An A4 page of an office as a scanner sees it: black writing on paper that is not quite white, and a round red stamp over the date. */
export function scannedPage(dpi = 200, lines = 22): Drawn {
  const [width, height] = [Math.round(8.27 * dpi), Math.round(11.69 * dpi)];
  const pixels = new Uint8Array(width * height * 3).fill(246);
  const heightPx = Math.round((16 / 72) * dpi);
  const pitchPx = Math.round((28 / 72) * dpi);
  const face = faceOf({ sizePx: Math.floor(heightPx / 16) * 16 >= 48 ? 48 : 32, weight: "regular" });
  const set = (x: number, y: number, colour: Rgb) => {
    if (x >= 0 && y >= 0 && x < width && y < height) pixels.set(colour, (y * width + x) * 3);
  };
  const write = (text: string, left: number, top: number) => {
    let pen = left;
    for (const character of text) {
      const glyph = face.glyph(character.codePointAt(0) as number);
      if (!glyph) throw new Error(`no glyph of ${character}`);
      const size = heightPx / face.sizePx;
      for (let y = 0; y < Math.ceil(glyph.height * size); y++)
        for (let x = 0; x < Math.ceil(glyph.width * size); x++) {
          const [gx, gy] = [Math.floor(x / size), Math.floor(y / size)];
          if (gx >= glyph.width || gy >= glyph.height) continue;
          const byte = glyph.bits[gy * Math.ceil(glyph.width / 8) + (gx >> 3)] as number;
          if (byte & (0x80 >> (gx & 7)))
            set(Math.round(pen + glyph.left * size) + x, Math.round(top + glyph.top * size) + y, [30, 30, 34]);
        }
      pen += glyph.advance * size;
      if (pen > width * 0.9) break;
    }
  };
  for (let line = 0; line < lines; line++)
    write(
      officialText[line % officialText.length] as string,
      Math.round(width * 0.13),
      Math.round(height * 0.1) + line * pitchPx,
    );
  const [cx, cy, r] = [
    Math.round(width * 0.68),
    Math.round(height * 0.1 + (lines - 1) * pitchPx),
    Math.round(0.78 * dpi),
  ];
  for (let y = -r; y <= r; y++)
    for (let x = -r; x <= r; x++) {
      const d = Math.hypot(x, y);
      const star = d < r * 0.35 && Math.cos(5 * Math.atan2(x, -y)) * 0.15 + 0.2 > d / r;
      if ((d <= r && d > r * 0.93) || star) set(cx + x, cy + y, [205, 38, 42]);
    }
  return { raster: { width, height, channels: 3, pixels }, heightPx, pitchPx };
}

export interface PdfParts {
  /** The page's drawing operators. */
  readonly drawing?: string;
  readonly pages?: number;
  /** Points. */
  readonly size?: readonly [number, number];
  /** Objects from number 10 on, and what the page's dictionary says besides. */
  readonly objects?: readonly string[];
  readonly page?: string;
}

/** One red circle, and "Notice 15" in Helvetica. */
export const circleAndText =
  "1 0 0 RG 6 w 420 150 m 420 183 393 210 360 210 c 327 210 300 183 300 150 c 300 117 327 90 360 90 c 393 90 420 117 420 150 c S " +
  "BT /F1 24 Tf 72 720 Td (Notice 15) Tj ET";

/** A PDF by hand, with its table of references. */
export function pdf({
  drawing = circleAndText,
  pages = 1,
  size = [595, 842],
  objects = [],
  page = "",
}: PdfParts = {}): Buffer {
  const all = new Map<number, string>([
    [1, "<< /Type /Catalog /Pages 2 0 R >>"],
    [2, `<< /Type /Pages /Kids [${"3 0 R ".repeat(pages)}] /Count ${pages} >>`],
    [
      3,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size[0]} ${size[1]}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 10 0 R >> >> ${page} >>`,
    ],
    [4, `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
    [5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"],
  ]);
  for (const [index, object] of objects.entries()) all.set(10 + index, object);
  let text = "%PDF-1.4\n";
  const places: string[] = [];
  for (const [number, object] of all) {
    places.push(`${number} 1\n${String(text.length).padStart(10, "0")} 00000 n \n`);
    text += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const table = text.length;
  text += `xref\n0 1\n0000000000 65535 f \n${places.join("")}trailer << /Size ${10 + objects.length} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

function pngChunk(name: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write(name, 4, "latin1");
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A PNG that says it is so large; `data`: its image data before compression, `chunks` others before it. */
export function pngSaying(
  width: number,
  height: number,
  data: Uint8Array,
  chunks: readonly (readonly [string, Uint8Array])[] = [],
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", head),
    ...chunks.map(([name, bytes]) => pngChunk(name, bytes)),
    pngChunk("IDAT", deflateSync(data, { level: 9 })),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
}
