/** Boards that nothing leads to but a person with a stick (`panels/carried`): nothing is sent to them, and nothing is read back. */
import type { Clock } from "../../time/clock.ts";
import type { BoardFacts, Holding, Wanted } from "../contract.ts";
import { factAt } from "./facts.ts";
import type { PanelLoop } from "./panel-loop.ts";

const noCounters = { exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 };
const unknown: Holding = { may: [], known: false, readBack: null, via: "file" };

/** What people say of such a board's card. */
export interface OnCard {
  /** What it goes round by the word of who put something in last, and when that was; null: nobody has said anything yet. */
  readonly loaded: (Pick<Wanted, "programme" | "owners"> & { readonly loaded: number }) | null;
  readonly holding: Holding;
}

/**
 * Such a card plays no schedule, so that none is intended here: it is to go round what was put in last, which is what a
 * person said and never more than that: `confirmed` stays null.
 */
export function carriedBoard(first: Wanted, clock: Clock, onCard: () => OnCard | null, changed: () => void): PanelLoop {
  let wanted = first;
  return {
    counters: noCounters,
    want(next) {
      wanted = next;
      changed();
    },
    facts(): BoardFacts {
      const now = clock.now();
      const loaded = onCard()?.loaded ?? null;
      const { shape } = wanted.programme;
      const nothing = { shape, base: now, endMs: 0, messages: [], spans: [] };
      const said = { ...wanted, dark: false, programme: loaded?.programme ?? nothing, owners: loaded?.owners ?? [] };
      // Switched dark it is to be black, and goes on all the same until somebody cuts its power.
      return {
        intended: factAt(wanted.dark ? wanted : said, now, now),
        sent: loaded && factAt(said, now, loaded.loaded),
        ...{ confirmed: null, faults: [], link: "carried" },
      };
    },
    holding: () => onCard()?.holding ?? unknown,
    stop: async () => {},
  };
}
