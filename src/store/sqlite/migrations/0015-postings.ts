import { type Kysely, type Migration, sql } from "kysely";

/** 张贴: what people say of the sheets that hang at posting places. */
export const postings: Migration = {
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `CREATE TABLE posting (site TEXT NOT NULL, notice TEXT NOT NULL, number INTEGER NOT NULL, board TEXT NOT NULL,
         posted TEXT, taken TEXT, PRIMARY KEY (site, notice, number, board),
         FOREIGN KEY (site, notice, number) REFERENCES revision (site, notice, number)) STRICT`,
      )
      .execute(db);
  },
};
