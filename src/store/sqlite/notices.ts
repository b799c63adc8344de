import type { Recorder } from "../../ledger/types.ts";
import type { NoticeEntry, NoticeStore, NoticeVerbs, PreparedEntry, Saved } from "../../notices/store.ts";
import { savedData, signedData } from "../../notices/register.ts";
import type { Database } from "./database.ts";
import { indexText } from "../../notices/index-number.ts";
import { giveIndex } from "./catalogue.ts";
import { addMessages } from "./messages.ts";
import { noticeIds } from "./notice-ids.ts";
import { noticeReads } from "./notice-reads.ts";
import { storedRevisions } from "./stored-revisions.ts";
import { takeOff } from "./taken-down.ts";
import { type Packed, packed } from "./packed.ts";
import { addPictures, deflatePictures } from "./pictures.ts";

const fromHex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** `change`: runs each verb as a transaction of its own. */
export function noticeStore(
  db: Database,
  site: string,
  change: <T>(work: (verbs: NoticeVerbs) => Promise<T>) => Promise<T>,
): NoticeStore {
  const prepare = async (entry: NoticeEntry): Promise<PreparedEntry> => {
    const pictures = await deflatePictures(entry.pictures ?? []);
    const messages: Packed[] = [];
    for (const { hash, bytes } of entry.messages) messages.push(await packed(hash, bytes));
    return { entry, messages, pictures };
  };
  return {
    ...noticeReads(db, site),
    ...noticeIds(db, site),
    prepare,
    async save(entry) {
      const prepared = await prepare(entry);
      return (await change((verbs) => verbs.save(prepared))).outcome;
    },
    stored: (after, most) => storedRevisions(db, site, after, most),
    withdraw: (id, at, why) => change((verbs) => verbs.withdraw(id, at, why)),
    supersede: (id, at, why) => change((verbs) => verbs.supersede(id, at, why)),
  };
}

export function noticeVerbs(trx: Database, site: string, recorder: Recorder): NoticeVerbs {
  /** Of every revision there is; of each the earliest counts. What is signed later is not taken down by it. */
  const takeDown = async (what: "withdrawn" | "superseded", id: string, at: number, why: string): Promise<boolean> => {
    const column = what === "withdrawn" ? "withdrawn_at" : "superseded_at";
    const revisions = await trx
      .selectFrom("revision")
      .where("site", "=", site)
      .where("notice", "=", id)
      .select(["number", "withdrawn_at", "superseded_at"])
      .orderBy("number")
      .execute();
    if (revisions.length === 0) return false;
    const numbers = revisions.filter((one) => (one[column] ?? Infinity) > at).map(({ number }) => number);
    await recorder.record({ action: `notice/${what}`, subject: id, data: { at, why, numbers } });
    if (numbers.length > 0)
      await trx
        .updateTable("revision")
        .set({ [column]: at })
        .where("site", "=", site)
        .where("notice", "=", id)
        .where("number", "in", numbers)
        .execute();
    return true;
  };

  const reads = noticeReads(trx, site);
  return {
    ...reads,
    async warnings(identifier) {
      // As JSON has it; what merely contains it is sorted out below.
      const named = JSON.stringify(identifier);
      const found = await trx
        .selectFrom("revision")
        .where("site", "=", site)
        .where(({ fn, val }) => fn<boolean>("instr", ["content", val(named)]))
        .select("notice")
        .distinct()
        .orderBy("notice")
        .execute();
      const records = await Promise.all(found.map(({ notice }) => reads.get(notice)));
      return records.flatMap((record) => (record?.content.alert?.identifier === identifier ? record : []));
    },
    withdraw: (id, at, why = "") => takeDown("withdrawn", id, at, why),
    supersede: (id, at, why = "") => takeDown("superseded", id, at, why),
    takeOff: (id, boards, at, why = "") => takeOff(trx, site, recorder, { id, boards, at, why }),

    async save({ entry, messages, pictures }): Promise<Saved> {
      const last = await trx
        .selectFrom("revision")
        .where("site", "=", site)
        .where("notice", "=", entry.id)
        .orderBy("number", "desc")
        .limit(1)
        .select(["number", "hash", "schedule"])
        .executeTakeFirst();
      const schedule = JSON.stringify(entry.schedule);
      const same = !entry.anew && last && toHex(last.hash) === entry.revision && last.schedule === schedule;
      const number = same ? last.number : (last?.number ?? 0) + 1;
      if (!same) await addRevision(entry, number);
      const written =
        (await addPictures(trx, site, pictures)) + (entry.seal ? await addMessages(trx, site, messages) : 0);
      const sealed = await addSeal(entry, number);
      const outcome = same ? (sealed ? "sealed" : "unchanged") : number === 1 ? "added" : "revised";
      if (outcome !== "unchanged") {
        const { seal, revision } = entry;
        const before = same || !last ? null : toHex(last.hash);
        const { title } = entry.content;
        const { boards } = entry.schedule;
        const given = sealed && entry.place ? await giveIndex(trx, site, entry.id, entry.place) : null;
        const index = given && indexText(given);
        const data = savedData({
          number,
          before,
          revision,
          title,
          boards,
          schedule,
          seal: sealed ? seal : null,
          index,
          ...(!same && { origin: { maker: entry.makerId, importedAt: entry.importedAt } }),
        });
        await recorder.record({ action: `notice/${outcome}`, subject: entry.id, data });
      }
      // The same again mends bytes that were damaged on disk.
      else if (written > 0)
        await recorder.record({ action: "notice/taken-again", subject: entry.id, data: { number } });
      return { outcome, number };
    },

    async seal(id, number, { body, signature }, place = null) {
      const { form, revision } = body;
      const signed = signedData({ body, signature });
      const given = place && (await giveIndex(trx, site, id, place));
      const index = given && { index: indexText(given) };
      const data = { number, revision, form, signed, ...index };
      await recorder.record({ action: "notice/sealed", subject: id, data });
      await trx
        .insertInto("seal")
        .values({ site, notice: id, number, body: JSON.stringify(body), signature: fromHex(signature) })
        .execute();
    },

    async reschedule(id, number, schedule, why) {
      const one = trx
        .selectFrom("revision")
        .where("site", "=", site)
        .where("notice", "=", id)
        .where("number", "=", number);
      const row = await one.select("schedule").executeTakeFirst();
      if (!row) return false;
      const [before, after] = [row.schedule, JSON.stringify(schedule)];
      await recorder.record({
        action: "notice/rescheduled",
        subject: id,
        data: { number, before, after, ...(why && { why }) },
      });
      await trx
        .updateTable("revision")
        .set({ schedule: after, until: schedule.until })
        .where("site", "=", site)
        .where("notice", "=", id)
        .where("number", "=", number)
        .execute();
      return true;
    },
  };

  async function addRevision(entry: NoticeEntry, number: number): Promise<void> {
    await trx
      .insertInto("notice")
      .values({ site, id: entry.id, revisions: number })
      .onConflict((conflict) => conflict.columns(["site", "id"]).doUpdateSet({ revisions: number }))
      .execute();
    await trx
      .insertInto("revision")
      .values({
        site,
        notice: entry.id,
        number,
        hash: fromHex(entry.revision),
        content: JSON.stringify(entry.content),
        schedule: JSON.stringify(entry.schedule),
        maker: entry.makerId,
        imported_at: entry.importedAt,
        withdrawn_at: null,
        superseded_at: null,
        until: entry.schedule.until,
      })
      .execute();
  }

  /** false: there is none, or the revision was sealed already. */
  async function addSeal(entry: NoticeEntry, number: number): Promise<boolean> {
    if (!entry.seal) return false;
    const result = await trx
      .insertInto("seal")
      .values({
        site,
        notice: entry.id,
        number,
        body: JSON.stringify(entry.seal.body),
        signature: fromHex(entry.seal.signature),
      })
      .onConflict((conflict) => conflict.columns(["site", "notice", "number"]).doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
}
