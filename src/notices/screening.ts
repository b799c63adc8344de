/**
 * Personal numbers that no board may show (R14): identity cards (GB 11643), mobile numbers, bank cards (Luhn).
 * A number counts only where its digits begin and end: project numbers and 统一社会信用代码 are longer runs.
 */
import type { Content } from "./types.ts";

export type HitType = "id18" | "mobile" | "bankcard";

export interface Hit {
  readonly type: HitType;
  /** UTF-16 index into the text. */
  readonly index: number;
  readonly found: string;
  /** The masked form to put in its place. */
  readonly masked: string;
}

/** Digits of their own: nothing alphanumeric touches them. */
const run = /(?<![0-9A-Za-z])[0-9]{11,19}[Xx]?(?![0-9A-Za-z])/g;
/** The same numbers as people group them: 138 0013 8000, 6200-0000-0000-0005, 999999 19800101 0011. */
const grouped =
  /(?<![0-9A-Za-z]|[0-9][ -])(?:1[0-9]{2}[ -][0-9]{4}[ -][0-9]{4}|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?|[0-9]{6}[ -][0-9]{8}[ -][0-9]{3}[0-9Xx])(?![0-9A-Za-z]|[ -][0-9])/g;

/** Never throws; hits in the order of the text. */
export function screen(text: string): Hit[] {
  const hits: Hit[] = [];
  const plain = text.replace(/[\uFF10-\uFF19\uFF38\uFF58]/g, halfWidth);
  for (const pattern of [run, grouped]) {
    for (const match of plain.matchAll(pattern)) {
      const digits = match[0].replace(/[ -]/g, "");
      const type = typeOf(digits);
      const found = text.slice(match.index, match.index + match[0].length);
      if (type) hits.push({ type, index: match.index, found, masked: mask(type, digits) });
    }
  }
  return hits.sort((left, right) => left.index - right.index);
}

type Screened = Pick<Content, "title" | "body" | "signature" | "pictures" | "publicity">;

/**
 * All that a reader would see of it, but for what stands in pictures: that is for people's eyes. A 监督电话 is an office's:
 * a land line or a hotline; somebody's mobile is no more to be shown there than elsewhere.
 */
export function screenContent({ title, body, signature, pictures = [], publicity }: Screened): Hit[] {
  const captions = pictures.map(({ caption = "" }) => caption);
  const { contact = "", phone = "" } = publicity ?? {};
  return screen([title, body, signature.org, ...captions, contact, phone].join("\n"));
}

/** Full-width digits and X are as readable as the others. One UTF-16 unit each way: indices stay. */
function halfWidth(wide: string): string {
  return String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
}

function typeOf(digits: string): HitType | null {
  if (isIdentityNumber(digits)) return "id18";
  if (/^1[3-9]\d{9}$/.test(digits)) return "mobile";
  if (/^(?=[3-6]|955[89])\d{16,19}$/.test(digits) && luhn(digits)) return "bankcard";
  return null;
}

/** 18 characters, a birth date that can be, and the ISO 7064 MOD 11-2 check character. */
function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  const year = Number(text.slice(6, 10));
  const month = Number(text.slice(10, 12));
  const day = Number(text.slice(12, 14));
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return false;
  let sum = 0;
  for (let at = 0; at < 17; at++) sum += Number(text[at]) * (2 ** (17 - at) % 11);
  return "10X98765432"[sum % 11] === text[17]?.toUpperCase();
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let back = 0; back < digits.length; back++) {
    const digit = Number(digits[digits.length - 1 - back]);
    const doubled = back % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function mask(type: HitType, found: string): string {
  const [head, tail] = type === "id18" ? [2, 3] : type === "mobile" ? [3, 4] : [4, 4];
  return found.slice(0, head) + "*".repeat(found.length - head - tail) + found.slice(-tail);
}
