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

/** Those that no draft, revision, case or posting names. Their texts are read once, not once for each picture. */
export async function unnamedPictures(db: Database, site: string): Promise<readonly string[]> {
  const kept = await db.selectFrom("picture").where("site", "=", site).select("hash").execute();
  const left = new Set(kept.map(({ hash }) => Buffer.from(hash).toString("hex")));
  const strike = (text: string) => {
    for (const [hash] of text.matchAll(/[0-9a-f]{64}/g)) left.delete(hash);
  };
  if (left.size === 0) return [];
  const revisions = db.selectFrom("revision").where("site", "=", site).select("content");
  const naming = revisions.where(({ fn, val }) => fn<boolean>("instr", ["content", val('"sha256"')]));
  for (const { content } of await naming.execute()) strike(content);
  for (const { body } of await db.selectFrom("draft").where("site", "=", site).select("body").execute()) strike(body);
  const scanned = db.selectFrom("review_case").where("site", "=", site).select("body");
  const withScans = scanned.where(({ fn, val }) => fn<boolean>("instr", ["body", val('"scans"')]));
  for (const { body } of await withScans.execute()) strike(body);
  for (const { posted, taken } of await db
    .selectFrom("posting")
    .where("site", "=", site)
    .select(["posted", "taken"])
    .execute())
    strike(`${posted} ${taken}`);
  return [...left].sort().slice(0, limits.picturesSwept);
}

export async function dropPictures(trx: Database, site: string, sha256: readonly string[]): Promise<number> {
  let count = 0n;
  for (const one of sha256) {
    const hash = Uint8Array.from(Buffer.from(one, "hex"));
    const gone = trx.deleteFrom("picture").where("site", "=", site).where("hash", "=", hash);
    count += (await gone.executeTakeFirst()).numDeletedRows;
  }
  return Number(count);
}
