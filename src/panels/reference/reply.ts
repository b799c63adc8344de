/** A panel's reply line, read where it stands: 1,000 panels answer at once, and most of what they say is as expected. SPEC §3. */

const [space, star, equals] = [0x20, 0x2a, 0x3d];

/** Fields of a line that is whole. */
export class Reply {
  readonly seq: number;
  readonly ok: boolean;
  readonly #line: string;

  constructor(line: string, seq: number, ok: boolean) {
    this.#line = line;
    this.seq = seq;
    this.ok = ok;
  }

  /** Where a key's value begins; -1: there is no such key. */
  #at(key: string): number {
    const line = this.#line;
    for (let at = line.indexOf(key); at >= 0; at = line.indexOf(key, at + 1)) {
      const end = at + key.length;
      if (line.charCodeAt(at - 1) === space && line.charCodeAt(end) === equals) return end + 1;
    }
    return -1;
  }

  text(key: string): string | undefined {
    const at = this.#at(key);
    return at < 0 ? undefined : this.#line.slice(at, this.#line.indexOf(" ", at));
  }

  is(key: string, value: string): boolean {
    const at = this.#at(key);
    return at >= 0 && this.#line.startsWith(value, at) && this.#line.charCodeAt(at + value.length) === space;
  }

  /** Decimal, 0 to `most`; null: it is none, or not there. */
  whole(key: string, most: number): number | null {
    const from = this.#at(key);
    if (from < 0) return null;
    let value = 0;
    let at = from;
    for (; at < from + decimalsMost; at++) {
      const digit = this.#line.charCodeAt(at) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    return at > from && this.#line.charCodeAt(at) === space && value <= most ? value : null;
  }

  /** Eight hexadecimal digits, lower case; null: they are none, or not there. */
  hex8(key: string): number | null {
    const at = this.#at(key);
    if (at < 0 || this.#line.charCodeAt(at + 8) !== space) return null;
    const [high, low] = [hex4(this.#line, at), hex4(this.#line, at + 4)];
    return high < 0 || low < 0 ? null : high * 0x10000 + low;
  }

  /** All of them. */
  get fields(): Readonly<Record<string, string>> {
    // Of a key that stands twice the first counts, here as elsewhere.
    const pairs = this.#line.slice(0, -sumCharacters).split(" ").slice(2).reverse();
    return Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    );
  }
}

const decimalsMost = 16;
/** " *1a2b" */
const sumCharacters = 6;

/** A line is looked at for whose it is, and then for what it says. */
let parsed: { readonly line: string; readonly reply: Reply | null } = { line: "", reply: null };

/** `001f OK time=1509957000000 … *1a2b` without its line end; null if damaged. Never throws. */
export function parseReply(line: string): Reply | null {
  if (parsed.line !== line) parsed = { line, reply: parse(line) };
  return parsed.reply;
}

function parse(line: string): Reply | null {
  const end = line.length - sumCharacters;
  if (end < 7 || line.charCodeAt(end) !== space || line.charCodeAt(end + 1) !== star) return null;
  const ok = line.startsWith(" OK", 4);
  const [seq, sum] = [hex4(line, 0), hex4(line, end + 2)];
  if (seq < 0 || sum < 0 || !(ok || line.startsWith(" ERR", 4))) return null;
  const from = ok ? 7 : 8;
  let crc = crc16(line, from);
  let state = field;
  for (let at = from; at < end; at++) {
    const code = line.charCodeAt(at);
    crc = crc16With(crc, code);
    state = code < 128 ? (automaton[(state << 7) | code] as number) : nothing;
  }
  return crc === sum && (state === field || state === value) ? new Reply(line, seq, ok) : null;
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

/** CRC-16/CCITT-FALSE (start ffff, polynomial 1021) of ASCII text up to `end`; "123456789" gives 29b1. */
export function crc16(text: string, end = text.length): number {
  let crc = 0xffff;
  for (let at = 0; at < end; at++) crc = crc16With(crc, text.charCodeAt(at));
  return crc;
}
