/** Nine boards with simulated panels in this process, a real database, review, book and planner; on a clock that tests move. */
import type { BoardConfig, Site } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { createPlanner, type Planner } from "../../src/daemon/planner.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { reachOf } from "../../src/daemon/takedown-words.ts";
import { TakedownWatch } from "../../src/daemon/takedowns.ts";
import { parseImport } from "../../src/notices/import.ts";
import { importNotices } from "../../src/notices/importer.ts";
import { createReview, type ReviewDesk } from "../../src/notices/review/index.ts";
import type { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { advance, base, settle, shape, Town } from "../panels/town.ts";
import { openReview, type SmallReview } from "../review/small-review.ts";
import { boards as two, partsFor, practice, record, zone } from "../store/small-office.ts";

export const minute = 60_000;
export const holdMs = 10 * minute;
export const ids = Array.from({ length: 9 }, (_, index) => `B${index + 1}`);

const config = (id: string): BoardConfig => ({
  ...(two[0] as BoardConfig),
  ...{ id, name: `${id}屏`, place: `${id}门口`, custodian: `${id}保管人`, shape },
  link: { kind: "tcp-in", port: 5005, address: 1 },
});

export const site: Site = {
  ...{ practice: false, office: "办事处", zone, boards: ids.map(config), holdMs, readingCharactersPerSecond: 5 },
  calendar: { kind: "none", overrides: [] },
  listen: { host: "127.0.0.1", port: 0 },
};

/** What outlives a daemon. */
export interface Office {
  readonly review: SmallReview;
  readonly panels: ReadonlyMap<string, SimulatedPanel>;
  /** By the tests' clock. */
  readonly started: number;
}

export interface Daemon extends Office {
  readonly towns: ReadonlyMap<string, Town>;
  readonly watch: TakedownWatch;
  readonly planner: Planner;
  readonly book: Book;
  readonly desk: ReviewDesk;
  readonly clock: { now(): number };
  /** Set: a change is on disk, and the daemon comes no further. */
  dead: boolean;
  /** How long an answer waits for boards. */
  patience: Promise<void>;
  town(id: string): Town;
  readAgain(): Promise<void>;
  /** Notices on all nine boards unless they say otherwise, all day. */
  sign(records: readonly Record<string, unknown>[]): Promise<void>;
  /** Time goes on, and the daemon looks as its heart and its panels make it. */
  run(ms: number): Promise<void>;
  lit(id: string): boolean;
  unplug(id: string): void;
  stop(): Promise<void>;
}

/** With fake timers on. `unplugged`: boards that nobody reaches from the start. */
export async function startDaemon(before?: Office, unplugged: readonly string[] = []): Promise<Daemon> {
  const review = before?.review ?? (await openReview());
  const { store, key } = review;
  const started = before?.started ?? performance.now();
  const clock = { now: () => base + Math.floor(performance.now() - started) };
  const calendar = workCalendar(site.calendar);
  const book = new Book(store.notices, key.publicKey);
  const programmes = new Programmes(site, calendar, book, new MessageShelf(store.messages, 1 << 24));
  const seals = { verdict: (notice: string, at: number) => book.verdict(notice, at) };
  const failed = (error: unknown) => {
    throw error;
  };
  const towns = new Map<string, Town>();
  for (const id of ids) {
    const panel = before?.panels.get(id);
    const more = { ...(panel && { panel }), unplugged: unplugged.includes(id), now: clock.now };
    towns.set(id, new Town({ ...more, seals, identity: { board: id, shape } }));
  }
  const town = (id: string) => towns.get(id) as Town;
  const planner = createPlanner({
    ...{ site, clock, programmes, failed, changed: () => {} },
    want: (wanted) => town(wanted.board).loop.want(wanted),
  });
  const watch = new TakedownWatch({
    ...{ site, store, clock, seals, failed, changed: () => {}, wait: () => daemon.patience },
    candidates: (board) => book.candidates(board),
    titleOf: (notice) => book.record(notice)?.content.title ?? null,
    displayable: (notice) => book.verdict(notice).ok,
    holding: (board) => town(board).loop.holding(),
    link: (board) => reachOf(town(board).loop.facts()),
  });
  const daemon: Daemon = {
    ...{ review, towns, watch, planner, book, clock, town, started, dead: false, patience: Promise.resolve() },
    panels: new Map([...towns].map(([id, { panel }]) => [id, panel])),
    desk: createReview({
      ...{ ...review.parts, boards: site.boards, clock, onPanels: watch },
      changed: () => daemon.readAgain(),
    }),
    async readAgain() {
      if (daemon.dead) return;
      await watch.read(async () => {
        await book.reload();
        await planner.lookAtAll();
      });
    },
    async sign(records) {
      const text = JSON.stringify({ notices: records.map((one) => record(String(one.id), { ...always, ...one })) });
      const known = { zone, boards: new Set(ids), checkCron: () => null };
      const parts = { ...partsFor(store, key, practice, clock.now()), boards: site.boards };
      const { refused } = await importNotices(parseImport(text, known), parts);
      if (refused.length > 0) throw new Error(JSON.stringify(refused));
      await daemon.readAgain();
    },
    async run(ms) {
      for (let left = ms; left > 0; left -= 1000) {
        await advance(Math.min(1000, left), ...towns.values());
        await planner.look();
        await watch.look();
      }
    },
    lit: (id) =>
      town(id)
        .panel.snapshot()
        .frame.pixels.some((byte) => byte !== 0),
    unplug(id) {
      town(id).unplugged = true;
      town(id).near?.destroy();
    },
    async stop() {
      for (const one of towns.values()) await one.stop();
      await settle();
    },
  };
  await daemon.readAgain();
  return daemon;
}

const always = {
  ...{ boards: ids, from: "2017-11-06T00:00", until: "2017-11-06T23:00" },
  rotation: { cron: "* * * * *", slotMinutes: 1, calendar: "everyday", tz: zone },
};
