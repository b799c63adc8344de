import { type Kysely, type Migration, sql } from "kysely";

/** 索引号 and 期: given and closed once, kept for ever. */
export const catalogue: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE index_number (site TEXT NOT NULL, year INTEGER NOT NULL, class TEXT NOT NULL, serial INTEGER NOT NULL,
       unit TEXT NOT NULL, notice TEXT NOT NULL, voided TEXT, PRIMARY KEY (site, year, class, serial),
       FOREIGN KEY (site, notice) REFERENCES notice (site, id)) STRICT`,
    );
    await run("CREATE UNIQUE INDEX index_number_standing ON index_number (site, notice) WHERE voided IS NULL");
    await run(
      `CREATE TABLE issue (site TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,
       PRIMARY KEY (site, year, number)) STRICT`,
    );
  },
};
