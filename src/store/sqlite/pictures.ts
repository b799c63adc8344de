/** Pictures of notices by their names. */
import { limits } from "../../limits.ts";
import type { KeptBytes } from "../../notices/pictures.ts";
import type { PictureStore } from "../../notices/store.ts";
import type { Database } from "./database.ts";
import { hashOf, type Packed, packed, unpacked } from "./packed.ts";

/** Three bytes a dot, and the PNG's own. */
const pictureBytesMax = limits.picturePx * 3 + 1024 * 1024;

/** Throws a RangeError for bytes that are not what their name says: nothing is stored under a name that it does not bear. */
export async function deflatePictures(pictures: readonly KeptBytes[]): Promise<Packed[]> {
  const made: Packed[] = [];
  for (const { sha256, bytes } of pictures) {
    if ((await hashOf(bytes)) !== sha256) throw new RangeError(`picture ${sha256.slice(0, 12)} has another's bytes`);
    made.push(await packed(sha256, bytes));
  }
  return made;
}

/** How many rows it wrote: the same name means the same bytes, unless those on disk were damaged; then these mend them. */
export async function addPictures(trx: Database, site: string, pictures: readonly Packed[]): Promise<number> {
  let written = 0n;
  for (const { hash, deflated } of pictures) {
    const result = await trx
      .insertInto("picture")
      .values({ site, hash, deflated })
      .onConflict((conflict) =>
        conflict.columns(["site", "hash"]).doUpdateSet({ deflated }).where("picture.deflated", "!=", deflated),
      )
      .executeTakeFirst();
    written += result.numInsertedOrUpdatedRows ?? 0n;
  }
  return Number(written);
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
      return row ? unpacked(row.deflated, sha256, pictureBytesMax) : null;
    },
  };
}
