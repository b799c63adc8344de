/** Bytes to be read aloud and typed: Crockford's base 32, which has no I, L, O and U and takes them for 1, 1, 0. */
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The last digit's spare bits are noughts. */
export function toBase32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += digits[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + digits[(held << (5 - bits)) & 31];
}

/** Blanks and hyphens count for nothing. null: a letter that is no digit, or spare bits that say something. */
export function fromBase32(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text.replace(/[\s-]/g, "").toUpperCase()) {
    const digit = digits.indexOf({ I: "1", L: "1", O: "0" }[letter] ?? letter);
    if (digit < 0) return null;
    held = (held << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(held >> bits);
      held &= (1 << bits) - 1;
    }
  }
  return bits < 5 && held === 0 ? Uint8Array.from(bytes) : null;
}
