/** The play log's own: programmes by their hashes, and its rows by board and time. */
import { limits } from "../../limits.ts";
import type { PlayStore, PlayVerbs } from "../../ledger/play-store.ts";
import type { Database } from "./database.ts";
import { toRow as rowOf } from "./ledger.ts";
import { packed, unpacked } from "./packed.ts";
import type { Tables } from "./tables.ts";

const fromHex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));

export function playVerbs(trx: Database, site: string): PlayVerbs {
  return {
    async keep(programmes, told) {
      for (const { hash, deflated } of programmes)
        await trx
          .insertInto("programme")
          .values({ site, hash, told_at: told, deflated })
          // The same name means the same bytes, unless those on disk were damaged: then these mend them.
          .onConflict((conflict) => conflict.columns(["site", "hash"]).doUpdateSet({ told_at: told, deflated }))
          .execute();
    },
    async drop(wallAt) {
      const gone = await trx
        .deleteFrom("programme")
        .where("site", "=", site)
        .where("told_at", "<", wallAt)
        .executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

export function playStore(db: Database, site: string): PlayStore {
  const toRow = (row: Tables["ledger"]) => rowOf("play", row);
  const rows = () => db.selectFrom("ledger").where("site", "=", site).where("chain", "=", "play").selectAll();
  const end = async (order: "asc" | "desc") => {
    const row = await rows().orderBy("seq", order).limit(1).executeTakeFirst();
    return row ? toRow(row) : null;
  };
  return {
    prepare: (programmes) => Promise.all(programmes.map(({ hash, bytes }) => packed(hash, bytes))),
    async programme(hash) {
      if (!/^[0-9a-f]{64}$/.test(hash)) return null;
      const row = await db
        .selectFrom("programme")
        .where("site", "=", site)
        .where("hash", "=", fromHex(hash))
        .select("deflated")
        .executeTakeFirst();
      return row ? unpacked(row.deflated, hash, limits.programmeBytes) : null;
    },
    async before(board, action, boardAt, most) {
      const found = await rows()
        .where("subject", "=", board)
        .where("action", "=", action)
        .where("board_at", "<=", boardAt)
        .orderBy("board_at", "desc")
        .orderBy("seq", "desc")
        .limit(Math.min(most, limits.ledgerRowsAtOnce))
        .execute();
      return found.map(toRow);
    },
    async within(board, after, until, most) {
      const found = await rows()
        .where("subject", "=", board)
        .where("seq", ">", after)
        .where("seq", "<", until)
        .orderBy("seq")
        .limit(Math.min(most, limits.ledgerRowsAtOnce))
        .execute();
      return found.map(toRow);
    },
    async during(board, action, { from, until }, after) {
      const all = rows()
        .where("subject", "=", board)
        .where("action", "=", action)
        .where("board_at", ">=", after?.boardAt ?? from)
        .where("board_at", "<", until)
        .orderBy("board_at")
        .orderBy("seq")
        .limit(limits.ledgerRowsAtOnce);
      const left = after
        ? all.where((is) => is.or([is("board_at", ">", after.boardAt), is("seq", ">", after.seq)]))
        : all;
      return (await left.execute()).map(toRow);
    },
    async latest(board, actions) {
      const row = await rows()
        .where("subject", "=", board)
        .where("action", "in", actions)
        .orderBy("seq", "desc")
        .limit(1)
        .executeTakeFirst();
      return row ? toRow(row) : null;
    },
    first: () => end("asc"),
    last: () => end("desc"),
  };
}
