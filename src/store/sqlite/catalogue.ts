/** 索引号: a row for each that was ever given. */
import { z } from "zod";
import { instant } from "../../notices/schedule-format.ts";
import type { IndexNumber, IndexStore, IndexVerbs } from "../../notices/index-number.ts";
import type { Database } from "./database.ts";

const voidedSchema = z.strictObject({ by: z.string(), name: z.string(), reason: z.string(), at: instant });

export function indexStore(db: Database, site: string): IndexStore {
  return {
    async list() {
      const rows = await db
        .selectFrom("index_number")
        .where("site", "=", site)
        .orderBy("year")
        .orderBy("class")
        .orderBy("serial")
        .selectAll()
        .execute();
      return rows.map(({ site: _, voided, ...rest }) => ({ ...rest, voided: voided === null ? null : read(voided) }));
    },
  };
}

export function indexVerbs(trx: Database, site: string): IndexVerbs {
  return {
    ...indexStore(trx, site),
    give: (notice, place) => giveIndex(trx, site, notice, place),
    async void({ class: its, year, serial }, voided) {
      const result = await trx
        .updateTable("index_number")
        .set({ voided: JSON.stringify(voided) })
        .where("site", "=", site)
        .where("year", "=", year)
        .where("class", "=", its)
        .where("serial", "=", serial)
        .where("voided", "is", null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
  };
}

/** Serials run on behind those that were voided: no number is given twice. */
export const giveIndex: (
  trx: Database,
  site: string,
  ...asked: Parameters<IndexVerbs["give"]>
) => Promise<IndexNumber | null> = async (trx, site, notice, { unit, class: its, year }) => {
  const standing = await trx
    .selectFrom("index_number")
    .where("site", "=", site)
    .where("notice", "=", notice)
    .where("voided", "is", null)
    .select("serial")
    .executeTakeFirst();
  if (standing) return null;
  const last = await trx
    .selectFrom("index_number")
    .where("site", "=", site)
    .where("year", "=", year)
    .where("class", "=", its)
    .orderBy("serial", "desc")
    .limit(1)
    .select("serial")
    .executeTakeFirst();
  const given = { unit, class: its, year, serial: (last?.serial ?? 0) + 1, notice, voided: null };
  await trx
    .insertInto("index_number")
    .values({ site, ...given })
    .execute();
  return given;
};

/** What somebody put there is no reason: it shows as it lies, and `verify` finds it. */
function read(text: string): NonNullable<IndexNumber["voided"]> {
  try {
    return voidedSchema.parse(JSON.parse(text));
  } catch {
    return { by: "", name: "", reason: text, at: 0 };
  }
}
