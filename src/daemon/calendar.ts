/** The years of the working-day calendar: those of the program, of the installation file, and those that were imported, the last first. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CalendarOffice, YearView } from "../api/calendar-routes.ts";
import type { CalendarConfig, CalendarYear } from "../config/types.ts";
import { calendarYearSchema } from "../config/schema.ts";
import { limits } from "../limits.ts";
import type { LedgerData } from "../ledger/index.ts";
import type { SettingStore } from "../notices/store.ts";
import { openStore, type Store } from "../store/index.ts";
import { type ChangingCalendar, packaged } from "../time/calendar.ts";
import type { Clock } from "../time/clock.ts";
import type { Desk } from "./desk.ts";
import { dateOf, dayNumberOf, partsOf } from "../time/days.ts";
import { dayNumberAt } from "../time/zone.ts";

const key = "calendar.years";

/** In the order of the years. */
export async function importedYears(settings: Pick<SettingStore, "get">): Promise<readonly CalendarYear[]> {
  const kept = await settings.get(key);
  return kept === null ? [] : calendarYearSchema.array().max(limits.calendarYears).parse(JSON.parse(kept));
}

/** Of a data folder that this process has not opened, also while a daemon runs on it; none where there is no database yet. */
export async function importedIn(folder: string): Promise<readonly CalendarYear[]> {
  if (!existsSync(join(folder, "boardcast.db"))) return [];
  const store = await openStore(folder);
  try {
    return await importedYears(store.settings);
  } finally {
    await store.close();
  }
}

/** What counts: an imported year before the installation file's, that before the program's. */
export function together(file: CalendarConfig, imported: readonly CalendarYear[]): CalendarConfig {
  const years = new Set(imported.map(({ year }) => year));
  return { kind: file.kind, overrides: [...file.overrides.filter(({ year }) => !years.has(year)), ...imported] };
}

/** Reads what was imported; who is asked from now on answers by it. */
export async function readCalendar(
  settings: Pick<SettingStore, "get">,
  file: CalendarConfig,
  calendar: ChangingCalendar,
): Promise<void> {
  const config = together(file, await importedYears(settings));
  if (JSON.stringify(config) !== JSON.stringify(calendar.config)) calendar.replace(config);
}

export interface CalendarParts {
  readonly store: Pick<Store, "settings" | "change">;
  /** As the installation file has it. */
  readonly file: CalendarConfig;
  readonly calendar: ChangingCalendar;
  readonly clock: Clock;
  readonly zone: string;
  /** Boards may show something else now: reads the calendar again, and plans. */
  changed(): Promise<void>;
}

export function openCalendar({ store, file, calendar, clock, zone, changed }: CalendarParts): CalendarOffice {
  const view = (year: number, imported: readonly CalendarYear[]): YearView => {
    const nothing = { year, source: "", restDays: [], workingWeekends: [] };
    if (file.kind === "none") return { ...nothing, from: "none" };
    const own = imported.find((one) => one.year === year);
    if (own) return { ...own, from: "imported" };
    const its = file.overrides.find((one) => one.year === year);
    if (its) return { ...its, from: "file" };
    return packaged(year) ? { year, ...daysOf(year, calendar), from: "program" } : { ...nothing, from: "unknown" };
  };
  return {
    async years() {
      const imported = await importedYears(store.settings);
      const { year: now } = partsOf(dayNumberAt(zone, clock.now()));
      const known = [...imported, ...file.overrides].map(({ year }) => year);
      return [...new Set([...known, now, now + 1])]
        .sort((one, other) => one - other)
        .map((year) => view(year, imported));
    },
    async year(year) {
      return view(year, await importedYears(store.settings));
    },
    async put(caller, year) {
      await store.change(caller.account ?? caller.via, async (tx) => {
        const before = await importedYears(tx.settings);
        const others = before.filter((one) => one.year !== year.year);
        const years = [...others, year].sort((one, other) => one.year - other.year);
        await tx.settings.set(key, JSON.stringify(years));
        const data = {
          name: caller.name,
          before: told(view(year.year, before)),
          after: told({ ...year, from: "imported" }),
        };
        await tx.record({ action: "calendar/changed", subject: String(year.year), data });
      });
      await changed();
      return view(year.year, await importedYears(store.settings));
    },
  };
}

/** Of a desk; `changed` absent: no board is planned here. */
export const calendarOf = (desk: Desk, changed?: CalendarParts["changed"]): CalendarOffice => {
  const { site, store, calendar, clock } = desk;
  const again = () => readCalendar(store.settings, site.calendar, calendar);
  return openCalendar({ store, file: site.calendar, calendar, clock, zone: site.zone, changed: changed ?? again });
};

const told = ({ from, source, restDays, workingWeekends }: YearView): LedgerData => ({
  from,
  source,
  restDays: [...restDays],
  workingWeekends: [...workingWeekends],
});

/** What the program knows of a year: the weekdays that are off, the weekends that are worked. */
function daysOf(year: number, calendar: ChangingCalendar): Pick<YearView, "source" | "restDays" | "workingWeekends"> {
  const restDays: string[] = [];
  const workingWeekends: string[] = [];
  const first = dayNumberOf(`${year}-01-01`) ?? 0;
  for (let day = first; partsOf(day).year === year; day++) {
    const isWeekend = partsOf(day).weekday % 6 === 0;
    const isOff = calendar.kind(day) === "restday";
    if (isOff && !isWeekend) restDays.push(dateOf(day));
    if (!isOff && isWeekend) workingWeekends.push(dateOf(day));
  }
  return { source: "chinese-days", restDays, workingWeekends };
}
