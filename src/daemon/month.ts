/** What the register and the play log say of a month (R18). */
import type { BoardConfig } from "../config/types.ts";
import type { BoardMonth, MonthItem, RegisterLine } from "../ledger/reports/index.ts";
import { runOf } from "../ledger/play-was.ts";
import { limits } from "../limits.ts";
import type { Window } from "../message/types.ts";
import { dueOn, isLate } from "../notices/deadlines.ts";
import { openWindows } from "../playlist/slots.ts";
import { intersected, merged } from "../playlist/windows.ts";
import { UnknownYear } from "../time/calendar.ts";
import { dayNumberOf } from "../time/days.ts";
import { workingDaysAfter } from "../time/working-days.ts";
import { formatCivil, instantOf } from "../time/zone.ts";
import type { LedgerParts } from "./ledger-desk.ts";

interface Days {
  /** Day numbers, half-open. */
  readonly first: number;
  readonly next: number;
}

export async function monthOf(parts: LedgerParts, lines: readonly RegisterLine[], days: Days) {
  const items: MonthItem[] = [];
  for (const line of lines) items.push(await itemOf(parts, line));
  const { site, clock, store } = parts;
  const logFrom = (await store.play.first())?.boardAt ?? clock.now();
  const window = { from: instantOf(site.zone, days.first, 0), until: instantOf(site.zone, days.next, 0) };
  const counted = { from: Math.max(window.from, logFrom), until: Math.min(window.until, clock.now()) };
  const boards: BoardMonth[] = [];
  const notes: string[] = [];
  try {
    for (const board of site.boards) boards.push(await boardOf(parts, board, days, counted));
  } catch (error) {
    if (!(error instanceof UnknownYear)) throw error;
    notes.push(`没有 ${error.year} 年的放假安排,应开屏时间算不出来。`);
  }
  if (counted.from > window.from)
    notes.push(`开屏情况自播放记录开始的 ${formatCivil(site.zone, counted.from).replace("T", " ")} 起计。`);
  notes.push("平均用时:自形成日期次日起,至首次上屏之日的工作日数;核对一致:每次回读画面均与节目单一致的时间。");
  return { items, boards, notes };
}

async function itemOf({ store, calendar, programmes }: LedgerParts, line: RegisterLine): Promise<MonthItem> {
  const record = await store.notices.revision(line.notice, line.number);
  const nothing = {
    title: line.title,
    unit: line.unit || "(未注明)",
    formedOn: null,
    shownOn: null,
    dueOn: null,
    lagDays: null,
    late: null,
  };
  if (record === null) return nothing;
  const { content } = record;
  const unit = line.unit || content.signature.org || nothing.unit;
  const shownOn = record.seal === null ? null : programmes.firstDay(line.notice);
  try {
    const due = dueOn(content, calendar);
    const [formed, shown] = [dayNumberOf(content.formedOn ?? ""), dayNumberOf(shownOn ?? "")];
    const lagDays =
      due === null || formed === null || shown === null ? null : workingDaysAfter(formed, shown, calendar);
    return {
      title: line.title,
      unit,
      formedOn: content.formedOn,
      shownOn,
      dueOn: due,
      lagDays,
      late: isLate(due, shownOn),
    };
  } catch (error) {
    // A year that the calendar does not know: the item counts, its deadline cannot be told.
    if (error instanceof UnknownYear) return { ...nothing, unit, formedOn: content.formedOn, shownOn };
    throw error;
  }
}

async function boardOf(
  { site, store, calendar }: LedgerParts,
  { id, name, hours, link }: BoardConfig,
  { first, next }: Days,
  counted: Window,
): Promise<BoardMonth> {
  const open: Window[] = [];
  for (let day = first; day < next; day++) open.push(...openWindows(hours, day, site.zone, calendar));
  const due = intersected(open, [counted]);
  const confirmed: Window[] = [];
  // A stretch has its row when it ends, at most this much later.
  const until = counted.until + limits.playStillMs + limits.playGapMs;
  for (let after: { boardAt: number; seq: number } | null = null; ; ) {
    const rows = await store.play.during(id, "play/confirmed", { from: counted.from, until }, after);
    for (const { data } of rows)
      for (const { from, to } of runOf(data)) if (to > from) confirmed.push({ from, until: to });
    const last = rows.at(-1);
    if (last === undefined || rows.length < limits.ledgerRowsAtOnce) break;
    after = { boardAt: last.boardAt, seq: last.seq };
  }
  const within = intersected(due, merged(confirmed));
  return {
    board: id,
    name,
    openMs: lengthOf(due),
    confirmedMs: lengthOf(within),
    readBack: link.kind !== "browser" && link.kind !== "carried",
  };
}

const lengthOf = (windows: readonly Window[]) => windows.reduce((sum, { from, until }) => sum + until - from, 0);
