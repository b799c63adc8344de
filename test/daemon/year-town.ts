/**
 * The nine boards of the samples for a year: real database, seals, book, planner, delivery's loops and drivers, simulated
 * panels in this process; all on one clock that the test moves. Time goes by in beats: within one the panels play on by
 * themselves, and are looked at for any instant of it.
 */
import { vi } from "vitest";
import type { BoardConfig, Site } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { createPlanner } from "../../src/daemon/planner.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { bitmapBytes, makeMessage } from "../../src/message/index.ts";
import { defaultPicture, importNotices, type ImportParts } from "../../src/notices/importer.ts";
import { loadOrCreateKey } from "../../src/notices/seal.ts";
import type { SealVerdict } from "../../src/notices/types.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { openStore } from "../../src/store/index.ts";
import { calendar, parsed, site as practice } from "../notices/samples.ts";
import { settle, shape, Town } from "../panels/town.ts";
import { scratch } from "../store/small-office.ts";
import { join } from "node:path";

/** How long a notice stands in its turn. */
const turnMs = 20_000;

/** All of one shape, and all on a line: what is asked here is when, not how it reads. */
const site: Site = {
  ...practice,
  boards: practice.boards.map(
    (board): BoardConfig => ({ ...board, shape, link: { kind: "tcp-out", host: "127.0.0.1", port: 0, address: 1 } }),
  ),
};

export interface YearTown {
  readonly holdMs: number;
  /** By the daemon's clock. */
  now(): number;
  /** What a panel lights at `at`, from now until the end of the beat: a notice's id, "" for black. */
  lit(board: string, at: number): string;
  /** Time goes by at once, as on a host that sleeps; then the heart beats and the lines come to rest. */
  beat(ms: number): Promise<void>;
  /** Somebody sets the daemon's clock; its heart sees that. */
  setClock(byMs: number): Promise<void>;
  powerCut(board: string): void;
  unplug(board: string): void;
  plug(board: string): void;
  /** When what a board was told is over, by the clock. */
  darkAt(board: string): number;
  withdraw(notice: string): Promise<void>;
  /** Exchanges with all panels so far. */
  exchanges(): number;
  stop(): Promise<void>;
}

/** Who is to be woken in a leap of time is, once it is over and once: as on a host that slept, and not again and again within it. */
function wakenOnce(): void {
  const fake = globalThis.setTimeout;
  const later = (wake: () => void, ms?: number) => fake(() => queueMicrotask(wake), ms);
  globalThis.setTimeout = Object.assign(later, fake);
}

/** With fake timers on. */
export async function openYear(startAt: number): Promise<YearTown> {
  wakenOnce();
  const place = scratch();
  const store = await openStore(place.folder);
  const key = loadOrCreateKey(join(place.folder, "signing.key"));
  const started = performance.now();
  let shiftMs = 0;
  let peekMs = 0;
  const now = () => startAt + Math.round(performance.now() - started) + shiftMs;
  const clock = { now };
  /** By the pixels that they light. */
  const ids = new Map<string, string>();
  const pixelsFor = (id: string) => {
    const pixels = new Uint8Array(bitmapBytes(shape.width, shape.height, "mono1"));
    Buffer.from(id).copy(pixels);
    ids.set(Buffer.from(pixels).toString("base64"), id);
    const bitmap = {
      width: shape.width,
      height: shape.height,
      format: "mono1",
      pixels,
      palette: new Uint8Array(0),
    } as const;
    const page = { bitmap, motion: "hold", msPerPx: 0, holdMs: turnMs, step: 0, window: null, fields: [] } as const;
    return makeMessage(shape, [page]);
  };
  const parts: ImportParts = {
    store: store.notices,
    typesetting: { ask: async ({ notice }) => ({ ok: true, message: pixelsFor(notice) }) },
    key,
    boards: site.boards,
    zone: site.zone,
    calendar: site.calendar,
    now: now(),
    signAs: { kind: "practice", by: "practice" },
  };
  const defaults = site.boards.map((board) => defaultPicture(board, site.office, 0));
  await importNotices({ accepted: defaults, refused: [] }, parts);
  const { refused } = await importNotices(parsed, parts);
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  const book = new Book(store.notices, key.publicKey);
  const programmes = new Programmes(site, calendar, book, new MessageShelf(store.messages, 1 << 24));
  // Nine boards ask at one instant, of one reading of the book, about the same seals: each is verified once, which is most of
  // what a year costs.
  const verdicts = new Map<string, SealVerdict>();
  let askedAt = "";
  const seals = {
    verdict(notice: string, at: number) {
      const now = `${book.version} ${performance.now()}`;
      if (now !== askedAt) verdicts.clear();
      askedAt = now;
      const known = verdicts.get(`${notice} ${at}`) ?? book.verdict(notice, at);
      verdicts.set(`${notice} ${at}`, known);
      return known;
    },
  };
  const failed = (error: unknown) => {
    throw error;
  };
  let boots = 0;
  const towns = new Map<string, Town>();
  for (const { id } of site.boards) {
    const panel = new SimulatedPanel({
      ...{ id, shape, address: 1, ramBytes: 4 * 1024 * 1024 },
      monotonicMs: () => performance.now() + peekMs,
      newBootId: () => (++boots).toString(16).padStart(8, "0"),
    });
    towns.set(id, new Town({ panel, seals, now, identity: { board: id, shape } }));
  }
  const town = (id: string) => towns.get(id) as Town;
  const all = [...towns.values()];
  const planner = createPlanner({
    ...{ site, clock, programmes, failed, changed: () => {} },
    want: (wanted) => town(wanted.board).loop.want(wanted),
  });
  const heart = async () => {
    await planner.look();
    await settle(...all);
  };
  await book.reload();
  await planner.lookAtAll();
  await settle(...all);
  return {
    holdMs: site.holdMs,
    now,
    lit(board, at) {
      peekMs = at - now();
      try {
        const { pixels } = town(board).panel.snapshot().frame;
        if (pixels.every((byte) => byte === 0)) return "";
        return ids.get(Buffer.from(pixels).toString("base64")) ?? "something else";
      } finally {
        peekMs = 0;
      }
    },
    async beat(ms) {
      vi.advanceTimersByTime(ms);
      await heart();
      for (const one of all) one.heard.length = 0;
    },
    async setClock(byMs) {
      shiftMs += byMs;
      await heart();
    },
    powerCut(board) {
      town(board).panel.powerCycle();
      town(board).near?.destroy();
    },
    unplug(board) {
      town(board).unplugged = true;
      town(board).near?.destroy();
    },
    plug(board) {
      town(board).unplugged = false;
    },
    darkAt(board) {
      const { base = 0, endMs = 0 } = planner.playing(board)?.programme ?? {};
      return base + endMs;
    },
    async withdraw(notice) {
      await store.notices.withdraw(notice, now(), "写错了");
      await book.reload();
      await planner.lookAtAll();
      await settle(...all);
    },
    exchanges: () => all.reduce((sum, { loop }) => sum + loop.counters.exchanges, 0),
    async stop() {
      for (const one of all) await one.stop();
      await store.close();
      place.remove();
    },
  };
}
