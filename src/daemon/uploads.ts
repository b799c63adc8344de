/** Pictures on their way into drafts. */
import type { Review } from "../api/review.ts";
import type { Uploads } from "../api/upload-routes.ts";
import { type Fault, FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import { plainContent } from "../notices/draft.ts";
import type { KeptBytes } from "../notices/pictures.ts";
import { revisionHash } from "../notices/revision.ts";
import type { ContentPicture } from "../notices/types.ts";
import type { Caller } from "../people/types.ts";
import { reshaped, thumbnail } from "../typeset/index.ts";
import type { Desk } from "./desk.ts";

/** What refusals call it: the name that it had elsewhere is not asked for. */
const uploadName = "上传的文件 upload";
const mebibyte = 2 ** 20;

export interface UploadParts {
  readonly desk: Pick<Desk, "store" | "taking" | "clock">;
  readonly review: Pick<Review, "draft" | "saveDraft">;
}

export function createUploads({ desk, review }: UploadParts): Uploads {
  const { store, taking, clock } = desk;

  async function pack(pictures: readonly KeptBytes[]) {
    const now = clock.now();
    const carrier = { id: "", content: plainContent, revision: revisionHash(plainContent), makerId: null, seal: null };
    const schedule = { boards: [], from: now, until: now, cron: "", slotMinutes: 1, calendar: "everyday" } as const;
    const entry = { ...carrier, schedule: { ...schedule, priority: 1, weight: 1 }, importedAt: now, messages: [] };
    return (await store.notices.prepare({ ...entry, pictures })).pictures;
  }

  async function keptBytes(pictures: readonly ContentPicture[]): Promise<number> {
    let sum = 0;
    for (const { sha256 } of pictures) sum += (await store.pictures.get(sha256))?.length ?? 0;
    return sum;
  }

  async function keepAll(caller: Caller, notice: string, pictures: readonly KeptBytes[]): Promise<void> {
    const packed = await pack(pictures);
    await store.change(caller.account ?? caller.via, async (tx) => {
      await tx.cases.addPictures(packed);
      const names = pictures.map(({ sha256 }) => sha256);
      await tx.record({ action: "draft/pictures", subject: notice, data: { by: caller.name, pictures: names } });
    });
  }

  async function bytesOf(notice: string, sha256: string): Promise<Uint8Array> {
    const bytes = await store.pictures.get(sha256);
    if (bytes === null) throw missing(notice, sha256.slice(0, 12));
    return bytes;
  }

  return {
    async addPicture(caller, notice, version, { bytes, caption }) {
      const before = await review.draft(caller, notice);
      // Saved as it is: who may not write on it, or not any more, is refused before anything is decoded.
      const held = await review.saveDraft(caller, notice, version, before.document);
      const taken = await taking.take(bytes, uploadName);
      if (!taken.ok) throw new FaultError(taken.faults[0] ?? { code: "input/busy", waiting: 0, max: 0 });
      const { content } = held.document;
      const there = content.pictures ?? [];
      if (there.length + taken.pictures.length > limits.picturesPerNotice) throw new FaultError(tooMany);
      const total = taken.pictures.reduce((sum, one) => sum + one.bytes.length, await keptBytes(there));
      if (total > limits.pictureBytesPerNotice) throw new FaultError(tooLarge(total));
      await keepAll(caller, notice, taken.pictures);
      const added = taken.pictures.map(({ sha256 }): ContentPicture => ({ sha256, ...(caption && { caption }) }));
      const document = {
        ...held.document,
        content: { ...content, displayKind: "picture", pictures: [...there, ...added] },
      };
      return { draft: await review.saveDraft(caller, notice, held.version, document), warnings: taken.warnings };
    },

    async reshapePicture(caller, notice, version, index, how) {
      const before = await review.draft(caller, notice);
      const held = await review.saveDraft(caller, notice, version, before.document);
      const pictures = held.document.content.pictures ?? [];
      const picture = pictures[index];
      const made = reshaped(await bytesOf(notice, picture?.sha256 ?? `#${index + 1}`), how);
      if (!picture || !made) throw missing(notice, `#${index + 1}`);
      if (made.sha256 === picture.sha256) return held;
      const total = (await keptBytes(pictures.filter((_, at) => at !== index))) + made.bytes.length;
      if (total > limits.pictureBytesPerNotice) throw new FaultError(tooLarge(total));
      await keepAll(caller, notice, [made]);
      const put = pictures.map((one, at) => (at === index ? { ...one, sha256: made.sha256 } : one));
      const document = { ...held.document, content: { ...held.document.content, pictures: put } };
      return review.saveDraft(caller, notice, held.version, document);
    },

    async smallPicture(caller, notice, sha256) {
      const { document } = await review.draft(caller, notice);
      // Only of this draft: who may read one is told nothing of another's.
      if (!document.content.pictures?.some((one) => one.sha256 === sha256)) throw missing(notice, sha256.slice(0, 12));
      const small = await thumbnail(await bytesOf(notice, sha256));
      if (small === null) throw missing(notice, sha256.slice(0, 12));
      return small;
    },
  };
}

const missing = (notice: string, picture: string) =>
  new FaultError({ code: "notice/picture-missing", notice, picture });

const tooMany: Fault = {
  code: "review/too-many",
  what: { zh: "一条信息的图片", en: "pictures of one notice" },
  max: limits.picturesPerNotice,
};

function tooLarge(bytes: number): Fault {
  const [has, max] = [bytes, limits.pictureBytesPerNotice].map((one) => Math.ceil(one / mebibyte));
  const unit = { zh: "MB（解开后，一条信息的全部图片）", en: "MB when decoded, all pictures of the notice" };
  return { code: "notice/picture-too-large", name: uploadName, unit, has: has ?? 0, max: max ?? 0 };
}
