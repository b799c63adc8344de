/** A record's uploads made into the pictures of its content, and the bytes that go beside it. */
import { type Fault, remedy, type Sentence, sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { ImportRecord, PictureUpload, Refusal } from "./import.ts";
import type { PictureStore } from "./store.ts";
import type { Content, ContentPicture } from "./types.ts";

/** A picture as it is kept: SHA-256 of `bytes` is its name. */
export interface KeptBytes {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** Stage 3's decoder, as stage 1 needs it. */
export interface PictureTaking {
  take(
    bytes: Uint8Array,
    name: string,
  ): Promise<
    | { readonly ok: true; readonly pictures: readonly KeptBytes[]; readonly warnings: readonly Sentence[] }
    | { readonly ok: false; readonly faults: readonly Fault[] }
  >;
}

/** A file beside the import file, by its name there (`besideName`); null if there is none, or it may not be read. */
export type ReadBeside = (name: string) => Promise<Uint8Array | null>;

export type TakenRecord =
  | {
      readonly ok: true;
      readonly content: Content;
      readonly pictures: readonly KeptBytes[];
      readonly notes: readonly Sentence[];
    }
  | { readonly ok: false; readonly refused: readonly Refusal[] };

/** The bytes of a content's pictures; what the store lacks the typesetter misses by name. */
export async function picturesOf({ pictures = [] }: Content, store: PictureStore): Promise<readonly KeptBytes[]> {
  const found: KeptBytes[] = [];
  for (const { sha256 } of pictures) {
    const bytes = await store.get(sha256);
    if (bytes !== null) found.push({ sha256, bytes });
  }
  return found;
}

/** Every upload is looked at, so that all that is wrong with a record is said at once; until they are too many together. */
export async function takeUploads(
  record: ImportRecord,
  taking: PictureTaking | null,
  readBeside: ReadBeside | null,
): Promise<TakenRecord> {
  const named: ContentPicture[] = [];
  const kept = new Map<string, KeptBytes>();
  const notes: Sentence[] = [];
  const refused: Refusal[] = [];
  for (const upload of record.uploads ?? []) {
    const refuse = (zh: string, en: string) =>
      void refused.push({ place: upload.place, id: record.id, why: { zh, en } });
    const bytes = await bytesOf(upload, readBeside);
    if (bytes === null || taking === null) {
      refuse(`读不到文件 ${upload.name}`, `the file ${upload.name} cannot be read`);
      continue;
    }
    const taken = await taking.take(bytes, upload.name);
    if (!taken.ok) {
      for (const fault of taken.faults) {
        const [what, todo] = [sentence(fault), remedy(fault)];
        refuse(`${what.zh}。${todo.zh}`, `${what.en}. ${todo.en}`);
      }
      continue;
    }
    notes.push(...taken.warnings.map(({ zh, en }) => ({ zh: `${upload.name}：${zh}`, en: `${upload.name}: ${en}` })));
    const { place: _place, name: _name, from: _from, ...shown } = upload;
    for (const picture of taken.pictures) {
      named.push({ sha256: picture.sha256, ...shown });
      kept.set(picture.sha256, picture);
    }
    const over = tooMany(record, named.length, [...kept.values()]);
    refused.push(...over);
    if (over.length > 0) break;
  }
  if (refused.length > 0) return { ok: false, refused };
  if (named.length > 0) notes.push(unscreened);
  const content = named.length === 0 ? record.content : { ...record.content, pictures: named };
  return { ok: true, content, pictures: [...kept.values()], notes };
}

const unscreened: Sentence = {
  zh: "图片里的文字系统不能检查，请人工核对有无身份证号、电话、住址等个人信息",
  en: "what is written in pictures is not screened: look through them for identity numbers, telephones and addresses",
};

async function bytesOf({ from }: PictureUpload, readBeside: ReadBeside | null): Promise<Uint8Array | null> {
  return "data" in from ? from.data : ((await readBeside?.(from.file)) ?? null);
}

/** Each file was small enough; together they may not be. */
function tooMany({ id, uploads }: ImportRecord, count: number, kept: readonly KeptBytes[]): Refusal[] {
  const place = uploads?.[0]?.place.replace(/\[\d+\]$/, "") ?? "";
  const bytes = kept.reduce((sum, picture) => sum + picture.bytes.length, 0);
  const [has, most] = [bytes, limits.pictureBytesPerNotice].map((one) => Math.ceil(one / 2 ** 20));
  const why: Sentence[] = [];
  if (count > limits.picturesPerNotice)
    why.push({
      zh: `共 ${count} 页，一条信息最多 ${limits.picturesPerNotice} 页；请分成几条`,
      en: `${count} pages; a notice may have ${limits.picturesPerNotice}: make several of it`,
    });
  if (bytes > limits.pictureBytesPerNotice)
    why.push({
      zh: `图片解开后共 ${has} MB,一条信息最多 ${most} MB;请降低分辨率或分成几条`,
      en: `its pictures have ${has} MB when decoded, at most ${most} MB: use a lower resolution, or several notices`,
    });
  return why.map((one) => ({ place, id, why: one }));
}
