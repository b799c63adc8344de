/** A whole office in this process: the daemon's own stages put together on a real database, with clocks that tests move. */
import { cpSync } from "node:fs";
import { Agent, createServer, request as send, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createApi, createDoors, doorkeeper, previewDoor, serviceRoutes } from "../../src/api/index.ts";
import type { Route } from "../../src/api/route.ts";
import { routes as readingRoutes } from "../../src/api/routes.ts";
import type { Site } from "../../src/config/types.ts";
import { openAbove } from "../../src/daemon/above.ts";
import { Book } from "../../src/daemon/book.ts";
import { readCalendar } from "../../src/daemon/calendar.ts";
import type { Desk } from "../../src/daemon/desk.ts";
import { dayReport, keepReport, reportsIn } from "../../src/daemon/jobs/report.ts";
import { createFits } from "../../src/daemon/fits.ts";
import { createOffice } from "../../src/daemon/office.ts";
import { createPlanner } from "../../src/daemon/planner.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { Proof } from "../../src/daemon/proof.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { blankMessage } from "../../src/message/index.ts";
import type { SigningKey } from "../../src/notices/seal.ts";
import type { BoardFacts, Wanted } from "../../src/panels/contract.ts";
import { clear } from "../../src/panels/delivery/clear.ts";
import { createPasswords, createPeople, type People } from "../../src/people/index.ts";
import { attachPreview } from "../../src/preview/server.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { changingCalendar } from "../../src/time/calendar.ts";
import { cheap } from "../people/house.ts";
import { keyIn, scratch, site as smallSite } from "../store/small-office.ts";
import { openServices } from "./living-services.ts";
import { typesetting } from "./tiny-typesetter.ts";
import { taking } from "./uploads.ts";

export const consoleKey = "k".repeat(43);

/** Both clocks; whoever holds it moves them. */
export interface Time {
  board: number;
  wall: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, or bytes. */
  readonly body?: string | Uint8Array | undefined;
}

export interface LivingOffice {
  readonly url: string;
  readonly server: Server;
  readonly store: Store;
  readonly people: People;
  readonly desk: Desk;
  readonly key: SigningKey;
  readonly routes: readonly Route[];
  /** What was handed to delivery for each board so far, the newest last: a panel may still play any of them. */
  readonly wanted: ReadonlyMap<string, readonly Wanted[]>;
  /** Failures of ours: 500s, boards that could not be planned. */
  readonly failures: unknown[];
  ask(asked: Asked): Promise<Answer>;
  /** As the heart and delivery do it: plans what is due, and leaves out what delivery's last look objects to. */
  beat(): Promise<void>;
  /** The last look before bytes leave, at this moment. */
  clears(wanted: Wanted): boolean;
  /** The daily report of a civil day, as the job writes it. */
  report(day: number): Promise<void>;
  readAgain(): Promise<void>;
  close(): Promise<void>;
}

const closed = { state: "here", alone: false, urls: [], tls: "none", certificate: null, proxy: 0 } as const;
const network = { view: () => closed, afterwards: () => closed, code: () => null };
const lines = new Agent({ keepAlive: true, maxSockets: 4 });
const looksKept = 3;

export const siteWith = (differences: Partial<Site> = {}): Site => ({ ...smallSite, ...differences });

/** Opens what is in `folder`. */
export async function openOffice(folder: string, time: Time, site: Site = siteWith()): Promise<LivingOffice> {
  const clock = { now: () => time.board };
  const wall = { now: () => time.wall };
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const store = await openStore(folder, () => ({ boardAt: time.board, wallAt: time.wall }));
  // No panel is driven here: of the play log there is that it was kept.
  const said = { lastAt: null, lastWallAt: null, clockSet: false };
  await store.change("system", (tx) => tx.record({ action: "play/started", subject: "office", data: said }, "play"));
  const key = keyIn(folder);
  const calendar = changingCalendar(site.calendar);
  const book = new Book(store.notices, key.publicKey);
  const programmes = new Programmes(site, calendar, book, new MessageShelf(store.messages, 1 << 24));
  const importText = () => Promise.reject(new Error("not asked: makers import"));
  const desk: Desk = {
    ...{ site, clock, clockId: "test", calendar, store, book, programmes, key, typesetting, taking, importText },
    unsigned: [],
    proof: new Proof(store, key, folder, failed),
    fits: createFits(site, store.pictures, typesetting),
    close: () => store.close(),
  };
  const people = createPeople({
    ...{ store: store.people, change: store.change, board: clock, wall },
    mode: site.practice ? "practice" : "real",
    boards: site.boards.map(({ id }) => id),
    key: new Uint8Array(32).fill(7),
    passwords: createPasswords(cheap),
  });

  const wanted = new Map<string, Wanted[]>();
  const changed = () => {};
  const facts = (id: string): BoardFacts => {
    const shape = site.boards.find((one) => one.id === id)?.shape ?? { width: 1, height: 1, colour: "mono" };
    const intended = { message: blankMessage(shape).hash, notice: null, at: clock.now() };
    return { intended, sent: null, confirmed: null, faults: [...planner.faults(id)], link: "down" };
  };
  const above = openAbove({
    ...{ site, desk, network, facts, changed, ordered: changed, failed },
    deliver: (one) => void wanted.set(one.board, [...(wanted.get(one.board) ?? []), one].slice(-looksKept)),
  });
  await above.switchboard.read();
  const planner = createPlanner({
    ...{ site, clock, programmes, failed, changed },
    want: (one) => above.switchboard.want(one),
  });
  const seals = {
    verdict: (notice: string, at: number) => book.verdict(notice, at),
    maintenanceUntil: (board: string) => above.switchboard.maintenanceUntil(board),
  };
  const readAgain = async () => {
    await readCalendar(store.settings, site.calendar, calendar);
    await parts.takedowns.read(async () => {
      await book.reload();
      await planner.lookAtAll();
    });
    await parts.cap.tend();
  };
  const office = createOffice({
    ...{ ...desk, messages: store.messages, linkNotes: new Map(), facts },
    playing: (board) => planner.playing(board),
    instead: (board) => above.switchboard.instead(board),
    above: (board) => above.switchboard.standing(board),
    card: { now: (id) => parts.byHand.cards.now(id), pieces: (id, span) => parts.byHand.cards.pieces(id, span) },
    well: () => planner.failing() === 0,
    ledger: () => "whole",
    onChange: () => () => {},
  });
  const parts = openServices({
    ...{ site, desk, people, above, network, seals, folder, facts, failed, changed: readAgain },
    newest: (board) => wanted.get(board)?.at(-1),
  });
  await readAgain();

  const { review, cap, takedowns, periods, byHand } = parts;
  const isCarried = site.boards.some(({ link }) => link.kind === "carried");
  const services = serviceRoutes(office, parts.services);
  const doors = createDoors({ people, consoleKey });
  const metrics = async () => "up 1\n";
  const server = createServer(
    createApi(office, { webFolder: null, metrics, doors, routes: services, onError: failed }),
  );
  const preview = attachPreview(server, office, { turned: previewDoor(doorkeeper([]), doors) });
  const stopTelling = people.onEnded(() => preview.lookAgain());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    ...{ store, people, desk, key, wanted, failures, readAgain, server },
    url: `http://127.0.0.1:${port}`,
    routes: [...readingRoutes(office, metrics), ...services],
    ask: (asked) => answerOf(port, asked),
    clears: (one) => clear(one, seals, clock.now()).ok,
    async report(day) {
      const titleOf = (notice: string) => book.record(notice)?.content.title ?? null;
      const faults = (id: string) => facts(id).faults;
      const made = await dayReport({ ...{ site, folder, store, clock, calendar, titleOf, faults }, notes: [] }, day);
      if (made !== null) await keepReport(reportsIn(folder), made);
    },
    async beat() {
      above.switchboard.look();
      await planner.look();
      if (isCarried) {
        await byHand.read();
        await byHand.look();
      }
      await takedowns.look();
      await review.tend(clock.now());
      await cap.tend();
      if (periods.publicity.isDue(clock.now())) await periods.publicity.run();
      for (const { id } of site.boards) {
        const newest = wanted.get(id)?.at(-1);
        const look = newest && clear(newest, seals, clock.now());
        if (!look || look.ok) continue;
        planner.refused(id, look.faults);
        await planner.look();
      }
    },
    async close() {
      stopTelling();
      preview.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await above.stop();
      await desk.proof.stop();
      await store.close();
    },
  };
}

function answerOf(port: number, { method, path, headers = {}, body }: Asked): Promise<Answer> {
  const typed = body === undefined ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = send(
      { host: "127.0.0.1", port, agent: lines, method, path, headers: { ...typed, ...headers } },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => void pieces.push(piece));
        response.on("end", () => {
          const text = Buffer.concat(pieces).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A copy of an office that somebody set up, in a folder of its own: so that each run does not have to. */
export function copyOf(folder: string) {
  const place = scratch();
  cpSync(folder, join(place.folder, "data"), { recursive: true });
  return { folder: join(place.folder, "data"), remove: place.remove };
}
