/** Reference protocol v1, the daemon's side: frames to the panel (SPEC.md §2), replies from it (§3). */
import { crc32 } from "node:zlib";
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

/** Bytes of content before the payload, and of the CRC after it. */
const [headBytes, crcBytes] = [5, 4];
/** The content of the frame that is being made. */
const content = Buffer.alloc(headBytes + limits.wirePayloadBytes + crcBytes);

/** The payload into `content`; where it ends. */
function putPayload(command: Command): number {
  const from = headBytes;
  switch (command.verb) {
    case "hello":
    case "status":
      return from;
    case "clock":
      return content.writeUIntLE(command.timeMs, from, 6);
    case "have": {
      fits(command.hashes.length * hashBytes);
      return command.hashes.reduce((at, hash) => putHash(hash, at), from);
    }
    case "put":
    case "stage": {
      fits(chunkHeadBytes + command.data.length);
      const at = content.writeUInt32LE(
        command.offset,
        content.writeUInt32LE(command.total, putHash(command.hash, from)),
      );
      content.set(command.data, at);
      return at + command.data.length;
    }
    case "activate":
      return putHash(command.hash, from);
    case "blank":
      return content.writeUInt8(command.dark ? 1 : 0, from);
  }
}

function fits(bytes: number): void {
  if (bytes > limits.wirePayloadBytes) throw new RangeError(`payload of ${bytes} bytes`);
}

function putHash(hash: string, at: number): number {
  if (hash.length !== 2 * hashBytes || content.write(hash, at, "hex") !== hashBytes)
    throw new RangeError(`not a SHA-256 in hex: ${hash.slice(0, 80)}`);
  return at + hashBytes;
}

/** What comes after `seq`: 0 is nobody's number. */
export const seqAfter = (seq: number, by = 1): number => ((seq - 1 + by) % 0xffff) + 1;

/** Frames that leave together. */
const frames = Buffer.alloc(limits.aheadBytes + frameBytesMost(limits.wirePayloadBytes));

/** A whole frame with its delimiters. `seq` 0–65535, `address` 1–254 (0: all, no reply). */
export function encodeFrame(command: Command, seq: number, address: number): Uint8Array {
  return taken(putFrame(command, seq, address, 0));
}

/** One behind the other, numbered on from `seq`. RangeError: more than `limits.aheadBytes`, and one. */
export function encodeFrames(commands: readonly Command[], seq: number, address: number): Uint8Array {
  let end = 0;
  for (const [index, command] of commands.entries()) {
    if (end > limits.aheadBytes) throw new RangeError(`${commands.length} frames of more than ${end} bytes`);
    end = putFrame(command, seqAfter(seq, index), address, end);
  }
  return taken(end);
}

/** The first `length` bytes of `frames`, to keep. */
function taken(length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  frames.copy(bytes, 0, 0, length);
  return bytes;
}

/** Calling out of the engine takes longer than so few bytes. */
const fewBytes = 64;

/** Of the first `length` bytes of `content`. */
function crcOf(length: number): number {
  if (length > fewBytes) return crc32(content.subarray(0, length));
  let crc = -1;
  for (let at = 0; at < length; at++) crc = (crc >>> 8) ^ (table32[(crc ^ (content[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}

/** A frame into `frames`; where it ends. */
function putFrame(command: Command, seq: number, address: number, at: number): number {
  content[0] = protocolVersion;
  content[1] = address;
  content.writeUInt16LE(seq, 2);
  content[4] = verbs[command.verb];
  const crcAt = putPayload(command);
  content.writeUInt32LE(crcOf(crcAt), crcAt);
  frames[at] = 0;
  const end = stuff(content, crcAt + crcBytes, frames, at + 1);
  frames[end] = 0;
  return end + 1;
}

function stuffedMost(bytes: number): number {
  return bytes + Math.ceil(bytes / 254) + 1;
}

/** Of a frame with so long a payload, delimiters and all. */
export function frameBytesMost(payloadBytes: number): number {
  return stuffedMost(headBytes + payloadBytes + crcBytes) + 2;
}

/** Consistent Overhead Byte Stuffing (Cheshire and Baker 1999): no zero bytes, at most one byte more in 254. */
export function cobs(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(stuffedMost(bytes.length));
  return out.subarray(0, stuff(bytes, bytes.length, out, 0));
}

/** The first `length` of `bytes`, stuffed into `out` from `start` on; where it ends. */
function stuff(bytes: Uint8Array, length: number, out: Uint8Array, start: number): number {
  let codeAt = start;
  let at = start + 1;
  for (let from = 0; ; ) {
    // A block has at most so many bytes, whatever follows.
    const most = Math.min(length, from + 0xff - (at - codeAt));
    for (; from < most; from++) {
      const byte = bytes[from] as number;
      if (byte === 0) break;
      out[at++] = byte;
    }
    if (from === length) break;
    // A zero is said by the code; a block of 254 bytes says none.
    if (from < most) from++;
    out[codeAt] = at - codeAt;
    codeAt = at++;
  }
  out[codeAt] = at - codeAt;
  return at;
}

const table32 = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
