/** Boards that nothing leads to but a person with a stick (`panels/carried`): nothing is sent to them, and nothing is read back. */
import type { Clock } from "../../time/clock.ts";
import type { BoardFacts, Holding, Wanted } from "../contract.ts";
import { factAt } from "./facts.ts";
import type { PanelLoop } from "./panel-loop.ts";

const noCounters = { exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 };
const unknown: Holding = { may: [], known: false, readBack: null, via: "file" };

/** What people say of such a board's card. */
export interface OnCard {
  /** When somebody said that all that is to be on it was put in, and nothing else is there; null: it is not so. */
  readonly saidAt: number | null;
  readonly holding: Holding;
}

/** `sent` is what a person said, and when; never more than that: `confirmed` stays null. */
export function carriedBoard(first: Wanted, clock: Clock, onCard: () => OnCard | null, changed: () => void): PanelLoop {
  let wanted = first;
  return {
    counters: noCounters,
    want(next) {
      wanted = next;
      changed();
    },
    facts(): BoardFacts {
      const intended = factAt(wanted, clock.now(), clock.now());
      const saidAt = wanted.dark ? null : (onCard()?.saidAt ?? null);
      const sent = saidAt === null ? null : { ...intended, at: saidAt };
      return { intended, sent, confirmed: null, faults: [], link: "carried" };
    },
    holding: () => onCard()?.holding ?? unknown,
    stop: async () => {},
  };
}
