/** What is overdue (R01, R27), and years that the calendar lacks and will be asked about: told on the boards that they are about. */
import { canonicalJson } from "../canonical-json.ts";
import type { BoardConfig } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import { countsFrom, deadlineOf } from "../notices/deadlines.ts";
import { goneAt } from "../notices/ended.ts";
import type { BoardId, Content, NoticeId } from "../notices/types.ts";
import type { BoardFacts } from "../panels/contract.ts";
import { lifeOf } from "../playlist/playlist.ts";
import type { Store } from "../store/index.ts";
import { UnknownYear } from "../time/calendar.ts";
import { dayNumberOf } from "../time/days.ts";
import { Pieces } from "../time/pieces.ts";
import { dateAt, dayNumberAt } from "../time/zone.ts";
import { type Asked, calendarFaults, hoursAsk, warnDays } from "./calendar-watch.ts";
import type { Desk } from "./desk.ts";

export interface DeadlineWatchParts extends Pick<Desk, "site" | "clock" | "book" | "calendar" | "programmes"> {
  readonly store: Pick<Store, "drafts">;
  /** Other faults than before. */
  changed(): void;
}

/** What is drafted has no version to be noticed by. */
const againMs = 3_600_000;
const dayMs = 86_400_000;

export class DeadlineWatch {
  private readonly parts: DeadlineWatchParts;
  private looked = "";
  private found: ReadonlyMap<BoardId, BoardFacts["faults"]> = new Map();

  constructor(parts: DeadlineWatchParts) {
    this.parts = parts;
  }

  faults(board: BoardId): BoardFacts["faults"] {
    return this.found.get(board) ?? [];
  }

  /** Whether a look could find something else than the last one. */
  due(now: Instant): boolean {
    return this.looked !== this.key(now);
  }

  async look(): Promise<void> {
    const { site, clock, changed } = this.parts;
    const now = clock.now();
    const key = this.key(now);
    const overdue = await this.overdue(now);
    const found = new Map<BoardId, BoardFacts["faults"]>();
    for (const board of site.boards) {
      const faults = [...this.calendarOf(board, now), ...(overdue.get(board.id) ?? [])].slice(0, limits.faultsPerBoard);
      const before = new Map(this.faults(board.id).map((one) => [canonicalJson(one.fault), one]));
      found.set(
        board.id,
        faults.map((fault) => before.get(canonicalJson(fault)) ?? { fault, at: now }),
      );
    }
    const isOther = canonicalJson([...found]) !== canonicalJson([...this.found]);
    this.found = found;
    this.looked = key;
    if (isOther) changed();
  }

  private key(now: Instant): string {
    const { book, calendar, site } = this.parts;
    return `${book.version} ${calendar.version} ${dayNumberAt(site.zone, now)} ${Math.floor(now / againMs)}`;
  }

  /** Of what may still be shown: drafts, what waits for a signature, and what is signed. */
  private async overdue(now: Instant): Promise<ReadonlyMap<BoardId, readonly Fault[]>> {
    const { book, programmes, store, site } = this.parts;
    const found = new Map<BoardId, Fault[]>();
    const pieces = new Pieces();
    const tell = (boards: readonly BoardId[], fault: Fault | null) => {
      if (fault !== null) for (const board of boards) found.set(board, [...(found.get(board) ?? []), fault]);
    };
    const drafts = await store.drafts.list();
    const edited = new Set(drafts.map(({ notice }) => notice));
    for (const record of book.all()) {
      const { id, content, schedule, seal } = record;
      await pieces.rest();
      if (countsFrom(content) === null || content.slots || goneAt(record) !== null || schedule.until <= now) continue;
      if (edited.has(id) && seal === null) continue;
      const first = seal === null ? null : programmes.firstDay(id, book.changedAt(id) ?? undefined);
      tell(schedule.boards, this.late(id, content, first, now));
    }
    for (const { notice, document } of drafts) {
      const { content, schedule, changedOn } = document;
      const { track, openness, formedOn } = content;
      if (track === undefined || openness === undefined) continue;
      // An edit in other words only is late for nothing.
      if (changedOn === null && (await book.of([notice])).record(notice)?.seal) continue;
      const its = { track, openness, formedOn: formedOn ?? null, ...(changedOn !== null && { changedOn }) };
      tell(schedule.boards ?? site.boards.map(({ id }) => id), this.late(notice, its, null, now));
    }
    return found;
  }

  private late(
    notice: NoticeId,
    content: Pick<Content, "track" | "openness" | "formedOn" | "changedOn">,
    first: string | null,
    now: Instant,
  ): Fault | null {
    const { site, calendar } = this.parts;
    const today = dateAt(site.zone, now);
    try {
      const deadline = deadlineOf(content, first, today, calendar, site.disclosure ?? []);
      if (deadline?.colour !== "late" || deadline.daysLeft === null) return null;
      const days = (dayNumberOf(today) ?? 0) - (dayNumberOf(deadline.dueOn) ?? 0);
      return { code: "notice/overdue", notice, dueOn: deadline.dueOn, days };
    } catch (error) {
      // `calendar/unknown` says so.
      if (error instanceof UnknownYear) return null;
      throw error;
    }
  }

  private calendarOf(board: BoardConfig, now: Instant): readonly Fault[] {
    const { site, book, calendar } = this.parts;
    const today = dayNumberAt(site.zone, now);
    const asked: Asked[] = [...hoursAsk(board, today)];
    for (const quiet of board.quiet ?? []) asked.push(...hoursAsk({ hours: quiet }, today));
    for (const candidate of book.alive(board.id, { from: now, until: now + (warnDays + 1) * dayMs })) {
      if (candidate.blocked !== null) continue;
      const { from, until } = lifeOf(candidate);
      const life = { first: dayNumberAt(site.zone, from), last: dayNumberAt(site.zone, until - 1) };
      const content = book.record(candidate.notice)?.content;
      if (candidate.rule.calendar !== "everyday" || content?.publicity?.unit === "workday") asked.push(life);
      // Where one notice has a deadline, others will: they are formed on any day.
      if (content && countsFrom(content) !== null) asked.push({ first: today, last: today + warnDays });
    }
    return calendarFaults(asked, today, calendar);
  }
}
