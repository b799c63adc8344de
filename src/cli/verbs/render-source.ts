/** What `render` is given, as contents to typeset: files of any kind, standard input, notices of the office. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { assetUrl } from "../../config/assets.ts";
import { limits } from "../../limits.ts";
import { picturesOf } from "../../notices/pictures.ts";
import type { Content } from "../../notices/types.ts";
import { sniff } from "../../typeset/pictures/sniff.ts";
import { plainText } from "../../typeset/plain-text.ts";
import { withDesk } from "../office.ts";
import type { Place } from "../place.ts";
import { Refusal } from "../say.ts";
import { readBytes } from "./render-bytes.ts";
import { readJson } from "./render-json.ts";
import { passing, refusedFor, type Source, slotOf } from "./render-parts.ts";
import { type Encoding, readText } from "./render-text.ts";

export interface SourceOptions {
  readonly encoding?: Encoding;
  /** Of an import file only this one. */
  readonly notice?: string;
}

/** `-`: standard input; else a file, else a notice of the office's data (without such data, of the samples). */
export async function sourcesOf(what: string, options: SourceOptions, place: Place): Promise<readonly Source[]> {
  if (what !== "-" && !existsSync(what)) return [await officeNotice(what, place)];
  const name = what === "-" ? "standard input" : basename(what);
  const bytes = await readBytes(what, name);
  const sniffed = sniff(bytes);
  if ("kind" in sniffed) return [await pictureSource(bytes, name)];
  if (bytes.length === 0) throw empty(name);
  refuseDocuments(bytes, name);
  const { text, encoding, guessed } = readText(bytes, name, options.encoding ?? null);
  if (text.trim().replace(/^\uFEFF/, "") === "") throw empty(name);
  const notes = guessed
    ? [{ zh: `${name} 不是 UTF-8,按 ${encoding} 读出`, en: `${name} is not UTF-8; it was read as ${encoding}` }]
    : [];
  if (isJson(text, what)) {
    const sources = await readJson(text, { name, folder: what === "-" ? "." : dirname(what), place, ...options });
    return sources.map((source) => ({ ...source, notes }));
  }
  return [{ name: stem(name), content: bounded(plainText(text), name), ...passing(), notes }];
}

/** `.json`, or unless it is called a text an object that says so from its first letter on. */
function isJson(text: string, what: string): boolean {
  const extension = extname(what).toLowerCase();
  return extension === ".json" || (extension !== ".txt" && /^\s*\{\s*"/.test(text));
}

function bounded(content: Content, name: string): Content {
  const has = content.title.length + content.body.length;
  if (has <= limits.bodyChars + limits.titleChars) return content;
  throw new Refusal(
    {
      zh: `${name} 有 ${has} 个字符，一条信息最多 ${limits.bodyChars} 个`,
      en: `${name} has ${has} characters; a notice has at most ${limits.bodyChars}`,
    },
    { zh: "请写成摘要，或分成几条信息。", en: "Show a summary, or make several notices of it." },
  );
}

async function pictureSource(bytes: Uint8Array, name: string): Promise<Source> {
  const { contentOfPicture } = await import("../../typeset/pictures/content.ts");
  const made = await contentOfPicture(bytes, name);
  if (!made.ok) throw refusedFor(made.faults, name);
  const { content, pictures, warnings: notes } = made;
  return { ...passing(), name: stem(name), content, pictures, notes };
}

/** What offices have, and what is none of ours: said by name instead of by its first bad byte. */
function refuseDocuments(bytes: Uint8Array, name: string): void {
  const found = sniff(bytes);
  const office = [0x50, 0x4b, 0x03, 0x04].every((byte, at) => bytes[at] === byte);
  const old = [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte);
  const photograph = bytes.length > 12 && Buffer.from(bytes.subarray(4, 8)).toString("latin1") === "ftyp";
  if (!("found" in found) || !(office || old || photograph)) return;
  throw new Refusal(
    { zh: `${name}：${found.found.zh}`, en: `${name}: ${found.found.en}` },
    {
      zh: "请另存为 PDF、PNG 或纯文本(UTF-8)。",
      en: "Save it as PDF, as PNG, or as plain text in UTF-8.",
    },
  );
}

async function officeNotice(id: string, place: Place): Promise<Source> {
  const found =
    existsSync(join(place.folder, "boardcast.db")) || !place.site.practice
      ? await withDesk(place, async ({ book, store }) => {
          const record = (await book.of([id])).record(id);
          return record && { ...record, pictures: await picturesOf(record.content, store.pictures) };
        })
      : await sampleNotice(id, place);
  if (found === undefined)
    throw new Refusal(
      { zh: `没有信息 ${id}，也没有这个文件`, en: `there is no notice ${id}, nor a file of that name` },
      {
        zh: "给一个信息编号（如 N01），或 .txt、.json、图片、PDF 文件;- 是标准输入。",
        en: "Name a notice such as N01, or a .txt, .json, picture or PDF file; - is standard input.",
      },
    );
  const { content, schedule, pictures } = found;
  return { ...passing(), name: id, content, pictures, window: schedule, slotMs: slotOf(schedule), notes: [] };
}

/** Only to be looked at, so neither stored nor signed. */
async function sampleNotice(id: string, { site }: Place) {
  const { parseImport } = await import("../../notices/import.ts");
  const text = await readFile(assetUrl("sample-notices.json"), "utf8");
  const boards = new Set(site.boards.map((board) => board.id));
  const { accepted } = parseImport(text, { zone: site.zone, boards, checkCron: () => null });
  const record = accepted.find((one) => one.id === id);
  return record && { ...record, pictures: [] };
}

function empty(name: string): Refusal {
  return new Refusal(
    { zh: `${name} 是空的`, en: `${name} is empty` },
    { zh: "请给一个有文字的文件。", en: "Give a file with text in it." },
  );
}

/** "停水通知.txt" → "停水通知". */
function stem(name: string): string {
  return name.slice(0, name.length - extname(name).length) || name;
}
