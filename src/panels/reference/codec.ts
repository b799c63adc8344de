/** Reference protocol v1, the daemon's side: frames to the panel (SPEC.md §2), replies from it (§3). */
import { crc32, hashToBytes } from "../../message/index.ts";
import { limits } from "../../limits.ts";

export const protocolVersion = 1;

export const verbs = {
  hello: 0x01,
  clock: 0x02,
  have: 0x03,
  put: 0x04,
  stage: 0x05,
  activate: 0x06,
  status: 0x07,
  blank: 0x08,
} as const;

export type Command =
  | { readonly verb: "hello" }
  | { readonly verb: "clock"; readonly timeMs: number }
  | { readonly verb: "have"; readonly hashes: readonly string[] }
  | {
      readonly verb: "put" | "stage";
      readonly hash: string;
      readonly total: number;
      readonly offset: number;
      readonly data: Uint8Array;
    }
  | { readonly verb: "activate"; readonly hash: string }
  | { readonly verb: "status" }
  | { readonly verb: "blank"; readonly dark: boolean };

/** Bytes of a PUT or STAGE payload before its data: hash, total, offset. */
export const chunkHeadBytes = 40;
export const chunkBytesMax = limits.wirePayloadBytes - chunkHeadBytes;
export const hashBytes = 32;

function payloadOf(command: Command): Uint8Array {
  switch (command.verb) {
    case "hello":
    case "status":
      return new Uint8Array(0);
    case "clock": {
      const bytes = new Uint8Array(6);
      const view = new DataView(bytes.buffer);
      const high = Math.floor(command.timeMs / 2 ** 32);
      view.setUint32(0, command.timeMs - high * 2 ** 32, true);
      view.setUint16(4, high, true);
      return bytes;
    }
    case "have": {
      const bytes = new Uint8Array(command.hashes.length * hashBytes);
      for (const [index, hash] of command.hashes.entries()) bytes.set(hashToBytes(hash), index * hashBytes);
      return bytes;
    }
    case "put":
    case "stage": {
      const bytes = new Uint8Array(chunkHeadBytes + command.data.length);
      const view = new DataView(bytes.buffer);
      bytes.set(hashToBytes(command.hash));
      view.setUint32(32, command.total, true);
      view.setUint32(36, command.offset, true);
      bytes.set(command.data, chunkHeadBytes);
      return bytes;
    }
    case "activate":
      return hashToBytes(command.hash);
    case "blank":
      return Uint8Array.of(command.dark ? 1 : 0);
  }
}

/** A whole frame with its delimiters. `seq` 0–65535, `address` 1–254 (0: all, no reply). */
export function encodeFrame(command: Command, seq: number, address: number): Uint8Array {
  const payload = payloadOf(command);
  if (payload.length > limits.wirePayloadBytes) throw new RangeError(`payload of ${payload.length} bytes`);
  const inside = new Uint8Array(5 + payload.length + 4);
  const view = new DataView(inside.buffer);
  inside[0] = protocolVersion;
  inside[1] = address;
  view.setUint16(2, seq, true);
  inside[4] = verbs[command.verb];
  inside.set(payload, 5);
  view.setUint32(5 + payload.length, crc32(inside.subarray(0, 5 + payload.length)), true);
  const stuffed = cobs(inside);
  const frame = new Uint8Array(stuffed.length + 2);
  frame.set(stuffed, 1);
  return frame;
}

/** Consistent Overhead Byte Stuffing (Cheshire and Baker 1999): no zero bytes, at most one byte more in 254. */
export function cobs(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + Math.ceil(bytes.length / 254) + 1);
  let codeAt = 0;
  let at = 1;
  let code = 1;
  for (const byte of bytes) {
    if (code === 0xff) {
      out[codeAt] = code;
      codeAt = at++;
      code = 1;
    }
    if (byte === 0) {
      out[codeAt] = code;
      codeAt = at++;
      code = 1;
    } else {
      out[at++] = byte;
      code++;
    }
  }
  out[codeAt] = code;
  return out.subarray(0, at);
}

export interface Reply {
  readonly seq: number;
  readonly ok: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

/** `001f OK time=1509957000000 … *1a2b` without its line end; null if damaged. Never throws. */
export function parseReply(line: string): Reply | null {
  const match = /^([0-9a-f]{4}) (OK|ERR)((?: [a-z][a-z0-9-]*=[!-~]+)*) \*([0-9a-f]{4})$/.exec(line);
  if (!match) return null;
  const [, seq = "", word = "", pairs = "", sum = ""] = match;
  if (crc16(line.slice(0, -6)) !== Number.parseInt(sum, 16)) return null;
  const fields: Record<string, string> = {};
  for (const pair of pairs.split(" ").filter((text) => text !== "")) {
    const equals = pair.indexOf("=");
    fields[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return { seq: Number.parseInt(seq, 16), ok: word === "OK", fields };
}

/** CRC-16/CCITT-FALSE (start ffff, polynomial 1021) of ASCII text; "123456789" gives 29b1. */
export function crc16(text: string): number {
  let crc = 0xffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= (text.charCodeAt(index) & 0xff) << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
