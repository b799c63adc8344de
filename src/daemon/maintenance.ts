/** 维护 (R32): a test picture on one board, for a time that ends by itself; and 报修, what people report of a board. */
import type { Above } from "../api/above.ts";
import type { BoardConfig, Site } from "../config/types.ts";
import { limits } from "../limits.ts";
import { patternsOf } from "../message/index.ts";
import type { Doer, MaintenanceEnd, MaintenanceState } from "../panels/board-state.ts";
import type { Store } from "../store/index.ts";
import type { Clock } from "../time/clock.ts";
import { assertOwn, chosen, doerOf, refuse } from "./dark.ts";
import { type Switchboard, systemDoer } from "./switchboard.ts";

export interface MaintenanceParts {
  readonly site: Pick<Site, "boards">;
  readonly store: Pick<Store, "change">;
  readonly clock: Clock;
  readonly switchboard: Switchboard;
}

export type Maintenance = Pick<
  Above,
  "maintenance" | "patterns" | "maintain" | "endMaintenance" | "reports" | "report" | "answer"
>;

export function createMaintenance({ site, store, clock, switchboard }: MaintenanceParts): Maintenance {
  const known = (id: string): BoardConfig =>
    chosen(site.boards, [id])[0] ?? refuse({ code: "board/unknown", board: id });

  return {
    maintenance: () => site.boards.flatMap(({ id }) => switchboard.maintenance(id) ?? []),
    patterns: (board) => patternsOf(known(board).shape.colour),

    async maintain(caller, board, { pattern, ms, reason }) {
      const { shape } = known(board);
      assertOwn(caller, [board]);
      const patterns = patternsOf(shape.colour);
      if (!patterns.some((one) => one === pattern)) refuse({ code: "board/pattern", board, pattern, known: patterns });
      const since = clock.now();
      const assertFree = () => {
        if (switchboard.dark(board)) refuse({ code: "board/dark", board });
        if (switchboard.warningFrom(board, clock.now()) <= clock.now()) refuse({ code: "board/warning", board });
      };
      assertFree();
      const until = since + Math.min(ms, limits.maintenanceMs);
      const state: MaintenanceState = { board, pattern, since, until, reason, ...doerOf(caller) };
      await store.change(state.by, (tx) => tx.boards.maintain(state));
      try {
        // The disk took its time, and in it the switch may have been pressed, or a warning have come.
        assertFree();
      } catch (refused) {
        const why: MaintenanceEnd = switchboard.dark(board) ? "dark" : "warning";
        await store.change("system", (tx) => tx.boards.endMaintenance(board, systemDoer, why, clock.now()));
        throw refused;
      }
      switchboard.maintain(state);
    },

    async endMaintenance(caller, board) {
      known(board);
      assertOwn(caller, [board]);
      if (switchboard.end(board, null) === null) refuse({ code: "board/not-maintained", board });
      await writeEnd(store, board, doerOf(caller), "person", clock.now());
    },

    reports: () => site.boards.flatMap(({ id }) => switchboard.reports(id)),

    async report(caller, board, text) {
      known(board);
      const max = limits.boardReportsPerBoard;
      if (switchboard.reports(board).length >= max) refuse({ code: "board/reports-full", board, max });
      const doer = doerOf(caller);
      const made = await store.change(doer.by, (tx) => tx.boards.report({ board, at: clock.now(), text, ...doer }));
      await switchboard.readReports();
      return made;
    },

    async answer(caller, board, number, words) {
      known(board);
      assertOwn(caller, [board]);
      const doer = doerOf(caller);
      // Known beforehand: a change that does nothing leaves no row, and needs none.
      if (!switchboard.reports(board).some((one) => one.number === number))
        refuse({ code: "board/report-unknown", board, number });
      const done = await store.change(doer.by, (tx) => tx.boards.answerReport(board, number, doer, words, clock.now()));
      await switchboard.readReports();
      if (!done) refuse({ code: "board/report-unknown", board, number });
    },
  };
}

/** The table forgets it, the register says why. */
export function writeEnd(
  store: Pick<Store, "change">,
  board: string,
  doer: Doer,
  why: MaintenanceEnd,
  at: number,
): Promise<void> {
  return store.change(doer.by, (tx) => tx.boards.endMaintenance(board, doer, why, at));
}
