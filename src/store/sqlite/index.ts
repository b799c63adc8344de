import { join } from "node:path";
import { sql } from "kysely";
import type { SettingStore, Store } from "../../notices/store.ts";
import { type Database, openDatabase } from "./database.ts";
import { messageStore } from "./messages.ts";
import { noticeStore } from "./notices.ts";
import { pictureStore } from "./pictures.ts";

/** One site a file for now; the column is there for the county's PostgreSQL. */
const site = "main";

/** Opens (or makes) `boardcast.db` in `folder`, which must exist. */
export async function openStore(folder: string): Promise<Store> {
  const db = await openDatabase(join(folder, "boardcast.db"));
  return {
    notices: noticeStore(db, site),
    messages: messageStore(db, site),
    pictures: pictureStore(db, site),
    settings: settingStore(db),
    async version() {
      const { rows } = await sql<{ data_version: number }>`PRAGMA data_version`.execute(db);
      return rows[0]?.data_version ?? 0;
    },
    close: () => db.destroy(),
  };
}

function settingStore(db: Database): SettingStore {
  return {
    async get(key) {
      const row = await db
        .selectFrom("setting")
        .where("site", "=", site)
        .where("key", "=", key)
        .select("value")
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async set(key, value) {
      await db
        .insertInto("setting")
        .values({ site, key, value })
        .onConflict((conflict) => conflict.columns(["site", "key"]).doUpdateSet({ value }))
        .execute();
    },
  };
}
