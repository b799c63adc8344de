import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { Head, LedgerRow } from "./types.ts";

export const noHash = "0".repeat(64);

/** The end of a chain that has no rows. */
export const emptyHead = (chain: Head["chain"]): Head => ({ chain, seq: 0, hash: noHash });

/** The hash that a row has behind the row whose hash is `before`. Throws a TypeError for data that has no canonical JSON. */
export function rowHash(before: string, row: Omit<LedgerRow, "hash">): string {
  const { chain, seq, boardAt, wallAt, by, action, subject, data } = row;
  const said = canonicalJson({ v: 1, chain, seq, boardAt, wallAt, by, action, subject, data });
  return createHash("sha256").update(Buffer.from(before, "hex")).update(said).digest("hex");
}
