import type { CaseVerbs } from "../../notices/review/store.ts";
import type { Database } from "./database.ts";

/**
 * Bytes go; hashes and rows stay. What anybody else still names is left: the same text may be two notices'. An issue (R25) holds
 * nothing: a picture that is gone everywhere else must not live on in it (R15), its item keeps title, signer and hash. What of
 * it was not personal has a seal of its own here, and is kept by that.
 */
export async function erase(
  trx: Database,
  site: string,
  of: Parameters<CaseVerbs["erase"]>[0],
  { messages, pictures }: Parameters<CaseVerbs["erase"]>[1],
): Promise<number> {
  const erased = new Set(of.map(({ notice, number }) => `${number} ${notice}`));
  const isOther = ({ notice, number }: { notice: string; number: number }) => !erased.has(`${number} ${notice}`);
  let count = 0;
  for (const hash of messages) {
    const holding = `%${hash}%`;
    const seals = await trx
      .selectFrom("seal")
      .where("site", "=", site)
      .where("body", "like", holding)
      .select(["notice", "number"])
      .execute();
    const waiting = await trx
      .selectFrom("review_case")
      .where("site", "=", site)
      .where("state", "in", ["office-review", "signature"])
      .where("body", "like", holding)
      .select(["notice", "number"])
      .execute();
    if ([...seals, ...waiting].some(isOther)) continue;
    const gone = await trx
      .deleteFrom("message")
      .where("site", "=", site)
      .where("hash", "=", Uint8Array.from(Buffer.from(hash, "hex")))
      .executeTakeFirst();
    count += Number(gone.numDeletedRows);
  }
  for (const sha256 of pictures) {
    const holding = `%${sha256}%`;
    const revisions = await trx
      .selectFrom("revision")
      .where("site", "=", site)
      .where("content", "like", holding)
      .select(["notice", "number"])
      .execute();
    const drafts = await trx
      .selectFrom("draft")
      .where("site", "=", site)
      .where("body", "like", holding)
      .select("notice")
      .execute();
    if (revisions.some(isOther) || drafts.length > 0) continue;
    const gone = await trx
      .deleteFrom("picture")
      .where("site", "=", site)
      .where("hash", "=", Uint8Array.from(Buffer.from(sha256, "hex")))
      .executeTakeFirst();
    count += Number(gone.numDeletedRows);
  }
  return count;
}
