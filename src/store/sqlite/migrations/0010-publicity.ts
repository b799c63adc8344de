import { type Kysely, type Migration, sql } from "kysely";

/** 公示 that are over, and what came of them. */
export const publicity: Migration = {
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `CREATE TABLE publicity (site TEXT NOT NULL, notice TEXT NOT NULL, until INTEGER NOT NULL, body TEXT NOT NULL,
         PRIMARY KEY (site, notice), FOREIGN KEY (site, notice) REFERENCES notice (site, id)) STRICT`,
      )
      .execute(db);
  },
};
