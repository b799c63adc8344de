import { type Kysely, type Migration, sql } from "kysely";

/** Accounts and how they get in. Of every secret only a keyed hash is kept; passwords as argon2id. */
export const people: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    const table = (name: string, columns: string) =>
      run(`CREATE TABLE ${name} (site TEXT NOT NULL, ${columns}) STRICT`);
    const owned = "FOREIGN KEY (site, account) REFERENCES account (site, id)";
    await table(
      "account",
      `id TEXT NOT NULL, login TEXT NOT NULL, login_key TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
       roles TEXT NOT NULL, boards TEXT, active INTEGER NOT NULL, must_change INTEGER NOT NULL, password TEXT,
       PRIMARY KEY (site, id), UNIQUE (site, login_key)`,
    );
    await table(
      "session",
      `hash BLOB NOT NULL, id TEXT NOT NULL, account TEXT NOT NULL, opened_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,
       address TEXT NOT NULL, agent TEXT NOT NULL, PRIMARY KEY (site, hash), UNIQUE (site, id), ${owned}`,
    );
    await run("CREATE INDEX session_account ON session (site, account)");
    await table(
      "device",
      `account TEXT NOT NULL, hash BLOB NOT NULL, seen_at INTEGER NOT NULL, PRIMARY KEY (site, account, hash), ${owned}`,
    );
    await table(
      "token",
      `hash BLOB NOT NULL, id TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,
       created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, PRIMARY KEY (site, hash), UNIQUE (site, id), ${owned}`,
    );
    await run("CREATE INDEX token_account ON token (site, account)");
    await table(
      "link",
      `hash BLOB NOT NULL, account TEXT, expires_at INTEGER NOT NULL, PRIMARY KEY (site, hash), ${owned}`,
    );
    await table(
      "deputy",
      `id TEXT NOT NULL, account TEXT NOT NULL, deputy TEXT NOT NULL, role TEXT NOT NULL, from_at INTEGER NOT NULL,
       until_at INTEGER NOT NULL, PRIMARY KEY (site, id), ${owned},
       FOREIGN KEY (site, deputy) REFERENCES account (site, id)`,
    );
  },
};
