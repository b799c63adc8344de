/** Opens what stands above the schedules of a running office, and hands it to the API. */
import type { Above } from "../api/above.ts";
import type { Network } from "../api/network.ts";
import type { Site } from "../config/types.ts";
import { boardCard } from "../ledger/reports/index.ts";
import type { BoardFacts, Wanted } from "../panels/contract.ts";
import { monotonicMs } from "../time/clock.ts";
import { qrRows } from "../typeset/index.ts";
import { chosen, createDark } from "./dark.ts";
import type { Desk } from "./desk.ts";
import { createMaintenance, writeEnd } from "./maintenance.ts";
import { Switchboard, systemDoer } from "./switchboard.ts";

export interface AboveParts {
  readonly site: Site;
  readonly desk: Pick<Desk, "store" | "clock" | "book">;
  readonly network: Pick<Network, "view" | "code">;
  deliver(wanted: Wanted): void;
  facts(board: string): BoardFacts;
  changed(): void;
  /** As of `DarkParts`. */
  ordered(): void;
  failed(error: unknown): void;
}

export interface OpenAbove {
  readonly api: Above;
  readonly switchboard: Switchboard;
  faults(board: string): BoardFacts["faults"];
  readonly isDark: (board: string) => boolean;
  /** Resolves when all that has ended is on disk. */
  stop(): Promise<void>;
}

/** Of a board's page for telephones. `office`: with a slash at its end, or without. */
export const boardUrl = (office: string, board: string) =>
  `${office.replace(/\/+$/, "")}/#/b/${encodeURIComponent(board)}`;

export function openAbove({ site, desk, network, deliver, facts, changed, ordered, failed }: AboveParts): OpenAbove {
  const { store, clock, book } = desk;
  let ending: Promise<void> = Promise.resolve();
  const switchboard = new Switchboard({
    boards: site.boards,
    clock,
    store: store.boards,
    deliver,
    changed,
    isWarning: (notice) => book.record(notice)?.schedule.priority === 0,
    ended: ({ board }, why, at) => {
      ending = ending.then(() => writeEnd(store, board, systemDoer, why, at)).catch(failed);
    },
  });
  const dark = createDark({ site, store, clock, switchboard, facts, monotonicMs, changed, ordered });
  const maintenance = createMaintenance({ site, store, clock, switchboard });
  const card: Above["card"] = (board) => {
    const [config] = chosen(site.boards, [board]);
    if (!config) throw new Error(`no board ${board}`);
    const { state, urls } = network.view();
    const url = boardUrl(urls[0] ?? "", board);
    const { id, name, place, custodian } = config;
    const { office, practice } = site;
    return boardCard({ office, practice, id, name, place, custodian, url, open: state === "open", code: qrRows(url) });
  };
  return {
    api: { ...dark, ...maintenance, card },
    switchboard,
    faults: dark.faults,
    isDark: (board) => switchboard.dark(board) !== null,
    stop() {
      switchboard.stop();
      return ending;
    },
  };
}
