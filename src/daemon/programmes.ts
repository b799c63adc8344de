/** Notices and calendar made into programmes for a board: the pure stages, fed from the book and the shelf. */
import type { BoardConfig, Site } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import type { Instant, Message, MessageHash } from "../message/index.ts";
import { eligibleWindows, playlistFor } from "../playlist/playlist.ts";
import { programmeFor } from "../playlist/programme.ts";
import { ruleSentence } from "../playlist/reasons.ts";
import type { Candidate, PlannedProgramme, PlaylistDay } from "../playlist/types.ts";
import type { BoardProgramme } from "../preview/types.ts";
import { dateOf, partsOf } from "../time/days.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import type { Book } from "./book.ts";
import type { MessageShelf } from "./shelf.ts";

export interface Planned extends PlannedProgramme {
  readonly messages: ReadonlyMap<MessageHash, Message>;
  /** What kept a notice, or the whole board, from being planned as asked. */
  readonly faults: readonly Fault[];
}

export class Programmes {
  private readonly site: Site;
  private readonly calendar: WorkCalendar;
  private readonly book: Book;
  private readonly shelf: MessageShelf;
  /** Whole civil days that people look at again and again; `${version} ${board} ${day}`. */
  private readonly days = new Map<string, Promise<Planned>>();

  constructor(site: Site, calendar: WorkCalendar, book: Book, shelf: MessageShelf) {
    this.site = site;
    this.calendar = calendar;
    this.book = book;
    this.shelf = shelf;
  }

  playlist(board: BoardConfig, from: Instant, until: Instant): readonly PlaylistDay[] {
    return this.daysOf(board, this.book.candidates(board.id), from, until);
  }

  private daysOf(board: BoardConfig, candidates: readonly Candidate[], from: Instant, until: Instant) {
    const { zone } = this.site;
    return playlistFor({
      hours: board.hours,
      candidates,
      calendar: this.calendar,
      zone,
      firstDay: dayNumberAt(zone, from),
      lastDay: dayNumberAt(zone, Math.max(from, until - 1)),
    });
  }

  /** What the board plays in [from, until), with every message that it needs. */
  async plan(board: BoardConfig, from: Instant, until: Instant): Promise<Planned> {
    const faults: Fault[] = [];
    let candidates = this.book.candidates(board.id);
    for (;;) {
      const days = this.daysOf(board, candidates, from, until);
      const wanted = new Set(days.flatMap((day) => day.intervals.flatMap((interval) => interval.notices)));
      const messages = new Map<MessageHash, Message>();
      const lost = new Set<string>();
      for (const candidate of candidates) {
        if (candidate.message === null || !wanted.has(candidate.notice)) continue;
        const message = await this.shelf.get(candidate.message);
        if (message) messages.set(message.hash, message);
        else lost.add(candidate.notice);
      }
      if (lost.size > 0) {
        // Pixels that are gone or altered block their notice alone; the rest of the board goes on without it.
        candidates = candidates.map((one): Candidate => {
          if (!lost.has(one.notice)) return one;
          faults.push({ code: "message/altered", board: board.id, message: one.message ?? "" });
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
      if (made.ok) return { ...made.planned, messages: used(made.planned, messages), faults };
      return { ...this.nothing(board, from, until), faults: [...faults, made.fault] };
    }
  }

  private nothing(board: BoardConfig, from: Instant, until: Instant): Omit<Planned, "faults"> {
    const programme = { shape: board.shape, base: from, endMs: until - from, messages: [], spans: [] };
    return { programme, owners: [], messages: new Map() };
  }

  /** The civil day that holds `at`, kept for the next question. */
  day(board: BoardConfig, at: Instant): Promise<Planned> {
    const { zone } = this.site;
    const day = dayNumberAt(zone, at);
    const key = `${this.book.version} ${board.id} ${day}`;
    const kept = this.days.get(key);
    if (kept) return kept;
    const made = this.plan(board, instantOf(zone, day, 0), instantOf(zone, day + 1, 0));
    this.days.set(key, made);
    const oldest = this.days.keys().next().value;
    if (this.days.size > 64 && oldest !== undefined) this.days.delete(oldest);
    return made;
  }

  /** First civil day on which a notice is, or is to be, on any board (YYYY-MM-DD); null: never. */
  firstDay(notice: string): string | null {
    const { zone } = this.site;
    let first = Number.POSITIVE_INFINITY;
    for (const board of this.site.boards) {
      const candidate = this.book.candidates(board.id).find((one) => one.notice === notice);
      if (!candidate || candidate.blocked) continue;
      const context = { hours: board.hours, calendar: this.calendar, zone };
      const last = Math.min(first - 1, dayNumberAt(zone, candidate.window.until - 1));
      for (let day = dayNumberAt(zone, candidate.window.from); day <= last; day++) {
        if (!this.calendar.covers(partsOf(day).year)) break;
        if (eligibleWindows(candidate, day, context).length > 0) {
          first = day;
          break;
        }
      }
    }
    return Number.isFinite(first) ? dateOf(first) : null;
  }

  /** With the words that people need beside the turns. */
  describe(planned: PlannedProgramme): BoardProgramme {
    const notices: Record<string, BoardProgramme["notices"][string]> = {};
    for (const id of new Set(planned.owners.flat())) {
      const record = this.book.record(id);
      if (record)
        notices[id] = { title: record.content.title, why: ruleSentence(record.schedule, record.schedule.priority) };
    }
    return { programme: planned.programme, owners: planned.owners, notices };
  }
}

function used(planned: PlannedProgramme, messages: ReadonlyMap<MessageHash, Message>): Map<MessageHash, Message> {
  const out = new Map<MessageHash, Message>();
  for (const hash of planned.programme.messages) {
    const message = messages.get(hash);
    if (message) out.set(hash, message);
  }
  return out;
}
