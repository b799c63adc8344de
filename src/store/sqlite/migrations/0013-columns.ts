import { type Kysely, type Migration, sql } from "kysely";
import { wallClock } from "../../../time/clock.ts";
import type { Database } from "../database.ts";
import { everyState } from "../guarded.ts";
import { recorderOf } from "../ledger.ts";

const rowsAtOnce = 500;
const kinds = ["dark", "maintenance", "report", "publicity", "received", "sender"] as const;

/**
 * What is looked for stands in columns that its writer fills, since JSON is opaque to the store: when a schedule says that a
 * revision ends (NULL: it says nothing that can be read, and is looked at), and the hash of what came as a warning. The rows
 * of small tables go into the register as they were found (`ledger/guarded.ts`).
 */
export const columns: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run("DROP INDEX revision_until");
    await run("ALTER TABLE revision ADD COLUMN until INTEGER");
    let behind = { site: "", notice: "", number: 0 };
    for (;;) {
      const { rows } = await sql<typeof behind & { schedule: string }>`
        SELECT site, notice, number, schedule FROM revision
        WHERE (site, notice, number) > (${behind.site}, ${behind.notice}, ${behind.number})
        ORDER BY site, notice, number LIMIT ${rowsAtOnce}`.execute(db);
      for (const { site, notice, number, schedule } of rows)
        await sql`UPDATE revision SET until = ${wholeOr(jsonOf(schedule).until, null)}
          WHERE site = ${site} AND notice = ${notice} AND number = ${number}`.execute(db);
      const last = rows.at(-1);
      if (last === undefined) break;
      behind = last;
    }
    await run("CREATE INDEX revision_living ON revision (site, until, notice)");

    await run("ALTER TABLE received_warning ADD COLUMN digest BLOB NOT NULL DEFAULT x''");
    const { rows } = await sql<{ site: string; number: number; body: string }>`
      SELECT site, number, body FROM received_warning`.execute(db);
    for (const { site, number, body } of rows) {
      const { digest, ...rest } = jsonOf(body);
      if (typeof digest !== "string") continue;
      await sql`UPDATE received_warning SET digest = ${Buffer.from(digest, "hex")}, body = ${JSON.stringify(rest)}
        WHERE site = ${site} AND number = ${number}`.execute(db);
    }
    await run("DROP INDEX received_warning_name");
    await run("CREATE INDEX received_warning_name ON received_warning (site, sender, identifier, digest)");
    await registerRows(db as Database);
  },
};

async function registerRows(db: Database): Promise<void> {
  const { rows: sites } = await sql<{ site: string }>`
    SELECT site FROM board_dark UNION SELECT site FROM board_maintenance UNION SELECT site FROM board_report
    UNION SELECT site FROM publicity UNION SELECT site FROM received_warning UNION SELECT site FROM cap_sender`.execute(
    db,
  );
  const at = wallClock.now();
  for (const { site } of sites) {
    const recorder = recorderOf(db, site, "system", { boardAt: at, wallAt: at });
    for await (const rows of everyState(db, site, kinds))
      await recorder.record({ action: "ledger/taken-over", subject: "office", data: rows });
  }
}

/** {}: it is no JSON of an object. What somebody has spoilt is left as it is, for `verify` to name. */
function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

const wholeOr = <T>(value: unknown, other: T): number | T => (Number.isSafeInteger(value) ? Number(value) : other);
