/**
 * Bytes stored under their own SHA-256, deflated. A page of a large screen has a megabyte and a message has many: nothing
 * here does its work all at once on the main thread.
 */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";

const toDeflated = promisify<Uint8Array, { level: number }, Buffer>(deflate);
const toInflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

/** Some milliseconds of hashing. */
const hashedAtOnce = 2 * 1024 * 1024;

const othersFirst = () => new Promise((resolve) => setImmediate(resolve));

export interface Packed {
  readonly hash: Uint8Array;
  readonly deflated: Uint8Array;
}

/** zlib, as HTTP's "deflate" wants it. Level 6: pages are mostly empty, more effort gains little. */
export async function packed(hash: string, bytes: Uint8Array): Promise<Packed> {
  return { hash: Uint8Array.from(Buffer.from(hash, "hex")), deflated: await toDeflated(bytes, { level: 6 }) };
}

/** Inflated, and what `hash` names; null for anything else, and for more than `bytesMax`. */
export async function unpacked(deflated: Uint8Array, hash: string, bytesMax: number): Promise<Uint8Array | null> {
  const bytes = await toInflated(deflated, { maxOutputLength: bytesMax }).catch(() => null);
  return bytes && (await hashOf(bytes)) === hash ? bytes : null;
}

/** SHA-256, 64 hex digits. */
export async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let from = 0; from < bytes.length; from += hashedAtOnce) {
    if (from > 0) await othersFirst();
    hash.update(bytes.subarray(from, from + hashedAtOnce));
  }
  return hash.digest("hex");
}
