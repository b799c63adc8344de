/** Each area of the living office, opened as the daemon opens it; where the daemon asks panels, what was handed over stands for them. */
import { deflateSync } from "node:zlib";
import type { Services } from "../../src/api/all-routes.ts";
import type { Network } from "../../src/api/network.ts";
import type { Site } from "../../src/config/types.ts";
import type { OpenAbove } from "../../src/daemon/above.ts";
import { calendarOf } from "../../src/daemon/calendar.ts";
import { openCap } from "../../src/daemon/cap.ts";
import { openCatalogue } from "../../src/daemon/catalogue.ts";
import type { Desk } from "../../src/daemon/desk.ts";
import { createHandovers } from "../../src/daemon/handover.ts";
import { createInstallation } from "../../src/daemon/installation.ts";
import { openIssues } from "../../src/daemon/issues.ts";
import { reportsOf } from "../../src/daemon/jobs/report.ts";
import { formsOf, ledgerOf } from "../../src/daemon/ledger-desk.ts";
import { openByHand } from "../../src/daemon/by-hand.ts";
import { outlookOffice } from "../../src/daemon/outlook.ts";
import { openPeriods } from "../../src/daemon/periods.ts";
import { openReview, reviewParts } from "../../src/daemon/review.ts";
import { openScreening } from "../../src/daemon/screening.ts";
import { TakedownWatch } from "../../src/daemon/takedowns.ts";
import { openToday } from "../../src/daemon/today.ts";
import { createUploads } from "../../src/daemon/uploads.ts";
import type { BoardFacts, Wanted } from "../../src/panels/contract.ts";
import { clear } from "../../src/panels/delivery/clear.ts";
import type { Seals } from "../../src/panels/delivery/index.ts";
import type { People } from "../../src/people/index.ts";

export interface ServiceParts {
  readonly site: Site;
  readonly desk: Desk;
  readonly people: People;
  readonly above: OpenAbove;
  readonly network: Network;
  readonly seals: Seals;
  readonly folder: string;
  facts(board: string): BoardFacts;
  /** What a board was handed last. */
  newest(board: string): Wanted | undefined;
  failed(error: unknown): void;
  /** Boards may show something else now. */
  changed(): Promise<void>;
}

/** From this one nothing is ever read back: somebody has to go there and look. */
const unread = "B2";
const nothing = () => {};

export function openServices(given: ServiceParts) {
  const { site, desk, people, above, network, seals, folder, facts, newest, failed, changed } = given;
  const { store, clock, book } = desk;
  const takedowns = new TakedownWatch({
    ...{ site, store, clock, seals, failed, changed: nothing },
    candidates: (board) => book.candidates(board),
    titleOf: (notice) => book.record(notice)?.content.title ?? null,
    displayable: (notice) => book.verdict(notice).ok,
    holding(board) {
      const wanted = newest(board);
      const readBack = wanted === undefined || board === unread ? null : { wanted, at: clock.now() };
      return { may: wanted === undefined ? [] : [wanted], known: true, readBack, via: "page" };
    },
    link: () => "connected",
    // Nobody here waits for a board.
    wait: () => Promise.resolve(),
  });
  const options = { site, desk, people, onPanels: takedowns, changed };
  const review = openReview(options);
  const cap = openCap({
    ...{ desk, folder, facts, failed, changed: nothing, isDark: () => false },
    parts: reviewParts(options, nothing),
  });
  const periods = openPeriods(desk, nothing);
  // No board has a posting place here: whatever anybody says of paper is refused.
  const byHand = openByHand({
    ...{ site, desk, people, takedowns, failed, changed: nothing, said: changed },
    ...{ seals, isDark: () => false, witness: nothing },
  });
  const { paper, cards } = byHand;
  const run = () => null;
  const services: Services = {
    ...{ people, review, takedowns, network },
    above: above.api,
    cap: cap.api,
    handovers: createHandovers({ site, store, people, clock }),
    screening: openScreening(desk),
    calendar: calendarOf(desk, changed),
    catalogue: openCatalogue(desk, changed),
    issues: openIssues(desk),
    publicity: periods.publicity,
    ...{ postings: paper, cards },
    installation: createInstallation({
      ...{ site, desk, folder, siteFile: null, again: null },
      ...{ dark: () => above.api.dark(), sheets: () => paper.list(), cards, beside: () => null },
    }),
    uploads: createUploads({ desk, review }),
    ledger: ledgerOf(desk),
    outlook: outlookOffice({ ...desk, run, card: cards }),
    caseSheets: formsOf(desk),
    today: openToday({
      ...{ desk, people, review, takedowns, above: above.api, cap: cap.api, publicity: periods.publicity, paper },
      ...{ site, office: { boards: () => [] } },
    }),
    shows: {
      house: (board) =>
        site.boards.some(({ id }) => id === board)
          ? {
              message(hash) {
                const wanted = newest(board);
                const looked = wanted && clear(wanted, seals, clock.now());
                return looked?.ok ? (looked.cleared.messages.get(hash) ?? null) : null;
              },
              pages: () => [],
            }
          : null,
      deflated: async ({ bytes }) => deflateSync(bytes),
    },
    reports: reportsOf(folder),
  };
  return { services, review, cap, takedowns, periods, byHand };
}
