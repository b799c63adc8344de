/** Notices as they lie there, read back: what both reading and changing need. */
import { frozen } from "../../notices/frozen.ts";
import { contentSchema } from "../../notices/import-format.ts";
import { indexText } from "../../notices/index-number.ts";
import { scheduleSchema } from "../../notices/schedule-format.ts";
import { sealBodySchema } from "../../notices/seal-format.ts";
import type { NoticeList } from "../../notices/store.ts";
import type { NoticeId, NoticeRecord } from "../../notices/types.ts";
import type { Database } from "./database.ts";
import { idsLiving } from "./notice-ids.ts";
import { lowered, type TakenDown, takenDown } from "./taken-down.ts";

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Some 5 ms of work each, so that a large office's rows hold up nobody. */
const rowsReadAtOnce = 300;
const rowsParsedAtOnce = 100;
const noticesReadAtOnce = 20;

const othersFirst = () => new Promise((resolve) => setImmediate(resolve));

/** SQLite's integers have 64 bits; what JavaScript cannot count with, we did not write. */
function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
  return value;
}

/** The number that stands, of a left join. */
function indexOf(row: {
  readonly unit: string | null;
  readonly class: string | null;
  readonly year: number | null;
  readonly serial: number | null;
}): { readonly index?: string } {
  const { unit, class: its, year, serial } = row;
  if (unit === null || its === null || year === null || serial === null) return {};
  return { index: indexText({ unit, class: its, year, serial }) };
}

/** `db`: a transaction, inside one. */
export function noticeReads(db: Database, site: string) {
  /** Of these, or of all. */
  const rows = (ids?: readonly NoticeId[]) => {
    const query = db
      .selectFrom("notice as n")
      .innerJoin("revision as r", (join) => join.onRef("r.site", "=", "n.site").onRef("r.notice", "=", "n.id"))
      .leftJoin("seal as s", (join) =>
        join.onRef("s.site", "=", "r.site").onRef("s.notice", "=", "r.notice").onRef("s.number", "=", "r.number"),
      )
      .leftJoin("index_number as i", (join) =>
        join.onRef("i.site", "=", "n.site").onRef("i.notice", "=", "n.id").on("i.voided", "is", null),
      )
      .where("n.site", "=", site)
      // As their index has them: SQLite need not sort before it can give the first.
      .orderBy("r.notice")
      .orderBy("r.number")
      .select([
        "n.id",
        "r.withdrawn_at",
        "r.superseded_at",
        "r.number",
        "r.hash",
        "r.content",
        "r.schedule",
        "r.maker",
        "r.imported_at",
        "s.body",
        "s.signature",
        "i.unit",
        "i.class",
        "i.year",
        "i.serial",
      ]);
    return ids === undefined ? query : query.where("n.id", "in", ids);
  };
  type Row = Awaited<ReturnType<ReturnType<typeof rows>["execute"]>>[number];

  /** Throws on a row that is not what we wrote. */
  const toRecord = (row: Row): NoticeRecord => ({
    id: row.id,
    revision: toHex(row.hash),
    revisionNumber: whole(row.number),
    content: frozen(contentSchema.parse(JSON.parse(row.content))),
    schedule: scheduleSchema.parse(JSON.parse(row.schedule)),
    seal:
      row.body === null || row.signature === null
        ? null
        : frozen({ body: sealBodySchema.parse(JSON.parse(row.body)), signature: toHex(row.signature) }),
    makerId: row.maker,
    importedAt: whole(row.imported_at),
    withdrawnAt: row.withdrawn_at === null ? null : whole(row.withdrawn_at),
    supersededAt: row.superseded_at === null ? null : whole(row.superseded_at),
    ...indexOf(row),
  });

  /** All as they were at one moment; the connection is free again before they are parsed. */
  const everyRow = async (): Promise<readonly Row[]> => {
    const all: Row[] = [];
    for await (const row of rows().stream()) if (all.push(row) % rowsReadAtOnce === 0) await othersFirst();
    return all;
  };

  const about = async (ids: readonly NoticeId[]): Promise<NoticeList> => {
    const lists: NoticeList[] = [];
    for (let first = 0; first < ids.length; first += noticesReadAtOnce) {
      const some = ids.slice(first, first + noticesReadAtOnce);
      lists.push(await read(await rows(some).execute(), await takenDown(db, site, some)));
      await othersFirst();
    }
    return {
      records: lists.flatMap(({ records }) => records),
      earlier: lists.flatMap(({ earlier }) => earlier),
      unreadable: lists.flatMap(({ unreadable }) => unreadable),
    };
  };

  /** `all` by notice, each notice's revisions in order. */
  const read = async (all: readonly Row[], down: TakenDown): Promise<NoticeList> => {
    const newest = new Map<string, NoticeRecord>();
    const earlier = new Map<string, NoticeRecord[]>();
    const unreadable: { id: string; what: string }[] = [];
    for (const [index, row] of all.entries()) {
      if (index % rowsParsedAtOnce === rowsParsedAtOnce - 1) await othersFirst();
      try {
        const record = lowered(toRecord(row), down);
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

  return {
    list: async (after?: number) =>
      after === undefined ? read(await everyRow(), await takenDown(db, site)) : about(await idsLiving(db, site, after)),
    about,
    get: async (id: string) =>
      (await read(await rows([id]).execute(), await takenDown(db, site, [id]))).records[0] ?? null,
    async revision(id: string, number: number): Promise<NoticeRecord | null> {
      const row = await rows([id]).where("r.number", "=", number).executeTakeFirst();
      if (!row) return null;
      try {
        return lowered(toRecord(row), await takenDown(db, site, [id]));
      } catch {
        return null;
      }
    },
  };
}
