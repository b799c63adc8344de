/** DER (X.690) as far as a certificate needs to be written. Nothing here reads any: that is OpenSSL's, through node:crypto. */
import { isIPv4 } from "node:net";

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  identifier: 0x06,
  text: 0x0c,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Tag, length, value. */
export function tlv(tag: number, ...values: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(values);
  const { length } = value;
  if (length < 0x80) return Buffer.concat([Uint8Array.of(tag, length), value]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return Buffer.concat([Uint8Array.of(tag, 0x80 | bytes.length, ...bytes), value]);
}

export const sequence = (...values: readonly Uint8Array[]): Buffer => tlv(tags.sequence, ...values);
export const set = (...values: readonly Uint8Array[]): Buffer => tlv(tags.set, ...values);
export const octets = (value: Uint8Array): Buffer => tlv(tags.octets, value);
export const text = (value: string): Buffer => tlv(tags.text, Buffer.from(value, "utf8"));
export const yes = (): Buffer => tlv(tags.boolean, Uint8Array.of(0xff));
/** `unused`: how many of the last byte's bits do not count. */
export const bits = (value: Uint8Array, unused = 0): Buffer => tlv(tags.bits, Uint8Array.of(unused), value);

/** Not negative; big-endian. */
export function integer(bytes: Uint8Array): Buffer {
  const from = bytes.findIndex((byte) => byte !== 0);
  const least = from < 0 ? Uint8Array.of(0) : bytes.subarray(from);
  const sign = (least[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : Uint8Array.of();
  return tlv(tags.integer, sign, least);
}

/** "2.5.29.17": of the first two numbers one byte is made. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  const bytes = others.flatMap((number) => {
    const sevens = [number & 0x7f];
    for (let rest = number >>> 7; rest > 0; rest >>>= 7) sevens.unshift((rest & 0x7f) | 0x80);
    return sevens;
  });
  return tlv(tags.identifier, Uint8Array.of(first * 40 + second, ...bytes));
}

/** Whole seconds; years from 2050 on have four digits (RFC 5280, 4.1.2.5). */
export function instant(at: number): Buffer {
  const digits = `${new Date(at).toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`;
  return digits < "2050" ? tlv(tags.utcTime, Buffer.from(digits.slice(2))) : tlv(tags.time, Buffer.from(digits));
}

/** Four or sixteen bytes of an address that `isIP` knows. */
export function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = withoutDots(address).split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const front = groups(head);
  const back = groups(tail ?? "");
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - front.length - back.length }, () => "0");
  return Buffer.from([...front, ...zeros, ...back].map((group) => group.padStart(4, "0")).join(""), "hex");
}

/** "::ffff:192.0.2.7" → "::ffff:c000:207". */
function withoutDots(address: string): string {
  const [, front, dotted] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? [];
  if (front === undefined || dotted === undefined) return address;
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split(".").map(Number);
  return `${front}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
