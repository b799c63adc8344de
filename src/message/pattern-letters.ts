/** Five by seven dots for a board's number on its test picture: no font reaches this stage, and any panel must be able to show it. */

/** Rows from the top, two hex digits each; the leftmost dot is bit 4. */
const letters: Readonly<Record<string, string>> = {
  "0": "0e11131519110e",
  "1": "040c040404040e",
  "2": "0e11010204081f",
  "3": "1f02040201110e",
  "4": "02060a121f0202",
  "5": "1f101e0101110e",
  "6": "0608101e11110e",
  "7": "1f010204080808",
  "8": "0e11110e11110e",
  "9": "0e11110f01020c",
  A: "0e1111111f1111",
  B: "1e11111e11111e",
  C: "0e11101010110e",
  D: "1c12111111121c",
  E: "1f10101e10101f",
  F: "1f10101e101010",
  G: "0e11101711110f",
  H: "1111111f111111",
  I: "0e04040404040e",
  J: "0702020202120c",
  K: "11121418141211",
  L: "1010101010101f",
  M: "111b1515111111",
  N: "11111915131111",
  O: "0e11111111110e",
  P: "1e11111e101010",
  Q: "0e11111115120d",
  R: "1e11111e141211",
  S: "0f10100e01011e",
  T: "1f040404040404",
  U: "1111111111110e",
  V: "11111111110a04",
  W: "1111111515150a",
  X: "11110a040a1111",
  Y: "1111110a040404",
  Z: "1f01020408101f",
  "-": "0000001f000000",
  _: "0000000000001f",
  "\u2191": "040e1504040404",
};

/** For what has no letter here: a box. */
const unknown = "1f11111111111f";

export const letterWidth = 5;
export const letterHeight = 7;

/** Whether a dot of a text's letters is lit; letters are a dot apart. */
export function letterDot(text: string, x: number, y: number): boolean {
  if (x < 0 || y < 0 || y >= letterHeight || x % (letterWidth + 1) === letterWidth) return false;
  const letter = [...text][Math.floor(x / (letterWidth + 1))];
  if (letter === undefined) return false;
  const rows = letters[letter.toUpperCase()] ?? unknown;
  const row = Number.parseInt(rows.slice(y * 2, y * 2 + 2), 16);
  return ((row >> (letterWidth - 1 - (x % (letterWidth + 1)))) & 1) === 1;
}

export const textWidth = (text: string): number => [...text].length * (letterWidth + 1) - 1;
