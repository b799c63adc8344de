/** Years of the calendar as people read them, and as they bring them in a file. */
import { limits } from "../../limits.ts";
import { dateOf, dayNumberOf, partsOf } from "../../time/days.ts";

export interface DaysOfYear {
  readonly year: number;
  readonly source: string;
  readonly restDays: readonly string[];
  readonly workingWeekends: readonly string[];
}

/** Days in a row on which nobody works, weekends among them; civil dates, both included. */
export interface RestRun {
  readonly from: string;
  readonly until: string;
  readonly days: number;
}

/** In order. What lies beyond the year is not known here: a run ends with it. */
export function restRuns({ year, restDays, workingWeekends }: DaysOfYear): readonly RestRun[] {
  const numbers = (dates: readonly string[]) =>
    dates.map(dayNumberOf).filter((day): day is number => day !== null && partsOf(day).year === year);
  const rest = new Set(numbers(restDays));
  const worked = new Set(numbers(workingWeekends));
  const isOff = (day: number) => {
    const { weekday, year: of } = partsOf(day);
    return of === year && !worked.has(day) && (rest.has(day) || weekday === 0 || weekday === 6);
  };
  const runs: RestRun[] = [];
  let covered = Number.NEGATIVE_INFINITY;
  for (const day of [...rest].sort((one, other) => one - other)) {
    if (day <= covered || !isOff(day)) continue;
    let [first, last] = [day, day];
    while (isOff(first - 1)) first--;
    while (isOff(last + 1)) last++;
    covered = last;
    runs.push({ from: dateOf(first), until: dateOf(last), days: last - first + 1 });
  }
  return runs;
}

export const weekdayOfDate = (date: string): number | null => {
  const day = dayNumberOf(date);
  return day === null ? null : partsOf(day).weekday;
};

/** A year of a file: what can be shown of it, and all of it as it stands there, for the daemon to judge. */
export interface ReadYear extends DaysOfYear {
  readonly rest: object;
}

export type ReadYears =
  | { readonly ok: true; readonly years: readonly ReadYear[] }
  /** `line` from 1, where it is known; `item` from 1: which of the years. */
  | { readonly ok: false; readonly wrong: "large" | "syntax" | "none" | "many" | "away"; readonly line: number | null }
  | { readonly ok: false; readonly wrong: "year"; readonly item: number };

/** One year, a list of them, or a list under `years`, YAML or JSON; the same form that the command line imports. */
export async function readYears(text: string): Promise<ReadYears> {
  if (text.length > limits.configFileBytes) return { ok: false, wrong: "large", line: null };
  // Some forty kilobytes that nobody else on the page needs.
  const yaml = await import("yaml").catch(() => null);
  if (yaml === null) return { ok: false, wrong: "away", line: null };
  const document = yaml.parseDocument(text);
  const [error] = document.errors;
  if (error) return { ok: false, wrong: "syntax", line: error.linePos?.[0].line ?? null };
  const items = itemsOf(plainValue(document));
  if (items.length === 0) return { ok: false, wrong: "none", line: null };
  if (items.length > limits.calendarYears) return { ok: false, wrong: "many", line: null };
  const years = items.map(yearOf);
  const item = years.indexOf(null);
  if (item !== -1) return { ok: false, wrong: "year", item: item + 1 };
  return { ok: true, years: years.filter((year): year is ReadYear => year !== null) };
}

/** References that unfold without end are no value. */
function plainValue(document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch {
    return null;
  }
}

function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return [];
  if (!("years" in value)) return [value];
  return Array.isArray(value.years) ? value.years : [];
}

function yearOf(item: unknown): ReadYear | null {
  if (typeof item !== "object" || item === null) return null;
  const { year, ...rest } = item as Readonly<Record<string, unknown>>;
  if (typeof year !== "number" || !Number.isInteger(year) || year < 1970 || year > 2200) return null;
  const dates = (value: unknown) =>
    Array.isArray(value) ? value.filter((date): date is string => typeof date === "string") : [];
  return {
    year,
    source: typeof rest.source === "string" ? rest.source : "",
    restDays: dates(rest.restDays),
    workingWeekends: dates(rest.workingWeekends),
    rest,
  };
}

/** Older editors of Windows write Chinese as GB 18030. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
