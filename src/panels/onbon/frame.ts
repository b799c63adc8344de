/**
 * Frames of Onbon's BX-5 and BX-6 cards, both ways (protocol note, "Frame"): eight A5, the payload with its two marks
 * escaped, one 5A or two. The payload is a standard header and a body, or for dynamic areas a header of their own, a body and
 * its check. All numbers are little-endian; lengths and checks are of the bytes before they were escaped.
 */
import { crc16 } from "./checks.ts";
import type { Generation } from "./families.ts";

const [startMark, endMark] = [0xa5, 0x5a];
const startMarks = 8;

export interface Header {
  /** The card's number; 0xfffe: any, with an answer; 0xffff: any, without. */
  readonly to: number;
  /** 0x8000 is ours. */
  readonly from: number;
  /** Series and number, as a ping said them; FE FF: any. */
  readonly device: readonly [series: number, number: number];
}

export interface StandardFrame extends Header {
  readonly kind: "standard";
  readonly generation: Generation;
  /** 0 serial, 1 TCP, 2 GPRS. */
  readonly line: number;
  readonly seq: number;
  /** "Random" to the maker; of no meaning. */
  readonly filler: number;
  readonly body: Uint8Array;
}

/** Of group A7 on both generations. It has no number. */
export interface DynamicFrame extends Header {
  readonly kind: "dynamic";
  readonly body: Uint8Array;
}

export type Frame = StandardFrame | DynamicFrame;

export const ourAddress = 0x8000;
export const anyDevice = [0xfe, 0xff] as const;
const versions = { 5: 5, 6: 7, dynamic: 0xf0 } as const;
const plain = 0x96;
/** The longest frame that we are ready for, as the maker's own software says it. */
const frameLenMax = { 5: 0x90, 6: 0x0190 } as const;
const headBytes = { 5: 27, 6: 28, dynamic: 16 } as const;

/** The bytes for the line. `tails`: the maker's software sends two, and takes one. */
export function encodeFrame(frame: Frame, tails: 1 | 2 = 2): Uint8Array {
  return escaped(encodePayload(frame), tails);
}

export function encodePayload(frame: Frame): Uint8Array {
  return frame.kind === "dynamic" ? dynamicPayload(frame) : standardPayload(frame);
}

function standardPayload({ to, from, device, generation, line, seq, filler, body }: StandardFrame): Uint8Array {
  if (body.length > 0xffff) throw new RangeError(`a body of ${body.length} bytes is too long`);
  const head = headBytes[generation];
  const bytes = new Uint8Array(head + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, to, true);
  view.setUint16(2, from, true);
  bytes.set([versions[generation], generation - 5, ...device, line, 0], 4);
  view.setUint16(10, seq, true);
  if (generation === 5) view.setUint16(12, frameLenMax[5] << 8, true);
  else view.setUint16(12, frameLenMax[6], true);
  bytes.set([plain, filler], 14);
  view.setUint16(22, body.length, true);
  view.setUint16(24, crc16(body), true);
  bytes[head - 1] = exclusive(bytes, head - 1);
  bytes.set(body, head);
  return bytes;
}

function dynamicPayload({ to, from, device, body }: DynamicFrame): Uint8Array {
  const bytes = new Uint8Array(headBytes.dynamic + body.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, to, true);
  view.setUint16(2, from, true);
  bytes.set([versions.dynamic, 0, ...device], 4);
  view.setUint32(12, body.length, true);
  bytes.set(body, headBytes.dynamic);
  view.setUint16(bytes.length - 2, crc16(bytes, 0, bytes.length - 2), true);
  return bytes;
}

/** null: its lengths or a check are wrong, or it is encrypted. `payload`: of one frame, marks gone and escapes undone. */
export function decodePayload(payload: Uint8Array): Frame | null {
  if (payload.length < headBytes.dynamic) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const device = [payload[6] ?? 0, payload[7] ?? 0] as const;
  const header = { to: view.getUint16(0, true), from: view.getUint16(2, true), device };
  if (payload[4] === versions.dynamic) {
    const end = payload.length - 2;
    const body = payload.subarray(headBytes.dynamic, Math.max(end, headBytes.dynamic));
    if (view.getUint32(12, true) !== body.length || payload.length < headBytes.dynamic + 2) return null;
    return view.getUint16(end, true) === crc16(payload, 0, end) ? { ...header, kind: "dynamic", body } : null;
  }
  const generation = payload[4] === versions[5] ? 5 : payload[4] === versions[6] ? 6 : null;
  if (generation === null) return null;
  const head = headBytes[generation];
  const body = payload.subarray(head);
  if (payload.length < head || payload[head - 1] !== exclusive(payload, head - 1) || payload[14] !== plain) return null;
  if (view.getUint16(22, true) !== body.length || view.getUint16(24, true) !== crc16(body)) return null;
  const [line = 0, filler = 0] = [payload[8], payload[15]];
  return { ...header, kind: "standard", generation, line, seq: view.getUint16(10, true), filler, body };
}

/** Marks around and escapes in: A5 is A6 02, A6 is A6 01, 5A is 5B 02, 5B is 5B 01. */
export function escaped(payload: Uint8Array, tails: 1 | 2): Uint8Array {
  let length = startMarks + payload.length + tails;
  for (const byte of payload) if (isEscaped(byte)) length++;
  const bytes = new Uint8Array(length).fill(startMark, 0, startMarks).fill(endMark, length - tails);
  let at = startMarks;
  for (const byte of payload) {
    if (!isEscaped(byte)) bytes[at++] = byte;
    else {
      const marks = byte === startMark || byte === endMark;
      bytes[at++] = marks ? byte + 1 : byte;
      bytes[at++] = marks ? 2 : 1;
    }
  }
  return bytes;
}

/** 1 or 2 after A6 or 5B; null where what follows is neither, which no sender makes. */
export function unescaped(first: number, second: number): number | null {
  return second === 1 ? first : second === 2 ? first - 1 : null;
}

export function isEscape(byte: number): boolean {
  return byte === startMark + 1 || byte === endMark + 1;
}

export function isStart(byte: number): boolean {
  return byte === startMark;
}

export function isEnd(byte: number): boolean {
  return byte === endMark;
}

function isEscaped(byte: number): boolean {
  return isEscape(byte) || isStart(byte) || isEnd(byte);
}

function exclusive(bytes: Uint8Array, until: number): number {
  let check = 0;
  for (let at = 0; at < until; at++) check ^= bytes[at] ?? 0;
  return check;
}
