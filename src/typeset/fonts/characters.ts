/** What a code point is, as far as a typeface must know. */

/**
 * Control, format, private and unassigned characters, fillers, and the signs for text that was damaged in decoding: fonts
 * may have a boxed picture of the code, but nobody means that to be shown.
 */
const notText = /^[\p{C}\p{Default_Ignorable_Code_Point}\ufffc\ufffd]/u;
const mark = /^\p{M}/u;

/** False for what has no picture of its own, whatever a font says. */
export function isText(codePoint: number): boolean {
  // Nearly all text is here, and the pattern is slow.
  if (codePoint >= 0x4e00 && codePoint <= 0x9fa5) return true;
  if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return false;
  return !notText.test(String.fromCodePoint(codePoint));
}

/** Drawn over the character before it, from that one's pen position. */
export function isMark(codePoint: number): boolean {
  return codePoint >= 0x300 && codePoint < 0x110000 && mark.test(String.fromCodePoint(codePoint));
}
