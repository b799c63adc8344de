/** Which notices a question is about, without reading those of decades that it is not about. */
import { sql } from "kysely";
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
    async ids(after, most) {
      const all = db.selectFrom("notice").where("site", "=", site).select("id").orderBy("id").limit(most);
      return (await (after === null ? all : all.where("id", ">", after)).execute()).map(({ id }) => id);
    },

    async reaching({ from, until }: Window) {
      const ended = db
        .selectFrom("revision")
        .where("site", "=", site)
        .where("until", ">", from)
        .select(["notice", "schedule"])
        .stream();
      const begins = ({ schedule }: { readonly schedule: string }) => {
        const [, begin] = /"from":(-?\d+)/.exec(schedule) ?? [];
        return begin === undefined || Number(begin) < until;
      };
      return sortedIds(ended, begins);
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
        .where("r.site", "=", site)
        .select(["r.notice as notice"])
        .select(({ fn, val }) => [
          fn<number>("instr", ["r.content", val(json)]).as("said"),
          fn<number | null>("instr", ["s.body", val(message ?? "")]).as("named"),
        ]);
      return sortedIds(all.stream(), ({ said, named }) => said > 0 && (message === undefined || (named ?? 0) > 0));
    },
  };
}

async function sortedIds<Row extends { readonly notice: NoticeId }>(
  rows: AsyncIterable<Row>,
  wanted: (row: Row) => boolean,
): Promise<readonly NoticeId[]> {
  const ids = new Set<NoticeId>();
  let count = 0;
  for await (const row of rows) {
    if (wanted(row)) ids.add(row.notice);
    if (++count % rowsReadAtOnce === 0) await othersFirst();
  }
  return [...ids].sort();
}
