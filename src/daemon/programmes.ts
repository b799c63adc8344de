/** Notices and calendar made into programmes for a board: the pure stages, fed from the book and the shelf. */
import type { BoardConfig, Site } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import {
  type Frame,
  frameAt,
  type Instant,
  lookup,
  type Message,
  type MessageHash,
  patternOf,
  type Window,
} from "../message/index.ts";
import { knownWindows, lifeOf, playlistFor } from "../playlist/playlist.ts";
import { programmeFor } from "../playlist/programme.ts";
import { ruleSentence } from "../playlist/reasons.ts";
import type { Candidate, PlannedProgramme, PlaylistDay } from "../playlist/types.ts";
import type { BoardProgramme } from "../preview/types.ts";
import { dateOf, partsOf } from "../time/days.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import { alarmsOf } from "./alarms.ts";
import type { Book } from "./book.ts";
import type { NoticeSet } from "./notice-set.ts";
import type { MessageShelf } from "./shelf.ts";

export interface Planned extends PlannedProgramme {
  readonly messages: ReadonlyMap<MessageHash, Message>;
  /** What kept a notice, or the whole board, from being planned as asked. */
  readonly faults: readonly Fault[];
}

/** Whole days kept for people who look at them again and again. Without their messages, which the shelf bounds. */
const daysKept = 64;
/** Days. */
const firstDayWithin = 3660;
const nobody: ReadonlySet<string> = new Set();

export class Programmes {
  private readonly site: Site;
  private readonly calendar: WorkCalendar;
  private readonly book: Book;
  private readonly shelf: MessageShelf;
  /** By `${version} ${calendar's version} ${board} ${day}`, the longest unused first. */
  private readonly days = new Map<string, Promise<PlannedProgramme>>();

  constructor(site: Site, calendar: WorkCalendar, book: Book, shelf: MessageShelf) {
    this.site = site;
    this.calendar = calendar;
    this.book = book;
    this.shelf = shelf;
  }

  /** `notices`: those of the time, if that is past (`Book.during`). */
  playlist(
    board: BoardConfig,
    from: Instant,
    until: Instant,
    notices: Pick<NoticeSet, "alive"> = this.book,
  ): readonly PlaylistDay[] {
    return this.daysOf(board, notices.alive(board.id, this.wholeDays(from, until)), from, until).days;
  }

  /** A year without a calendar is a fault, not an ordinary week: what depends on it is left out, and its reason says so. */
  private daysOf(board: BoardConfig, candidates: readonly Candidate[], from: Instant, until: Instant) {
    const { calendar } = this;
    const { zone } = this.site;
    const firstDay = dayNumberAt(zone, from);
    const lastDay = dayNumberAt(zone, Math.max(from, until - 1));
    const { hours, quiet } = board;
    const days = playlistFor({ hours, quiet, candidates, calendar, zone, firstDay, lastDay });
    const asks = ({ rule, blocked }: Candidate) => rule.calendar !== "everyday" && blocked === null;
    const years = new Set(
      days.map(({ dayNumber }) => partsOf(dayNumber).year).filter((year) => !calendar.covers(year)),
    );
    const everyDay = [hours, ...(quiet ?? [])].every(({ days: kind }) => kind === "everyday");
    if (everyDay && !candidates.some(asks)) years.clear();
    return { days, faults: [...years].map((year): Fault => ({ code: "calendar/unknown", year })) };
  }

  /** The civil days that [from, until) touches. */
  private wholeDays(from: Instant, until: Instant): Window {
    const { zone } = this.site;
    const last = dayNumberAt(zone, Math.max(from, until - 1));
    return { from: instantOf(zone, dayNumberAt(zone, from), 0), until: instantOf(zone, last + 1, 0) };
  }

  /** What the board plays in [from, until), with every message that it needs. `without`: notices to leave out. */
  async plan(
    board: BoardConfig,
    from: Instant,
    until: Instant,
    without: ReadonlySet<string> = nobody,
  ): Promise<Planned> {
    const faults: Fault[] = [...alarmsOf(this.book, board.id)];
    const whole = this.wholeDays(from, until);
    const alive = (await this.book.during(whole)).alive(board.id, whole);
    let candidates = alive.filter((one) => !without.has(one.notice));
    for (;;) {
      const { days, faults: unknown } = this.daysOf(board, candidates, from, until);
      const wanted = new Set(days.flatMap((day) => day.intervals.flatMap((interval) => interval.notices)));
      const messages = new Map<MessageHash, Message>();
      const lost = new Set<MessageHash>();
      for (const candidate of candidates) {
        if (candidate.message === null || !wanted.has(candidate.notice)) continue;
        const message = await this.shelf.get(candidate.message);
        if (message) messages.set(message.hash, message);
        else lost.add(candidate.message);
      }
      if (lost.size > 0) {
        // Pixels that are gone or altered block their notice alone; the rest of the board goes on without it.
        candidates = candidates.map((one): Candidate => {
          if (one.message === null || !lost.has(one.message)) return one;
          faults.push({ code: "message/altered", board: board.id, message: one.message });
          return { ...one, message: null, blocked: "no-pixels" };
        });
        continue;
      }
      const timed = candidates.map((one) => ({
        ...one,
        durationMs: messages.get(one.message ?? "")?.durationMs ?? one.durationMs,
      }));
      const made = programmeFor({
        days,
        candidates: timed,
        shape: board.shape,
        zone: this.site.zone,
        from,
        until,
        board: board.id,
      });
      faults.push(...unknown);
      if (made.ok) return { ...made.planned, messages: used(made.planned, messages), faults };
      return { ...nothing(board, from, until), faults: [...faults, made.fault] };
    }
  }

  /** The civil day that holds `at`, kept for the next question. */
  day(board: BoardConfig, at: Instant): Promise<PlannedProgramme> {
    const { zone } = this.site;
    const day = dayNumberAt(zone, at);
    const key = `${this.book.version} ${this.calendar.version} ${board.id} ${day}`;
    const kept = this.days.get(key);
    this.days.delete(key);
    const made =
      kept ??
      this.plan(board, instantOf(zone, day, 0), instantOf(zone, day + 1, 0)).then(
        ({ programme, owners }) => ({ programme, owners }),
        (error: unknown) => {
          // A failure is not kept: the next question asks again.
          this.days.delete(key);
          throw error;
        },
      );
    this.days.set(key, made);
    const oldest = this.days.keys().next().value;
    if (this.days.size > daysKept && oldest !== undefined) this.days.delete(oldest);
    return made;
  }

  /** Messages that were erased. */
  forget(hashes: readonly MessageHash[]): void {
    this.shelf.forget(hashes);
  }

  /** `planned`: where it is not the schedule's. */
  async frame(board: BoardConfig, at: Instant, planned?: PlannedProgramme): Promise<Frame> {
    const { programme } = planned ?? (await this.day(board, at));
    const hash = lookup(programme, at).message;
    const message = hash === null ? null : await this.shelf.get(hash);
    return frameAt(programme, () => message ?? undefined, at);
  }

  /** Whose message is lit at `at`. */
  async noticesAt(board: BoardConfig, at: Instant, planned?: PlannedProgramme): Promise<readonly string[]> {
    const { programme, owners } = planned ?? (await this.day(board, at));
    const { message } = lookup(programme, at);
    const found = new Set<string>();
    for (const [index, span] of programme.spans.entries())
      for (const [turn, place] of span.turns.entries())
        if (message !== null && programme.messages[place.message] === message) found.add(owners[index]?.[turn] ?? "");
    return [...found];
  }

  /**
   * First civil day on which a notice is on any board, or is to be by its schedule if it is not signed (YYYY-MM-DD);
   * null: never, or not within ten years. `since`: what was shown before does not count. `notices`: has it, if it is over.
   */
  firstDay(
    notice: string,
    since: Instant = Number.NEGATIVE_INFINITY,
    notices: Pick<NoticeSet, "places"> = this.book,
  ): string | null {
    const { zone } = this.site;
    let first = Number.POSITIVE_INFINITY;
    for (const { board: id, candidate } of notices.places(notice)) {
      const board = this.site.boards.find((one) => one.id === id);
      if (!board) continue;
      const context = { hours: board.hours, quiet: board.quiet, calendar: this.calendar, zone };
      const { from: alive, until } = lifeOf(candidate);
      const from = Math.max(alive, since);
      if (from >= until) continue;
      const begins = dayNumberAt(zone, from);
      const last = Math.min(first - 1, dayNumberAt(zone, until - 1), begins + firstDayWithin);
      for (let day = begins; day <= last; day++) {
        if (!knownWindows({ ...candidate, blocked: null }, day, context).some((window) => window.until > from))
          continue;
        first = day;
        break;
      }
    }
    return Number.isFinite(first) ? dateOf(first) : null;
  }

  /** With the words that people need beside the turns. */
  describe(planned: PlannedProgramme, has: Pick<NoticeSet, "record"> = this.book): BoardProgramme {
    const notices: Record<string, BoardProgramme["notices"][string]> = {};
    for (const id of new Set(planned.owners.flat())) {
      const record = has.record(id);
      if (record)
        notices[id] = { title: record.content.title, why: ruleSentence(record.schedule, record.schedule.priority) };
      const pattern = patternOf(id);
      if (pattern !== null) notices[id] = { title: `测试图 ${pattern}`, why: { zh: "维护中", en: "in maintenance" } };
    }
    return { programme: planned.programme, owners: planned.owners, notices };
  }
}

function nothing(board: BoardConfig, from: Instant, until: Instant): Omit<Planned, "faults"> {
  const programme = { shape: board.shape, base: from, endMs: until - from, messages: [], spans: [] };
  return { programme, owners: [], messages: new Map() };
}

function used(planned: PlannedProgramme, messages: ReadonlyMap<MessageHash, Message>): Map<MessageHash, Message> {
  const out = new Map<MessageHash, Message>();
  for (const hash of planned.programme.messages) {
    const message = messages.get(hash);
    if (message) out.set(hash, message);
  }
  return out;
}
