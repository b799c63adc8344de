/** What a file is, by its first bytes; its name is not asked. */
import type { Sentence } from "../../fault.ts";

export type PictureKind = "png" | "jpeg" | "webp" | "gif" | "tiff" | "pdf";
export type Sniffed = { readonly kind: PictureKind } | { readonly found: Sentence };

/** Zeroes stand for any byte. */
const beginnings: readonly (readonly [PictureKind | Sentence, string])[] = [
  ["png", "\x89PNG\r\n\x1a\n"],
  ["jpeg", "\xff\xd8\xff"],
  ["webp", "RIFF\0\0\0\0WEBP"],
  ["gif", "GIF87a"],
  ["gif", "GIF89a"],
  ["tiff", "II*\0"],
  ["tiff", "MM\0*"],
  [{ zh: "读不了 HEIC/AVIF 照片", en: "HEIC/AVIF photographs cannot be read" }, "\0\0\0\0ftyp"],
  [{ zh: "读不了 BMP", en: "BMP cannot be read" }, "BM"],
  [{ zh: "读不了 OFD 版式文件和办公文档", en: "OFD and office documents cannot be read" }, "PK\x03\x04"],
  [{ zh: "读不了旧式办公文档", en: "office documents cannot be read" }, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
];

/** Readers look for a PDF's head in its first 1024 bytes (ISO 32000, implementation notes); scanners do put bytes before it. */
const pdfHeadWithin = 1024;

export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return { found: { zh: "文件是空的", en: "the file is empty" } };
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfHeadWithin)).toString("latin1");
  for (const [what, letters] of beginnings)
    if ([...letters].every((letter, at) => letter === "\0" || head[at] === letter) && head.length >= letters.length)
      return typeof what === "string" ? { kind: what } : { found: what };
  if (head.includes("%PDF-")) return { kind: "pdf" };
  if (/<svg|<!DOCTYPE svg|<\?xml/i.test(head) || head.startsWith("\x1f\x8b"))
    return { found: { zh: "不收 SVG:它可以引用外面的文件", en: "SVG is not taken: it can refer to files elsewhere" } };
  return { found: { zh: "不是认识的图片格式", en: "not a picture of a known kind" } };
}
