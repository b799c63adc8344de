import { type Kysely, type Migration, sql } from "kysely";

/** Drafts, cases, and what was looked at. */
export const review: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE draft (site TEXT NOT NULL, notice TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL,
       body TEXT NOT NULL, PRIMARY KEY (site, notice)) STRICT`,
    );
    await run(
      `CREATE TABLE review_case (site TEXT NOT NULL, id TEXT NOT NULL, notice TEXT NOT NULL, number INTEGER NOT NULL,
       state TEXT NOT NULL, since INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (site, id),
       UNIQUE (site, notice, number),
       FOREIGN KEY (site, notice, number) REFERENCES revision (site, notice, number)) STRICT`,
    );
    // Whatever the program thinks, a notice never has two submissions on their way.
    await run(
      `CREATE UNIQUE INDEX review_case_open ON review_case (site, notice) WHERE state IN ('office-review', 'signature')`,
    );
    await run(
      `CREATE TABLE review_look (site TEXT NOT NULL, review_case TEXT NOT NULL, account TEXT NOT NULL, board TEXT NOT NULL,
       message BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (site, review_case, account, board)) STRICT`,
    );
    await run(
      "CREATE TABLE running_number (site TEXT NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (site, name)) STRICT",
    );
  },
};
