import { sql } from "kysely";
import type { StoredRevision } from "../../notices/store.ts";
import type { Database } from "./database.ts";

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Every revision as it lies there, by id and number, at most `most`; those behind `after`. */
export async function storedRevisions(
  db: Database,
  site: string,
  after: Pick<StoredRevision, "id" | "number"> | null,
  most: number,
): Promise<readonly StoredRevision[]> {
  const all = db
    .selectFrom("revision as r")
    .leftJoin("notice as n", (join) => join.onRef("n.site", "=", "r.site").onRef("n.id", "=", "r.notice"))
    .leftJoin("seal as s", (join) =>
      join.onRef("s.site", "=", "r.site").onRef("s.notice", "=", "r.notice").onRef("s.number", "=", "r.number"),
    )
    .where("r.site", "=", site)
    .orderBy("r.notice")
    .orderBy("r.number")
    .select(["r.notice as id", "r.number", "r.hash", "r.content", "r.schedule", "r.until", "r.maker", "r.imported_at"])
    .select(["r.withdrawn_at", "r.superseded_at", "s.body", "s.signature", "n.revisions"])
    .limit(most);
  const behind = after && sql<boolean>`(r.notice, r.number) > (${after.id}, ${after.number})`;
  const found = await (behind === null ? all : all.where(behind)).execute();
  const [first, last] = [found[0]?.id ?? "", found.at(-1)?.id ?? ""];
  const off = await db
    .selectFrom("taken_off")
    .where("site", "=", site)
    .where("notice", ">=", first)
    .where("notice", "<=", last)
    .select(["notice", "number", "board", "at"])
    .orderBy("board")
    .execute();
  return found.map(({ id, number, hash, content, schedule, until, maker, body, signature, ...row }) => ({
    id,
    number,
    hash: toHex(hash),
    content,
    schedule,
    until,
    maker,
    importedAt: row.imported_at,
    withdrawnAt: row.withdrawn_at,
    supersededAt: row.superseded_at,
    takenOff: JSON.stringify(
      off.filter((one) => one.notice === id && one.number === number).map(({ board, at }) => [board, at]),
    ),
    body,
    signature: signature && toHex(signature),
    count: row.revisions,
  }));
}
