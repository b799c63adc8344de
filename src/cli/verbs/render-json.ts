/** JSON for `render`: an import file, one of its records, or a bare content of which little more than the body is given. */
import { join } from "node:path";
import { nearest } from "../../config/suggest.ts";
import { limits } from "../../limits.ts";
import { readDraft } from "../../notices/draft.ts";
import { type ImportRecord, parseImport, type Refusal as Refused } from "../../notices/import.ts";
import type { ContentPicture } from "../../notices/types.ts";
import { readerBeside } from "../beside.ts";
import type { Place } from "../place.ts";
import { Refusal } from "../say.ts";
import { passing, type Source, slotOf, takePicture } from "./render-parts.ts";

export interface JsonContext {
  readonly name: string;
  /** Where the pictures beside the file are. */
  readonly folder: string;
  readonly place: Place;
  readonly notice?: string;
}

/** Keys that only a record of an import file has. */
const ofRecords = ["id", "rotation", "boards", "from", "until", "priority", "review", "expect", "weight"];
/** Mistakes told at once. */
const toldMost = 10;

/** Throws a Refusal that says what is wrong, where in the file, and what to do. */
export async function readJson(text: string, context: JsonContext): Promise<Source[]> {
  const value = parsed(text, context);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw refusedAs(context, [
      {
        place: "",
        id: null,
        why: { zh: "应是一个 { } 对象", en: "must be one object { }" },
      },
    ]);
  if ("notices" in value) return importSources(text, context, "");
  if (ofRecords.some((key) => key in value))
    return importSources(JSON.stringify({ notices: [value] }), context, "notices[0].");
  const draft = readDraft(value);
  if (!draft.ok) throw refusedAs(context, draft.refused);
  return [{ ...passing(), name: context.name.replace(/\.json$/i, ""), content: draft.content, notes: [] }];
}

function parsed(text: string, context: JsonContext): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The importer finds the place; V8 does not always say.
    throw refusedAs(context, parseImport(text, importing(context, [])).refused);
  }
}

function importing({ place }: JsonContext, boards: readonly string[]) {
  return { zone: place.site.zone, boards: new Set(boards), checkCron: () => null };
}

/** Boards and times need not be this office's: nothing is going to be shown. */
async function importSources(text: string, context: JsonContext, prefix: string): Promise<Source[]> {
  const { notices } = JSON.parse(text.replace(/^\uFEFF/, "")) as { notices: unknown };
  const listed = Array.isArray(notices) ? (notices as { boards?: unknown }[]) : [];
  const boards = listed.flatMap((one) => (Array.isArray(one?.boards) ? (one.boards as string[]) : []));
  const { accepted, refused } = parseImport(text, importing(context, boards));
  const wanted = context.notice === undefined ? accepted : accepted.filter(({ id }) => id === context.notice);
  const wrong = refused.filter(({ id }) => context.notice === undefined || id === context.notice);
  if (wrong.length > 0)
    throw refusedAs(
      context,
      wrong.map((one) => ({
        ...one,
        place: one.place.startsWith(prefix) ? one.place.slice(prefix.length) : one.place,
      })),
    );
  if (wanted.length === 0) throw noneOf(context, accepted);
  const sources: Source[] = [];
  for (const record of wanted) sources.push(await sourceOf(record, context));
  return sources;
}

async function sourceOf(
  { id, content, schedule, uploads = [] }: ImportRecord,
  { folder }: JsonContext,
): Promise<Source> {
  const base = { ...passing(), name: id, window: schedule, slotMs: slotOf(schedule), notes: [] };
  if (uploads.length === 0) return { ...base, content };
  const named: ContentPicture[] = [];
  const pictures: { sha256: string; bytes: Uint8Array }[] = [];
  const readBeside = readerBeside(join(folder, "notices.json"), limits.pictureUploadBytes);
  for (const { name, place: _, from, ...shown } of uploads) {
    const bytes = "data" in from ? from.data : await readBeside(from.file);
    if (bytes === null) throw notBeside(name);
    for (const { sha256, bytes: kept } of (await takePicture(bytes, name)).pictures) {
      named.push({ sha256, ...shown });
      pictures.push({ sha256, bytes: kept });
    }
  }
  return { ...base, content: { ...content, pictures: named }, pictures };
}

function notBeside(name: string): Refusal {
  return new Refusal(
    { zh: `读不到文件 ${name}`, en: `the file ${name} cannot be read` },
    {
      zh: "图片要和信息文件放在同一个文件夹里（或其中的文件夹里）。",
      en: "Put the picture into the folder of the notices' file, or a folder in it.",
    },
  );
}

function noneOf({ name, notice }: JsonContext, accepted: readonly ImportRecord[]): Refusal {
  const ids = accepted.map(({ id }) => id);
  if (notice === undefined || ids.length === 0)
    return new Refusal(
      { zh: `${name} 里没有信息`, en: `${name} has no notices` },
      { zh: "notices 里至少要有一条。", en: "Put at least one record into notices." },
    );
  const meant = nearest(notice, ids);
  return new Refusal(
    { zh: `${name} 里没有 ${notice}`, en: `${name} has no notice ${notice}` },
    {
      zh: `${meant === null ? "" : `是不是 ${meant}?`}文件里有 ${ids.slice(0, toldMost).join("、")}${ids.length > toldMost ? " 等" : ""}。`,
      en: `${meant === null ? "" : `Did you mean ${meant}? `}It has ${ids.slice(0, toldMost).join(", ")}${ids.length > toldMost ? " and more" : ""}.`,
    },
  );
}

function refusedAs({ name }: JsonContext, refused: readonly Refused[]): Refusal {
  const told = refused.slice(0, toldMost);
  const where = ({ place, id }: Refused) => [id, place].filter((part) => part !== null && part !== "").join(" ");
  const more = refused.length - told.length;
  const zh = told.map((one) => `${where(one)}：${one.why.zh}`.replace(/^：/, ""));
  const en = told.map((one) => `${where(one)}: ${one.why.en}`.replace(/^: /, ""));
  return new Refusal(
    {
      zh: `${name} ${zh.join("；")}${more > 0 ? `；还有 ${more} 处` : ""}`,
      en: `${name} ${en.join("; ")}${more > 0 ? `; ${more} more` : ""}`,
    },
    {
      zh: '改正后再试。最简单的写法：{ "title": "标题", "body": "正文" };完整格式见 notices.schema.json。',
      en: 'Correct it and try again. The least is { "title": "…", "body": "…" }; notices.schema.json has the whole format.',
    },
  );
}
