import { z } from "zod";
import { instant } from "../../notices/schedule-format.ts";
import type { EndedPeriod, PublicityStore, PublicityVerbs } from "../../notices/publicity.ts";
import type { Database } from "./database.ts";
import type { Written } from "./guarded.ts";

const civilDate = z.iso.date();
const body = z.strictObject({
  title: z.string(),
  number: z.int().min(1),
  kind: z.enum(["公示", "征求意见"]),
  required: z.int().min(1),
  unit: z.enum(["workday", "day"]),
  from: instant,
  stopped: z.boolean(),
  actual: z.int().min(0).nullable(),
  interruptions: z.strictObject({ watchedFrom: civilDate.nullable(), days: z.array(civilDate).nullable() }),
  recordedAt: instant,
  result: z
    .strictObject({
      note: z.string(),
      notice: z.string().nullable(),
      by: z.string(),
      name: z.string(),
      at: instant,
    })
    .nullable(),
});

export function publicityStore(db: Database, site: string): PublicityStore {
  const rows = () => db.selectFrom("publicity").where("site", "=", site).orderBy("notice").selectAll();
  return {
    async get(notice) {
      const row = await rows().where("notice", "=", notice).executeTakeFirst();
      return row ? toEnded(row) : null;
    },
    async list() {
      return (await rows().execute()).flatMap((row) => toEnded(row) ?? []);
    },
  };
}

export function publicityVerbs(trx: Database, site: string, written: Written): PublicityVerbs {
  return {
    get: publicityStore(trx, site).get,
    async put({ notice, until, ...rest }) {
      const columns = { until, body: JSON.stringify(rest) };
      await trx
        .insertInto("publicity")
        .values({ site, notice, ...columns })
        .onConflict((conflict) => conflict.columns(["site", "notice"]).doUpdateSet(columns))
        .execute();
      written.add("publicity", notice);
    },
  };
}

/** null for a row that is not what we wrote: it is recorded anew. */
function toEnded(row: { notice: string; until: number; body: string }): EndedPeriod | null {
  try {
    return { notice: row.notice, until: row.until, ...body.parse(JSON.parse(row.body)) };
  } catch {
    return null;
  }
}
