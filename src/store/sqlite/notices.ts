import { contentSchema, scheduleSchema } from "../../notices/import-format.ts";
import { sealBodySchema } from "../../notices/seal-format.ts";
import type { NoticeEntry, NoticeList, NoticeStore } from "../../notices/store.ts";
import type { NoticeRecord } from "../../notices/types.ts";
import type { Database } from "./database.ts";
import { addMessages } from "./messages.ts";
import { type Packed, packed } from "./packed.ts";
import { addPictures, deflatePictures } from "./pictures.ts";

const fromHex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Some 5 ms of work each, so that a large office's rows hold up nobody. */
const rowsReadAtOnce = 300;
const rowsParsedAtOnce = 100;

const othersFirst = () => new Promise((resolve) => setImmediate(resolve));

/** SQLite's integers have 64 bits; what JavaScript cannot count with, we did not write. */
function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
  return value;
}

export function noticeStore(db: Database, site: string): NoticeStore {
  const rows = (id?: string) => {
    const query = db
      .selectFrom("notice as n")
      .innerJoin("revision as r", (join) => join.onRef("r.site", "=", "n.site").onRef("r.notice", "=", "n.id"))
      .leftJoin("seal as s", (join) =>
        join.onRef("s.site", "=", "r.site").onRef("s.notice", "=", "r.notice").onRef("s.number", "=", "r.number"),
      )
      .where("n.site", "=", site)
      // As their index has them: SQLite need not sort before it can give the first.
      .orderBy("r.notice")
      .orderBy("r.number")
      .select([
        "n.id",
        "n.withdrawn_at",
        "n.superseded_at",
        "r.number",
        "r.hash",
        "r.content",
        "r.schedule",
        "r.maker",
        "r.imported_at",
        "s.body",
        "s.signature",
      ]);
    return id === undefined ? query : query.where("n.id", "=", id);
  };
  type Row = Awaited<ReturnType<ReturnType<typeof rows>["execute"]>>[number];

  /** Throws on a row that is not what we wrote. */
  const toRecord = (row: Row): NoticeRecord => ({
    id: row.id,
    revision: toHex(row.hash),
    revisionNumber: whole(row.number),
    content: contentSchema.parse(JSON.parse(row.content)),
    schedule: scheduleSchema.parse(JSON.parse(row.schedule)),
    seal:
      row.body === null || row.signature === null
        ? null
        : { body: sealBodySchema.parse(JSON.parse(row.body)), signature: toHex(row.signature) },
    makerId: row.maker,
    importedAt: whole(row.imported_at),
    withdrawnAt: row.withdrawn_at === null ? null : whole(row.withdrawn_at),
    supersededAt: row.superseded_at === null ? null : whole(row.superseded_at),
  });

  /** All as they were at one moment; the connection is free again before they are parsed. */
  const everyRow = async (): Promise<readonly Row[]> => {
    const all: Row[] = [];
    for await (const row of rows().stream()) if (all.push(row) % rowsReadAtOnce === 0) await othersFirst();
    return all;
  };

  /** `all` by notice, each notice's revisions in order. */
  const read = async (all: readonly Row[]): Promise<NoticeList> => {
    const newest = new Map<string, NoticeRecord>();
    const earlier = new Map<string, NoticeRecord[]>();
    const unreadable: { id: string; what: string }[] = [];
    for (const [index, row] of all.entries()) {
      if (index % rowsParsedAtOnce === rowsParsedAtOnce - 1) await othersFirst();
      try {
        const record = toRecord(row);
        const before = newest.get(row.id);
        // The signed revision stays up until a newer one is signed (R02).
        if (record.seal === null && before?.seal) continue;
        newest.set(row.id, record);
        if (before?.seal) earlier.set(row.id, [...(earlier.get(row.id) ?? []), before]);
      } catch (error) {
        unreadable.push({ id: row.id, what: error instanceof Error ? error.message : String(error) });
        // What a signed revision replaced is not lit again because that one can no longer be read.
        if (row.body !== null) for (const revisions of [newest, earlier]) revisions.delete(row.id);
      }
    }
    return { records: [...newest.values()], earlier: [...earlier.values()].flat(), unreadable };
  };

  const stamp = async (column: "withdrawn_at" | "superseded_at", id: string, at: number): Promise<boolean> => {
    const result = await db
      .updateTable("notice")
      .set({ [column]: at })
      .where("site", "=", site)
      .where("id", "=", id)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  };

  return {
    list: async () => read(await everyRow()),
    get: async (id) => (await read(await rows(id).execute())).records[0] ?? null,
    withdraw: (id, at) => stamp("withdrawn_at", id, at),
    supersede: (id, at) => stamp("superseded_at", id, at),

    async save(entry) {
      // Before the transaction: in it nothing else may be waited for.
      const pictures = await deflatePictures(entry.pictures ?? []);
      const messages: Packed[] = [];
      for (const { hash, bytes } of entry.seal ? entry.messages : []) messages.push(await packed(hash, bytes));
      return db.transaction().execute(async (trx) => {
        const last = await trx
          .selectFrom("revision")
          .where("site", "=", site)
          .where("notice", "=", entry.id)
          .orderBy("number", "desc")
          .select(["number", "hash", "schedule"])
          .executeTakeFirst();
        const same = last && toHex(last.hash) === entry.revision && last.schedule === JSON.stringify(entry.schedule);
        const number = same ? last.number : (last?.number ?? 0) + 1;
        if (!same) await addRevision(trx, entry, number);
        await addPictures(trx, site, pictures);
        const sealed = entry.seal ? await addSeal(trx, entry, number, messages) : false;
        return same ? (sealed ? "sealed" : "unchanged") : number === 1 ? "added" : "revised";
      });
    },
  };

  async function addRevision(trx: Database, entry: NoticeEntry, number: number): Promise<void> {
    await trx
      .insertInto("notice")
      .values({ site, id: entry.id, revisions: number, withdrawn_at: null, superseded_at: null })
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
      })
      .execute();
  }

  /** The seal and its messages; false if the revision was sealed already. */
  async function addSeal(
    trx: Database,
    entry: NoticeEntry,
    number: number,
    messages: readonly Packed[],
  ): Promise<boolean> {
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
    await addMessages(trx, site, messages);
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
}
