import { createHash } from "node:crypto";
import { canonicalJson } from "../../canonical-json.ts";

/** SHA-256, 64 hex digits, of what has canonical JSON: for register rows about long lists. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
