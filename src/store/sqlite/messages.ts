import { limits } from "../../limits.ts";
import type { MessageStore } from "../../message/store.ts";
import type { Database } from "./database.ts";
import { type Packed, unpacked } from "./packed.ts";

export async function addMessages(trx: Database, site: string, messages: readonly Packed[]): Promise<void> {
  for (const { hash, deflated } of messages)
    await trx
      .insertInto("message")
      .values({ site, hash, deflated })
      // The same name means the same bytes, unless those on disk were damaged: then these mend them.
      .onConflict((conflict) => conflict.columns(["site", "hash"]).doUpdateSet({ deflated }))
      .execute();
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
