/** Wrong official terms: the list that comes with the program, and what an office adds or does without. */
import { type ScreeningRules, type WatchEntry, watchEntries } from "./rules.ts";
import { type Span, spanOf, unquoted } from "./text.ts";
import shipped from "./watch-list.json" with { type: "json" };

export const watchList: readonly WatchEntry[] = watchEntries.parse(shipped);

export interface TermHit extends Span {
  readonly entry: WatchEntry;
}

interface Watched {
  readonly entry: WatchEntry;
  /** Without quotation marks, as the texts are read. */
  readonly wrong: string;
  /** What may hold the wrong term's letters. */
  readonly rightful: readonly string[];
}

const ready = new WeakMap<ScreeningRules, readonly Watched[]>();

/** Those in force for this office. */
function watched(rules: ScreeningRules): readonly Watched[] {
  const before = ready.get(rules);
  if (before) return before;
  const entries = new Map([...watchList, ...rules.watch].map((entry) => [entry.wrong, entry]));
  for (const wrong of rules.watchOff) entries.delete(wrong);
  const plain = (term: string) => unquoted(term).plain;
  const made = [...entries.values()].map((entry) => ({
    entry,
    wrong: plain(entry.wrong),
    rightful: [entry.right, ...(entry.unless ?? [])].map(plain).filter((right) => right.includes(plain(entry.wrong))),
  }));
  ready.set(rules, made);
  return made;
}

/** Hits in the order of the text, the longer first; some may overlap. */
export function screenTerms(text: string, rules: ScreeningRules): TermHit[] {
  const read = unquoted(text);
  const found: { from: number; to: number; entry: WatchEntry }[] = [];
  for (const { entry, wrong, rightful } of watched(rules)) {
    if (wrong === "") continue;
    for (let from = read.plain.indexOf(wrong); from >= 0; from = read.plain.indexOf(wrong, from + wrong.length))
      if (!rightful.some((right) => standsIn(read.plain, from, wrong, right)))
        found.push({ from, to: from + wrong.length, entry });
  }
  found.sort((left, right) => left.from - right.from || right.to - left.to);
  return found.map(({ from, to, entry }) => ({ ...withOpening(text, spanOf(text, read, from, to)), entry }));
}

/** A quotation that ends inside is taken whole: “三个代表”重要理论. */
function withOpening(text: string, span: Span): Span {
  const [first] = /[\u201c\u201d\u2018\u2019]/.exec(span.found) ?? [];
  const before = text[span.index - 1] ?? "";
  const isCut = (first === "\u201d" && before === "\u201c") || (first === "\u2019" && before === "\u2018");
  return isCut ? { index: span.index - 1, found: before + span.found } : span;
}

/** Is this occurrence a part of a right term? */
function standsIn(plain: string, from: number, wrong: string, right: string): boolean {
  for (let inside = right.indexOf(wrong); inside >= 0; inside = right.indexOf(wrong, inside + 1))
    if (plain.startsWith(right, from - inside) && from >= inside) return true;
  return false;
}
