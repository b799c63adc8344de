import { limits } from "../../limits.ts";
import type { MessageStore } from "../../message/store.ts";
import type { Database } from "./database.ts";
import { type Packed, unpacked } from "./packed.ts";

/** How many rows it wrote: the same name means the same bytes, unless those on disk were damaged; then these mend them. */
export async function addMessages(trx: Database, site: string, messages: readonly Packed[]): Promise<number> {
  let written = 0n;
  for (const { hash, deflated } of messages) {
    const result = await trx
      .insertInto("message")
      .values({ site, hash, deflated })
      .onConflict((conflict) =>
        conflict.columns(["site", "hash"]).doUpdateSet({ deflated }).where("message.deflated", "!=", deflated),
      )
      .executeTakeFirst();
    written += result.numInsertedOrUpdatedRows ?? 0n;
  }
  return Number(written);
}

export function messageStore(db: Database, site: string): MessageStore {
  const find = async (hash: string) => {
    if (!/^[0-9a-f]{64}$/.test(hash)) return null;
    const row = await db
      .selectFrom("message")
      .where("site", "=", site)
      .where("hash", "=", Uint8Array.from(Buffer.from(hash, "hex")))
      .select("deflated")
      .executeTakeFirst();
    return row?.deflated ?? null;
  };
  return {
    async get(hash) {
      const deflated = await find(hash);
      return deflated && unpacked(deflated, hash, limits.messageBytes);
    },
    async getDeflated(hash) {
      const deflated = await find(hash);
      return deflated && (await unpacked(deflated, hash, limits.messageBytes)) ? deflated : null;
    },
  };
}
