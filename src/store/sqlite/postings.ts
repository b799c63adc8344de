import { z } from "zod";
import type { PaperWord, PostingStore, PostingVerbs, SheetWords } from "../../notices/posting.ts";
import { instant } from "../../notices/schedule-format.ts";
import type { Database } from "./database.ts";
import type { Written } from "./guarded.ts";
import { hashOf, packed } from "./packed.ts";
import { addPictures } from "./pictures.ts";

const word = z.strictObject({
  at: instant,
  by: z.string(),
  name: z.string(),
  words: z.string(),
  photo: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

export function postingStore(db: Database, site: string): PostingStore {
  return {
    async list() {
      return (await rowsOf(db, site).execute()).map(toWords);
    },
    async pack(bytes) {
      const sha256 = await hashOf(bytes);
      return { sha256, packed: await packed(sha256, bytes) };
    },
  };
}

export function postingVerbs(trx: Database, site: string, written: Written): PostingVerbs {
  return {
    async of(notice) {
      return (await rowsOf(trx, site).where("notice", "=", notice).execute()).map(toWords);
    },
    async say({ notice, number, board }, kind, said, photo) {
      const body = JSON.stringify(word.parse(said));
      const key = { site, notice, number, board };
      const result = await trx
        .insertInto("posting")
        .values({ ...key, posted: null, taken: null, [kind]: body })
        .onConflict((conflict) =>
          conflict
            .columns(["site", "notice", "number", "board"])
            .doUpdateSet({ [kind]: body })
            .where(`posting.${kind}`, "is", null),
        )
        .executeTakeFirst();
      if ((result.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
      if (photo) await addPictures(trx, site, [photo]);
      written.add("posting", notice, number, board);
      return true;
    },
  };
}

function rowsOf(db: Database, site: string) {
  return db
    .selectFrom("posting")
    .where("site", "=", site)
    .orderBy("notice")
    .orderBy("number")
    .orderBy("board")
    .selectAll();
}

type Row = { notice: string; number: number; board: string; posted: string | null; taken: string | null };

function toWords({ notice, number, board, posted, taken }: Row): SheetWords {
  return { notice, number, board, posted: wordOf(posted), taken: wordOf(taken) };
}

/** null also for what is not as we wrote it: then nobody has said so, and `verify` tells of the row. */
function wordOf(text: string | null): PaperWord | null {
  try {
    return text === null ? null : word.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
