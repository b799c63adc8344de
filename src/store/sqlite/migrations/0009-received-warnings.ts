import { type Kysely, type Migration, sql } from "kysely";

/** 收到的预警, what they refer to, and the senders that are believed. */
export const receivedWarnings: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE received_warning (site TEXT NOT NULL, number INTEGER NOT NULL, sender TEXT NOT NULL,
       identifier TEXT NOT NULL, sent INTEGER NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, bytes BLOB NOT NULL,
       PRIMARY KEY (site, number)) STRICT`,
    );
    await run("CREATE INDEX received_warning_name ON received_warning (site, sender, identifier)");
    await run("CREATE INDEX received_warning_waiting ON received_warning (site, number) WHERE state = 'waiting'");
    await run(
      `CREATE TABLE received_reference (site TEXT NOT NULL, number INTEGER NOT NULL, sender TEXT NOT NULL,
       identifier TEXT NOT NULL, sent INTEGER NOT NULL, PRIMARY KEY (site, number, sender, identifier, sent),
       FOREIGN KEY (site, number) REFERENCES received_warning (site, number)) STRICT`,
    );
    await run("CREATE INDEX received_reference_to ON received_reference (site, sender, identifier, sent)");
    await run(
      `CREATE TABLE cap_sender (site TEXT NOT NULL, sender TEXT NOT NULL, fingerprint TEXT NOT NULL, body TEXT NOT NULL,
       PRIMARY KEY (site, sender, fingerprint)) STRICT`,
    );
  },
};
