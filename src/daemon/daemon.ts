/** Composes the stages and owns the order in which they start and stop. Nothing else coordinates. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Network } from "../api/network.ts";
import {
  createApi,
  createDoors,
  createRates,
  doorkeeper,
  previewDoor,
  previewSeesLines,
  serviceRoutes,
} from "../api/index.ts";
import { assetFolder } from "../config/assets.ts";
import type { Site } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import { newSecret, type People } from "../people/index.ts";
import type { BoardFacts } from "../panels/contract.ts";
import { createDelivery } from "../panels/delivery/index.ts";
import { attachPreview } from "../preview/server.ts";
import { holdFolder } from "../store/index.ts";
import { monotonicMs, wallClock } from "../time/clock.ts";
import { type Desk, openDesk } from "./desk.ts";
import { type Door, openDoor } from "./door.ts";
import { createHandovers } from "./handover.ts";
import { startHeart } from "./heart.ts";
import { formsOf, ledgerOf } from "./ledger-desk.ts";
import { LedgerWatch } from "./ledger-watch.ts";
import { recordInstalled } from "./installed.ts";
import { createMetrics } from "./metrics.ts";
import { assertPracticeStaysHere } from "./mode.ts";
import { createNetwork } from "./network.ts";
import { createOffice } from "./office.ts";
import { listening, openPeople } from "./people.ts";
import { createPlanner, type PlannerParts } from "./planner.ts";
import { startPlayLog } from "./play-log.ts";
import { openReview } from "./review.ts";
import { openScreening } from "./screening.ts";
import { selfCommand } from "./self.ts";
import { openTls } from "./tls.ts";
import { ownNames } from "./tls/lan.ts";
import { createUploads } from "./uploads.ts";
import { type SimulatedPanels, startSimulatedPanels } from "./simulated-panels.ts";

export interface DaemonOptions {
  readonly site: Site;
  /** Data folder; made if it is not there. */
  readonly folder: string;
  /** Practice only: move the practice clock here. */
  readonly startAt: number | null;
}

export interface Daemon {
  readonly url: string;
  /** Loopback ports of the simulated panels' control channels, by board. */
  readonly controlPorts: ReadonlyMap<string, number>;
  /** Where the first account is set up, while there is none; works once. */
  readonly setUpUrl: string | null;
  /** Only this computer is answered, though the installation file wants more: there are no accounts yet. */
  readonly held: boolean;
  readonly network: Network;
  /** Default pictures that the boards cannot show. */
  readonly unsigned: readonly Fault[];
  stop(): Promise<void>;
}

export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const ends = new Ends();
  try {
    return await compose(options, ends);
  } catch (error) {
    await ends.run();
    throw error;
  }
}

/** What stops what was started, the last first. One that fails keeps none of the others from their end. */
class Ends {
  private readonly list: (() => unknown)[] = [];

  add(end: () => unknown): void {
    this.list.push(end);
  }

  async run(): Promise<void> {
    for (let end = this.list.pop(); end; end = this.list.pop()) {
      try {
        await end();
      } catch (error) {
        report(error);
      }
    }
  }
}

async function compose(options: DaemonOptions, ends: Ends): Promise<Daemon> {
  const { folder } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const letGo = holdFolder(folder);
  if (letGo === null) throw folderInUse(folder);
  ends.add(letGo);
  // The port first: where it is taken, nothing else has begun.
  const { listen, held } = await listening(options.site, folder);
  const tls = openTls({ listen, folder, office: options.site.office, now: wallClock.now() });
  const door = await openDoor(listen, tls);
  ends.add(door.close);

  const starting = options.site.practice
    ? startSimulatedPanels(options.site.boards, join(folder, "pty"), selfCommand(), report)
    : null;
  const [panels, opened] = await Promise.allSettled([starting, openDesk(options)]);
  if (opened.status === "fulfilled") ends.add(() => opened.value.close());
  if (panels.status === "fulfilled") ends.add(() => panels.value?.stop());
  for (const one of [panels, opened]) if (one.status === "rejected") throw one.reason;
  const desk = (opened as PromiseFulfilledResult<Desk>).value;
  const simulated = (panels as PromiseFulfilledResult<SimulatedPanels | null>).value;

  const boards = options.site.boards.map((board) => ({ ...board, link: simulated?.links.get(board.id) ?? board.link }));
  if (options.site.practice) assertPracticeStaysHere(boards, folder);
  const site = { ...options.site, boards };
  await recordInstalled(desk.store, options.site);
  const people = await openPeople({ site, folder, store: desk.store, clock: desk.clock });
  const key = newSecret();
  const network = createNetwork({ listen, held, tls, url: door.url });
  const running = await run({ network, site, desk, simulated, door, ends, people, consoleKey: key });
  const place = join(folder, "daemon.json");
  const controlPorts = simulated?.controlPorts ?? new Map<string, number>();
  const said = {
    url: door.here,
    pid: process.pid,
    clockId: desk.clockId,
    panels: Object.fromEntries(controlPorts),
    key,
  };
  writeFileSync(place, JSON.stringify(said), { mode: 0o600 });
  ends.add(() => rmSync(place, { force: true }));
  const link = await people.passwords.setUpLink();
  const setUpUrl = link && `${door.here}${link.path}`;
  return { url: running.url, controlPorts, setUpUrl, held, network, unsigned: desk.unsigned, stop: () => ends.run() };
}

interface Parts {
  readonly site: Site;
  readonly desk: Desk;
  readonly simulated: SimulatedPanels | null;
  readonly door: Door;
  readonly ends: Ends;
  readonly network: Network;
  readonly people: People;
  /** For this computer's command line. */
  readonly consoleKey: string;
}

async function run({
  network,
  site,
  desk,
  simulated,
  door,
  ends,
  people,
  consoleKey,
}: Parts): Promise<{ url: string }> {
  const { clock, book, programmes, store, proof } = desk;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const seals = { verdict: (notice: string, at: number) => book.verdict(notice, at) };
  const log = await startPlayLog({
    store,
    boards: site.boards.map(({ id }) => id),
    clock,
    numberOf: (notice, board, message) => book.numberOf(notice, board, message),
    why: (board) => delivery.facts(board).faults[0]?.fault.code ?? null,
    failed: report,
  });
  ends.add(() => log.stop());
  const delivery = createDelivery({
    boards: site.boards,
    seals,
    clock,
    listenHost: site.listen.host,
    changed,
    refused: (board, faults) => planner.refused(board, faults),
    witness: (event) => log.witness(event),
  });
  ends.add(() => delivery.stop());
  const want: PlannerParts["want"] = (wanted) => delivery.want(wanted);
  const planner = createPlanner({ site, clock, programmes, want, changed, failed: report });
  const since = clock.now();
  const unsignedOn = (board: string) =>
    desk.unsigned.flatMap((fault) => ("board" in fault && fault.board === board ? { fault, at: since } : []));
  const ledger = new LedgerWatch({ proof, store, clock, changed, failed: report });
  const office = createOffice({
    ...desk,
    site,
    messages: store.messages,
    linkNotes: simulated?.notes ?? new Map(),
    playing: (board) => planner.playing(board),
    facts: (board) =>
      withPlanFaults(delivery.facts(board), [...unsignedOn(board), ...ledger.faults, ...planner.faults(board)]),
    well: () => planner.failing() === 0,
    ledger: () => ledger.state,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  // An import that runs meanwhile is read now or seen by the watch: the version is older than what is read.
  const seen = await store.version();
  const readAgain = async () => {
    await book.reload();
    await planner.lookAtAll();
  };
  await readAgain();

  const metrics = createMetrics(office, delivery);
  const names = [site.listen.host, ...(site.listen.names ?? []), ...ownNames()];
  const doors = createDoors({ people, consoleKey });
  const handovers = createHandovers({ site, store, people, clock });
  const review = openReview({ site, desk, people, changed: readAgain });
  const routes = serviceRoutes(office, {
    people,
    review,
    handovers,
    screening: openScreening(store),
    uploads: createUploads({ desk, review }),
    network,
    ledger: ledgerOf(desk, { site, run: (board) => log.run(board) }),
    caseSheets: formsOf(desk, site),
  });
  const rates = createRates({ now: monotonicMs });
  door.answerWith(
    createApi(office, { webFolder: assetFolder("web"), names, metrics, doors, routes, rates, onError: report }),
  );
  const preview = attachPreview(door.server, office, {
    turned: previewDoor(doorkeeper(names), doors),
    seesLines: previewSeesLines(doors),
  });
  ends.add(people.onEnded(() => preview.lookAgain()));
  ends.add(door.close);
  ends.add(() => preview.close());
  const stopHeart = startHeart(
    {
      version: () => store.version(),
      written: readAgain,
      async look() {
        ledger.look();
        await planner.look();
        await review.tend(clock.now());
      },
      offset: () => clock.now() - monotonicMs(),
      failed: report,
    },
    seen,
  );
  ends.add(() => ledger.settled());
  ends.add(stopHeart);
  ledger.look();
  return { url: door.url };
}

/** What was not planned stands first: it is about what the board should say, not about its line. */
function withPlanFaults(facts: BoardFacts, planned: BoardFacts["faults"]): BoardFacts {
  if (planned.length === 0) return facts;
  const told = new Set(planned.map((one) => JSON.stringify(one.fault)));
  const others = facts.faults.filter((one) => !told.has(JSON.stringify(one.fault)));
  return { ...facts, faults: [...planned, ...others].slice(0, limits.faultsPerBoard) };
}

function report(error: unknown): void {
  console.error(error);
}

function folderInUse(folder: string): Error {
  const what = `${folder}: 已有一个守护进程在用这个数据文件夹 / a daemon is using this data folder already`;
  return Object.assign(new Error(what), { code: "EALREADY" });
}
