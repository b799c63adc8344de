import { canonicalJson } from "../../canonical-json.ts";
import { emptyHead, rowHash } from "../../ledger/row.ts";
import type { Chain, Entry, Head, LedgerData, LedgerRow, LedgerStore, Recorder, Stamp } from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import type { Database } from "./database.ts";

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Adds rows in `trx`. The chain's number is taken there, so that two changes never have the same. */
export function recorderOf(
  trx: Database,
  site: string,
  by: string,
  stamp: Stamp,
): Recorder & { readonly count: number } {
  let count = 0;
  return {
    get count() {
      return count;
    },
    async record(entry: Entry, chain: Chain = "register"): Promise<LedgerRow> {
      const before = await headOf(trx, site, chain);
      const { action, subject, data } = entry;
      const said = canonicalJson(data);
      if (subject.length > limits.ledgerSubjectChars) throw new RangeError(`a row about ${subject.length} characters`);
      if (said.length > limits.ledgerDataBytes) throw new RangeError(`${action}: a row of ${said.length} characters`);
      const row = { chain, seq: before.seq + 1, ...stamp, by, action, subject, data };
      const hash = rowHash(before.hash, row);
      await trx
        .insertInto("ledger")
        .values({
          site,
          chain,
          seq: row.seq,
          board_at: stamp.boardAt,
          wall_at: stamp.wallAt,
          by,
          action,
          subject,
          data: said,
          hash: Uint8Array.from(Buffer.from(hash, "hex")),
        })
        .execute();
      count++;
      return { ...row, hash };
    },
  };
}

async function headOf(db: Database, site: string, chain: Chain): Promise<Head> {
  const last = await db
    .selectFrom("ledger")
    .where("site", "=", site)
    .where("chain", "=", chain)
    .orderBy("seq", "desc")
    .select(["seq", "hash"])
    .executeTakeFirst();
  return last ? { chain, seq: last.seq, hash: toHex(last.hash) } : emptyHead(chain);
}

export function ledgerStore(db: Database, site: string): LedgerStore {
  const query = (chain: Chain) =>
    db.selectFrom("ledger").where("site", "=", site).where("chain", "=", chain).orderBy("seq").selectAll();
  type Row = Awaited<ReturnType<ReturnType<typeof query>["execute"]>>[number];
  /** As it lies there: whether it is what was written is for `verify` to say. */
  const toRow = (chain: Chain, row: Row): LedgerRow => {
    const { seq, by, subject } = row;
    const [boardAt, wallAt] = [row.board_at, row.wall_at];
    const data = parsed(row.data);
    const hash = data === null ? "" : toHex(row.hash);
    return { chain, seq, boardAt, wallAt, by, action: row.action as Entry["action"], subject, data: data ?? {}, hash };
  };
  return {
    async rows(chain, after, most = limits.ledgerRowsAtOnce) {
      const found = await query(chain)
        .where("seq", ">", after)
        .limit(Math.min(most, limits.ledgerRowsAtOnce))
        .execute();
      return found.map((row) => toRow(chain, row));
    },
    async about(chain, subject) {
      const found = await query(chain).where("subject", "=", subject).limit(limits.ledgerRowsAtOnce).execute();
      return found.map((row) => toRow(chain, row));
    },
    head: (chain) => headOf(db, site, chain),
  };
}

/** null unless it is the canonical text of an object: what reads alike but is written otherwise was not written by us. */
function parsed(text: string): LedgerData | null {
  try {
    const data = JSON.parse(text) as LedgerData;
    return canonicalJson(data) === text ? data : null;
  } catch {
    return null;
  }
}
