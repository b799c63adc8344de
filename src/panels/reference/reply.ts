/** A panel's reply line, read where it stands: 1,000 panels answer at once, and most of what they say is as expected. SPEC §3. */
import { limits } from "../../limits.ts";

const [space, star, equals] = [0x20, 0x2a, 0x3d];

/** A line without its end, among others in what was read. */
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

  /** The characters of `text` from `from` to `until`. */
  constructor(text: string, from: number, until: number) {
    this.#text = text;
    this.#from = from;
    this.#end = until - sumCharacters;
    this.ok = text.startsWith(" OK", from + 4);
    // With its line feed at least.
    const fits = this.length < limits.replyLineBytes;
    this.whole = fits && this.#end >= from + 7 && isWhole(text, from, this.#end, this.ok);
    this.seq = this.whole ? hex4(text, from) : 0;
  }

  /** The line. */
  toString(): string {
    return this.#text.slice(this.#from, this.#end + sumCharacters);
  }

  /** Characters. */
  get length(): number {
    return this.#end + sumCharacters - this.#from;
  }

  /** Where a key's value begins; -1: there is no such key. */
  #at(key: string): number {
    const text = this.#text;
    for (let at = text.indexOf(key, this.#from); at >= 0 && at < this.#end; at = text.indexOf(key, at + 1)) {
      const end = at + key.length;
      if (text.charCodeAt(at - 1) === space && text.charCodeAt(end) === equals) return end + 1;
    }
    return -1;
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
    const at = this.#at(key);
    if (at < 0 || this.#text.charCodeAt(at + 8) !== space) return null;
    const [high, low] = [hex4(this.#text, at), hex4(this.#text, at + 4)];
    return high < 0 || low < 0 ? null : high * 0x10000 + low;
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

/** `001f OK time=1509957000000 … *1a2b`, and nothing else in `line`; null if damaged. Never throws. */
export function parseReply(line: string): Reply | null {
  const reply = new Reply(line, 0, line.length);
  return reply.whole ? reply : null;
}

function isWhole(text: string, from: number, end: number, ok: boolean): boolean {
  if (text.charCodeAt(end) !== space || text.charCodeAt(end + 1) !== star) return false;
  const sum = hex4(text, end + 2);
  if (hex4(text, from) < 0 || sum < 0 || !(ok || text.startsWith(" ERR", from + 4))) return false;
  const fieldsAt = from + (ok ? 7 : 8);
  let crc = crc16(text, fieldsAt, from);
  let state = field;
  let keyAt = fieldsAt;
  /** A bit for each key, by its letters: what has one already is most likely there twice. */
  let keys = 0;
  let twice = false;
  for (let at = fieldsAt; at < end; at++) {
    const code = text.charCodeAt(at);
    crc = crc16With(crc, code);
    state = code < 128 ? (automaton[(state << 7) | code] as number) : nothing;
    if (state === letter) keyAt = at + 1;
    else if (state === first) {
      const bit = 1 << (text.charCodeAt(keyAt) * 5 + text.charCodeAt(at - 1) + (at - keyAt) * 11);
      twice ||= (keys & bit) !== 0;
      keys |= bit;
    }
  }
  if (crc !== sum || !(state === field || state === value)) return false;
  if (!twice) return true;
  const fields = fieldsOf(text, from, end);
  return new Set(fields.map(([key]) => key)).size === fields.length;
}

/**
 * SPEC §3.1, *( SP key "=" value ), as a finite automaton. What may come next: the space before a field, the key's first
 * letter, more of it, the value's first character, more of it; nothing any more.
 */
const [field, letter, key, first, value, nothing] = [0, 1, 2, 3, 4, 5];
const automaton = Uint8Array.from({ length: 6 * 128 }, (_, at) => {
  const [state, code] = [at >> 7, at & 127];
  const isLetter = code >= 0x61 && code <= 0x7a;
  const isVisible = code >= 0x21 && code <= 0x7e;
  if (state === field || (state === value && code === space)) return code === space ? letter : nothing;
  if (state === letter) return isLetter ? key : nothing;
  if (state === key && code === equals) return first;
  if (state === key) return isLetter || code === 0x2d || (code >= 0x30 && code <= 0x39) ? key : nothing;
  return state !== nothing && isVisible ? value : nothing;
});

/** Four hexadecimal digits, lower case; -1: they are none. */
function hex4(text: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + 4; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) value = value * 16 + code - 0x30;
    else if (code >= 0x61 && code <= 0x66) value = value * 16 + code - 0x57;
    else return -1;
  }
  return value;
}

const table16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  return crc;
});

function crc16With(crc: number, code: number): number {
  return ((crc << 8) & 0xffff) ^ (table16[(crc >> 8) ^ (code & 0xff)] as number);
}

/** CRC-16/CCITT-FALSE (start ffff, polynomial 1021) of ASCII text from `from` to `end`; "123456789" gives 29b1. */
export function crc16(text: string, end = text.length, from = 0): number {
  let crc = 0xffff;
  for (let at = from; at < end; at++) crc = crc16With(crc, text.charCodeAt(at));
  return crc;
}
