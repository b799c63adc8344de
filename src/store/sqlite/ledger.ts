import { canonicalJson } from "../../canonical-json.ts";
import { emptyHead, rowHash } from "../../ledger/row.ts";
import type {
  Chain,
  Entry,
  Head,
  LedgerData,
  LedgerRow,
  LedgerStore,
  LedgerVerbs,
  Recorder,
  Stamp,
} from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import type { Database } from "./database.ts";
import { Written } from "./guarded.ts";
import { searchLedger } from "./ledger-search.ts";
import type { Tables } from "./tables.ts";

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Adds rows in `trx`. The chain's number is taken there, so that two changes never have the same. */
export function recorderOf(
  trx: Database,
  site: string,
  by: string,
  stamp: Stamp,
): Recorder & { readonly count: number; readonly written: Written } {
  let count = 0;
  const written = new Written(trx, site);
  // The transaction has the only pen: within it a chain's end is where this left it.
  const heads = new Map<Chain, Head>();
  return {
    written,
    get count() {
      return count;
    },
    async record(entry: Entry, chain: Chain = "register"): Promise<LedgerRow> {
      const before = heads.get(chain) ?? (await headOf(trx, site, chain));
      const { action, subject } = entry;
      const data = chain === "register" ? { ...entry.data, ...(await written.take()) } : entry.data;
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
      heads.set(chain, { chain, seq: row.seq, hash });
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
    // Without it the whole chain would be fetched for its end, at each row that is added.
    .limit(1)
    .select(["seq", "hash"])
    .executeTakeFirst();
  return last ? { chain, seq: last.seq, hash: toHex(last.hash) } : emptyHead(chain);
}

export function ledgerStore(db: Database, site: string): LedgerStore {
  const query = (chain: Chain) =>
    db.selectFrom("ledger").where("site", "=", site).where("chain", "=", chain).orderBy("seq").selectAll();
  return {
    async rows(chain, after, most = limits.ledgerRowsAtOnce) {
      const found = await query(chain)
        .where("seq", ">", after)
        .limit(Math.min(most, limits.ledgerRowsAtOnce))
        .execute();
      return found.map((row) => toRow(chain, row));
    },
    async about(chain, subject, after = 0) {
      const rows = query(chain).where("subject", "=", subject).where("seq", ">", after);
      const found = await rows.limit(limits.ledgerRowsAtOnce).execute();
      return found.map((row) => toRow(chain, row));
    },
    head: (chain) => headOf(db, site, chain),
    search: async (chain, wanted, before, most) =>
      searchLedger(db, { site, chain, end: (await headOf(db, site, chain)).seq }, wanted, before, most),
    async stored(chain, after, most) {
      const all = query(chain).limit(Math.min(most, limits.ledgerRowsAtOnce));
      const found = await (after === null ? all : all.where("seq", ">", after)).execute();
      return found.map(({ seq, board_at, wall_at, by, action, subject, data, hash }) => {
        return { seq, boardAt: board_at, wallAt: wall_at, by, action, subject, data, hash: toHex(hash) };
      });
    },
    async lastBefore(chain, wallAt, most) {
      const first = await db
        .selectFrom("ledger")
        .where("site", "=", site)
        .where("chain", "=", chain)
        .orderBy("seq")
        .limit(Math.min(most, limits.ledgerRowsAtOnce))
        .select(["seq", "wall_at", "hash"])
        .execute();
      const young = first.findIndex((row) => row.wall_at >= wallAt);
      const last = first.at(young === -1 ? first.length - 1 : young - 1);
      return last === undefined || young === 0 ? null : { chain, seq: last.seq, hash: toHex(last.hash) };
    },
  };
}

export function ledgerVerbs(trx: Database, site: string): LedgerVerbs {
  return {
    async cutPlay(seq) {
      const rows = trx.deleteFrom("ledger").where("site", "=", site).where("chain", "=", "play");
      await rows.where("seq", "<=", seq).execute();
    },
  };
}

/** As it lies there: whether it is what was written is for `verify` to say. */
export function toRow(chain: Chain, row: Tables["ledger"]): LedgerRow {
  const { seq, by, subject } = row;
  const [boardAt, wallAt] = [row.board_at, row.wall_at];
  const data = parsed(row.data);
  const hash = data === null ? "" : toHex(row.hash);
  return { chain, seq, boardAt, wallAt, by, action: row.action as Entry["action"], subject, data: data ?? {}, hash };
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
