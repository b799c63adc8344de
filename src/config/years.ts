/** Years of the working-day calendar: what is wrong with them beyond their form, in the installation file as in one that is imported. */
import { limits } from "../limits.ts";
import type { Explained } from "./explain.ts";
import { calendarYearSchema } from "./schema.ts";
import type { Path } from "./yaml.ts";

/** What is well-formed of a year; `at` is the date's own place. */
export interface YearParts {
  readonly path: Path;
  readonly year: number | null;
  readonly dates: readonly { readonly date: string; readonly at: Path; readonly worked: boolean }[];
}

/** `path`: where it stands. */
export function yearOf(item: unknown, path: Path): YearParts {
  const year = group(item);
  const { shape } = calendarYearSchema;
  const dates = (key: "restDays" | "workingWeekends", worked: boolean) =>
    list(year[key]).flatMap((date, place) => {
      const parsed = shape[key].element.safeParse(date);
      return parsed.success ? [{ date: parsed.data, at: [...path, key, place], worked }] : [];
    });
  return {
    path,
    year: shape.year.safeParse(year.year).data ?? null,
    dates: [...dates("restDays", false), ...dates("workingWeekends", true)],
  };
}

export const group = (value: unknown) =>
  (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.slice(0, limits.boardsPerSite) : [];

export function problem(path: Path, what: [zh: string, en: string], remedy: [zh: string, en: string]): Explained {
  return { path, at: "value", what: { zh: what[0], en: what[1] }, remedy: { zh: remedy[0], en: remedy[1] } };
}

export function checkYears(years: readonly YearParts[]): readonly Explained[] {
  const seen = new Set<number>();
  return years.flatMap(({ path, year, dates }) => {
    if (year === null) return [];
    const repeated = seen.has(year);
    seen.add(year);
    return [
      ...(repeated
        ? [
            problem(
              [...path, "year"],
              [`${year} 年写了两次`, `year ${year} stands here twice`],
              ["请合并。", "Merge the two."],
            ),
          ]
        : []),
      ...checkDates(year, dates),
    ];
  });
}

function checkDates(year: number, dates: YearParts["dates"]): readonly Explained[] {
  const used = new Set<string>();
  return dates.flatMap(({ date, at, worked }) => {
    const found: Explained[] = [];
    const day = new Date(`${date}T00:00:00Z`);
    // A date that does not exist comes back as another one: 02-30 as 03-02.
    if (!date.startsWith(`${year}-`) || !day.toISOString().startsWith(date)) {
      found.push(
        problem(
          at,
          [`${date} 不是 ${year} 年的日子`, `${date} is not a day of ${year}`],
          ["跨年的假期，各年的日子写在各年里。", "Write each year's days under that year."],
        ),
      );
    } else if (worked && day.getUTCDay() % 6 !== 0) {
      found.push(
        problem(
          at,
          [`${date} 不是周六或周日`, `${date} is not a Saturday or Sunday`],
          ["这里只写调休上班的周末。", "Only weekends that are worked belong here."],
        ),
      );
    }
    if (used.has(date)) {
      found.push(
        problem(at, [`${date} 写了两次`, `${date} stands here twice`], ["请删去一个。", "Remove one of them."]),
      );
    }
    used.add(date);
    return found;
  });
}
