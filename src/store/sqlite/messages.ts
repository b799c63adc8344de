import { createHash } from "node:crypto";
import { deflateSync, inflateSync } from "node:zlib";
import { limits } from "../../limits.ts";
import type { MessageStore } from "../../message/store.ts";
import type { Database } from "./database.ts";

/** zlib, as HTTP's "deflate" wants it. Level 6: pages are mostly empty, more effort gains little. */
export function deflateMessage(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 6 });
}

/** Inflated, and what its name says; null for anything else. */
function checked(deflated: Uint8Array, hash: string): Uint8Array | null {
  try {
    const bytes = inflateSync(deflated, { maxOutputLength: limits.messageBytes });
    return createHash("sha256").update(bytes).digest("hex") === hash ? bytes : null;
  } catch {
    return null;
  }
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
      return deflated && checked(deflated, hash);
    },
    async getDeflated(hash) {
      const deflated = await find(hash);
      return deflated && checked(deflated, hash) ? deflated : null;
    },
  };
}
