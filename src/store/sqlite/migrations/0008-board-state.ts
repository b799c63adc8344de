import { type Kysely, type Migration, sql } from "kysely";

/** The dark switch and maintenance of each board, and what people reported of it. */
export const boardState: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE board_dark (site TEXT NOT NULL, board TEXT NOT NULL, since INTEGER NOT NULL, by TEXT NOT NULL,
       name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (site, board)) STRICT`,
    );
    await run(
      `CREATE TABLE board_maintenance (site TEXT NOT NULL, board TEXT NOT NULL, pattern TEXT NOT NULL,
       since INTEGER NOT NULL, until INTEGER NOT NULL, by TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL,
       PRIMARY KEY (site, board)) STRICT`,
    );
    await run(
      `CREATE TABLE board_report (site TEXT NOT NULL, board TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
       by TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, answered_at INTEGER, PRIMARY KEY (site, board, number)) STRICT`,
    );
  },
};
