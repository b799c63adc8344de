/** What the register and the play log say of a month (R18). */
import type { BoardConfig } from "../config/types.ts";
import type { BoardMonth, MonthItem, RegisterLine } from "../ledger/reports/index.ts";
import { runOf } from "../ledger/play-was.ts";
import { limits } from "../limits.ts";
import type { Instant, Window } from "../message/types.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { PlayStore } from "../ledger/play-store.ts";
import { countsFrom, dueOn, isLate } from "../notices/deadlines.ts";
import { goneAt } from "../notices/ended.ts";
import type { NoticeStore } from "../notices/store.ts";
import type { PostingStore, SheetWords } from "../notices/posting.ts";
import type { CivilDate, NoticeId, NoticeRecord } from "../notices/types.ts";
import { openWindows } from "../playlist/slots.ts";
import { intersected, merged } from "../playlist/windows.ts";
import { UnknownYear } from "../time/calendar.ts";
import { dayNumberOf } from "../time/days.ts";
import { workingDaysAfter } from "../time/working-days.ts";
import { dateAt, formatCivil, instantOf } from "../time/zone.ts";
import { firstShown, rowsOf } from "./first-shown.ts";
import type { LedgerParts } from "./ledger-desk.ts";

interface Days {
  /** Day numbers, half-open. */
  readonly first: number;
  readonly next: number;
}

export interface MonthSources extends Pick<LedgerParts, "site" | "clock" | "calendar">, Record<never, never> {
  firstDay(notice: string): CivilDate | null | Promise<CivilDate | null>;
  readonly store: {
    readonly play: PlayStore;
    readonly notices: Pick<NoticeStore, "revision">;
    /** Absent: nothing hangs on paper. */
    readonly postings?: Pick<PostingStore, "of">;
  };
}

export async function monthOf(sources: MonthSources, lines: readonly RegisterLine[], days: Days) {
  const { site, clock, store } = sources;
  const logFrom = (await store.play.first())?.boardAt ?? clock.now();
  const known = await shownBy(sources, lines, logFrom);
  const items: MonthItem[] = [];
  for (const { line, record, shownOn } of known) items.push(itemOf(sources, line, record, shownOn));
  const window = { from: instantOf(site.zone, days.first, 0), until: instantOf(site.zone, days.next, 0) };
  const counted = { from: Math.max(window.from, logFrom), until: Math.min(window.until, clock.now()) };
  const boards: BoardMonth[] = [];
  const notes: string[] = [];
  try {
    for (const board of site.boards) boards.push(await boardOf(sources, board, days, counted));
  } catch (error) {
    if (!(error instanceof UnknownYear)) throw error;
    notes.push(`没有 ${error.year} 年的放假安排，应开屏时间算不出来。`);
  }
  if (counted.from > window.from)
    notes.push(`开屏情况自播放记录开始的 ${formatCivil(site.zone, counted.from).replace("T", " ")} 起计。`);
  if (known.some(({ planned }) => planned)) notes.push("播放记录开始之前签发的信息，首次上屏之日按播放安排计。");
  notes.push(
    "平均用时：自形成日期次日起，至首次上屏（只张贴纸质件的，登记张贴）之日的工作日数；核对一致：每次回读画面均与节目单一致的时间。",
  );
  return { items, boards, notes };
}

interface Shown {
  readonly line: RegisterLine;
  /** null: it cannot be read back. */
  readonly record: NoticeRecord | null;
  readonly shownOn: CivilDate | null;
  /** It was signed before there was a play log: only the plan says when it was first shown. */
  readonly planned: boolean;
}

/** A notice is shown when its first revision is: what was only put in better words is not late for it. */
async function shownBy(
  { store, site, clock, firstDay }: MonthSources,
  lines: readonly RegisterLine[],
  logFrom: Instant,
): Promise<readonly Shown[]> {
  const read: { line: RegisterLine; record: NoticeRecord | null; signedAt: Instant | null }[] = [];
  for (const line of lines) {
    const record = await store.notices.revision(line.notice, line.number);
    const first = line.number === 1 ? record : await store.notices.revision(line.notice, 1);
    const signedAt = record?.seal ? (first?.seal ?? record.seal).body.at : null;
    read.push({ line, record, signedAt });
  }
  const logged = read.filter(({ signedAt }) => signedAt !== null && signedAt >= logFrom);
  const time = {
    from: logged.reduce((least, { signedAt }) => Math.min(least, signedAt ?? least), clock.now()),
    until: clock.now(),
  };
  const boards = site.boards.map(({ id }) => id);
  const shown = await firstShown(store.play, boards, new Set(logged.map(({ line }) => line.notice)), time);
  // What is on no panel was made public when somebody hung it on paper.
  const unlit = new Set(read.map(({ line }) => line.notice).filter((notice) => !shown.has(notice)));
  const posted = postedFirst((await store.postings?.of([...unlit])) ?? []);
  const dayOf = (at: Instant | undefined) => (at === undefined ? null : dateAt(site.zone, at));
  const dated = read.map(async ({ line, record, signedAt }) => {
    const planned = signedAt !== null && signedAt < logFrom;
    const lit = signedAt === null ? null : planned ? await firstDay(line.notice) : dayOf(shown.get(line.notice));
    return { line, record, shownOn: lit ?? dayOf(posted.get(line.notice)), planned };
  });
  return Promise.all(dated);
}

function postedFirst(words: readonly SheetWords[]): ReadonlyMap<NoticeId, Instant> {
  const first = new Map<NoticeId, Instant>();
  for (const { notice, posted, before = [] } of words)
    for (const word of [posted, ...before.map((one) => one.posted)])
      if (word) first.set(notice, Math.min(word.at, first.get(notice) ?? word.at));
  return first;
}

function itemOf(
  { calendar, clock, site }: MonthSources,
  line: RegisterLine,
  record: NoticeRecord | null,
  shownOn: CivilDate | null,
): MonthItem {
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
  const { content, seal, supersededAt } = record;
  const unit = line.unit || content.signature.org || nothing.unit;
  try {
    const due = dueOn(content, calendar, site.disclosure ?? []);
    const [formed, shown] = [dayNumberOf(countsFrom(content) ?? ""), dayNumberOf(shownOn ?? "")];
    const lagDays =
      due === null || formed === null || shown === null ? null : workingDaysAfter(formed, shown, calendar);
    // Signed, and still on no board: late from the day after it was due.
    const waits = seal !== null && goneAt(record) === null && supersededAt === null && shownOn === null;
    const late = isLate(due, waits ? dateAt(site.zone, clock.now()) : shownOn);
    return { title: line.title, unit, formedOn: content.formedOn, shownOn, dueOn: due, lagDays, late };
  } catch (error) {
    // A year that the calendar does not know: the item counts, its deadline cannot be told.
    if (error instanceof UnknownYear) return { ...nothing, unit, formedOn: content.formedOn, shownOn };
    throw error;
  }
}

export async function boardOf(
  { site, store, calendar }: Pick<MonthSources, "site" | "calendar"> & { readonly store: { readonly play: PlayStore } },
  config: BoardConfig,
  { first, next }: Days,
  counted: Window,
): Promise<BoardMonth> {
  const { id, name, hours } = config;
  const open: Window[] = [];
  for (let day = first; day < next; day++) open.push(...openWindows(hours, day, site.zone, calendar));
  const due = intersected(open, [counted]);
  const confirmed: Window[] = [];
  // A stretch has its row when it ends, at most this much later.
  const until = counted.until + limits.playStillMs + limits.playGapMs;
  for await (const { data } of rowsOf(store.play, id, "play/confirmed", { from: counted.from, until }))
    for (const { from, to } of runOf(data)) if (to > from) confirmed.push({ from, until: to });
  const within = intersected(due, merged(confirmed));
  return {
    board: id,
    name,
    openMs: lengthOf(due),
    confirmedMs: lengthOf(within),
    readBack: capabilitiesOf(config).readBack,
  };
}

const lengthOf = (windows: readonly Window[]) => windows.reduce((sum, { from, until }) => sum + until - from, 0);
