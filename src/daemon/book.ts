/**
 * The office's notices. In memory, whole: what boards may still show. What is over stays in the store, however much of it
 * there is, and is read from there when somebody asks about it: the same notices, judged in the same way.
 */
import type { KeyObject } from "node:crypto";
import type { BoardConfig } from "../config/types.ts";
import { limits } from "../limits.ts";
import type { Instant, MessageHash, Window } from "../message/types.ts";
import { isOver } from "../notices/ended.ts";
import type { NoticeList, NoticeStore } from "../notices/store.ts";
import type { BoardId, NoticeId, NoticeRecord, SealVerdict } from "../notices/types.ts";
import { lifeOf } from "../playlist/playlist.ts";
import type { Candidate } from "../playlist/types.ts";
import type { Clock } from "../time/clock.ts";
import { type Judging, NoticeSet, type Placed } from "./notice-set.ts";

export type { Placed } from "./notice-set.ts";

export type BookStore = Pick<NoticeStore, "list" | "about" | "ids" | "reaching" | "endedLast" | "mentioning">;

/** What was on earlier today says whose turn is next; yesterday's report and the last withdrawals are asked about often. */
const keptMs = 2 * 86_400_000;
/** How far the clock may go, or be set back, before what is in memory is chosen anew. */
const driftMs = 86_400_000;

export class Book {
  private readonly store: BookStore;
  private readonly judging: Judging;
  private readonly clock: Clock | null;
  private living: NoticeSet;
  private from: Instant = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> = Promise.resolve();
  private asked: Promise<void> | null = null;
  /** Grows with each reload; programmes computed from an older one are stale. */
  version = 0;

  /**
   * `mode`: in a real office what was signed in practice is worth nothing, whoever's key it has. `boards`: of those that
   * are limited to some categories, which. `clock`: says what is over; without it all is held, as for offices of a test.
   */
  constructor(
    store: BookStore,
    publicKey: KeyObject,
    mode: "real" | "practice" = "practice",
    boards: readonly Pick<BoardConfig, "id" | "allows">[] = [],
    clock: Clock | null = null,
  ) {
    this.store = store;
    this.judging = { publicKey, mode, allows: new Map(boards.map(({ id, allows }) => [id, allows])) };
    this.clock = clock;
    this.living = new NoticeSet(this.judging);
  }

  /**
   * Reads what may still be shown again: after an import or any change of the store. One reading at a time; what is asked
   * for while one goes on is answered by the next.
   */
  reload(): Promise<void> {
    this.asked ??= this.reading.then(() => {
      this.asked = null;
      return this.read();
    });
    this.reading = this.asked.catch(() => {});
    return this.asked;
  }

  private async read(): Promise<void> {
    const from = this.clock === null ? Number.NEGATIVE_INFINITY : this.clock.now() - keptMs;
    const list = await this.store.list(this.clock === null ? undefined : from);
    this.living = await NoticeSet.from(list, this.judging);
    this.from = from;
    this.version++;
  }

  /** Whether the clock has gone so far since the last reading, either way, that others are over now. */
  isOff(now: Instant): boolean {
    return this.clock !== null && Math.abs(now - keptMs - this.from) > driftMs;
  }

  /** From when on all that was, is or will be on a board is in memory: what was over before is not. */
  get since(): Instant {
    return this.from;
  }

  // What may still be shown, at once. Of a notice that is over these know nothing: `of` and `during` do.

  /** Each notice's newest sealed revision, or its draft. */
  all(): readonly NoticeRecord[] {
    return this.living.all();
  }
  has(id: NoticeId): boolean {
    return this.living.has(id);
  }
  record(id: NoticeId): NoticeRecord | undefined {
    return this.living.record(id);
  }
  changedAt(id: NoticeId): Instant | null {
    return this.living.changedAt(id);
  }
  verdict(id: NoticeId, at?: Instant): SealVerdict {
    return this.living.verdict(id, at);
  }
  numberOf(id: NoticeId, board: BoardId, message: MessageHash): number | null {
    return this.living.numberOf(id, board, message);
  }
  candidates(board: BoardId): readonly Candidate[] {
    return this.living.candidates(board);
  }
  alive(board: BoardId, window: Window): readonly Candidate[] {
    return this.living.alive(board, window);
  }
  refused(board: BoardId): readonly Candidate[] {
    return this.living.refused(board);
  }
  places(id: NoticeId): readonly Placed[] {
    return this.living.places(id);
  }
  get unreadable(): NoticeList["unreadable"] {
    return this.living.unreadable;
  }

  /** These notices, over or not; who names more than a few of them takes them in portions. */
  async of(ids: readonly NoticeId[]): Promise<NoticeSet> {
    const { living } = this;
    const missing = [...new Set(ids)].filter((id) => !living.has(id)).sort();
    if (missing.length === 0) return living;
    const over = await NoticeSet.from(await this.store.about(missing), this.judging);
    return missing.length < new Set(ids).size ? living.with(over) : over;
  }

  /** All that may be shown now or later, with all that was within `window` and `ids`: what the rules of then are asked about. */
  async during(window: Window, ids: readonly NoticeId[] = []): Promise<NoticeSet> {
    const { living, from } = this;
    const past = window.from < from ? await this.store.reaching(window) : [];
    const missing = [...new Set([...past, ...ids])].filter((id) => !living.has(id)).sort();
    if (missing.length === 0) return living;
    return living.with(await NoticeSet.from(await this.store.about(missing), this.judging));
  }

  /** Every notice there is, by id, a portion at a time. `after`: those behind it. `down`: the last ids first. */
  async *portions(after: NoticeId | null = null, down = false): AsyncGenerator<NoticeSet> {
    for (let last = after; ; ) {
      const ids = await this.store.ids(last, limits.noticesAtOnce, down);
      if (ids.length > 0) yield await NoticeSet.from(await this.store.about(ids), this.judging);
      if (ids.length < limits.noticesAtOnce) return;
      last = ids.at(-1) ?? null;
    }
  }

  /** Notices whose id, or the text of any revision, has these words: the last ids first, a portion at a time. */
  async *having(words: string, after: NoticeId | null = null): AsyncGenerator<NoticeSet> {
    const said = await this.store.mentioning(JSON.stringify(words).slice(1, -1));
    const found = new Set(said);
    for (let last: NoticeId | null = null; ; ) {
      const ids = await this.store.ids(last, limits.noticesPerList);
      for (const id of ids) if (id.includes(words)) found.add(id);
      last = ids.at(-1) ?? null;
      if (ids.length < limits.noticesPerList) break;
    }
    const ids = [...found].filter((id) => after === null || id < after).sort((one, other) => (one < other ? 1 : -1));
    for (let first = 0; first < ids.length; first += limits.noticesAtOnce)
      yield NoticeSet.from(await this.store.about(ids.slice(first, first + limits.noticesAtOnce).sort()), this.judging);
  }

  /** Every notice with an instant of its schedule in `window`, a portion at a time; the first also has all that is in memory. */
  async *within(window: Window): AsyncGenerator<NoticeSet> {
    const ids = await this.store.reaching(window);
    yield this.living;
    yield* this.over(ids);
  }

  /** Those of `ids` that are not in memory, a portion at a time. */
  async *over(ids: readonly NoticeId[]): AsyncGenerator<NoticeSet> {
    const missing = ids.filter((id) => !this.living.has(id));
    for (let first = 0; first < missing.length; first += limits.noticesAtOnce)
      yield NoticeSet.from(await this.store.about(missing.slice(first, first + limits.noticesAtOnce)), this.judging);
  }

  /** What a text in any revision's content, as JSON has it, names: ids, over or not; `message`: of those whose seals name it. */
  mentioning(json: string, message?: MessageHash): Promise<readonly NoticeId[]> {
    return this.store.mentioning(json, message);
  }

  async titleOf(id: NoticeId): Promise<string | null> {
    return (await this.of([id])).record(id)?.content.title ?? null;
  }

  /** The last that began, and the last that ended, on a board before `since`; null: nothing that was shown there. */
  async lastOver(board: BoardId): Promise<{ readonly begin: Instant; readonly end: Instant } | null> {
    let [begin, end] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let before = { until: this.from, notice: "", number: 0 }; Number.isFinite(before.until); ) {
      const found = await this.store.endedLast(board, before, limits.noticesAtOnce);
      for await (const some of this.over([...new Set(found.map(({ notice }) => notice))].sort()))
        for (const candidate of some.candidates(board)) {
          const life = lifeOf(candidate);
          if (candidate.blocked !== null || candidate.priority >= 10 || life.from >= life.until) continue;
          begin = Math.max(begin, life.from);
          end = Math.max(end, life.until);
        }
      // What ended earlier began earlier than that.
      const last = found.at(-1);
      if (last === undefined || found.length < limits.noticesAtOnce || last.until <= begin) break;
      before = last;
    }
    return Number.isFinite(begin) ? { begin, end } : null;
  }

  /** Whether a message is that of a revision with personal information whose time is over; undefined: no such revision. */
  async isPersonalPast(message: MessageHash, at: Instant): Promise<boolean | undefined> {
    const its = [...this.living.personalWith(message)];
    for await (const some of this.over(await this.mentioning(personalInJson, message)))
      its.push(...some.personalWith(message));
    const boardsOf = ({ seal }: NoticeRecord) =>
      (seal?.body.pixels ?? []).filter((one) => one.message === message).map(({ board }) => board);
    return its.length === 0 ? undefined : its.every((one) => isOver(one, boardsOf(one), at));
  }

  /** Whether any revision's seal names it. */
  async isSealed(message: MessageHash): Promise<boolean> {
    return this.living.isSealed(message) || (await this.mentioning("", message)).length > 0;
  }
}

/** As a content of them has it. */
const personalInJson = '"personal":true';
