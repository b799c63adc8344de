/**
 * Boards that look wrong though nothing has failed (R27): nothing new for weeks, something over that is still lit, a day
 * with nothing. And what people want to know of a board: when it last changed, and the oldest that is on it.
 */
import type { BoardHistory } from "../api/office.ts";
import type { BoardConfig } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import type { BoardId } from "../notices/types.ts";
import type { BoardFacts } from "../panels/contract.ts";
import { defaultPriority, lifeOf, spanOf } from "../playlist/index.ts";
import { bootMs } from "../time/boot.ts";
import { wallClock } from "../time/clock.ts";
import { Pieces } from "../time/pieces.ts";
import { dateOf } from "../time/days.ts";
import { dateAt, dayNumberAt, formatCivil } from "../time/zone.ts";
import { ClockWatch } from "./clock-watch.ts";
import type { Desk } from "./desk.ts";
import { outlookHere } from "./outlook.ts";
import { Unchecked } from "./unchecked.ts";

export interface BoardWatchParts extends Pick<Desk, "site" | "clock" | "calendar" | "book"> {
  facts(board: BoardId): BoardFacts;
  readonly clocks: Pick<ClockWatch, "faults" | "look">;
  /** Absent: nobody asks. */
  readonly unchecked?: Pick<Unchecked, "faults" | "look">;
  /** Other faults than before. */
  changed(): void;
}

const dayMs = 86_400_000;
/** A frame takes so long to be sent and read back. */
const lateMs = 60_000;
/** Of a day, slots that are told of one by one. */
const slotsTold = 5;

/** When lives on a board begin and end, sorted: whatever their number, "the last before now" is found at once. */
interface Lives {
  readonly begins: Float64Array;
  readonly ends: Float64Array;
  /** When it had its first default picture; null: never. */
  readonly since: Instant | null;
}

export class BoardWatch {
  private readonly parts: BoardWatchParts;
  private known = -1;
  private lives: ReadonlyMap<BoardId, Lives> = new Map();
  /** What was over before is not in the book that `lives` were made of. */
  private since: Instant = Number.NEGATIVE_INFINITY;
  private todayOf = "";
  private today: ReadonlyMap<BoardId, readonly Fault[]> = new Map();
  private found: ReadonlyMap<BoardId, BoardFacts["faults"]> = new Map();
  private looking: Promise<void> | null = null;

  constructor(parts: BoardWatchParts) {
    this.parts = parts;
  }

  faults(board: BoardId): BoardFacts["faults"] {
    const { clocks, unchecked } = this.parts;
    return [...clocks.faults, ...(this.found.get(board) ?? []), ...(unchecked?.faults(board) ?? [])];
  }

  history(board: BoardId): BoardHistory {
    const now = this.parts.clock.now();
    const lives = this.lives.get(board);
    const changes = lives ? [lastUntil(lives.begins, now), lastUntil(lives.ends, now)] : [];
    const changed = Math.max(Number.NEGATIVE_INFINITY, ...changes.flatMap((at) => at ?? []));
    let oldest: BoardHistory["oldest"] = null;
    for (const candidate of this.parts.book.alive(board, { from: now, until: now + 1 })) {
      if (candidate.blocked !== null || candidate.priority === defaultPriority) continue;
      const since = lifeOf(candidate).from;
      if (oldest === null || since < oldest.since) oldest = { notice: candidate.notice, since };
    }
    return { changed: Number.isFinite(changed) ? changed : null, oldest };
  }

  /** One look at a time; who asks meanwhile waits for the one that goes on. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { site, clock, book, clocks, unchecked, changed } = this.parts;
    const { version } = book;
    if (version !== this.known) {
      const { since } = book;
      this.lives = await this.livesOf();
      this.since = since;
      this.known = version;
    }
    const now = clock.now();
    const day = dayNumberAt(site.zone, now);
    const key = `${version} ${day} ${this.parts.calendar.version}`;
    if (key !== this.todayOf) {
      this.today = await this.emptyToday(day);
      this.todayOf = key;
    }
    const found = new Map<BoardId, BoardFacts["faults"]>();
    for (const board of site.boards) {
      const faults = [
        ...(await this.expired(board.id)),
        ...this.stale(board.id, now),
        ...(this.today.get(board.id) ?? []),
      ];
      const before = new Map((this.found.get(board.id) ?? []).map((one) => [JSON.stringify(one.fault), one]));
      found.set(
        board.id,
        faults.map((fault) => before.get(JSON.stringify(fault)) ?? { fault, at: now }),
      );
    }
    const isOther = JSON.stringify([...found]) !== JSON.stringify([...this.found]);
    this.found = found;
    const isOtherwise = [await clocks.look(), (await unchecked?.look()) ?? false, isOther];
    if (isOtherwise.includes(true)) changed();
  }

  private async livesOf(): Promise<ReadonlyMap<BoardId, Lives>> {
    const pieces = new Pieces();
    const all = new Map<BoardId, Lives>();
    for (const { id } of this.parts.site.boards) {
      const begins: number[] = [];
      const ends: number[] = [];
      let since: Instant | null = null;
      for (const candidate of this.parts.book.candidates(id)) {
        const { from, until } = lifeOf(candidate);
        await pieces.rest();
        if (candidate.blocked !== null || from >= until) continue;
        if (candidate.priority === defaultPriority) {
          // In practice it has been there for ever: nobody has left that board alone.
          if (from > 0) since = Math.min(from, since ?? from);
          continue;
        }
        begins.push(from);
        ends.push(until);
      }
      const over = await this.overOn(id);
      if (over.begin !== null) begins.push(over.begin);
      if (over.end !== null) ends.push(over.end);
      all.set(id, { begins: Float64Array.from(begins).sort(), ends: Float64Array.from(ends).sort(), since });
    }
    return all;
  }

  /** The last of what the book does not hold any more: from the disk once, and again when the clock was put back. */
  private async overOn(board: BoardId): Promise<{ readonly begin: Instant | null; readonly end: Instant | null }> {
    const { book } = this.parts;
    const lives = this.lives.get(board);
    if (lives === undefined || book.since < this.since)
      return (await book.lastOver(board)) ?? { begin: null, end: null };
    return { begin: lastUntil(lives.begins, book.since), end: lastUntil(lives.ends, book.since) };
  }

  private stale(board: BoardId, now: Instant): Fault[] {
    const lives = this.lives.get(board);
    const last = lives && (lastUntil(lives.begins, now) ?? lives.since);
    const days = limits.staleDays;
    if (last === undefined || last === null || now - last < days * dayMs) return [];
    return [{ code: "board/stale", board, since: dateAt(this.parts.site.zone, last), days }];
  }

  /** What was read back may be a notice's whose time was over then, and a moment before. */
  private async expired(board: BoardId): Promise<Fault[]> {
    const { facts, book, site } = this.parts;
    const { confirmed } = facts(board);
    const notice = confirmed?.notice ?? null;
    if (confirmed === null || notice === null) return [];
    const lives = (await book.of([notice]))
      .places(notice)
      .filter((placed) => placed.board === board)
      .map(({ candidate }) => lifeOf(candidate));
    const over = ({ from, until }: { from: Instant; until: Instant }) =>
      until <= confirmed.at - lateMs || from >= until;
    if (lives.length === 0 || !lives.every(over)) return [];
    const until = formatCivil(site.zone, Math.max(...lives.map((life) => life.until))).slice(0, 16);
    return [{ code: "board/expired-lit", board, notice, until: until.replace("T", " ") }];
  }

  private async emptyToday(day: number): Promise<ReadonlyMap<BoardId, readonly Fault[]>> {
    const { site } = this.parts;
    const span = spanOf(site.zone, { firstDay: day, lastDay: day });
    const all = new Map<BoardId, readonly Fault[]>();
    for (const board of site.boards) all.set(board.id, await this.emptyOn(board, span, dateOf(day)));
    return all;
  }

  private async emptyOn(board: BoardConfig, span: { from: Instant; until: Instant }, day: string): Promise<Fault[]> {
    // How long messages last decides nothing of what is told here.
    const durations = { timed: async <T>(all: readonly T[]) => [...all] };
    const { findings } = await outlookHere({ ...this.parts, durations }, board, span);
    const empty = (notice: string | null): Fault => ({ code: "board/empty-slot", board: board.id, day, notice });
    const promised = findings.flatMap((one) => (one.kind === "unfilled" && one.why === "draft" ? [one.notice] : []));
    const whole = findings.some(({ kind }) => kind === "empty");
    return [...(whole ? [empty(null)] : []), ...promised.slice(0, slotsTold).map(empty)];
  }
}

/** Of a running office. */
export function openBoardWatch(desk: Desk, facts: BoardWatchParts["facts"], changed: () => void): BoardWatch {
  const { store, clock } = desk;
  const lastRows = async () => {
    const { seq } = await store.ledger.head("register");
    const played = await store.play.last();
    const registered = seq === 0 ? [] : await store.ledger.rows("register", seq - 1, 1);
    return [...registered, ...(played ? [played] : [])];
  };
  const clocks = new ClockWatch({ wall: wallClock, clock, boot: bootMs, lastRows });
  return new BoardWatch({ ...desk, facts, clocks, unchecked: new Unchecked(desk), changed });
}

/** The last of them that is at most `at`; null: none. */
function lastUntil(sorted: Float64Array, at: Instant): Instant | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1] ?? null;
}
