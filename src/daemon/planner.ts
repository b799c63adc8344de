/**
 * Keeps every board's wanted programme fresh. It decides from state alone: whenever asked, it works out what each board
 * should play from now on, so a missed tick, a suspended host or a jump of the clock costs nothing but the wait for the next look.
 */
import type { BoardConfig, Site } from "../config/types.ts";
import type { Instant } from "../message/index.ts";
import type { Wanted } from "../panels/contract.ts";
import type { Clock } from "../time/clock.ts";
import type { Planned, Programmes } from "./programmes.ts";

export interface Planner {
  /** Plans boards that need it: all with `everything`, else those whose programme runs short or lies in another time. */
  look(everything?: boolean): Promise<void>;
  playing(board: string): Planned | null;
}

export function createPlanner(
  site: Site,
  clock: Clock,
  programmes: Programmes,
  want: (wanted: Wanted) => void,
  changed: () => void,
): Planner {
  const playing = new Map<string, Planned>();
  let running: Promise<void> = Promise.resolve();

  async function plan(board: BoardConfig): Promise<void> {
    const now = clock.now();
    const planned = await programmes.plan(board, now, now + site.holdMs);
    playing.set(board.id, planned);
    const { programme, owners, messages } = planned;
    want({ board: board.id, programme, owners, messages, dark: false });
  }

  return {
    look(everything = false) {
      running = running.then(async () => {
        const due = site.boards.filter(
          (board) => everything || !fresh(playing.get(board.id), clock.now(), site.holdMs),
        );
        for (const board of due) await plan(board);
        if (due.length > 0) changed();
      });
      return running;
    },
    playing: (board) => playing.get(board) ?? null,
  };
}

/** Renewed when half of the hold is used up, so that a dead daemon leaves every panel at least that much. */
function fresh(planned: Planned | undefined, now: Instant, holdMs: number): boolean {
  if (!planned) return false;
  const ageMs = now - planned.programme.base;
  return ageMs >= 0 && ageMs < holdMs / 2;
}
