import { type Kysely, type Migration, sql } from "kysely";

/** The ledger; withdrawals belong to revisions, so that one signed later is not taken down by an earlier word. */
export const ledger: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE ledger (site TEXT NOT NULL, chain TEXT NOT NULL, seq INTEGER NOT NULL, board_at INTEGER NOT NULL,
       wall_at INTEGER NOT NULL, by TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL,
       hash BLOB NOT NULL, PRIMARY KEY (site, chain, seq)) STRICT`,
    );
    await run("CREATE INDEX ledger_subject ON ledger (site, chain, subject, seq)");
    await run("CREATE INDEX ledger_action ON ledger (site, chain, action, seq)");
    for (const column of ["withdrawn_at", "superseded_at"]) {
      await run(`ALTER TABLE revision ADD COLUMN ${column} INTEGER`);
      await run(
        `UPDATE revision SET ${column} = (SELECT n.${column} FROM notice n WHERE n.site = revision.site AND n.id = revision.notice)`,
      );
      await run(`ALTER TABLE notice DROP COLUMN ${column}`);
    }
  },
};
