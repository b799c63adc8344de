import { type Kysely, type Migration, sql } from "kysely";

/** Keys of screens that nobody's account gave: where one person works without accounts, there is none to belong to. */
export const screenKeys: Migration = {
  async up(db: Kysely<unknown>) {
    const columns = "site, hash, id, account, name, scopes, created_at, expires_at";
    for (const statement of [
      `CREATE TABLE token_new (site TEXT NOT NULL, hash BLOB NOT NULL, id TEXT NOT NULL, account TEXT NOT NULL,
       name TEXT NOT NULL, scopes TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
       PRIMARY KEY (site, hash), UNIQUE (site, id)) STRICT`,
      `INSERT INTO token_new (${columns}) SELECT ${columns} FROM token`,
      "DROP TABLE token",
      "ALTER TABLE token_new RENAME TO token",
      "CREATE INDEX token_account ON token (site, account)",
    ])
      await sql.raw(statement).execute(db);
  },
};
