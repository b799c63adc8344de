/** The daily report: made of the day that is over, kept as a sheet and as data in `reports/` of the data folder. */
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Reports } from "../../api/report-routes.ts";
import type { Site } from "../../config/types.ts";
import { sentence } from "../../fault.ts";
import { type DayBoard, type DayReport, dayPage, daySheet, dayTable } from "../../ledger/reports/index.ts";
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import type { BoardFacts } from "../../panels/contract.ts";
import type { Store } from "../../store/index.ts";
import type { WorkCalendar } from "../../time/calendar.ts";
import type { Clock } from "../../time/clock.ts";
import { dateOf, dayNumberOf } from "../../time/days.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import { rowsOf } from "../first-shown.ts";
import { downIn } from "../alive.ts";
import { boardOf } from "../month.ts";
import type { Job } from "../jobs.ts";
import { daily } from "./daily.ts";
import { shownMs } from "./shown.ts";

export interface ReportParts {
  readonly site: Site;
  readonly folder: string;
  readonly store: Pick<Store, "play" | "takedowns" | "cases" | "notices">;
  readonly clock: Clock;
  readonly calendar: WorkCalendar;
  titleOf(notice: string): string | null | Promise<string | null>;
  faults(board: string): BoardFacts["faults"];
  readonly notes: readonly { readonly zh: string; readonly en: string }[];
}

/** Twenty past midnight: by then the day's last stretches have their rows. */
const minute = 20;

export const reportJob = (parts: ReportParts): Job => ({
  name: "report",
  due: daily("board", parts.site.zone, minute),
  async run(now) {
    const report = await dayReport(parts, dayNumberAt(parts.site.zone, now.board) - 1);
    if (report !== null) await keepReport(reportsIn(parts.folder), report);
  },
});

/** null: nothing is on record of that day. */
export async function dayReport(parts: ReportParts, day: number): Promise<DayReport | null> {
  const { site, store, clock, titleOf } = parts;
  const window = { from: instantOf(site.zone, day, 0), until: instantOf(site.zone, day + 1, 0) };
  const [first, last] = [await store.play.first(), await store.play.last()];
  if (first === null || last === null || last.boardAt < window.from || window.until <= first.boardAt) return null;
  let more = 0;
  const some = <Item>(items: readonly Item[]): readonly Item[] => {
    more += Math.max(0, items.length - limits.reportItems);
    return items.slice(0, limits.reportItems);
  };
  const counted = { from: Math.max(window.from, first.boardAt), until: Math.min(window.until, clock.now()) };
  const boards: DayBoard[] = [];
  for (const board of site.boards) {
    const { id } = board;
    const longest = [...(await shownMs(store.play, id, window))].sort(
      ([one, ms], [other, otherMs]) => otherMs - ms || (one < other ? -1 : 1),
    );
    const shown: DayBoard["shown"][number][] = [];
    for (const [notice, ms] of some(longest)) shown.push({ notice, title: (await titleOf(notice)) ?? "", ms });
    const missed: DayBoard["missed"][number][] = [];
    for await (const { boardAt, data } of rowsOf(store.play, id, "play/unconfirmed", window))
      missed.push({ from: iso(typeof data.from === "number" ? data.from : boardAt), why: String(data.why ?? "") });
    const faults = parts.faults(id).map(({ fault }) => ({ code: fault.code, ...sentence(fault) }));
    const days = { first: day, next: day + 1 };
    const times = await boardOf(parts, board, days, counted);
    boards.push({ ...times, shown, missed: some(missed), faults: some(faults) });
  }
  const takedowns: DayReport["takedowns"][number][] = [];
  for (const { id, kind, notice, at, boards: on } of some(await store.takedowns.open())) {
    const left = on.filter(({ doneAt }) => doneAt === null).map(({ board }) => board);
    const what = notice === null ? kind : `${notice} ${(await titleOf(notice)) ?? ""}`.trim();
    takedowns.push({ id, what, at: iso(at), boards: left });
  }
  const waiting = some(await store.cases.open()).map(({ notice, title, state, since }) => {
    return { notice, title, state, since: iso(since) };
  });
  const { office, practice, zone } = site;
  const about = { v: 1, date: dateOf(day), office, practice, zone, madeAt: iso(clock.now()) } as const;
  const down = some(await downIn(store.play, window, clock.now())).map((one) => {
    return { from: iso(one.from), until: iso(one.until) };
  });
  return { ...about, down, boards, takedowns, waiting, more, notes: parts.notes };
}

const iso = (at: Instant) => new Date(at).toISOString();

export const reportsIn = (folder: string) => join(folder, "reports");

/** Each file has its name only when it is whole. What is older than `limits.reportDays` goes. */
export async function keepReport(folder: string, report: DayReport): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await put(join(folder, `${report.date}.html`), dayPage(report));
  await put(join(folder, `${report.date}.json`), `${JSON.stringify(report, null, 2)}\n`);
  const oldest = (dayNumberOf(report.date) ?? 0) - limits.reportDays;
  for (const name of await readdir(folder)) {
    const [, date = ""] = /^(\d{4}-\d{2}-\d{2})\.(?:html|json)$/.exec(name) ?? [];
    const day = dayNumberOf(date);
    if (day !== null && day <= oldest) await rm(join(folder, name), { force: true });
  }
}

async function put(file: string, text: string): Promise<void> {
  const draft = `${file}.unfinished`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

export const reportsOf = (folder: string): Reports => ({
  async days() {
    const names = await readdir(reportsIn(folder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const days = names.flatMap((name) => /^(\d{4}-\d{2}-\d{2})\.json$/.exec(name)?.[1] ?? []);
    return days.sort().reverse().slice(0, limits.reportDays);
  },
  read: (date) => readReport(folder, date),
  sheet: daySheet,
  table: dayTable,
});

/** `date` as it was checked: YYYY-MM-DD. null: there is none of that day. */
export async function readReport(folder: string, date: string): Promise<DayReport | null> {
  try {
    return JSON.parse(await readFile(join(reportsIn(folder), `${date}.json`), "utf8")) as DayReport;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
