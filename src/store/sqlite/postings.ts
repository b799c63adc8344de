import { sql } from "kysely";
import { z } from "zod";
import { canonicalJson } from "../../canonical-json.ts";
import { limits } from "../../limits.ts";
import type { PaperWord, PostingStore, PostingVerbs, SheetKey, SheetWords } from "../../notices/posting.ts";
import { instant } from "../../notices/schedule-format.ts";
import type { PackedBytes } from "../../notices/store.ts";
import type { Database } from "./database.ts";
import type { Written } from "./guarded.ts";
import { hashOf, packed } from "./packed.ts";
import { addPictures } from "./pictures.ts";

const plain = z.strictObject({
  at: instant,
  by: z.string(),
  name: z.string(),
  words: z.string(),
  photo: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
/** Whichever word was first of a hanging has those before: what they name is kept as long as it is. */
const word = plain.extend({
  before: z.array(z.strictObject({ posted: plain.nullable(), taken: plain.nullable() })).optional(),
});
type Kept = z.infer<typeof word>;

export function postingStore(db: Database, site: string): PostingStore {
  return {
    async of(notices) {
      const rows = rowsOf(db, site).where("notice", "in", among(notices));
      return notices.length === 0 ? [] : (await rows.execute()).map(toWords);
    },
    async hanging() {
      const rows = db.selectFrom("posting").where("site", "=", site).where("taken", "is", null);
      return (await rows.select("notice").distinct().orderBy("notice").execute()).map(({ notice }) => notice);
    },
    async past(most, except) {
      const rows = db.selectFrom("posting").where("site", "=", site).where("taken", "is not", null);
      const last = rows.where("notice", "not in", among(except)).orderBy(takenAt, "desc").limit(most);
      const ordered = last.orderBy("notice").orderBy("number").orderBy("board").selectAll();
      return (await ordered.execute()).map(toWords);
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
      await wrote({ notice, number, board }, photo);
      return true;
    },
    async again({ notice, number, board }, over, kind, said, photo) {
      const its = rowsOf(trx, site).where("notice", "=", notice).where("number", "=", number);
      const row = await its.where("board", "=", board).executeTakeFirst();
      const was = row && toWords(row);
      if (!was || canonicalJson(was.taken) !== canonicalJson(over)) return false;
      const { posted, taken, before = [] } = was;
      const all = [...before, { posted, taken }].slice(-limits.postingsBefore);
      const body = JSON.stringify(word.parse({ ...said, before: all }));
      await trx
        .updateTable("posting")
        .set({ posted: null, taken: null, [kind]: body })
        .where("site", "=", site)
        .where("notice", "=", notice)
        .where("number", "=", number)
        .where("board", "=", board)
        .execute();
      await wrote({ notice, number, board }, photo);
      return true;
    },
  };

  async function wrote({ notice, number, board }: SheetKey, photo: PackedBytes | null): Promise<void> {
    if (photo) await addPictures(trx, site, [photo]);
    written.add("posting", notice, number, board);
  }
}

/** Any number of them, as one value. */
const among = (notices: readonly string[]) => sql<string>`(SELECT value FROM json_each(${JSON.stringify(notices)}))`;
/** Of what was never to be read: none. */
const takenAt = sql`CASE WHEN json_valid(taken) THEN json_extract(taken, '$.at') END`;

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
  const [put, off] = [wordOf(posted), wordOf(taken)];
  const before = put?.before ?? off?.before;
  return { notice, number, board, posted: put && said(put), taken: off && said(off), ...(before && { before }) };
}

const said = ({ before: _, ...rest }: Kept): PaperWord => rest;

/** null also for what is not as we wrote it: then nobody has said so, and `verify` tells of the row. */
function wordOf(text: string | null): Kept | null {
  try {
    return text === null ? null : word.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
