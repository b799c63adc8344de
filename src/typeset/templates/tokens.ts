/**
 * `{{name:format}}` in a notice's text. Spaces around name and format mean nothing, those within a format are set. What
 * is not a token of the notice's own kind is a fault, in every kind: no office writes {{ }} for people to read, so it is
 * a misspelt token, or a blank that nobody filled in.
 */
import type { Sentence } from "../../fault.ts";
import type { Content, DisplayKind } from "../../notices/types.ts";

export interface Token {
  readonly name: string;
  readonly format: string;
}

/** Typed with a Chinese keyboard too. */
const braces = /\{\{|\}\}|\uff5b\uff5b|\uff5d\uff5d/;

interface Form {
  readonly isKnown: (token: Token) => boolean;
  /** How they are written. */
  readonly usage: string;
}

const forms: Readonly<Partial<Record<DisplayKind, Form>>> = {
  clock: { isKnown: isClockToken, usage: "{{date:YYYY年M月D日}} {{time:HH:mm}} {{weekday}} {{lunar}} {{lunarYear}}" },
  countdown: {
    isKnown: ({ name, format }) => (name === "daysTo" || name === "workdaysTo") && /^\d{4}-\d{2}-\d{2}$/.test(format),
    usage: "{{daysTo:2017-11-30}} {{workdaysTo:2017-11-30}}",
  },
  qrcode: { isKnown: ({ name }) => name === "qr", usage: "{{qr:内容}}" },
};

interface Written extends Token {
  /** As it stands in the text, from `from` to before `to`. */
  readonly from: number;
  readonly to: number;
}

/** Each from its first braces to the next closing ones, of a run of those the last two: a QR code's text may end with one. */
function writtenIn(text: string): readonly Written[] {
  const found: Written[] = [];
  for (let from = text.indexOf("{{"); from >= 0; ) {
    let close = text.indexOf("}}", from + 2);
    if (close < 0) break;
    while (text[close + 2] === "}") close++;
    found.push({ ...tokenOf(text.slice(from + 2, close)), from, to: close + 2 });
    from = text.indexOf("{{", close + 2);
  }
  return found;
}

/** A text as tokens and what stands between them. */
export function partsOf(text: string): readonly (Token | string)[] {
  const parts: (Token | string)[] = [];
  let at = 0;
  for (const { from, to, name, format } of writtenIn(text)) {
    if (from > at) parts.push(text.slice(at, from));
    parts.push({ name, format });
    at = to;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** The parts parted at white space, but not within a token. */
export function wordsOf(text: string): readonly (readonly (Token | string)[])[] {
  const words: (Token | string)[][] = [[]];
  for (const part of partsOf(text)) {
    const [first = "", ...rest] = typeof part === "string" ? part.split(/\s+/) : [part];
    words[words.length - 1]?.push(first);
    for (const one of rest) words.push([one]);
  }
  return words.map((word) => word.filter((part) => part !== "")).filter((word) => word.length > 0);
}

function tokenOf(inner: string): Token {
  const colon = inner.indexOf(":");
  if (colon < 0) return { name: inner.trim(), format: "" };
  return { name: inner.slice(0, colon).trim(), format: inner.slice(colon + 1).trim() };
}

/** A date's letters, and a time's: mm are minutes and MM months, so neither stands in for the other. */
function isClockToken({ name, format }: Token): boolean {
  if (name === "weekday" || name === "lunar" || name === "lunarYear") return format === "";
  const units = new Set(format.match(/YYYY|MM?|DD?|HH?|mm|ss|[A-Za-z]/g) ?? []);
  const all = [...units];
  if (all.length === 0 || all.some((unit) => !/^(?:YYYY|MM?|DD?|HH?|mm|ss)$/.test(unit))) return false;
  if (name === "date") return !units.has("mm") || units.has("HH") || units.has("H");
  return name === "time" && !(all.some((unit) => /^M/.test(unit)) && !all.some((unit) => /^D/.test(unit)));
}

const quotedMost = 40;

/** The first token that a notice of its kind does not have, or braces that are none; null: all is well. */
export function tokenProblem({ displayKind, title, body, signature }: Content): Sentence | null {
  const form = forms[displayKind];
  // A picture's body is not lit.
  for (const [text, known] of [
    [displayKind === "picture" ? "" : body, form],
    [title, undefined],
    [signature.org, undefined],
  ] as const) {
    if (!braces.test(text)) continue;
    const tokens = writtenIn(text);
    const unknown = tokens.find((token) => !known?.isKnown(token));
    const left = braces.exec(
      partsOf(text)
        .map((part) => (typeof part === "string" ? part : " "))
        .join(""),
    );
    const found = unknown ? text.slice(unknown.from, unknown.to) : left?.[0];
    if (found === undefined) continue;
    const quoted = found.length > quotedMost ? `${found.slice(0, quotedMost)}…` : found;
    if (known === undefined)
      return {
        zh: `不认识 ${quoted}：请删去或填上内容`,
        en: `${quoted} means nothing here: fill it in or take it out`,
      };
    return { zh: `不认识 ${quoted}，写法是 ${known.usage}`, en: `${quoted} is not known; what is: ${known.usage}` };
  }
  return null;
}
