/** Which notices a question is about, without reading those of decades that it is not about. */
import { type RawBuilder, sql } from "kysely";
import type { Instant, MessageHash, Window } from "../../message/types.ts";
import type { EndedRevision, NoticeStore } from "../../notices/store.ts";
import type { BoardId, NoticeId } from "../../notices/types.ts";
import type { Database } from "./database.ts";

/** Some milliseconds of work each, so that a large office's rows hold up nobody. */
const rowsReadAtOnce = 300;

const othersFirst = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Notices that any revision, by its schedule, may still show after `at` and that was not taken down by then. What says no end
 * is found as well, so that it is told of at once. Columns that somebody set can only leave out: they bring nothing back.
 */
export async function idsLiving(db: Database, site: string, at: Instant): Promise<readonly NoticeId[]> {
  const standing = db
    .selectFrom("revision")
    .where("site", "=", site)
    .where((is) => is.or([is("withdrawn_at", "is", null), is("withdrawn_at", ">", at)]))
    .where((is) => is.or([is("superseded_at", "is", null), is("superseded_at", ">", at)]))
    .select("notice");
  const endless = standing.where("until", "is", null);
  const found = await standing.where("until", ">", at).union(endless).orderBy("notice").execute();
  return found.map(({ notice }) => notice);
}

/** As `NoticeStore` says. */
export function noticeIds(
  db: Database,
  site: string,
): Pick<NoticeStore, "ids" | "reaching" | "endedLast" | "mentioning"> {
  return {
    async ids(after, most, down = false) {
      const all = db
        .selectFrom("notice")
        .where("site", "=", site)
        .select("id")
        .orderBy("id", down ? "desc" : "asc")
        .limit(most);
      return (await (after === null ? all : all.where("id", down ? "<" : ">", after)).execute()).map(({ id }) => id);
    },

    async reaching({ from, until }: Window) {
      const begins = ({ schedule }: { readonly schedule: string }) => {
        const [, begin] = /"from":(-?\d+)/.exec(schedule) ?? [];
        return begin === undefined || Number(begin) < until;
      };
      const ended = db.selectFrom("revision").where("site", "=", site).where("until", ">", from);
      return idsOf(
        (last: EndedRevision | undefined) =>
          (last ? ended.where(behind(sql`until, notice, number`, [last.until, last.notice, last.number])) : ended)
            .orderBy("until")
            .orderBy("notice")
            .orderBy("number")
            .limit(rowsReadAtOnce)
            .select(["until", "notice", "number", "schedule"])
            .$narrowType<{ until: number }>()
            .execute(),
        begins,
      );
    },

    async endedLast(board: BoardId, before: EndedRevision, most: number) {
      const found = await db
        .selectFrom("revision")
        .where("site", "=", site)
        .where("until", "<=", before.until)
        .where(sql<boolean>`(until, notice, number) < (${before.until}, ${before.notice}, ${before.number})`)
        .where(({ fn, val }) => fn<boolean>("instr", ["schedule", val(JSON.stringify(board))]))
        .orderBy("until", "desc")
        .orderBy("notice", "desc")
        .orderBy("number", "desc")
        .limit(most)
        .select(["until", "notice", "number"])
        .execute();
      return found.flatMap(({ until, ...row }) => (until === null ? [] : { until, ...row }));
    },

    async mentioning(json: string, message?: MessageHash) {
      const all = db
        .selectFrom("revision as r")
        .leftJoin("seal as s", (join) =>
          join.onRef("s.site", "=", "r.site").onRef("s.notice", "=", "r.notice").onRef("s.number", "=", "r.number"),
        )
        .where("r.site", "=", site);
      return idsOf(
        (last: { readonly notice: NoticeId; readonly number: number } | undefined) =>
          (last ? all.where(behind(sql`r.notice, r.number`, [last.notice, last.number])) : all)
            .orderBy("r.notice")
            .orderBy("r.number")
            .limit(rowsReadAtOnce)
            .select(["r.notice", "r.number"])
            .select(({ fn, val }) => [
              fn<number>("instr", ["r.content", val(json)]).as("said"),
              fn<number | null>("instr", ["s.body", val(message ?? "")]).as("named"),
            ])
            .execute(),
        ({ said, named }) => said > 0 && (message === undefined || (named ?? 0) > 0),
      );
    },
  };
}

const behind = (columns: RawBuilder<unknown>, last: readonly (string | number)[]) =>
  sql<boolean>`(${columns}) > (${sql.join(last)})`;

/** Of rows that are read a portion at a time, so that others have the connection in between: whose are wanted. */
async function idsOf<Row extends { readonly notice: NoticeId }>(
  portionBehind: (last: Row | undefined) => Promise<readonly Row[]>,
  wanted: (row: Row) => boolean,
): Promise<readonly NoticeId[]> {
  const ids = new Set<NoticeId>();
  for (let last: Row | undefined; ; ) {
    const rows = await portionBehind(last);
    for (const row of rows) if (wanted(row)) ids.add(row.notice);
    last = rows.at(-1);
    if (rows.length < rowsReadAtOnce) return [...ids].sort();
    await othersFirst();
  }
}
