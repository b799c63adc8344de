import { type Kysely, type Migration, sql } from "kysely";

/** What has to go from boards, board by board; and revisions taken off single boards. */
export const takedown: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE takedown (site TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, notice TEXT,
       by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, closed_at INTEGER, PRIMARY KEY (site, number)) STRICT`,
    );
    await run("CREATE INDEX takedown_open ON takedown (site, number) WHERE closed_at IS NULL");
    await run(
      `CREATE TABLE takedown_board (site TEXT NOT NULL, number INTEGER NOT NULL, board TEXT NOT NULL, dark_by INTEGER,
       done_at INTEGER, how TEXT, words TEXT NOT NULL, PRIMARY KEY (site, number, board),
       FOREIGN KEY (site, number) REFERENCES takedown (site, number)) STRICT`,
    );
    await run(
      `CREATE TABLE taken_off (site TEXT NOT NULL, notice TEXT NOT NULL, number INTEGER NOT NULL, board TEXT NOT NULL,
       at INTEGER NOT NULL, PRIMARY KEY (site, notice, number, board),
       FOREIGN KEY (site, notice, number) REFERENCES revision (site, notice, number)) STRICT`,
    );
  },
};
