/**
 * 公示期满: what is over is put on record by itself, once, whatever happens between; a person says what came of it (R08, R09).
 * Everything is decided from notices, schedules and what is on record already: a missed look, a restart or a jump of the clock
 * costs nothing but the wait for the next.
 */
import type { PublicityOffice, PublicityView } from "../api/publicity-routes.ts";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant, Window } from "../message/types.ts";
import { type EndedPeriod, type Interruptions, isSame, lengthOf, type Period, stateOf } from "../notices/publicity.ts";
import { kindOf } from "../notices/screening/form.ts";
import type { NoticeId, NoticeRecord } from "../notices/types.ts";
import { lifeOf } from "../playlist/playlist.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { Store } from "../store/index.ts";
import { UnknownYear } from "../time/calendar.ts";
import { dateOf } from "../time/days.ts";
import { dateAt, dayNumberAt } from "../time/zone.ts";
import type { Desk } from "./desk.ts";
import { litDays } from "./lit-days.ts";
import type { NoticeSet, Placed } from "./notice-set.ts";

export interface PublicityParts extends Pick<Desk, "site" | "clock" | "book"> {
  readonly calendar: Parameters<typeof lengthOf>[2];
  readonly store: Pick<Store, "publicity" | "change" | "play">;
  /** After an end is prepared, before it is written: for tests that stop here. */
  readonly prepared?: () => Promise<void>;
}

/** The last read-backs of a board come into the play log this much later. */
const settledMs = limits.playStillMs + limits.playGapMs;

export class Publicity implements PublicityOffice {
  private readonly parts: PublicityParts;
  /** Of what the book holds. */
  private periods: readonly Period[] = [];
  private read = -1;
  /** Of what is over and was not on record when this daemon began, or was not yet when the book let go of it. */
  private left: readonly Period[] | null = null;
  private ended: Map<NoticeId, EndedPeriod> | null = null;

  constructor(parts: PublicityParts) {
    this.parts = parts;
  }

  /** Over, and not on record. */
  async due(now: Instant): Promise<readonly Period[]> {
    const recorded = await this.recorded();
    this.left ??= await this.leftOver(recorded);
    return this.over(now, recorded);
  }

  /** What ended while nobody looked: of all notices with a period those that the book does not hold. */
  private async leftOver(recorded: ReadonlyMap<NoticeId, EndedPeriod>): Promise<readonly Period[]> {
    const { book } = this.parts;
    const left: Period[] = [];
    for await (const some of book.over(await book.mentioning(periodInJson)))
      for (const record of some.all()) {
        const period = this.periodOf(record, some);
        if (period !== null && !isRecorded(period, recorded)) left.push(period);
      }
    return left;
  }

  private over(now: Instant, ended: ReadonlyMap<NoticeId, EndedPeriod>): readonly Period[] {
    return [...this.all(), ...(this.left ?? [])].filter((period) => {
      return period.until + settledMs <= now && !isRecorded(period, ended);
    });
  }

  /** The same in a word, without asking the disk; also before it was asked for the first time. */
  isDue(now: Instant): boolean {
    return this.ended === null || this.left === null || this.over(now, this.ended).length > 0;
  }

  /** A look of the heartbeat. */
  async run(): Promise<void> {
    for (const period of await this.due(this.parts.clock.now())) await this.record(period);
    const recorded = await this.recorded();
    this.left = (this.left ?? []).filter((period) => !isRecorded(period, recorded));
  }

  async list(): Promise<readonly PublicityView[]> {
    const { clock, calendar, site } = this.parts;
    const ended = await this.recorded();
    const now = clock.now();
    return (await this.every()).map((period): PublicityView => {
      const known = ended.get(period.notice) ?? null;
      const its = known !== null && isSame(known, period) ? known : null;
      const length = lengthOf(period, site.zone, calendar);
      return {
        ...period,
        actual: length,
        state: stateOf(period, known, length, now),
        interruptions: its?.interruptions ?? null,
        result: its?.result ?? null,
      };
    });
  }

  async conclude(
    caller: Parameters<PublicityOffice["conclude"]>[0],
    notice: NoticeId,
    { note, result }: Parameters<PublicityOffice["conclude"]>[2],
  ): Promise<PublicityView> {
    const { book, store, clock } = this.parts;
    const period = (await this.every()).find((one) => one.notice === notice);
    if (period === undefined) throw new FaultError({ code: "publicity/unknown", notice });
    if (result !== null && (result === notice || !(await book.of([result])).has(result)))
      throw new FaultError({ code: "publicity/result", notice, result });
    const concluded = await store.change(caller.account ?? caller.via, async (tx) => {
      const before = await tx.publicity.get(notice);
      if (before === null || !isSame(before, period)) throw new FaultError({ code: "publicity/running", notice });
      const by = { by: caller.account ?? caller.via, name: caller.name, at: clock.now() };
      const after = { ...before, result: { note, notice: result, ...by } };
      await tx.publicity.put(after);
      const was = before.result && { note: before.result.note, result: before.result.notice };
      const data = { name: caller.name, number: period.number, note, result, before: was };
      await tx.record({ action: "publicity/result", subject: notice, data });
      return after;
    });
    (await this.recorded()).set(notice, concluded);
    return (await this.list()).find((one) => one.notice === notice) as PublicityView;
  }

  private async recorded(): Promise<Map<NoticeId, EndedPeriod>> {
    this.ended ??= new Map((await this.parts.store.publicity.list()).map((one) => [one.notice, one]));
    return this.ended;
  }

  /** By notice: what the book holds, and of what is over what is on record or still has to be. */
  private async every(): Promise<readonly Period[]> {
    const recorded = await this.recorded();
    this.left ??= await this.leftOver(recorded);
    const all = new Map<NoticeId, Period>();
    for (const { actual, interruptions, recordedAt, result, ...period } of recorded.values())
      if (!this.parts.book.has(period.notice)) all.set(period.notice, period);
    for (const period of [...this.left, ...this.all()]) all.set(period.notice, period);
    return [...all.values()].sort((one, other) => (one.notice < other.notice ? -1 : 1));
  }

  /** Of what the book holds; worked out anew when it was read anew. */
  private all(): readonly Period[] {
    const { book } = this.parts;
    if (this.read !== book.version) {
      const { ended } = this;
      const gone = this.periods.filter(({ notice }) => !book.has(notice));
      this.periods = book.all().flatMap((record) => this.periodOf(record, book) ?? []);
      this.read = book.version;
      const left = (this.left ?? []).filter(({ notice }) => !book.has(notice));
      if (this.left !== null)
        this.left = [...left, ...gone.filter((period) => ended === null || !isRecorded(period, ended))];
    }
    return this.periods;
  }

  private periodOf({ id, content, revisionNumber }: NoticeRecord, has: Pick<NoticeSet, "places">): Period | null {
    const { publicity, title } = content;
    if (publicity === null) return null;
    const places = has.places(id).filter(({ candidate }) => candidate.blocked === null);
    const lives = places.map(({ candidate }) => lifeOf(candidate)).filter(({ from, until }) => from < until);
    if (lives.length === 0) return null;
    const until = Math.max(...lives.map((life) => life.until));
    // What replaced a revision says when the whole is to end.
    const signedAt = ({ candidate }: Placed) => candidate.signedAt ?? Number.NEGATIVE_INFINITY;
    const last = Math.max(...places.map(signedAt));
    const newest = places.filter((place) => signedAt(place) === last);
    const planned = Math.max(...newest.map(({ candidate }) => candidate.window.until));
    return {
      ...{ notice: id, title, number: revisionNumber, kind: kindOf(content) },
      ...{ required: publicity.required, unit: publicity.unit },
      from: beginOf(lives, this.parts.site.zone),
      until,
      stopped: until < planned,
    };
  }

  private async record(period: Period): Promise<void> {
    const { store, calendar, site, clock } = this.parts;
    const actual = lengthOf(period, site.zone, calendar);
    const interruptions = await this.interruptions(period);
    await this.parts.prepared?.();
    const ended: EndedPeriod = { ...period, actual, interruptions, recordedAt: clock.now(), result: null };
    await store.change("system", async (tx) => {
      const before = await tx.publicity.get(period.notice);
      if (before !== null && isSame(before, period)) return;
      await tx.publicity.put(ended);
      const { notice, stopped, title, number, kind, required, unit, from, until } = period;
      await tx.record({
        action: stopped ? "publicity/stopped" : "publicity/ended",
        subject: notice,
        data: {
          ...{ title, number, kind, required, unit, from, until, actual },
          short: actual === null ? null : actual < required,
          interruptions: {
            watchedFrom: interruptions.watchedFrom,
            days: interruptions.days && [...interruptions.days],
          },
        },
      });
    });
    (await this.recorded()).set(period.notice, ended);
  }

  /** Of the days that count, those on which no board that can be read back is known to have shown it. */
  private async interruptions(period: Period): Promise<Interruptions> {
    const { site, store, book, calendar } = this.parts;
    const named = new Set((await book.of([period.notice])).places(period.notice).map(({ board }) => board));
    const boards = site.boards.filter((board) => named.has(board.id) && capabilitiesOf(board).readBack);
    const begin = (await store.play.first())?.boardAt ?? null;
    if (boards.length === 0 || begin === null || begin >= period.until) return { watchedFrom: null, days: null };
    const watched = Math.max(begin, period.from);
    const counted: number[] = [];
    for (let day = dayNumberAt(site.zone, watched); day <= dayNumberAt(site.zone, period.until - 1); day++)
      if (period.unit === "day" || isWorked(day, calendar)) counted.push(day);
    const days = counted.slice(0, limits.publicityDays);
    const ids = boards.map(({ id }) => id);
    const lit = await litDays(store.play, ids, period.notice, days, { from: watched, until: period.until }, site.zone);
    return {
      watchedFrom: dateAt(site.zone, watched),
      days: days.filter((day) => !lit.has(day)).map(dateOf),
    };
  }
}

/** As a content with a period has it. */
const periodInJson = '"publicity":{';

function isRecorded(period: Period, ended: ReadonlyMap<NoticeId, EndedPeriod>): boolean {
  const known = ended.get(period.notice);
  return known !== undefined && isSame(known, period);
}

/** Of the last stretch without a civil day between: what hung last year is another period. */
function beginOf(lives: readonly Window[], zone: string): Instant {
  let from = Number.POSITIVE_INFINITY;
  for (const life of [...lives].sort((one, other) => other.until - one.until)) {
    if (Number.isFinite(from) && dayNumberAt(zone, from) - dayNumberAt(zone, life.until - 1) > 1) break;
    from = Math.min(from, life.from);
  }
  return from;
}

function isWorked(day: number, calendar: PublicityParts["calendar"]): boolean {
  try {
    return calendar.kind(day) === "workday";
  } catch (error) {
    if (error instanceof UnknownYear) return true;
    throw error;
  }
}
