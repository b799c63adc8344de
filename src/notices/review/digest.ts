import { createHash } from "node:crypto";
import { canonicalJson } from "../../canonical-json.ts";
import type { ReviewCase } from "./types.ts";

/** SHA-256, 64 hex digits, of what has canonical JSON: for register rows about long lists. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** Of all that a case says, but for its version and its reminder, which are the register's rows counted. */
export function caseDigest({ version: _, remindedAt: _remindedAt, ...matter }: ReviewCase): string {
  // As it is read back: nothing is there that is undefined.
  return digestOf(JSON.parse(JSON.stringify(matter)));
}
