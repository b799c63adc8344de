/** Deadlines and periods as the daemon runs them: what it looks at by itself, and what is asked of it. */
import type { BoardFacts } from "../panels/contract.ts";
import { DeadlineWatch } from "./deadline-watch.ts";
import type { Desk } from "./desk.ts";
import type { Job } from "./jobs.ts";
import { Publicity } from "./publicity.ts";

export interface Periods {
  readonly publicity: Publicity;
  readonly jobs: readonly Job[];
  faults(board: string): BoardFacts["faults"];
  /** Notices, or the calendar, have changed. */
  look(): Promise<void>;
}

export function openPeriods(desk: Desk, changed: () => void): Periods {
  const publicity = new Publicity(desk);
  const deadlines = new DeadlineWatch({ ...desk, changed });
  return {
    publicity,
    jobs: [
      { name: "publicity", due: ({ board }) => publicity.isDue(board), run: () => publicity.run() },
      { name: "deadlines", due: ({ board }) => deadlines.due(board), run: () => deadlines.look() },
    ],
    faults: (board) => deadlines.faults(board),
    look: () => deadlines.look(),
  };
}
