/** The office's screening rules as they are being changed: nothing counts before it is saved. Needs no browser. */
import type { ScreeningRules, WatchEntry } from "../../notices/screening/rules.ts";

/** One of the same `wrong` is replaced. */
export const withTerm = (rules: ScreeningRules, entry: WatchEntry): ScreeningRules => ({
  ...rules,
  watch: [...rules.watch.filter(({ wrong }) => wrong !== entry.wrong), entry],
});

export const withoutTerm = (rules: ScreeningRules, wrong: string): ScreeningRules => ({
  ...rules,
  watch: rules.watch.filter((entry) => entry.wrong !== wrong),
});

/** Of the program's own list. */
export const switched = (rules: ScreeningRules, wrong: string, on: boolean): ScreeningRules => ({
  ...rules,
  watchOff: on ? rules.watchOff.filter((term) => term !== wrong) : [...new Set([...rules.watchOff, wrong])],
});

/** null: as the program decides. */
export function namesAs(rules: ScreeningRules, category: string, how: "full" | "masked" | null): ScreeningRules {
  const { [category]: _, ...rest } = rules.names;
  return { ...rules, names: how === null ? rest : { ...rest, [category]: how } };
}

export const isOther = (one: ScreeningRules, other: ScreeningRules): boolean =>
  JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other));

const byText = (one: string, other: string) => (one < other ? -1 : 1);
const sorted = ({ watch, watchOff, names, consultationDays }: ScreeningRules) => [
  watch.map((entry) => JSON.stringify(entry, ["wrong", "right", "unless", "note", "zh", "en"])).sort(byText),
  [...watchOff].sort(byText),
  Object.entries(names).sort(([one], [other]) => byText(one, other)),
  consultationDays,
];

/** Entries of the program's list in which this text stands; the office's own of the same word go before them. */
export const termsWith = (list: readonly WatchEntry[], text: string): readonly WatchEntry[] =>
  list.filter(({ wrong, right }) => `${wrong} ${right}`.includes(text.trim()));
