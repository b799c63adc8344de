/** A file's bytes as text: which encoding it is in is seen, said, or refused with the place where it goes wrong. */
import type { Sentence } from "../../fault.ts";
import { Refusal } from "../say.ts";

export const encodings = ["utf-8", "gb18030", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof encodings)[number];

export interface TextRead {
  readonly text: string;
  readonly encoding: Encoding;
  /** Neither said nor marked, but plain from the bytes: worth telling. */
  readonly guessed: boolean;
}

/** Windows' Notepad marks what it saves as UTF-16, and sometimes UTF-8. */
const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Throws a Refusal that names `name`. `wanted`: null, unless the user says which. */
export function readText(bytes: Uint8Array, name: string, wanted: Encoding | null): TextRead {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  if (wanted !== null) {
    const text = decoded(bytes, wanted);
    if (text !== null) return { text, encoding: wanted, guessed: false };
    throw new Refusal(
      { zh: `${name} 不是 ${wanted} 文本`, en: `${name} is not text in ${wanted}` },
      { zh: "去掉 --encoding 再试，由程序识别。", en: "Try without --encoding: it is then found out." },
    );
  }
  const zero = bytes.indexOf(0);
  if (marked !== undefined && !(marked === "utf-8" && zero >= 0)) {
    const text = decoded(bytes, marked);
    if (text !== null) return { text, encoding: marked, guessed: false };
  }
  if (zero >= 0) throw notText(bytes, name, zero);
  const text = decoded(bytes, "utf-8");
  if (text !== null && !looksByChanceUtf8(text, bytes)) return { text, encoding: "utf-8", guessed: false };
  const chinese = isClearlyChinese(bytes) ? decoded(bytes, "gb18030") : null;
  if (chinese !== null) return { text: chinese, encoding: "gb18030", guessed: true };
  const at = firstInvalidUtf8(bytes);
  throw new Refusal(
    {
      zh: `${name} 不是 UTF-8 文本：第 ${at + 1} 个字节（第 ${lineOf(bytes, at)} 行）${hex(bytes[at])} 读不懂`,
      en: `${name} is not UTF-8 text: byte ${at + 1} (line ${lineOf(bytes, at)}), ${hex(bytes[at])}, makes no sense`,
    },
    {
      zh: "请在记事本里“另存为”，编码选 UTF-8;若是 GBK 文件，加 --encoding gb18030。",
      en: "Save it again as UTF-8 (in Notepad: Save As, Encoding); for a file in GBK add --encoding gb18030.",
    },
  );
}

function decoded(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Text in UTF-16 has a zero byte in every other place; anything else with zeroes is no text. */
function notText(bytes: Uint8Array, name: string, zero: number): Refusal {
  const head = bytes.subarray(0, 512);
  const zeroes = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeroes[at & 1] = (zeroes[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeroes;
  const encoding = odd > 0 && even === 0 ? "utf-16le" : even > 0 && odd === 0 ? "utf-16be" : null;
  const what = {
    zh: `${name} 不是纯文本：第 ${zero + 1} 个字节是 0`,
    en: `${name} is not plain text: byte ${zero + 1} is 0`,
  };
  const utf16: Sentence = {
    zh: `它可能是 UTF-16:加 --encoding ${encoding}，或另存为 UTF-8。`,
    en: `It may be UTF-16: add --encoding ${encoding}, or save it as UTF-8.`,
  };
  const other: Sentence = {
    zh: "请给 .txt、.json、图片或 PDF;Word 文档请另存为 PDF 或纯文本(UTF-8)。",
    en: "Give a .txt, a .json, a picture or a PDF; save a Word document as PDF or as plain text (UTF-8).",
  };
  return new Refusal(what, encoding === null ? other : utf16);
}

/**
 * Nearly any bytes can be read as GB18030. Chinese text uses the 3,755 usual ideographs (rows 16 to 55 of GB2312) and its
 * punctuation for nearly all it says; other bytes do not.
 */
function isClearlyChinese(bytes: Uint8Array): boolean {
  let usual = 0;
  let pairs = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    const trail = bytes[++at] ?? 0;
    pairs++;
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)) usual++;
  }
  return pairs > 0 && usual / pairs >= 0.85;
}

/** A few words in GBK (联通, 停水) are well-formed UTF-8 too, of letters that nobody writes without plain ones beside them. */
function looksByChanceUtf8(text: string, bytes: Uint8Array): boolean {
  return /^[^A-Za-z\u0800-\uffff]*$/.test(text) && /[\p{L}\p{M}]/u.test(text) && isClearlyChinese(bytes);
}

/** From 0; the length if all is well. Well-formed as in Unicode 15, table 3-7. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return bytes.length;
}

function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0;
    if (byte < (next === 1 ? least : 0x80) || byte > (next === 1 ? most : 0xbf)) return 0;
  }
  return length;
}

function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let before = 0; before < at; before++) if (bytes[before] === 0x0a) line++;
  return line;
}

function hex(byte = 0): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
