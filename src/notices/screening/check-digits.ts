/** Numbers that prove themselves by a check character. All take bare digits and capitals. */

/** 公民身份号码 (GB 11643): 17 digits with a birth date that can be, and the ISO 7064 MOD 11-2 character. */
export function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  if (!isDate(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) return false;
  let sum = 0;
  for (let at = 0; at < 17; at++) sum += Number(text[at]) * (2 ** (17 - at) % 11);
  return "10X98765432"[sum % 11] === text[17];
}

/** The 15 digits given out until 1999: no check character, so only provinces that there are (GB/T 2260). */
export function isOldIdentityNumber(text: string): boolean {
  if (!/^\d{15}$/.test(text) || !isProvince(text.slice(0, 2))) return false;
  return isDate(1900 + Number(text.slice(6, 8)), Number(text.slice(8, 10)), Number(text.slice(10, 12)));
}

/** The digits 1, 2 of a division code, GB/T 2260. */
function isProvince(code: string): boolean {
  return /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])$/.test(code);
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Bank cards (GB/T 14916, ISO/IEC 7812): Luhn, and an issuer's first digits. Sixteen digits may be anyone's card; longer ones only
 * 银联's and the old ones of Chinese banks, or a tenth of all project numbers would be cards.
 */
export function isBankCard(text: string): boolean {
  return /^(?:[3-6]\d{15}|(?:6[0-9]|9[0-9])\d{15,17})$/.test(text) && luhn(text);
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

const creditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** 统一社会信用代码 (GB 32100): registration, kind, division, organization code, and a check character modulo 31. */
export function isCreditCode(text: string): boolean {
  if (!/^[1-9AN-Y][1-9A][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) return false;
  // 10: organizations registered with the State Council's own offices have the division 100000.
  if (!isProvince(text.slice(2, 4)) && text.slice(2, 8) !== "100000") return false;
  let sum = 0;
  let weight = 1;
  for (let at = 0; at < 17; at++) {
    sum += creditCharacters.indexOf(text[at] as string) * weight;
    weight = (weight * 3) % 31;
  }
  return creditCharacters[(31 - (sum % 31)) % 31] === text[17];
}
