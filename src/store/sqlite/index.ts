import { join } from "node:path";
import { sql } from "kysely";
import type { ChangeOf, Stamp } from "../../ledger/types.ts";
import type { SettingStore } from "../../notices/store.ts";
import { wallClock } from "../../time/clock.ts";
import type { Store, Verbs } from "../types.ts";
import { type Database, openDatabase } from "./database.ts";
import { ledgerStore, ledgerVerbs, recorderOf } from "./ledger.ts";
import { boardStateStore, boardStateVerbs } from "./board-states.ts";
import { indexStore, indexVerbs } from "./catalogue.ts";
import { caseStore, caseVerbs } from "./cases.ts";
import { draftStore } from "./drafts.ts";
import { guardedStore } from "./guarded.ts";
import { issueStore, issueVerbs } from "./issues.ts";
import { messageStore } from "./messages.ts";
import { noticeStore, noticeVerbs } from "./notices.ts";
import { peopleStore, peopleVerbs } from "./people.ts";
import { pictureStore } from "./pictures.ts";
import { postingStore, postingVerbs } from "./postings.ts";
import { publicityStore, publicityVerbs } from "./publicity.ts";
import { playStore, playVerbs } from "./play.ts";
import { receivedStore, receivedVerbs } from "./received.ts";
import { takedownStore, takedownVerbs } from "./takedown.ts";

/** One site a file for now; the column is there for the county's PostgreSQL. */
const site = "main";

const wallStamp = (): Stamp => ({ boardAt: wallClock.now(), wallAt: wallClock.now() });

/**
 * Opens (or makes) `boardcast.db` in `folder`, which must exist. `stamp`: the clocks, for the ledger's rows. `recorded`: told
 * after each change that is on disk.
 */
export async function openStore(
  folder: string,
  stamp: () => Stamp = wallStamp,
  recorded: () => void = () => {},
): Promise<Store> {
  const db = await openDatabase(join(folder, "boardcast.db"));
  const change: ChangeOf<Verbs> = async (by, work) => {
    const result = await db.transaction().execute(async (trx) => {
      const recorder = recorderOf(trx, site, by, stamp());
      const before = await changesOf(trx);
      const result = await work({
        notices: noticeVerbs(trx, site, recorder),
        settings: settingStore(trx),
        ledger: ledgerVerbs(trx, site),
        play: playVerbs(trx, site),
        cases: caseVerbs(trx, site),
        people: peopleVerbs(trx, site, recorder),
        boards: boardStateVerbs(trx, site, recorder, recorder.written),
        takedowns: takedownVerbs(trx, site, recorder),
        received: receivedVerbs(trx, site, recorder.written),
        publicity: publicityVerbs(trx, site, recorder.written),
        postings: postingVerbs(trx, site, recorder.written),
        indices: indexVerbs(trx, site),
        issues: issueVerbs(trx, site),
        record: (entry, chain) => recorder.record(entry, chain),
      });
      // Everything is on record (promise 6): what nobody told of does not happen.
      const untold = recorder.count === 0 && (await changesOf(trx)) !== before;
      if (untold || recorder.written.some) throw new Error("a change without a ledger row");
      return result;
    });
    recorded();
    return result;
  };
  return {
    notices: noticeStore(db, site, (work) => change("system", ({ notices }) => work(notices))),
    messages: messageStore(db, site),
    pictures: pictureStore(db, site),
    settings: settingStore(db),
    drafts: draftStore(db, site),
    cases: caseStore(db, site),
    ledger: ledgerStore(db, site),
    play: playStore(db, site),
    people: peopleStore(db, site),
    boards: boardStateStore(db, site),
    takedowns: takedownStore(db, site),
    received: receivedStore(db, site),
    publicity: publicityStore(db, site),
    postings: postingStore(db, site),
    indices: indexStore(db, site),
    issues: issueStore(db, site),
    guarded: guardedStore(db, site),
    change,
    async version() {
      const { rows } = await sql<{ data_version: number }>`PRAGMA data_version`.execute(db);
      return rows[0]?.data_version ?? 0;
    },
    close: () => db.destroy(),
  };
}

async function changesOf(trx: Database): Promise<number> {
  const { rows } = await sql<{ changes: number }>`SELECT total_changes() AS changes`.execute(trx);
  return rows[0]?.changes ?? 0;
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
