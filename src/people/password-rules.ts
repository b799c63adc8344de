/** What makes a password too easy. Length is what counts; rules on kinds of characters only make people write them down. */
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import { commonPasswords } from "./common-passwords.ts";

/** As it is hashed: the same whether it was typed full-width or composed. */
export const normalPassword = (password: string): string => password.normalize("NFKC");

/** As logins are compared. */
export const normalLogin = (login: string): string => login.normalize("NFKC").trim().toLowerCase();

const rows = ["abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** Why a password may not be used by `login`, or null. */
export function badPassword(password: string, login: string): Sentence | null {
  const said = normalPassword(password);
  const { length } = [...said];
  const { passwordCharsMin: least, passwordCharsMax: most } = limits;
  if (length < least) return { zh: `至少 ${least} 个字符`, en: `at least ${least} characters` };
  if (length > most) return { zh: `最多 ${most} 个字符`, en: `at most ${most} characters` };
  const plain = said.toLowerCase();
  const own = normalLogin(login);
  if (own !== "" && [...plain.replaceAll(own, "")].length < 6 && plain.includes(own))
    return { zh: "和登录名太像", en: "it is too much like the login" };
  if (commonPasswords.has(plain) || isRun(plain) || new Set(plain).size < 4)
    return { zh: "太常见，一猜就中", en: "it is among those that are guessed first" };
  return null;
}

/** "23456789012", "lkjhgfdsa…": along a row of the keyboard, forwards or backwards, round and round. */
function isRun(text: string): boolean {
  const backwards = [...text].reverse().join("");
  return rows.some((row) => {
    const round = row.repeat(Math.ceil(limits.passwordCharsMax / row.length) + 1);
    return round.includes(text) || round.includes(backwards);
  });
}
