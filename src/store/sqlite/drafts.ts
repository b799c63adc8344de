import { draftBody } from "../../notices/review/format.ts";
import type { DraftStore } from "../../notices/review/store.ts";
import type { Draft } from "../../notices/review/types.ts";
import type { Database } from "./database.ts";

/** `db`: a transaction, inside one. */
export function draftStore(db: Database, site: string): DraftStore {
  const rows = () => db.selectFrom("draft").where("site", "=", site).orderBy("notice").selectAll();
  return {
    async next(name) {
      const { last } = await db
        .insertInto("running_number")
        .values({ site, name, last: 1 })
        .onConflict((conflict) =>
          conflict.columns(["site", "name"]).doUpdateSet(({ eb }) => ({ last: eb("running_number.last", "+", 1) })),
        )
        .returning("last")
        .executeTakeFirstOrThrow();
      return last;
    },
    async get(notice) {
      const row = await rows().where("notice", "=", notice).executeTakeFirst();
      return row ? toDraft(row) : null;
    },
    async list() {
      return (await rows().execute()).flatMap((row) => toDraft(row) ?? []);
    },
    async add(draft) {
      const taken =
        draft.edits === null &&
        (await db
          .selectFrom("notice")
          .where("site", "=", site)
          .where("id", "=", draft.notice)
          .select("id")
          .executeTakeFirst());
      if (taken) return false;
      const result = await db
        .insertInto("draft")
        .values({ site, notice: draft.notice, ...columnsOf(draft) })
        .onConflict((conflict) => conflict.columns(["site", "notice"]).doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async put(draft) {
      const result = await db
        .updateTable("draft")
        .set(columnsOf(draft))
        .where("site", "=", site)
        .where("notice", "=", draft.notice)
        .where("version", "=", draft.version - 1)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async drop(notice, version) {
      const result = await db
        .deleteFrom("draft")
        .where("site", "=", site)
        .where("notice", "=", notice)
        .where("version", "=", version)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

function columnsOf({ notice: _, version, state, ...body }: Draft) {
  return { version, state, body: JSON.stringify(body) };
}

/** null for a row that is not what we wrote: there is nothing in it to go on with. */
function toDraft(row: { notice: string; version: number; state: string; body: string }): Draft | null {
  try {
    const { notice, version } = row;
    const state = row.state === "contributed" ? "contributed" : "open";
    return {
      notice,
      version,
      state,
      ...(draftBody.parse(JSON.parse(row.body)) as Omit<Draft, "notice" | "version" | "state">),
    };
  } catch {
    return null;
  }
}
