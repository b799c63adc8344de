/** What runs once everything is open: planner, delivery, page, heart; in the order in which they start. */
import { channel } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import type { Founding } from "../api/founding.ts";
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
import type { People } from "../people/index.ts";
import { reviewRules } from "../notices/review/index.ts";
import { createDelivery } from "../panels/delivery/index.ts";
import { attachPreview } from "../preview/server.ts";
import { monotonicMs } from "../time/clock.ts";
import { cellDrawing } from "../typeset/index.ts";
import { openAbove } from "./above.ts";
import { openBoardWatch } from "./board-watch.ts";
import { openByHand } from "./by-hand.ts";
import { openCatalogue } from "./catalogue.ts";
import { createInstallation } from "./installation.ts";
import { openIssues } from "./issues.ts";
import { calendarOf, readCalendar } from "./calendar.ts";
import type { Desk } from "./desk.ts";
import type { Door } from "./door.ts";
import { Awaiting } from "./awaiting.ts";
import { createHandovers } from "./handover.ts";
import { openFlashCounts } from "./flash-counts.ts";
import type { Again } from "./founding.ts";
import { startHeart } from "./heart.ts";
import { openJobs } from "./job-list.ts";
import { formsOf, ledgerOf } from "./ledger-desk.ts";
import { LedgerWatch } from "./ledger-watch.ts";
import { createMetrics } from "./metrics.ts";
import { createOffice } from "./office.ts";
import { openPeriods } from "./periods.ts";
import { outlookOffice } from "./outlook.ts";
import { withPlanFaults } from "./plan-faults.ts";
import { createPlanner, type PlannerParts } from "./planner.ts";
import { startPlayLog } from "./play-log.ts";
import { openCap } from "./cap.ts";
import { createCatchUp } from "./catch-up.ts";
import { openReview, reviewParts } from "./review.ts";
import { openScreening } from "./screening.ts";
import { ownNames } from "./tls/lan.ts";
import { openShow, showsOf } from "./show.ts";
import { createShowKeys } from "./show-keys.ts";
import { createUploads } from "./uploads.ts";
import { reachOf } from "./takedown-words.ts";
import { TakedownWatch } from "./takedowns.ts";
import { openToday } from "./today.ts";
import type { SimulatedPanels } from "./simulated-panels.ts";
import { createAlive, lastAlive } from "./alive.ts";
import { type Ends, report } from "./ends.ts";

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
  readonly folder: string;
  readonly siteFile: string | null;
  readonly again: Again | null;
  readonly founding: Founding;
}

export async function run(opening: Parts): Promise<{ url: string }> {
  const { network, site, desk, simulated, door, ends, people } = opening;
  const { consoleKey, folder, siteFile, again, founding } = opening;
  const { clock, book, programmes, store, proof } = desk;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const seals = {
    verdict: (notice: string, at: number) => book.verdict(notice, at),
    maintenanceUntil: (board: string) => above.switchboard.maintenanceUntil(board),
  };
  const log = await startPlayLog({
    store,
    boards: site.boards.map(({ id }) => id),
    clock,
    alive: await lastAlive(store),
    numberOf: (notice, board, message) => book.numberOf(notice, board, message),
    why: (board) => delivery.facts(board).faults[0]?.fault.code ?? null,
    failed: report,
  });
  ends.add(() => log.stop());
  const delivery = createDelivery({
    ...{ boards: site.boards, seals, clock, font: cellDrawing },
    listenHost: site.listen.host,
    pagesExpected: !site.practice,
    holdMs: site.holdMs,
    changed,
    refused: (board, faults) => planner.refused(board, faults),
    ...{ witness: log.witness, onCard: (board) => byHand.cards.onCard(board) },
    flash: await openFlashCounts(store.settings, site.boards, report),
  });
  ends.add(() => delivery.stop());
  const above = openAbove({
    ...{ site, desk, network, changed, failed: report, facts: delivery.facts },
    deliver: (wanted) => delivery.want(wanted),
    ordered: () => void readAgain().catch(report),
  });
  ends.add(() => above.stop());
  // Before anything is planned: a panel of a board that is dark is told so first.
  await above.switchboard.read();
  const want: PlannerParts["want"] = (wanted) => above.switchboard.want(wanted);
  const planner = createPlanner({ site, clock, programmes, want, changed, failed: report });
  const since = clock.now();
  const unsignedOn = (board: string) =>
    desk.unsigned.flatMap((fault) => ("board" in fault && fault.board === board ? { fault, at: since } : []));
  const ledger = new LedgerWatch({ proof, store, clock, changed, failed: report });
  const takedowns = new TakedownWatch({
    ...{ site, store, clock, seals, changed, failed: report },
    candidates: (board) => book.candidates(board),
    titleOf: (notice) => book.titleOf(notice),
    displayable: async (notice) => (await book.of([notice])).verdict(notice).ok,
    ...{ holding: delivery.holding, paper: () => byHand.paper },
    link: (board) => reachOf(delivery.facts(board)),
    wait: (ms) => sleep(ms, undefined, { ref: false }),
  });
  const byHand = openByHand({
    ...{ site, desk, people, takedowns, seals, changed, failed: report, said: () => readAgain() },
    ...{ isDark: above.isDark, witness: log.witness },
  });
  const periods = openPeriods(desk, changed);
  const { jobs, reports, backups } = openJobs({
    ...{ desk, folder, siteFile, more: periods.jobs, changed, failed: report },
    faults: (board) => office.boards().find(({ config }) => config.id === board)?.facts.faults ?? [],
  });
  ends.add(() => jobs.stop());
  const awaiting = new Awaiting({ store, rules: reviewRules(site.review), zone: site.zone, changed });
  const boardWatch = openBoardWatch(desk, (board) => delivery.facts(board), changed);
  const showKeys = createShowKeys(people, site.zone);
  const office = createOffice({
    ...desk,
    site,
    messages: store.messages,
    linkNotes: simulated?.notes ?? new Map(),
    playing: (board) => planner.playing(board),
    facts: (board) =>
      withPlanFaults(delivery.facts(board), [
        ...above.faults(board),
        ...takedowns.faults(board),
        ...unsignedOn(board),
        ...ledger.faults,
        ...jobs.faults,
        ...planner.faults(board),
        ...awaiting.faults(board),
        ...byHand.faults(board),
        ...cap.faults(),
        ...periods.faults(board),
        ...boardWatch.faults(board),
        ...showKeys.faults(board),
      ]),
    history: (board) => boardWatch.history(board),
    instead: (board) => above.switchboard.instead(board),
    ...{ above: (board) => above.switchboard.standing(board), card: byHand.cards },
    well: () => planner.failing() === 0,
    ledger: () => ledger.state,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  const cap = openCap({
    ...{ desk, folder, changed, failed: report },
    parts: reviewParts({ site, desk, people, onPanels: takedowns, changed: () => readAgain() }, () => {}),
    facts: (board) => delivery.facts(board),
    isDark: above.isDark,
  });
  // An import that runs meanwhile is read now or seen by the watch: the version is older than what is read.
  const seen = await store.version();
  const readAgain = async () => {
    await readCalendar(store.settings, site.calendar, desk.calendar);
    await takedowns.read(async () => {
      await book.reload();
      await byHand.read();
      await planner.lookAtAll();
    });
    await awaiting.look();
    await cap.tend();
    await periods.look();
    // Nobody who signs or withdraws waits for it.
    void boardWatch.look().catch(report);
  };
  if (!site.practice) await book.reload();
  await planner.lookAtAll();
  channel("boardcast.planned").publish({ boards: site.boards.length - planner.failing() });
  await readAgain();
  listeners.add(() => void takedowns.look());

  const metrics = createMetrics(office, delivery);
  const names = [site.listen.host, ...(site.listen.names ?? []), ...ownNames()];
  const doors = createDoors({ people, consoleKey });
  const handovers = createHandovers({ site, store, people, clock });
  const review = openReview({ site, desk, people, onPanels: takedowns, changed: readAgain });
  const routes = serviceRoutes(office, {
    people,
    review,
    cap: cap.api,
    takedowns,
    shows: showsOf({ store, delivery }),
    ...{ postings: byHand.paper, cards: byHand.cards, founding },
    installation: createInstallation({
      ...{ site, desk, folder, siteFile, again, cards: byHand.cards },
      ...{ dark: () => above.api.dark(), sheets: () => byHand.paper.list(), beside: delivery.beside },
    }),
    handovers,
    screening: openScreening(desk),
    calendar: calendarOf(desk, readAgain),
    catalogue: openCatalogue(desk, readAgain),
    issues: openIssues(desk),
    publicity: periods.publicity,
    uploads: createUploads({ desk, review }),
    network,
    above: above.api,
    ledger: ledgerOf(desk, { site, run: (board) => log.run(board), check: ledger.check }),
    outlook: outlookOffice({
      ...{ ...desk, site, run: (board) => log.run(board), card: byHand.cards },
      above: (board) => above.switchboard.standing(board),
    }),
    caseSheets: formsOf(desk, site),
    reports,
    backups,
    today: openToday({
      ...{ site, desk, people, review, takedowns, office, ...byHand },
      ...{ above: above.api, cap: cap.api, publicity: periods.publicity },
    }),
  });
  const rates = createRates({ now: monotonicMs });
  const catchUp = createCatchUp({ version: () => store.version(), written: readAgain }, seen);
  door.answerWith(
    createApi(office, {
      webFolder: assetFolder("web"),
      names,
      metrics,
      doors,
      routes,
      rates,
      catchUp,
      onError: report,
    }),
  );
  const preview = attachPreview(door.server, office, {
    turned: previewDoor(doorkeeper(names), doors),
    seesLines: previewSeesLines(doors),
  });
  const parts = { site, clock, clockId: desk.clockId, store, delivery, keys: showKeys };
  const show = openShow(door.server, parts, { names, doors, people, webFolder: assetFolder("web") });
  ends.add(people.onEnded(() => preview.lookAgain()));
  ends.add(door.close);
  ends.add(() => preview.close());
  ends.add(() => show.close());
  const alive = createAlive({ store, clock });
  const stopHeart = startHeart({
    catchUp,
    async look() {
      await alive.beat();
      ledger.look();
      jobs.look();
      above.switchboard.look();
      if (book.isOff(clock.now())) await readAgain();
      else await planner.look();
      await takedowns.look();
      await review.tend(clock.now());
      await awaiting.look();
      await byHand.look();
      await cap.tend();
      await boardWatch.look();
    },
    watch: () => cap.watch(),
    offset: () => clock.now() - monotonicMs(),
    failed: report,
  });
  ends.add(() => ledger.settled());
  ends.add(() => cap.settled());
  ends.add(stopHeart);
  channel("boardcast.open").publish({});
  ledger.look();
  return { url: door.url };
}
