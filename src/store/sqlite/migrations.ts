/** Every change of the tables, in order, for ever. Add one at the end; never edit one that has shipped. */
import { type Kysely, type Migration, sql } from "kysely";
import { ledger } from "./migrations/0003-ledger.ts";
import { people } from "./migrations/0004-people.ts";
import { review } from "./migrations/0005-review.ts";
import { play } from "./migrations/0006-play.ts";
import { takedown } from "./migrations/0007-takedown.ts";
import { boardState } from "./migrations/0008-board-state.ts";
import { receivedWarnings } from "./migrations/0009-received-warnings.ts";
import { publicity } from "./migrations/0010-publicity.ts";
import { catalogue } from "./migrations/0011-catalogue.ts";
import { living } from "./migrations/0012-living.ts";
import { columns } from "./migrations/0013-columns.ts";
import { postings } from "./migrations/0015-postings.ts";
import { screenKeys } from "./migrations/0016-screen-keys.ts";

export const migrations: Record<string, Migration> = {
  "0001-notices": {
    async up(db: Kysely<unknown>) {
      // STRICT makes SQLite keep the types that PostgreSQL would.
      const create = (table: string, columns: string) =>
        sql.raw(`CREATE TABLE ${table} (${columns}) STRICT`).execute(db);
      await create("setting", "site TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (site, key)");
      await create(
        "notice",
        "site TEXT NOT NULL, id TEXT NOT NULL, revisions INTEGER NOT NULL, withdrawn_at INTEGER, superseded_at INTEGER, PRIMARY KEY (site, id)",
      );
      await create(
        "revision",
        `site TEXT NOT NULL, notice TEXT NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, content TEXT NOT NULL,
         schedule TEXT NOT NULL, maker TEXT, imported_at INTEGER NOT NULL, PRIMARY KEY (site, notice, number),
         FOREIGN KEY (site, notice) REFERENCES notice (site, id)`,
      );
      await create(
        "seal",
        `site TEXT NOT NULL, notice TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, signature BLOB NOT NULL,
         PRIMARY KEY (site, notice, number), FOREIGN KEY (site, notice, number) REFERENCES revision (site, notice, number)`,
      );
      await create(
        "message",
        "site TEXT NOT NULL, hash BLOB NOT NULL, deflated BLOB NOT NULL, PRIMARY KEY (site, hash)",
      );
    },
  },
  "0002-pictures": {
    async up(db: Kysely<unknown>) {
      await sql
        .raw(
          "CREATE TABLE picture (site TEXT NOT NULL, hash BLOB NOT NULL, deflated BLOB NOT NULL, PRIMARY KEY (site, hash)) STRICT",
        )
        .execute(db);
    },
  },
  "0003-ledger": ledger,
  "0004-people": people,
  "0005-review": review,
  "0006-play": play,
  "0007-takedown": takedown,
  "0008-board-state": boardState,
  "0009-received-warnings": receivedWarnings,
  "0010-publicity": publicity,
  "0011-catalogue": catalogue,
  "0012-living": living,
  "0013-columns": columns,
  "0015-postings": postings,
  "0016-screen-keys": screenKeys,
};
