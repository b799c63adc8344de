import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { Content, RevisionHash } from "./types.ts";

/** SHA-256, 64 hex digits, over the canonical JSON of everything that a reader could be shown. */
export function revisionHash(content: Content): RevisionHash {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}
