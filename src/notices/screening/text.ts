/** A text as its reader reads it, with the way back to where everything stands. */

/** `plain[n]` stands at `at[n]` in the text; `at` has one more entry, the text's length. */
export interface Folded {
  readonly plain: string;
  readonly at: readonly number[];
}

/** Nothing of them is seen: soft hyphens, zero-width spaces, joiners, marks of direction, variation selectors. */
const unseen = /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/;
const quotes = /["'\u2018\u2019\u201c\u201d\u300c\u300d]/;

/** Digits of any width or script are 0–9, full-width letters and signs are ASCII, all spaces and hyphens alike; what is unseen is gone. */
export function folded(text: string): Folded {
  return mapped(text, (unit) => (unseen.test(unit) ? "" : plainOf(unit)));
}

/** Without quotation marks too, which a term may wear anywhere (扫黑“除”恶). */
export function unquoted(text: string): Folded {
  return mapped(text, (unit) => (unseen.test(unit) || quotes.test(unit) ? "" : unit));
}

function mapped(text: string, put: (unit: string) => string): Folded {
  let plain = "";
  const at: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = put(text[index] as string);
    if (unit === "") continue;
    plain += unit;
    at.push(index);
  }
  at.push(text.length);
  return { plain, at };
}

/** One UTF-16 unit for one. */
function plainOf(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return unit;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (/[\u2010-\u2015\u2212\u2e3a]/.test(unit)) return "-";
  if (unit !== "\u2028" && unit !== "\u2029" && /\s/.test(unit)) return " ";
  // Decimal digits of a script stand in tens, but not always at a multiple of ten: count back to the nought.
  if (/\p{Nd}/u.test(unit)) {
    let nought = code;
    while (code - nought < 9 && /\p{Nd}/u.test(String.fromCharCode(nought - 1))) nought--;
    return String((code - nought) % 10);
  }
  return unit;
}

export interface Span {
  readonly index: number;
  /** As it stands in the text, unseen characters inside it included. */
  readonly found: string;
}

/** `from`, `to`: in `plain`, `to` exclusive. */
export function spanOf(text: string, { at }: Folded, from: number, to: number): Span {
  const index = at[from] ?? text.length;
  const end = (at[to - 1] ?? text.length - 1) + 1;
  return { index, found: text.slice(index, end) };
}
