/**
 * A file of calendar years to import, YAML or JSON: one year, a list of them, or a list under `years`; each in the form that
 * `calendar.overrides` of the installation file has. Checked whole: every mistake with its line, or the years.
 */
import { limits } from "../limits.ts";
import type { CalendarYear } from "../time/calendar.ts";
import { type Explained, explain } from "./explain.ts";
import { calendarYearSchema } from "./schema.ts";
import type { SiteFault } from "./site-file-error.ts";
import { type Path, type Place, readYaml } from "./yaml.ts";
import { checkYears, group, problem, type YearParts, yearOf } from "./years.ts";

export type CalendarFile =
  | { readonly ok: true; readonly years: readonly CalendarYear[] }
  | { readonly ok: false; readonly faults: readonly SiteFault[] };

/** `file` is only a name for the messages. */
export function readCalendarFile(text: string, file: string): CalendarFile {
  const refused = (faults: readonly SiteFault[]): CalendarFile => ({
    ok: false,
    faults: [...faults]
      .sort((one, other) => one.line - other.line || one.column - other.column)
      .slice(0, limits.configProblems),
  });
  const fault = ({ line, column }: Place, { what, remedy }: Pick<SiteFault, "what" | "remedy">): SiteFault => {
    return { code: "config/invalid", file, line, column, what, remedy };
  };
  if (text.length > limits.configFileBytes) return refused([fault({ line: 1, column: 1 }, tooLarge)]);
  const yaml = readYaml(text);
  if (yaml.problems.length > 0) return refused(yaml.problems.map((one) => fault(one, one)));
  const items = itemsOf(yaml.value);
  if (items === null) return refused([fault({ line: 1, column: 1 }, noYears)]);
  if (items.length > limits.calendarYears) return refused([fault({ line: 1, column: 1 }, tooMany)]);
  const mistakes: Explained[] = [];
  const years: CalendarYear[] = [];
  for (const { value, path } of items) {
    const parsed = calendarYearSchema.safeParse(value);
    if (parsed.success) years.push(parsed.data);
    else
      for (const issue of parsed.error.issues)
        for (const one of explain(calendarYearSchema, value, issue))
          mistakes.push({ ...one, path: [...path, ...one.path] });
  }
  mistakes.push(...checkImported(items.map(({ value, path }) => yearOf(value, path))));
  if (mistakes.length > 0) return refused(mistakes.map((one) => fault(yaml.place(one.path, one.at), one)));
  return { ok: true, years };
}

/** What is wrong with one well-formed year that somebody wants to import. */
export const mistakesInYear = (year: CalendarYear): readonly Explained[] => checkImported([yearOf(year, [])]);

function itemsOf(value: unknown): readonly { value: unknown; path: Path }[] | null {
  if (Array.isArray(value)) return value.length === 0 ? null : listed(value, []);
  if (typeof value !== "object" || value === null) return null;
  const { years } = group(value);
  if (years === undefined) return [{ value, path: [] }];
  return Array.isArray(years) && years.length > 0 ? listed(years, ["years"]) : null;
}

const listed = (values: readonly unknown[], path: Path) =>
  values.map((value, index) => ({ value, path: [...path, index] }));

/**
 * Every State Council notice has New Year's Day among its days off: a year without is one that nobody filled in, and would
 * make an ordinary week of the whole of it.
 */
function checkImported(years: readonly YearParts[]): readonly Explained[] {
  const lacking = years.flatMap(({ path, year, dates }) => {
    if (year === null || dates.some(({ date, worked }) => !worked && date === `${year}-01-01`)) return [];
    return [
      problem(
        [...path, "restDays"],
        [`没有 ${year} 年元旦`, `New Year's Day of ${year} is not there`],
        [
          `放假日从 ${year}-01-01 起，照国务院办公厅通知逐日写全。`,
          `List every day off of the State Council's notice, ${year}-01-01 first.`,
        ],
      ),
    ];
  });
  return [...checkYears(years), ...lacking];
}

const noYears = {
  what: { zh: "里面没有年份", en: "there is no year in it" },
  remedy: {
    zh: "写一年，或在 years 下每年一项：year、source、restDays、workingWeekends。",
    en: "Write one year, or one item a year under years: year, source, restDays, workingWeekends.",
  },
};
const tooMany = {
  what: { zh: `超过 ${limits.calendarYears} 年`, en: `has more than ${limits.calendarYears} years` },
  remedy: { zh: "请分几个文件导入。", en: "Import it as several files." },
};
const tooLarge = {
  what: { zh: `超过 ${limits.configFileBytes} 字节`, en: `is larger than ${limits.configFileBytes} bytes` },
  remedy: { zh: "一年只有几十个日子。", en: "A year has a few dozen dates." },
};
