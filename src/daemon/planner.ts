/**
 * Keeps every board's wanted programme fresh. It decides from state alone: whenever asked, it works out what each board
 * should play from now on, so a missed tick, a suspended host or a jump of the clock costs nothing but the wait for the next look.
 */
import type { BoardConfig, Site } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import { type Instant, programmeId } from "../message/index.ts";
import type { BoardFacts, Wanted } from "../panels/contract.ts";
import type { Clock } from "../time/clock.ts";
import type { Planned, Programmes } from "./programmes.ts";

export interface Planner {
  /** Plans boards whose programme runs short or lies in another time. */
  look(): Promise<void>;
  /** The notices have changed: plans every board again, but leaves alone one whose programme stays what it was. */
  lookAtAll(): Promise<void>;
  /** Delivery's last look objected: what it named is left out, the rest of the board goes on. */
  refused(board: string, faults: readonly Fault[]): void;
  playing(board: string): Planned | null;
  /** What keeps a notice, or the whole board, from being planned as asked. */
  faults(board: string): BoardFacts["faults"];
  /** Boards that could not be planned at the last look. */
  failing(): number;
}

export interface PlannerParts {
  readonly site: Site;
  readonly clock: Clock;
  readonly programmes: Pick<Programmes, "plan">;
  want(wanted: Wanted): void;
  changed(): void;
  failed(error: unknown): void;
}

interface Plan {
  readonly planned: Planned;
  readonly id: string;
}

export function createPlanner({ site, clock, programmes, want, changed, failed }: PlannerParts): Planner {
  const playing = new Map<string, Plan>();
  const failing = new Set<string>();
  const faults = new Map<string, BoardFacts["faults"]>();
  /** Per board: the notices that delivery would not send, each with its fault. */
  const leftOut = new Map<string, Map<string, Fault>>();
  let running: Promise<void> = Promise.resolve();

  async function make(board: BoardConfig, from: Instant, length: number): Promise<Plan> {
    const without = leftOut.get(board.id) ?? new Map<string, Fault>();
    const planned = await programmes.plan(board, from, from + length, new Set(without.keys()));
    remember(board.id, [...without.values(), ...planned.faults]);
    return { planned, id: programmeId(planned.programme) };
  }

  /** One board's failure is its own: what it plays it goes on with, and the next look tries again. */
  async function plan(board: BoardConfig, onlyIfChanged: boolean): Promise<void> {
    const now = clock.now();
    const before = playing.get(board.id);
    try {
      if (onlyIfChanged && before && fresh(before.planned, now, site.holdMs)) {
        const { base, endMs } = before.planned.programme;
        const again = await make(board, base, endMs);
        if (again.id === before.id && sameOwners(again.planned, before.planned)) {
          failing.delete(board.id);
          return;
        }
      }
      const made = await make(board, now, site.holdMs);
      playing.set(board.id, made);
      const { programme, owners, messages } = made.planned;
      want({ board: board.id, programme, owners, messages, dark: false });
      failing.delete(board.id);
    } catch (error) {
      failing.add(board.id);
      failed(error);
    }
  }

  /** A fault keeps the instant at which it was first seen. */
  function remember(board: string, found: readonly Fault[]): void {
    const before = new Map((faults.get(board) ?? []).map((one) => [JSON.stringify(one.fault), one]));
    const made = found.slice(0, limits.faultsPerBoard);
    faults.set(
      board,
      made.map((fault) => before.get(JSON.stringify(fault)) ?? { fault, at: clock.now() }),
    );
  }

  function inTurn(boards: () => readonly BoardConfig[], onlyIfChanged: boolean): Promise<void> {
    running = running.then(async () => {
      const due = boards();
      for (const board of due) await plan(board, onlyIfChanged);
      if (due.length > 0) changed();
    });
    return running;
  }

  return {
    look: () =>
      inTurn(
        () =>
          site.boards.filter(({ id }) => failing.has(id) || !fresh(playing.get(id)?.planned, clock.now(), site.holdMs)),
        false,
      ),
    lookAtAll() {
      // Whatever was left out is judged afresh, by what is in the store now.
      leftOut.clear();
      return inTurn(() => site.boards, true);
    },
    refused(id, objections) {
      const out = leftOut.get(id) ?? new Map<string, Fault>();
      const before = out.size;
      for (const fault of objections) {
        if (fault.code === "seal/refused") out.set(fault.notice, fault);
        else if (fault.code === "message/altered")
          for (const notice of ownersOf(playing.get(id)?.planned, fault.message)) out.set(notice, fault);
      }
      leftOut.set(id, out);
      // The same objection once more: leaving these notices out has not helped, and asking again would not either.
      if (out.size > before) void inTurn(() => site.boards.filter((board) => board.id === id), false);
    },
    playing: (board) => playing.get(board)?.planned ?? null,
    faults: (board) => faults.get(board) ?? [],
    failing: () => failing.size,
  };
}

/** Renewed when half of the hold is used up, so that a dead daemon leaves every panel at least that much. */
function fresh(planned: Planned | undefined, now: Instant, holdMs: number): boolean {
  if (!planned) return false;
  const ageMs = now - planned.programme.base;
  return ageMs >= 0 && ageMs < holdMs / 2;
}

function sameOwners(one: Planned, other: Planned): boolean {
  return JSON.stringify(one.owners) === JSON.stringify(other.owners);
}

function ownersOf(planned: Planned | undefined, message: string): ReadonlySet<string> {
  const owners = new Set<string>();
  if (!planned) return owners;
  const { programme } = planned;
  for (const [index, span] of programme.spans.entries())
    for (const [turn, place] of span.turns.entries())
      if (programme.messages[place.message] === message) owners.add(planned.owners[index]?.[turn] ?? "");
  return owners;
}
