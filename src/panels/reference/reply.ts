/** A panel's reply line, read where it stands: 1,000 panels answer at once, and most of what they say is as expected. SPEC §3. */
import { limits } from "../../limits.ts";

const [space, star, equals, letterO, letterK, letterE, letterR] = [0x20, 0x2a, 0x3d, 0x4f, 0x4b, 0x45, 0x52];

/** `001f OK time=1509957000000 … *1a2b`, a line without its end, among others in what was read. Nothing in it makes it throw. */
export class Reply {
  /** It matches SPEC §3.1 and §3.2; otherwise it is not one, and says nothing. */
  readonly whole: boolean;
  /** 0 of one that is not whole. */
  readonly seq: number;
  readonly ok: boolean;
  readonly #text: string;
  readonly #from: number;
  /** Where its sum begins, with the space before it. */
  readonly #end: number;

  /** From `from` to `until` of `bytes`, which are looked at now, and of `text`, the same as Latin-1, which is kept. */
  constructor(bytes: Uint8Array, text: string, from: number, until: number) {
    this.#text = text;
    this.#from = from;
    this.#end = until - sumCharacters;
    this.ok = bytes[from + 5] === letterO;
    // With its line feed at least.
    const fits = this.length < limits.replyLineBytes;
    this.whole = fits && this.#end >= from + 7 && isWhole(bytes, from, this.#end);
    this.seq = this.whole ? hex4(bytes, from) : 0;
  }

  /** The line. */
  toString(): string {
    return this.#text.slice(this.#from, this.#end + sumCharacters);
  }

  /** Characters. */
  get length(): number {
    return this.#end + sumCharacters - this.#from;
  }

  /** Where a key's value begins; -1: there is no such key. No value has a space. */
  #at(key: string): number {
    const begins = beginningOf(key);
    const at = this.#text.indexOf(begins, this.#from);
    return at >= 0 && at < this.#end ? at + begins.length : -1;
  }

  text(key: string): string | undefined {
    const at = this.#at(key);
    return at < 0 ? undefined : this.#text.slice(at, this.#text.indexOf(" ", at));
  }

  is(key: string, value: string): boolean {
    const at = this.#at(key);
    return at >= 0 && this.#text.startsWith(value, at) && this.#text.charCodeAt(at + value.length) === space;
  }

  /** Decimal, 0 to `most`; null: it is none, or not there. */
  decimal(key: string, most: number): number | null {
    const from = this.#at(key);
    if (from < 0) return null;
    let value = 0;
    let at = from;
    for (; at < from + decimalsMost; at++) {
      const digit = this.#text.charCodeAt(at) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    return at > from && this.#text.charCodeAt(at) === space && value <= most ? value : null;
  }

  /** Eight hexadecimal digits, lower case; null: they are none, or not there. */
  hex8(key: string): number | null {
    const from = this.#at(key);
    if (from < 0 || this.#text.charCodeAt(from + 8) !== space) return null;
    let value = 0;
    for (let at = from; at < from + 8; at++) {
      const digit = digits[this.#text.charCodeAt(at)] ?? none;
      if (digit === none) return null;
      value = value * 16 + digit;
    }
    return value;
  }

  /** All of them. */
  get fields(): Readonly<Record<string, string>> {
    return Object.fromEntries(fieldsOf(this.#text, this.#from, this.#end));
  }
}

function fieldsOf(text: string, from: number, end: number): [key: string, value: string][] {
  const pairs = text.slice(from, end).split(" ").slice(2);
  return pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
}

const decimalsMost = 16;
/** " *1a2b" */
const sumCharacters = 6;

/** " dark=", of the keys that are asked for. */
const beginnings = new Map<string, string>();

function beginningOf(key: string): string {
  let known = beginnings.get(key);
  if (known === undefined) {
    known = ` ${key}=`;
    beginnings.set(key, known);
  }
  return known;
}

/** Where the fields begin of a line that begins as one; -1: it does not. */
function fieldsAfter(bytes: Uint8Array, from: number): number {
  if (hex4(bytes, from) < 0 || bytes[from + 4] !== space) return -1;
  if (bytes[from + 5] === letterO) return bytes[from + 6] === letterK ? from + 7 : -1;
  return bytes[from + 5] === letterE && bytes[from + 6] === letterR && bytes[from + 7] === letterR ? from + 8 : -1;
}

function isWhole(bytes: Uint8Array, from: number, end: number): boolean {
  if (bytes[end] !== space || bytes[end + 1] !== star) return false;
  const sum = hex4(bytes, end + 2);
  const fieldsAt = fieldsAfter(bytes, from);
  if (sum < 0 || fieldsAt < 0) return false;
  let crc = crc16(bytes, from, fieldsAt);
  let state = field;
  let keyAt = fieldsAt;
  /** A bit for each key, by its first and last letter; no two of one verb's have the same. What has one already may be there twice. */
  let keys = 0;
  let twice = false;
  for (let at = fieldsAt; at < end; at++) {
    const byte = bytes[at] as number;
    crc = crc16With(crc, byte);
    state = automaton[state | byte] as number;
    if (byte === space) keyAt = at + 1;
    else if (state === first) {
      const bit = 1 << ((bytes[keyAt] as number) + 7 * (bytes[at - 1] as number));
      if ((keys & bit) !== 0) twice = true;
      keys |= bit;
    }
  }
  if (crc !== sum || !(state === field || state === value)) return false;
  if (!twice) return true;
  const fields = fieldsOf(Buffer.from(bytes.subarray(from, end)).toString("latin1"), 0, end - from);
  return new Set(fields.map(([key]) => key)).size === fields.length;
}

/**
 * SPEC §3.1, *( SP key "=" value ), as a finite automaton. What may come next: the space before a field, the key's first
 * letter, more of it, the value's first character, more of it; nothing any more. Each is where its row of bytes begins.
 */
const [field, letter, key, first, value, nothing] = [0, 0x100, 0x200, 0x300, 0x400, 0x500];
const automaton = Uint16Array.from({ length: 0x600 }, (_, at) => {
  const [state, code] = [at & ~0xff, at & 0xff];
  const isLetter = code >= 0x61 && code <= 0x7a;
  const isVisible = code >= 0x21 && code <= 0x7e;
  if (state === field || (state === value && code === space)) return code === space ? letter : nothing;
  if (state === letter) return isLetter ? key : nothing;
  if (state === key && code === equals) return first;
  if (state === key) return isLetter || code === 0x2d || (code >= 0x30 && code <= 0x39) ? key : nothing;
  return state !== nothing && isVisible ? value : nothing;
});

const none = 0xff;
/** Of hexadecimal digits, lower case, by their code. */
const digits = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : none;
});

/** Four hexadecimal digits, lower case; -1: they are none. */
function hex4(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let at = from; at < from + 4; at++) {
    const digit = digits[bytes[at] as number] ?? none;
    if (digit === none) return -1;
    value = value * 16 + digit;
  }
  return value;
}

const table16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  return crc;
});

function crc16With(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ (table16[(crc >> 8) ^ byte] as number);
}

/** CRC-16/CCITT-FALSE (start ffff, polynomial 1021); "123456789" gives 29b1. */
export function crc16(bytes: Uint8Array, from = 0, end = bytes.length): number {
  let crc = 0xffff;
  for (let at = from; at < end; at++) crc = crc16With(crc, bytes[at] as number);
  return crc;
}
