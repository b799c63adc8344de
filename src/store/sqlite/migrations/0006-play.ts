import { type Kysely, type Migration, sql } from "kysely";

/** Programmes as they were told, under their hashes; and the play log by board and time. */
export const play: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE programme (site TEXT NOT NULL, hash BLOB NOT NULL, told_at INTEGER NOT NULL, deflated BLOB NOT NULL,
       PRIMARY KEY (site, hash)) STRICT`,
    );
    await run("CREATE INDEX programme_told ON programme (site, told_at)");
    await run("CREATE INDEX ledger_time ON ledger (site, chain, subject, action, board_at, seq)");
  },
};
