import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** SHA-256 as 64 hex digits. Who has a faster one at hand gives it to `makeMessage` and `decodeMessage`. */
export type Sha256 = (bytes: Uint8Array) => string;

/**
 * SHA-256 as 64 hex digits. Pure JavaScript, because browsers offer `crypto.subtle` only over HTTPS or on the loopback,
 * and an office's pages are plain HTTP.
 */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** 64 hex digits to 32 bytes; throws on anything else. */
export function hashToBytes(hash: string): Uint8Array {
  if (hash.length !== 64) throw new RangeError(`not a SHA-256 in hex: ${hash.slice(0, 80)}`);
  return hexToBytes(hash);
}

export function bytesToHash(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

const table = new Uint32Array(256);
for (let index = 0; index < 256; index++) {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  table[index] = value;
}

/** CRC-32 (ISO-HDLC: reflected 0x04C11DB7, start and final XOR all ones; "123456789" gives cbf43926). `seed` continues an earlier one. */
export function crc32(bytes: Uint8Array, seed = 0): number {
  let crc = ~seed;
  for (let index = 0; index < bytes.length; index++)
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
}
