/** Pictures of notices by their names. A page of a scan has 12 MB: nothing here does its work all at once on the main thread. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import { limits } from "../../limits.ts";
import type { KeptBytes } from "../../notices/pictures.ts";
import type { PictureStore } from "../../notices/store.ts";
import type { Database } from "./database.ts";

const deflated = promisify<Uint8Array, { level: number }, Buffer>(deflate);
const inflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

/** Three bytes a dot, and the PNG's own. */
const pictureBytesMax = limits.picturePx * 3 + 1024 * 1024;
/** Some milliseconds of hashing. */
const hashedAtOnce = 2 * 1024 * 1024;

const othersFirst = () => new Promise((resolve) => setImmediate(resolve));

export interface DeflatedPicture {
  readonly hash: Uint8Array;
  readonly deflated: Uint8Array;
}

/** Throws a RangeError for bytes that are not what their name says: nothing is stored under a name that it does not bear. */
export async function deflatePictures(pictures: readonly KeptBytes[]): Promise<DeflatedPicture[]> {
  const made: DeflatedPicture[] = [];
  for (const { sha256, bytes } of pictures) {
    if ((await hashOf(bytes)) !== sha256) throw new RangeError(`picture ${sha256.slice(0, 12)} has another's bytes`);
    made.push({ hash: Buffer.from(sha256, "hex"), deflated: await deflated(bytes, { level: 6 }) });
  }
  return made;
}

export async function addPictures(trx: Database, site: string, pictures: readonly DeflatedPicture[]): Promise<void> {
  for (const { hash, deflated } of pictures)
    await trx
      .insertInto("picture")
      .values({ site, hash: Uint8Array.from(hash), deflated })
      // The same name means the same bytes, unless those on disk were damaged: then these mend them.
      .onConflict((conflict) => conflict.columns(["site", "hash"]).doUpdateSet({ deflated }))
      .execute();
}

export function pictureStore(db: Database, site: string): PictureStore {
  return {
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
      const row = await db
        .selectFrom("picture")
        .where("site", "=", site)
        .where("hash", "=", Uint8Array.from(Buffer.from(sha256, "hex")))
        .select("deflated")
        .executeTakeFirst();
      const bytes = row && (await inflated(row.deflated, { maxOutputLength: pictureBytesMax }).catch(() => null));
      return bytes && (await hashOf(bytes)) === sha256 ? bytes : null;
    },
  };
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let from = 0; from < bytes.length; from += hashedAtOnce) {
    if (from > 0) await othersFirst();
    hash.update(bytes.subarray(from, from + hashedAtOnce));
  }
  return hash.digest("hex");
}
