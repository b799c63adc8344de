/**
 * Sheets as a PDF: of each the bitmap that was signed, bit for bit, with what is laid over it or stands in its margin. One bit
 * a dot, Flate; nothing else: no fonts, no scripts, no dates, so the same sheets are the same bytes.
 */
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { Bitmap } from "../message/index.ts";

const deflated = promisify<Uint8Array, { level: number }, Buffer>(deflate);

/** A bitmap on a sheet: its left top corner, dots. Set dots are ink, the others are clear. `grey`: 0 black … 1 white. */
export interface Stamp {
  readonly bitmap: Bitmap;
  readonly x: number;
  readonly y: number;
  readonly grey?: number;
}

export interface Sheet {
  /** Dots. */
  readonly width: number;
  readonly height: number;
  /** The first lies at the bottom. */
  readonly stamps: readonly Stamp[];
}

const pointsPerInch = 72;

/** `title`: as viewers show it. RangeError for a bitmap that is not of one bit. */
export async function sheetPdf(sheets: readonly Sheet[], dpi: number, title: string): Promise<Uint8Array> {
  const objects: Buffer[] = [];
  const add = (...parts: readonly (string | Uint8Array)[]): number =>
    objects.push(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))));
  const images = new Map<Bitmap, number>();
  const pointsOf = (dots: number) => Number(((dots * pointsPerInch) / dpi).toFixed(3));
  // 1: the catalogue, 2: the list of pages, 3: the title; filled in at the end.
  for (let reserved = 0; reserved < 3; reserved++) add("");
  const kids: number[] = [];
  for (const { width, height, stamps } of sheets) {
    for (const { bitmap } of stamps) if (!images.has(bitmap)) images.set(bitmap, add(...(await imageOf(bitmap))));
    const drawn = stamps.map(({ bitmap, x, y, grey = 0 }) => {
      const place = [bitmap.width, 0, 0, bitmap.height, x, height - y - bitmap.height].map(pointsOf).join(" ");
      return `q ${grey} g ${place} cm /I${images.get(bitmap)} Do Q\n`;
    });
    const stream = Buffer.from(drawn.join(""), "latin1");
    const content = add(`<< /Length ${stream.length} >>\nstream\n`, stream, "endstream");
    const used = [...new Set(stamps.map(({ bitmap }) => images.get(bitmap)))].map((id) => `/I${id} ${id} 0 R`);
    const box = `/MediaBox [0 0 ${pointsOf(width)} ${pointsOf(height)}]`;
    const resources = `/Resources << /XObject << ${used.join(" ")} >> >>`;
    kids.push(add(`<< /Type /Page /Parent 2 0 R ${box} ${resources} /Contents ${content} 0 R >>`));
  }
  const pages = kids.map((id) => `${id} 0 R`).join(" ");
  objects[0] = Buffer.from("<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>");
  objects[1] = Buffer.from(`<< /Type /Pages /Kids [${pages}] /Count ${kids.length} >>`);
  objects[2] = Buffer.from(`<< /Title <${titleOf(title)}> >>`);
  return fileOf(objects);
}

/** A stencil: set bits are painted. Rows are packed alike in both. */
async function imageOf({ width, height, format, pixels }: Bitmap): Promise<readonly (string | Uint8Array)[]> {
  if (format !== "mono1") throw new RangeError(`a sheet has one bit a dot, not ${format}`);
  const bytes = await deflated(pixels, { level: 9 });
  const head = `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ImageMask true /BitsPerComponent 1`;
  return [`${head} /Decode [1 0] /Filter /FlateDecode /Length ${bytes.length} >>\nstream\n`, bytes, "\nendstream"];
}

/** UTF-16BE with its mark, in hex. */
function titleOf(title: string): string {
  return `feff${Array.from({ length: title.length }, (_, at) => title.charCodeAt(at).toString(16).padStart(4, "0")).join("")}`;
}

function fileOf(objects: readonly Buffer[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let length = parts[0]?.length ?? 0;
  const put = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  const offsets = objects.map((object, index) => {
    const at = length;
    put(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]));
    return at;
  });
  const start = length;
  const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  put(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n`));
  put(Buffer.from(`<< /Size ${count} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}
