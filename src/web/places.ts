/** Where one can go, in the order of a day's work, and what waits for oneself there. */
import type { TodayJson } from "../api/today-schemas.ts";
import type { Role } from "../people/types.ts";
import { staff } from "./rights.ts";

export interface Place {
  readonly view: string;
  readonly hash: string;
  /** Other views that belong to it. */
  readonly also?: readonly string[];
  /** Groups of today's list that are done there. */
  readonly counts?: readonly TodayJson["groups"][number]["group"][];
}

export interface Visitor {
  readonly reads: boolean;
  /** Signed in, or alone. */
  readonly known: boolean;
  /** Has an account. */
  readonly account: boolean;
  may(...roles: readonly Role[]): boolean;
}

export function placesFor({ reads, known, may }: Visitor): readonly Place[] {
  const writes = known && may("maker", "contributor");
  const all: readonly (Place & { readonly shown: boolean })[] = [
    { view: "today", hash: "#/today", shown: known, counts: ["late", "trouble"] },
    { view: "wall", hash: "#/", shown: reads },
    { view: "drafts", hash: "#/drafts", also: ["draft", "new", "notices"], counts: ["submit"], shown: writes },
    { view: "notices", hash: "#/notices", shown: reads && !writes },
    { view: "cases", hash: "#/cases", shown: may(...staff), counts: ["sign", "review"] },
    { view: "warnings", hash: "#/warnings", shown: may(...staff), counts: ["warnings"] },
    { view: "schedule", hash: "#/schedule", shown: reads },
    { view: "outlook", hash: "#/outlook", shown: reads },
    { view: "paper", hash: "#/paper", counts: ["post", "take-down"], shown: reads },
    { view: "boards", hash: "#/boards", shown: reads },
    { view: "ledger", hash: "#/ledger", shown: reads },
    { view: "settings", hash: "#/settings", also: ["people"], shown: known },
  ];
  return all.flatMap(({ shown, ...place }) => (shown ? [place] : []));
}

export const isHere = ({ view, also = [] }: Place, now: string): boolean => view === now || also.includes(now);

/** On a phone so many stand at the bottom, of these the first; the others are in the menu. */
const atHand: readonly string[] = ["today", "wall", "cases", "drafts", "outlook", "ledger"];
const atHandMost = 4;

export function bottomOf(places: readonly Place[]): readonly Place[] {
  const chosen = atHand.filter((view) => places.some((place) => place.view === view)).slice(0, atHandMost);
  return places.filter(({ view }) => chosen.includes(view));
}

/** What waits at a place; of the day's list itself: all of it but reminders. */
export function waitingAt({ view, counts = [] }: Place, today: TodayJson | null): number {
  const groups = (today?.groups ?? []).filter(({ group }) =>
    view === "today" ? group !== "reminders" : counts.includes(group),
  );
  return groups.reduce((sum, { items, more }) => sum + items.length + more, 0);
}
