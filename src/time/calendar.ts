/** 工作日: the State Council's calendar of days off and make-up days. Never the days of the week alone. */
import chineseDays from "chinese-days";
import { dateOf, dayNumberOf, partsOf } from "./days.ts";

export type DayKind = "workday" | "restday";

export interface CalendarConfig {
  /** `state-council`: chinese-days plus overrides; `none`: every day is a working day (places without one). */
  readonly kind: "state-council" | "none";
  /** A year listed here is known from here alone. */
  readonly overrides: readonly CalendarYear[];
}
export interface CalendarYear {
  readonly year: number;
  readonly source: string;
  /** YYYY-MM-DD days off, beyond or among weekends. */
  readonly restDays: readonly string[];
  /** Saturdays and Sundays worked. */
  readonly workingWeekends: readonly string[];
}

export interface WorkCalendar {
  /** Throws `UnknownYear` for a year that it does not know: that is a fault, not an ordinary week. */
  kind(dayNumber: number): DayKind;
  covers(year: number): boolean;
  /** Grows when the years are replaced: what was computed by an older one is to be asked anew. */
  readonly version: number;
}

/** One object for all who ask; its years may be replaced while they run. */
export interface ChangingCalendar extends WorkCalendar {
  /** What it goes by now. */
  readonly config: CalendarConfig;
  replace(config: CalendarConfig): void;
}

export class UnknownYear extends Error {
  readonly year: number;
  constructor(year: number) {
    super(`no State Council calendar for ${year}`);
    this.year = year;
  }
}

export function changingCalendar(first: CalendarConfig): ChangingCalendar {
  let config = first;
  let now = workCalendar(first);
  let version = 0;
  return {
    get version() {
      return version;
    },
    get config() {
      return config;
    },
    kind: (dayNumber) => now.kind(dayNumber),
    covers: (year) => now.covers(year),
    replace(next) {
      config = next;
      now = workCalendar(next);
      version++;
    },
  };
}

/** chinese-days answers "ordinary week" for years that it has no data for, so a year counts only if its New Year's Day has a name. */
export function packaged(year: number): boolean {
  return year >= 2004 && chineseDays.getDayDetail(`${year}-01-01`).name.includes("元旦");
}

/**
 * What the day off, or the make-up day for it, is called: "国庆节", by the program's own years. Null: it has no name. Whether
 * it is a day off is for `WorkCalendar` to say.
 */
export function festivalOf(dayNumber: number): { readonly zh: string; readonly en: string } | null {
  const [en, zh] = chineseDays.getDayDetail(dateOf(dayNumber)).name.split(",");
  return en !== undefined && zh !== undefined ? { zh, en } : null;
}

export function workCalendar(config: CalendarConfig): WorkCalendar {
  if (config.kind === "none") return { kind: () => "workday", covers: () => true, version: 0 };
  const years = new Map(config.overrides.map((year) => [year.year, year]));
  /** Of the years that somebody asked about: each text that is set has a calendar, and few count days. */
  const overrides = new Map<number, ReadonlyMap<number, DayKind>>();
  const overrideIn = (year: number) => {
    const listed = years.get(year);
    if (listed === undefined) return undefined;
    const override = overrides.get(year) ?? overrideOf(listed);
    overrides.set(year, override);
    return override;
  };
  const known = new Map<number, boolean>();
  const covers = (year: number) => {
    if (years.has(year)) return true;
    let covered = known.get(year);
    if (covered === undefined) {
      covered = packaged(year);
      known.set(year, covered);
    }
    return covered;
  };
  return {
    covers,
    version: 0,
    kind(dayNumber) {
      const { year, weekday } = partsOf(dayNumber);
      if (!covers(year)) throw new UnknownYear(year);
      const override = overrideIn(year);
      if (override) return override.get(dayNumber) ?? (weekday === 0 || weekday === 6 ? "restday" : "workday");
      return chineseDays.getDayDetail(dateOf(dayNumber)).work ? "workday" : "restday";
    },
  };
}

function overrideOf(year: CalendarYear): ReadonlyMap<number, DayKind> {
  const days = new Map<number, DayKind>();
  const put = (date: string, kind: DayKind) => {
    const day = dayNumberOf(date);
    if (day !== null) days.set(day, kind);
  };
  for (const date of year.restDays) put(date, "restday");
  for (const date of year.workingWeekends) put(date, "workday");
  return days;
}
