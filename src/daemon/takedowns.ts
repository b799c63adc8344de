/**
 * What was taken down, until every board has said that it has gone. It decides from state alone: the open orders in the store,
 * what the book says may be lit now, what delivery knows to be on each panel. So nothing is lost with a daemon that dies in
 * between, and whatever it may have missed it sees at the next look. Retrying is delivery's: it never stops.
 */
import type { Takedowns, TakedownView } from "../api/takedown.ts";
import type { Site } from "../config/types.ts";
import type { Instant } from "../message/index.ts";
import type { Expected, OnPanels, Takedown, TakedownBoard, TakedownId } from "../notices/takedown.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { BoardFacts, Holding } from "../panels/contract.ts";
import { lightsUntil, type Seals } from "../panels/delivery/index.ts";
import { lifeOf } from "../playlist/playlist.ts";
import type { Candidate } from "../playlist/types.ts";
import type { Store } from "../store/index.ts";
import type { Clock } from "../time/clock.ts";
import { placesOf } from "./posting-list.ts";
import { deeds, minuteOf, secondOf, takedownView, type Wording } from "./takedown-words.ts";

export interface Paper {
  /** Whether it hangs there. */
  hangs(notice: string, board: string): boolean;
  /** And its time is over: somebody has to take it down. */
  lingers(notice: string, board: string): boolean;
  /** But nobody said that it was ever posted. */
  perhaps(notice: string, board: string): boolean;
}

export interface TakedownParts {
  readonly site: Pick<Site, "boards" | "cabinets" | "zone" | "holdMs">;
  readonly store: Pick<Store, "takedowns" | "change">;
  readonly clock: Clock;
  readonly seals: Seals;
  /** Of a board, every revision that names it. */
  candidates(board: string): readonly Candidate[];
  /** Of a notice, over or not. */
  titleOf(notice: string): string | null | Promise<string | null>;
  /** Whether everybody may know of it. */
  displayable(notice: string): boolean | Promise<boolean>;
  holding(board: string): Holding;
  link(board: string): BoardFacts["link"];
  /** Of paper beside the panel, which somebody said was posted; absent: there are no posting places. */
  paper?(): Paper;
  changed(): void;
  failed(error: unknown): void;
  wait(ms: number): Promise<void>;
}

/** Who withdraws something waits so long for its boards, then is told how far it is. */
const patienceMs = 2000;
/** So long a board that is reached may take to answer before its tile says that it has not. */
const quietMs = 10_000;

export class TakedownWatch implements Takedowns, OnPanels {
  private readonly parts: TakedownParts;
  /** Programmes of an earlier daemon, of which we do not know, were made before. */
  private readonly since: Instant;
  private orders: readonly Takedown[] = [];
  private reading = 0;
  private lastRead = 0;
  private looking: Promise<void> | null = null;
  private again = false;
  private readonly waiting = new Set<() => void>();

  constructor(parts: TakedownParts) {
    this.parts = parts;
    this.since = parts.clock.now();
  }

  /**
   * `reload`: reads the book again and plans. Orders are judged only by a book that was read after they were opened: one of
   * before would say that all is well.
   */
  async read(reload: () => Promise<void>): Promise<void> {
    const turn = ++this.reading;
    const orders = await this.parts.store.takedowns.open();
    await reload();
    if (turn > this.lastRead) {
      this.lastRead = turn;
      this.orders = orders;
    }
    await this.look();
  }

  /** At each heartbeat, and whenever a fact of any board may have changed. One look at a time. */
  look(): Promise<void> {
    this.again = true;
    this.looking ??= this.lookAgain().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async lookAgain(): Promise<void> {
    while (this.again) {
      this.again = false;
      for (const order of this.orders) {
        try {
          await this.judge(order);
        } catch (error) {
          this.parts.failed(error);
        }
      }
    }
    for (const told of this.waiting) told();
  }

  private async judge(order: Takedown): Promise<void> {
    const { clock, site, store, changed } = this.parts;
    const now = clock.now();
    // A practice clock that was put back: it is not withdrawn yet.
    if (now < order.at) return;
    const news: Expected[] = [];
    const done: { board: string; at: Instant; how: "read-back" | "ran-out" }[] = [];
    const rows = new Map(order.boards.map((row) => [row.board, row]));
    for (const config of site.boards) {
      const { id: board } = config;
      const row = rows.get(board);
      if (row?.doneAt != null) continue;
      const { readBack, ends } = capabilitiesOf(config);
      const holding = this.parts.holding(board);
      const endless = holding.via === "file" || ends === "never";
      const until = this.heldUntil(order, holding, now);
      const paper = this.paperOf(order, board);
      if (row === undefined) {
        // A switch is for the boards that it names; a notice has to go from every board that may not show it.
        if ((until !== null || paper) && order.kind !== "dark")
          news.push({ board, darkBy: endless || paper ? null : until });
      } else if (paper) {
        // However dark the panel beside it is: until somebody says that it was taken down.
      } else if (until === null && this.isReadBack(order, holding) && !this.mayBeLeft(order, board, holding)) {
        done.push({ board, at: holding.readBack?.at ?? now, how: "read-back" });
      } else if ((holding.via === "page" || !readBack) && row.darkBy !== null && row.darkBy <= now && until === null) {
        done.push({ board, at: row.darkBy, how: "ran-out" });
      } else if (until !== null && !endless && isNews(row, until, holding)) {
        news.push({ board, darkBy: until });
      }
    }
    for (const { id: board } of site.cabinets ?? [])
      if (rows.get(board) === undefined && this.paperOf(order, board)) news.push({ board, darkBy: null });
    const gone = new Set(done.map(({ board }) => board));
    const closes = news.length === 0 && order.boards.every(({ board, doneAt }) => doneAt !== null || gone.has(board));
    if (news.length === 0 && done.length === 0 && !closes) return;
    await store.change("system", async (tx) => {
      if (news.length > 0) await tx.takedowns.expect(order.id, news);
      for (const { board, ...what } of done) await tx.takedowns.done(order.id, board, what);
      if (closes) await tx.takedowns.close(order.id, now);
    });
    const after = await store.takedowns.about(order.id);
    this.orders = this.orders.flatMap((one) => {
      if (one.id !== order.id) return one;
      return after && after.closedAt === null ? after : [];
    });
    changed();
  }

  private paperOf({ kind, notice }: Takedown, board: string): boolean {
    return kind !== "dark" && notice !== null && this.parts.paper?.().lingers(notice, board) === true;
  }

  /** Until when a board goes on showing by itself what has to go, by the programmes that it may have; null: none has it. */
  private heldUntil({ kind, notice, at }: Takedown, { may, readBack }: Holding, now: Instant): Instant | null {
    // Black by order it stays, whatever lies underneath: it is lit again only with something else.
    if (readBack?.wanted.dark && readBack.at >= at) return null;
    const seals = kind === "dark" ? undefined : this.parts.seals;
    return latest(may.map((wanted) => lightsUntil(wanted, notice, now, seals)));
  }

  /** Read back since, and right, by a programme that has nothing of what has to go. */
  private isReadBack({ kind, notice, at }: Takedown, { readBack }: Holding): boolean {
    if (readBack === null || readBack.at < at) return false;
    if (kind === "dark") return readBack.wanted.dark;
    return lightsUntil(readBack.wanted, notice, readBack.at, this.parts.seals) === null;
  }

  async showing(notice: string | null): Promise<readonly Expected[]> {
    const { clock, site, holding } = this.parts;
    const now = clock.now();
    const hanging = (site.cabinets ?? []).filter(({ id }) => notice !== null && this.parts.paper?.().hangs(notice, id));
    const lit = site.boards.flatMap((config) => {
      const { id: board } = config;
      const { may, known, via } = holding(board);
      const endless = via === "file" || capabilitiesOf(config).ends === "never";
      const until = latest([
        ...may.map((wanted) => lightsUntil(wanted, notice, now)),
        ...(known ? [] : [this.leftUntil(board, notice, now)]),
      ]);
      const hangs = notice !== null && this.parts.paper?.().hangs(notice, board) === true;
      return until === null && !hangs ? [] : { board, darkBy: endless || hangs ? null : until };
    });
    return [...lit, ...hanging.map(({ id: board }) => ({ board, darkBy: null }))];
  }

  /** Pages of a board are not one panel: one that has not come back may have what an earlier daemon gave it. */
  private mayBeLeft({ notice }: Takedown, board: string, { known, via }: Holding): boolean {
    if (known || via !== "page" || this.parts.clock.now() >= this.since + this.parts.site.holdMs) return false;
    const now = this.parts.clock.now();
    // Programmes are made ahead: what was signed before may be in one, whenever its time begins.
    return this.parts
      .candidates(board)
      .some(
        ({ notice: id, signedAt, window }) =>
          (notice ?? id) === id && (signedAt ?? window.from) < this.since && window.until > now,
      );
  }

  /** What an earlier daemon left on a board: until when at the latest, by what was signed for it then. */
  private leftUntil(board: string, notice: string | null, now: Instant): Instant | null {
    const end = this.since + this.parts.site.holdMs;
    const left = this.parts
      .candidates(board)
      .filter((one) => one.blocked === null && (notice ?? one.notice) === one.notice)
      .map(lifeOf)
      .filter(({ from, until }) => from < this.since && Math.min(until, end) > now);
    return latest(left.map(({ until }) => Math.min(until, end)));
  }

  /** Orders that wait for this notice to go. */
  ordersFor(notice: string): readonly TakedownId[] {
    return this.orders.flatMap((order) => (order.notice === notice ? [order.id] : []));
  }

  open(): Promise<readonly TakedownView[]> {
    return this.viewsOf(this.orders);
  }

  async list(before?: string): Promise<readonly TakedownView[]> {
    return this.viewsOf(await this.parts.store.takedowns.list(before));
  }

  async view(id: string): Promise<TakedownView | null> {
    const order = await this.parts.store.takedowns.about(id);
    return order && takedownView(order, await this.wording(order));
  }

  async result(id: string): Promise<TakedownView | null> {
    let told = () => {};
    const closed = new Promise<void>((resolve) => {
      told = () => {
        if (!this.orders.some((order) => order.id === id)) resolve();
      };
    });
    this.waiting.add(told);
    told();
    await Promise.race([closed, this.parts.wait(patienceMs)]);
    this.waiting.delete(told);
    return this.view(id);
  }

  /** For a board's tile: what it still has to say is gone. */
  faults(board: string): BoardFacts["faults"] {
    const { clock, site, link } = this.parts;
    const { zone } = site;
    const now = clock.now();
    return this.orders.flatMap(({ kind, notice, at, boards }) => {
      const row = boards.find((one) => one.board === board);
      if (row?.doneAt !== null || now < at || (link(board) === "connected" && now - at < quietMs)) return [];
      const what = { zh: `${deeds[kind].zh} ${notice ?? ""}`.trim(), en: `${notice ?? "board"} ${deeds[kind].en}` };
      const darkBy = row.darkBy === null ? null : minuteOf(zone, row.darkBy, at);
      return { fault: { code: "takedown/open", board, what, since: secondOf(zone, at, now), darkBy }, at };
    });
  }

  private viewsOf(orders: readonly Takedown[]): Promise<readonly TakedownView[]> {
    return Promise.all(orders.map(async (order) => takedownView(order, await this.wording(order))));
  }

  private async wording(order: Takedown): Promise<Wording> {
    const { site, clock, link } = this.parts;
    const { notice } = order;
    return {
      zone: site.zone,
      now: clock.now(),
      boardOf: (id) => placesOf(site).find((place) => place.id === id),
      linkOf: link,
      title: notice === null ? null : await this.parts.titleOf(notice),
      displayable: notice === null || (await this.parts.displayable(notice)),
      lingers: (board) => this.paperOf(order, board),
      perhaps: (board) => notice !== null && this.parts.paper?.().perhaps(notice, board) === true,
    };
  }
}

/** Only what is surely on it may shorten what was said before. */
function isNews({ darkBy }: TakedownBoard, until: Instant, { known }: Holding): boolean {
  return darkBy === null || until > darkBy || (known && until < darkBy);
}

function latest(all: readonly (Instant | null)[]): Instant | null {
  return all.reduce((last, one) => (one === null || (last !== null && last >= one) ? last : one), null);
}
