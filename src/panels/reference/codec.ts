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
/** The payload into `frames`, from `from` on; where it ends. */
function putPayload(command: Command, from: number): number {
  switch (command.verb) {
    case "hello":
    case "status":
      return from;
    case "clock":
      return frames.writeUIntLE(command.timeMs, from, 6);
    case "have": {
      fits(command.hashes.length * hashBytes);
      return command.hashes.reduce((at, hash) => putHash(hash, at), from);
    }
    case "put":
    case "stage": {
      fits(chunkHeadBytes + command.data.length);
      const at = frames.writeUInt32LE(command.offset, frames.writeUInt32LE(command.total, putHash(command.hash, from)));
      frames.set(command.data, at);
      return at + command.data.length;
    }
    case "activate":
      return putHash(command.hash, from);
    case "blank":
      return frames.writeUInt8(command.dark ? 1 : 0, from);
  }
}

function fits(bytes: number): void {
  if (bytes > limits.wirePayloadBytes) throw new RangeError(`payload of ${bytes} bytes`);
}

/** A programme and its picture go to many panels in one moment. */
const hashesSaid = new Map<string, Uint8Array>();
const hashesMost = 64;

function putHash(hash: string, at: number): number {
  let bytes = hashesSaid.get(hash);
  if (bytes === undefined) {
    bytes = Buffer.from(hash, "hex");
    if (hash.length !== 2 * hashBytes || bytes.length !== hashBytes)
      throw new RangeError(`not a SHA-256 in hex: ${hash.slice(0, 80)}`);
    if (hashesSaid.size === hashesMost) hashesSaid.clear();
    hashesSaid.set(hash, bytes);
  }
  frames.set(bytes, at);
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
const fewBytes = 256;

/** Of `frames` from `from` to `end`; four bytes at a time (Kounavis and Berry 2005, "slicing by four"). */
function crcOf(from: number, end: number): number {
  if (end - from > fewBytes) return crc32(frames.subarray(from, end));
  const [t0, t1, t2, t3] = tables32;
  let crc = -1;
  let at = from;
  for (; at + 4 <= end; at += 4) {
    crc ^= frames.readInt32LE(at);
    crc =
      (t3[crc & 0xff] as number) ^
      (t2[(crc >>> 8) & 0xff] as number) ^
      (t1[(crc >>> 16) & 0xff] as number) ^
      (t0[crc >>> 24] as number);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ (t0[(crc ^ (frames[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}

/** A frame into `frames`; where it ends. */
function putFrame(command: Command, seq: number, address: number, at: number): number {
  // The delimiter, and the first block's code.
  const from = at + 2;
  frames[at] = 0;
  frames[from] = protocolVersion;
  frames[from + 1] = address;
  frames.writeUInt16LE(seq, from + 2);
  frames[from + 4] = verbs[command.verb];
  const crcAt = putPayload(command, from + headBytes);
  frames.writeUInt32LE(crcOf(from, crcAt), crcAt);
  const end = stuff(frames, from, crcAt + crcBytes);
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
  out.set(bytes, 1);
  return out.subarray(0, stuff(out, 1, bytes.length + 1));
}

/** What stands in `bytes` from `from` to `end` is stuffed where it stands, its first code before it; where it ends then. */
function stuff(bytes: Uint8Array, from: number, end: number): number {
  let codeAt = from - 1;
  let at = from;
  for (;;) {
    // A block has at most so many bytes, whatever follows.
    const most = Math.min(end, codeAt + 0xff);
    while (at < most && bytes[at] !== 0) at++;
    if (at === end) break;
    // A zero's place is the next block's code's; a block of 254 bytes says none, and its neighbour's code needs room.
    if (at === most) bytes.copyWithin(at + 1, at, end++);
    bytes[codeAt] = at - codeAt;
    codeAt = at++;
  }
  bytes[codeAt] = at - codeAt;
  return at;
}

/** Of a byte, and of it with one, two, three zero bytes behind it. */
const tables32 = [0, 1, 2, 3].map((zeros) =>
  Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8 * (zeros + 1); bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  }),
) as unknown as readonly [Int32Array, Int32Array, Int32Array, Int32Array];
