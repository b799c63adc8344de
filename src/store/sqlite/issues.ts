import { z } from "zod";
import { contentSchema } from "../../notices/import-format.ts";
import { type Issue, issueDigest, type IssueStore, type IssueVerbs } from "../../notices/issues.ts";
import { instant } from "../../notices/schedule-format.ts";
import type { Database } from "./database.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const item = z.strictObject({
  notice: z.string(),
  number: z.int().min(1),
  title: z.string(),
  track: contentSchema.shape.track,
  index: z.string().nullable(),
  from: instant,
  until: instant,
  signedBy: z.string(),
  signedAt: instant,
  message: hash,
  personal: z.boolean(),
});
const body = z.strictObject({
  closedAt: instant,
  by: z.string(),
  name: z.string(),
  note: z.string(),
  boards: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      place: z.string(),
      shape: z.strictObject({ width: z.int(), height: z.int(), colour: z.enum(["mono", "dual", "rgb"]) }),
      ledColour: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/)
        .nullable(),
      items: item.array(),
    })
    .array(),
});

export function issueStore(db: Database, site: string): IssueStore {
  const rows = () => db.selectFrom("issue").where("site", "=", site).orderBy("year").orderBy("number").selectAll();
  return {
    async get(year, number) {
      const row = await rows().where("year", "=", year).where("number", "=", number).executeTakeFirst();
      return row ? toIssue(row) : null;
    },
    async list() {
      return (await rows().execute()).flatMap((row) => toIssue(row) ?? []);
    },
  };
}

export function issueVerbs(trx: Database, site: string): IssueVerbs {
  return {
    ...issueStore(trx, site),
    async next(year) {
      const last = await trx
        .selectFrom("issue")
        .where("site", "=", site)
        .where("year", "=", year)
        .orderBy("number", "desc")
        .limit(1)
        .select("number")
        .executeTakeFirst();
      return (last?.number ?? 0) + 1;
    },
    async add(issue) {
      const { year, number, ...rest } = issue;
      const row = { year, number, body: JSON.stringify(rest) };
      const read = toIssue(row);
      if (read === null || issueDigest(read) !== issueDigest(issue))
        throw new Error("an issue that cannot be read back");
      await trx
        .insertInto("issue")
        .values({ site, ...row })
        .execute();
    },
  };
}

/** null for a row that is not what we wrote. */
function toIssue(row: { year: number; number: number; body: string }): Issue | null {
  try {
    return { year: row.year, number: row.number, ...body.parse(JSON.parse(row.body)) };
  } catch {
    return null;
  }
}
